import { join } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { dropFiles } from '../drop-files.ts';
import { writeEvidenceFiles } from '../evidence-files.ts';
import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

test.describe.configure({ mode: 'serial' });

test('a value typed in the matrix is judged at once, and undone', async ({ open }) => {
  const { page } = open;
  await openSample(open, 'indicators');
  await page.getByTestId('nav-indicators').click();
  await page.getByTestId('indicator-row-1').click();
  const field = page.getByTestId('year-2023-value');
  const before = await field.inputValue();
  await expect(page.getByTestId('year-2023-verdict')).toContainText('达标');
  await page.getByTestId('year-2023-numerator').fill('');
  await page.getByTestId('year-2023-denominator').fill('');
  await field.fill('12');
  await field.press('Enter');
  await expect(page.getByTestId('year-2023-verdict')).toContainText('未达标');
  await page.getByTestId('indicator-row-1').focus();
  await page.keyboard.press('Control+z');
  await expect(field).toHaveValue(before);
  await expect(page.getByTestId('indicator-verdict')).toHaveText('达标');
});

test('a value is saved when its cell is left, before a source is chosen, and the source box says what it waits for', async ({ open }) => {
  const { page } = open;
  await callFromPage(page, 'indicator.clearValue', { code: '1', year: 2021 });
  await page.getByTestId('indicator-row-2').click();
  await page.getByTestId('indicator-row-1').click();
  await expect(page.getByTestId('year-2021-value')).toHaveValue('');
  await expect(page.getByTestId('year-matrix')).toContainText('先填数值');
  await page.getByTestId('year-2021-value').fill('21');
  await expect(page.getByTestId('year-matrix')).not.toContainText('先填数值');
  await page.getByTestId('year-2021-value').press('Tab');
  await expect.poll(async () => (await callFromPage(page, 'indicator.read', { code: '1' })).values.find((value) => value.year === 2021)?.value).toBe(21);
  await expect(page.getByTestId('year-2021-verdict')).toContainText('达标');
});

test('what is no number is not saved, and the field says why', async ({ open }) => {
  const { page } = open;
  const field = page.getByTestId('year-2022-value');
  await field.fill('九十');
  await field.press('Enter');
  await expect(page.getByTestId('year-matrix')).toContainText('数值要填数字');
  await field.press('Escape');
  await expect(page.getByTestId('year-matrix')).not.toContainText('数值要填数字');
});

test('the page of a value\'s source is kept', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('year-2022-page').fill('2');
  await page.getByTestId('year-2022-page').press('Enter');
  await expect.poll(async () => (await callFromPage(page, 'indicator.read', { code: '1' })).values.find((value) => value.year === 2022)?.sourcePage).toBe(2);
});

test('the report counts as it is typed and is saved after a pause', async ({ open }) => {
  const { page } = open;
  const text = '三年来持续提高生态文明建设考核比重。';
  await page.getByTestId('report-text').fill(text);
  await expect(page.getByTestId('report-count')).toHaveText('18 字');
  await expect(page.getByTestId('report-state')).toHaveText('已保存');
  expect((await callFromPage(page, 'indicator.read', { code: '1' })).report).toBe(text);
});

test('unsaved words survive a crash of the page', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('report-text').fill('还没来得及保存的一句话');
  await page.reload();
  await expect(page.getByTestId('block-report')).toContainText('上次有没保存的文字，已经恢复');
  await expect(page.getByTestId('report-text')).toHaveValue('还没来得及保存的一句话');
  await expect.poll(async () => (await callFromPage(page, 'indicator.read', { code: '1' })).report).toBe('还没来得及保存的一句话');
});

test('a page of evidence is cited where the cursor stands', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('report-text').fill('结论成立。');
  await page.getByTestId('report-text').press('Home');
  await page.getByTestId('cite-evidence').click();
  await page.keyboard.press('Enter');
  await page.getByTestId('cite-insert').click();
  await expect(page.getByTestId('report-text')).toHaveValue(/^〔见《.+》第1页〕结论成立。$/);
  await expect(page.getByTestId('report-count')).toHaveText('5 字');
  await expect(page.getByTestId('citations').getByRole('button')).toContainText('第 1 页');
});

