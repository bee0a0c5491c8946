import { join } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { dropFiles } from '../drop-files.ts';
import { writeEvidenceFiles } from '../evidence-files.ts';
import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

test.describe.configure({ mode: 'serial' });

test('files dropped anywhere come into the inbox', async ({ open }) => {
  const { page, folder } = open;
  await openSample(open, 'inbox');
  // Taken off their indicators: they have proposals, as real documents do.
  const { evidence } = await callFromPage(page, 'indicator.read', { code: '9' });
  for (const item of evidence) for (const link of item.links) await callFromPage(page, 'evidence.unlink', { id: item.id, indicator: link.indicator, year: link.year });
  await dropFiles(page, 'overview-page', await writeEvidenceFiles(join(folder, 'inbox-files'), 3));
  await expect(page.getByTestId('import-done')).toContainText('导入完成：3 件');
  await page.getByTestId('import-show').click();
  await expect(page.getByTestId('import-report')).toContainText('evidence-');
  // The list of what came in leads to where it lies.
  await page.getByRole('dialog').getByRole('button', { name: '去收件箱' }).click();
  await expect(page.getByTestId('inbox-page')).toContainText(`${evidence.length + 3} 件`);
});

test('a proposal is accepted with Enter and the next item comes up', async ({ open }) => {
  const { page } = open;
  const items = await callFromPage(page, 'evidence.list', { filter: 'unlinked' });
  const index = items.findIndex((item) => !item.fileName.startsWith('evidence-'));
  await page.getByTestId('inbox-row').nth(index).click();
  await expect(page.getByTestId('proposal-1')).toBeVisible();
  const title = items[index]?.title ?? '';
  await expect(page.getByTestId('field-title')).toHaveValue(title);
  await page.keyboard.press('Enter');
  await expect(page.locator('.ant-message')).toContainText(/已归入 9 .+；撤销按 Ctrl\+Z/);
  await expect(page.getByTestId('inbox-page')).toContainText(`${items.length - 1} 件`);
  const linked = await callFromPage(page, 'evidence.read', { id: items[index]?.id ?? '' });
  expect(linked.links).toHaveLength(1);
  await expect(page.getByTestId('field-title')).not.toHaveValue(title);
});

test('Enter goes on filing though the row that was clicked is gone, and after a dialog was closed', async ({ open }) => {
  const { page } = open;
  const before = (await callFromPage(page, 'evidence.rows', { filter: 'unlinked' })).length;
  await page.getByTestId('accept-all').click();
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByTestId('inbox-row').first().click();
  for (const left of [before - 1, before - 2]) {
    await expect(page.getByTestId('proposal-1')).toBeVisible();
    const title = await page.getByTestId('field-title').inputValue();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('inbox-page')).toContainText(`${left} 件`);
    await expect(page.getByTestId('field-title')).not.toHaveValue(title);
  }
  for (const left of [before - 1, before]) {
    await page.keyboard.press('Control+z');
    await expect(page.getByTestId('inbox-page')).toContainText(`${left} 件`);
  }
});

test('several are filed under one indicator: its number, Enter to choose it, Enter to file', async ({ open }) => {
  const { page } = open;
  const rows = await callFromPage(page, 'evidence.rows', { filter: 'unlinked' });
  await page.getByTestId('inbox-row').first().click();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('已选 2 件')).toBeVisible();
  await page.keyboard.press('o');
  await page.keyboard.type('17 声');
  await expect(page.locator('.ant-select-item-option-active')).toContainText('17 声环境');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('link-add')).toBeEnabled();
  expect(await callFromPage(page, 'evidence.rows', { filter: 'unlinked' })).toHaveLength(rows.length);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('inbox-page')).toContainText(`${rows.length - 2} 件`);
  for (const { id } of rows.slice(0, 2)) expect((await callFromPage(page, 'evidence.read', { id })).links.map((link) => link.indicator)).toContain('17');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('inbox-page')).toContainText(`${rows.length} 件`);
});

test('a double click files one document, and the card of the next is not chosen by a mouse at rest', async ({ open }) => {
  const { page } = open;
  const before = await callFromPage(page, 'evidence.rows', { filter: 'unlinked' });
  const index = before.findIndex((row, at) => row.proposal !== null && before[at + 1]?.proposal !== null);
  await page.getByTestId('inbox-row').nth(index).click();
  await expect(page.getByTestId('proposal-1')).toBeVisible();
  const title = await page.getByTestId('field-title').inputValue();
  // The card takes clicks once its document has been seen for a moment.
  await expect(async () => {
    await page.mouse.move(5, 5);
    await page.getByTestId('proposal-1').hover();
    await expect(page.getByTestId('proposals')).toHaveClass(/inbox-proposals-ready/, { timeout: 100 });
  }).toPass();
  // One more click the moment the next document's cards are there, as fast as a hand could be.
  const clicked = page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const old = document.querySelector('[data-testid="proposals"]');
        const watch = new MutationObserver(() => {
          const card = document.querySelector<HTMLElement>('[data-testid="proposals"] button');
          if (card === null || old?.contains(card) === true) return;
          watch.disconnect();
          card.click();
          resolve(true);
        });
        watch.observe(document.body, { childList: true, subtree: true });
      }),
  );
  await page.getByTestId('proposal-1').dblclick();
  expect(await clicked).toBe(true);
  await expect(page.getByTestId('field-title')).not.toHaveValue(title);
  await expect(page.getByTestId('inbox-page')).toContainText(`${before.length - 1} 件`);
  expect(await callFromPage(page, 'evidence.list', { filter: 'unlinked' })).toHaveLength(before.length - 1);
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('inbox-page')).toContainText(`${before.length} 件`);
});

test('the list is drawn wider and stays so', async ({ open }) => {
  const { page } = open;
  const list = page.locator('.inbox-list');
  const before = (await list.boundingBox())?.width ?? 0;
  const edge = await page.getByTestId('pane-edge').boundingBox();
  await page.mouse.move((edge?.x ?? 0) + 3, 300);
  await page.mouse.down();
  await page.mouse.move((edge?.x ?? 0) + 83, 300, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await list.boundingBox())?.width ?? 0)).toBe(Math.round(before) + 80);
  await page.reload();
  await expect.poll(async () => Math.round((await list.boundingBox())?.width ?? 0)).toBe(Math.round(before) + 80);
  await page.getByTestId('pane-edge').dblclick();
  await expect.poll(async () => Math.round((await list.boundingBox())?.width ?? 0)).toBe(Math.round(before));
});

test('arrows walk the list, Shift marks several, Delete trashes, undo brings back', async ({ open }) => {
  const { page } = open;
  const before = (await callFromPage(page, 'evidence.list', { filter: 'unlinked' })).length;
  await page.getByTestId('inbox-row').first().click();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('inbox-row').nth(1)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('已选 2 件')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(page.getByTestId('inbox-page')).toContainText(`${before - 2} 件`);
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('inbox-page')).toContainText(`${before} 件`);
});

test('all likely proposals are taken as one step, and one undo takes them back', async ({ open }) => {
  const { page } = open;
  const rows = await callFromPage(page, 'evidence.rows', { filter: 'unlinked' });
  const sure = rows.filter((row) => row.proposal?.sure === true);
  expect(sure.length).toBeGreaterThan(1);
  await page.getByTestId('accept-all').click();
  await expect(page.getByTestId('accept-all-confirm')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('inbox-page')).toContainText(`${rows.length - sure.length} 件`);
  const { links } = await callFromPage(page, 'evidence.read', { id: sure[0]?.id ?? '' });
  expect(links.map((link) => link.indicator)).toEqual([sure[0]?.proposal?.code]);
  await page.getByTestId('undo').click();
  await expect(page.getByTestId('inbox-page')).toContainText(`${rows.length} 件`);
});

test('several are marked with the keyboard and described at once', async ({ open }) => {
  const { page } = open;
  // Keys are asked in the order in which pages came: the inbox has come anew.
  await page.getByTestId('nav-overview').click();
  await expect(page.getByTestId('overview-page')).toBeVisible();
  await page.getByTestId('nav-inbox').click();
  await page.getByTestId('inbox-row').first().click();
  await page.keyboard.press('Control+a');
  const rows = await callFromPage(page, 'evidence.rows', { filter: 'unlinked' });
  await expect(page.getByTestId('inbox-many')).toContainText(`已选 ${rows.length} 件`);
  await page.getByTestId('many-retention').click();
  await page.getByTitle('30年', { exact: true }).click();
  await expect.poll(async () => (await callFromPage(page, 'evidence.list', { filter: 'unlinked' })).every((item) => item.retention === '30年')).toBe(true);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('inbox-many')).toHaveCount(0);
});