test('见 asks for the page that proves the sentence, and cites it', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('report-text').fill('污染得到控制。');
  await page.getByTestId('report-text').press('End');
  await page.keyboard.type('意见');
  await expect(page.getByTestId('citation-picker')).toHaveCount(0);
  await page.getByTestId('report-text').fill('污染得到控制。');
  await page.getByTestId('report-text').press('End');
  await page.keyboard.type('见');
  await expect(page.getByTestId('citation-filter')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const second = (await callFromPage(page, 'indicator.read', { code: '1' })).evidence[1]?.id ?? '';
  // The editor names the document, the archive its identity.
  await expect(page.getByTestId('report-text')).toHaveValue(/^污染得到控制。〔见《.+》第1页〕$/);
  // Writing goes on behind it.
  await page.keyboard.type('另');
  await expect(page.getByTestId('report-text')).toHaveValue(/〕另$/);
  await page.keyboard.press('Backspace');
  await expect.poll(async () => (await callFromPage(page, 'indicator.read', { code: '1' })).report).toBe(`污染得到控制。〔见 ${second}:1〕`);
  // Pasted it asks as well.
  await page.getByTestId('report-text').fill('污染得到控制');
  await page.getByTestId('report-text').press('End');
  await open.app.evaluate(({ clipboard }) => clipboard.writeText('，见'));
  await page.keyboard.press('Control+v');
  await expect(page.getByTestId('citation-picker')).toBeVisible();
  await page.getByRole('button', { name: '不引用' }).click();
  await expect(page.getByTestId('citation-picker')).toHaveCount(0);
});

test('evidence is put in order by keyboard, taken off, and brought back', async ({ open }) => {
  const { page } = open;
  const titles = page.getByTestId('evidence-open').locator('strong');
  const [first = '', second = ''] = await titles.allTextContents();
  const count = await titles.count();
  await page.getByTestId('evidence-row').first().getByRole('button').first().press('Alt+ArrowDown');
  await expect(titles.nth(0)).toHaveText(second);
  await expect(titles.nth(1)).toHaveText(first);
  await page.getByTestId('evidence-unlink').first().click();
  await expect(titles).toHaveCount(count - 1);
  await page.getByTestId('undo').click();
  await expect(titles).toHaveCount(count);
  await expect(titles.nth(0)).toHaveText(second);
});

test('coming back from a document shows the place on the indicator that was left', async ({ open }) => {
  const { page } = open;
  const panel = page.getByTestId('indicator-panel');
  await panel.evaluate((box) => box.scrollTo(0, 260));
  const opened = page.getByTestId('evidence-open').first();
  // Where it stands at the instant in which it is left: what still grows above moves the page along.
  const left = await opened.evaluate((button, box) => {
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    return Math.round(box?.scrollTop ?? 0);
  }, await panel.elementHandle());
  expect(left).toBeGreaterThan(200);
  await expect(page.getByTestId('preview')).toBeVisible();
  await page.getByTestId('preview-back').click();
  await expect.poll(() => panel.evaluate((box) => Math.round(box.scrollTop))).toBe(left);
  // An indicator that is gone to begins at its head.
  await page.getByTestId('indicator-row-2').click();
  await expect(panel.getByRole('heading', { level: 1 })).toContainText('2');
  expect(await panel.evaluate((box) => box.scrollTop)).toBe(0);
  await page.getByTestId('indicator-row-1').click();
});

test('files dropped on an indicator are filed under it and the chosen year', async ({ open }) => {
  const { page, folder } = open;
  const files = await writeEvidenceFiles(join(folder, 'dropped'), 2);
  await page.getByTestId('indicator-row-12').click();
  await expect(page.getByTestId('indicator-panel').getByRole('heading', { level: 1 })).toContainText('12');
  const before = (await callFromPage(page, 'indicator.read', { code: '12' })).evidence.length;
  await page.getByTestId('import-year').click();
  await page.getByTitle('2022年', { exact: true }).click();
  await dropFiles(page, 'indicator-panel', files);
  await expect.poll(async () => (await callFromPage(page, 'indicator.read', { code: '12' })).evidence.length).toBe(before + 2);
  const read = await callFromPage(page, 'indicator.read', { code: '12' });
  const links = read.evidence.filter((item) => item.fileName.startsWith('evidence-')).flatMap((item) => item.links);
  expect(links.map(({ indicator, year }) => [indicator, year])).toEqual([['12', 2022], ['12', 2022]]);
});