test('a title is corrected in place', async ({ open }) => {
  const { page } = open;
  const items = await callFromPage(page, 'evidence.list', { filter: 'unlinked' });
  // What a person writes into an item that nobody has confirmed is told from what was read.
  const index = items.findIndex((item) => !item.confirmed);
  const first = items[index];
  await page.getByTestId('inbox-row').nth(index).click();
  await page.getByTestId('field-title').fill('更正后的题名');
  await page.getByTestId('field-title').press('Enter');
  await expect.poll(async () => (await callFromPage(page, 'evidence.read', { id: first?.id ?? '' })).title).toBe('更正后的题名');
  await expect(page.getByTestId('evidence-saved')).toContainText('已自动保存');
  await expect(page.getByTestId('typed-by-hand').first()).toHaveText('由您填写');
  await page.getByTestId('field-date').fill('2022年3月9日');
  await page.getByTestId('field-date').press('Enter');
  await expect(page.getByTestId('field-date')).toHaveValue('2022-03-09');
  expect(open.pageErrors).toEqual([]);
});

test('the files behind a count are seen, and one of them is left out', async ({ open }) => {
  const { page } = open;
  const rows = await callFromPage(page, 'evidence.rows', { filter: 'unlinked' });
  const sure = rows.filter((row) => row.proposal?.sure === true);
  const code = sure[0]?.proposal?.code ?? '';
  const group = sure.filter((row) => row.proposal?.code === code);
  await page.getByTestId('accept-all').click();
  const files = page.getByTestId(`accept-files-${code}`);
  await expect(files).toHaveText(`${group.length} 件`);
  await files.press('Enter');
  await expect(files).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByTestId('accept-file')).toHaveCount(group.length);
  await expect(page.getByTestId('accept-file').first()).toContainText(group[0]?.title ?? '');
  await page.getByTestId('accept-file').first().click();
  await expect(files).toHaveText(`${group.length - 1}/${group.length} 件`);
  await page.getByTestId('accept-all-confirm').click();
  await expect(page.locator('.ant-message')).toContainText(`已归入 ${sure.length - 1} 件；撤销按 Ctrl+Z`);
  await expect(page.locator('.ant-message-notice').last()).toBeInViewport({ ratio: 1 });
  await expect(page.getByTestId('inbox-page')).toContainText(`${rows.length - sure.length + 1} 件`);
  expect((await callFromPage(page, 'evidence.read', { id: group[0]?.id ?? '' })).links).toEqual([]);
  await page.getByTestId('undo').click();
  await expect(page.getByTestId('inbox-page')).toContainText(`${rows.length} 件`);
});

test('the year above the proposals and the one beside the indicator are one', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('inbox-row').first().click();
  const beside = page.locator('.link-adder').getByRole('combobox', { name: '选择年份' });
  await beside.press('ArrowDown');
  await page.locator('.ant-select-dropdown:visible').getByTitle('整个期间').click();
  await expect(page.getByTestId('inbox-year')).toContainText('整个期间');
  await expect(page.locator('.ant-select-dropdown:visible')).toHaveCount(0);
  await page.getByTestId('inbox-year').click();
  await page.locator('.ant-select-dropdown:visible').getByTitle('2022年').click();
  await expect(page.locator('.link-adder')).toContainText('2022年');
});

test('a document that is filed says where before anything else, and Return files it no second time', async ({ open }) => {
  const { page } = open;
  const rows = await callFromPage(page, 'evidence.rows', { filter: 'unlinked' });
  const [filed, other] = rows.filter((row) => row.proposal !== null);
  const code = filed?.proposal?.code ?? '';
  await callFromPage(page, 'evidence.link', { id: filed?.id ?? '', indicator: code, year: 2022 });
  await callFromPage(page, 'evidence.update', { id: other?.id ?? '', change: { title: '刚更正的题名' } });
  await page.getByTestId('inbox-filter').getByText('全部材料').click();
  await page.getByTestId('inbox-row').filter({ hasText: filed?.title ?? '' }).first().click();
  await expect(page.getByTestId('inbox-filed')).toContainText(`${code} `);
  await expect(page.locator('.inbox-side h2').first()).toHaveText('已归入');
  await expect(page.getByTestId('proposals')).not.toContainText('回车');
  await page.keyboard.press('Enter');
  await expect(page.locator('.ant-message')).toContainText(`已在该指标中：${code}（2022年），没有改动`);
  expect((await callFromPage(page, 'evidence.read', { id: filed?.id ?? '' })).links).toHaveLength(1);
  // What undo takes back is the change before: here the person's own, and it says so.
  await page.keyboard.press('Control+z');
  await expect(page.locator('.ant-message')).toContainText('已撤销：修改“');
  // Taking it off says so too.
  await page.getByTestId('link-remove').first().click();
  await expect(page.locator('.ant-message')).toContainText('（2022年）移出；撤销按 Ctrl+Z');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('link-remove')).toHaveCount(1);
});