test('a unit signs off with a name, a forbidding situation blocks', async ({ open }) => {
  const { page } = open;
  const [unit = ''] = (await callFromPage(page, 'indicator.read', { code: '12' })).indicator.lead;
  const row = page.getByTestId(`sign-off-${unit}`);
  await row.getByRole('button', { name: '撤回' }).click();
  await row.getByRole('button', { name: '签认' }).click();
  await expect(page.getByTestId('sign-by')).toBeVisible();
  await expect(page.getByTestId('sign-lacks')).toHaveCount(0);
  await page.getByTestId('sign-by').fill('王敏');
  await page.getByTestId('sign-confirm').click();
  await expect(row).toContainText('已签认');
  await expect(row).toContainText('王敏');
  await page.getByTestId('indicator-row-23').click();
  await page.getByTestId('declaration-3').getByText('有', { exact: true }).click();
  await expect(page.getByTestId('declaration-3')).toContainText('不能申报');
  await expect(page.getByTestId('indicator-verdict')).toHaveText('未达标');
  expect(open.pageErrors).toEqual([]);
});

test('what the program leaves to a person is decided with a reason and a name, and taken back', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('indicator-row-11').click();
  await expect(page.getByTestId('indicator-verdict')).toHaveText('待人工判定');
  await page.getByTestId('ruling-open').click();
  await page.getByTestId('ruling-reason').fill('分母误录，已按更新台账核实为74辆');
  await expect(page.getByTestId('ruling-confirm')).toBeDisabled();
  await page.getByTestId('ruling-by').fill('周立群');
  await page.getByTestId('ruling-confirm').click();
  await expect(page.getByTestId('indicator-verdict')).toHaveText('达标');
  await expect(page.getByTestId('rulings')).toContainText('周立群');
  await page.getByTestId('rulings').getByRole('button', { name: '撤回' }).click();
  await expect(page.getByTestId('indicator-verdict')).toHaveText('待人工判定');
});

test('a value that a filed paper states is taken by Enter with its source and page, and undone in one step', async ({ open }) => {
  const { page } = open;
  const values = async () => (await callFromPage(page, 'indicator.read', { code: '5.1' })).values;
  const before = (await values()).find((value) => value.year === 2022);
  await callFromPage(page, 'indicator.clearValue', { code: '5.1', year: 2022 });
  await page.getByTestId('indicator-row-5.1').click();
  const field = page.getByTestId('year-2022-value');
  const proposal = page.getByTestId('year-2022-proposal');
  await expect(proposal).toContainText(/读自《2022年.*》第 1 页：98\.4%/);
  await expect(field).toHaveValue('');
  await field.press('Escape');
  await expect(proposal).toHaveCount(0);
  await page.getByTestId('indicator-row-1').click();
  await page.getByTestId('indicator-row-5.1').click();
  await expect(proposal).toBeVisible();
  await field.press('Enter');
  await expect(field).toHaveValue('98.4');
  await expect(page.getByTestId('year-2022-verdict')).toContainText('达标');
  await expect(page.getByTestId('year-2022-page')).toHaveValue('1');
  expect((await values()).find((value) => value.year === 2022)).toEqual(before);
  await page.getByTestId('indicator-row-5.1').focus();
  await page.keyboard.press('Control+z');
  await expect(field).toHaveValue('');
  await expect(proposal).toBeVisible();
  await page.getByTestId('year-2022-take').click();
  await expect(field).toHaveValue('98.4');
});

test('another figure on the cited page and a page that is not there are told under the field, and this year\'s papers come first', async ({ open }) => {
  const { page } = open;
  const hint = page.getByTestId('year-2022-hint');
  await page.getByTestId('year-2022-page').fill('99');
  await expect(hint).toContainText('没有第 99 页');
  await page.getByTestId('year-2022-page').press('Escape');
  await page.getByTestId('year-2022-page').fill('1');
  await page.getByTestId('year-2022-page').press('Enter');
  await expect(hint).toHaveCount(0);
  await page.getByTestId('year-2022-numerator').fill('');
  await page.getByTestId('year-2022-denominator').fill('');
  await page.getByTestId('year-2022-value').fill('97.7');
  await page.getByTestId('year-2022-value').press('Enter');
  await expect(hint.filter({ hasText: '第1页写98.4%' }).first()).toBeVisible();
  await page.getByTestId('year-2022-source').click();
  await expect(page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first()).toContainText('2022年');
  await page.keyboard.press('Escape');
  expect(open.pageErrors).toEqual([]);
});
