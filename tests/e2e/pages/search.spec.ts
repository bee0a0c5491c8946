import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

test.describe.configure({ mode: 'serial' });

test('Ctrl+K finds words of two characters from any page, shows the page and opens it there', async ({ open }) => {
  const { page } = open;
  await openSample(open, 'search');
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette-input')).toBeFocused();
  await page.keyboard.type('污水');
  await expect(page.getByTestId('palette').locator('mark').first()).toHaveText('污水');
  const rows = page.getByTestId('palette-row');
  await expect(rows.first()).toContainText('指标');
  const first = rows.filter({ hasText: '材料' }).first();
  await first.hover();
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('page-picture')).toHaveAttribute('data-state', 'drawn');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('preview')).toBeVisible();
  await expect(page.getByTestId('palette')).toHaveCount(0);
});

test('Ctrl+K also does things and goes to indicators; Escape leaves everything as it was', async ({ open }) => {
  const { page } = open;
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette-input').fill('去装订');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('binding-page')).toBeVisible();
  const { indicator } = await callFromPage(page, 'indicator.read', { code: '9' });
  await page.getByTestId('open-palette').click();
  await page.getByTestId('palette-input').fill(indicator.name);
  await expect(page.getByTestId('palette-row').first()).toContainText(`9 ${indicator.name}`);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('indicator-panel').getByRole('heading', { level: 1 })).toContainText(indicator.name);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('palette')).toHaveCount(0);
  await expect(page.getByTestId('indicator-panel')).toBeVisible();
});

test('Ctrl+K finds by their words what the program does and every paper, and leads there', async ({ open }) => {
  const { page } = open;
  await page.keyboard.press('Control+k');
  const input = page.getByTestId('palette-input');
  const rows = page.getByTestId('palette-row');
  for (const [typed, wanted] of [['打印', '打印…'], ['存为PDF', '存为 PDF…'], ['另存', '存为 PDF…'], ['导出', '装订与导出'], ['备份', '备份与恢复'], ['核验', '核验档案库'], ['盒脊', '打印文书：盒脊'], ['收发', '去收发']] as const) {
    await input.fill(typed);
    await expect(rows.filter({ hasText: wanted }).first(), typed).toBeVisible();
  }
  await input.fill('第2卷 目录');
  await expect(rows.filter({ hasText: '打印文书：卷内目录 第2卷' })).toBeVisible();
  await input.fill('绝无');
  await expect(page.getByTestId('palette')).toContainText('没有找到“绝无”。可以输入');
  await input.fill('卷内目录');
  await rows.filter({ hasText: '打印文书：卷内目录' }).first().click();
  await expect(page.getByTestId('paper-volume-index').getByTestId('paper-scope')).toContainText('第1卷');
});

test('Ctrl+K lists a document once, and finds an indicator by the words of the plan', async ({ open }) => {
  const { page } = open;
  await page.keyboard.press('Control+k');
  const rows = page.getByTestId('palette-row');
  await page.getByTestId('palette-input').fill('污水');
  await expect(rows.filter({ hasText: '材料' }).first()).toBeVisible();
  const ids = (await callFromPage(page, 'search.query', { text: '污水', limit: 40 })).hits.map(({ id }) => id);
  expect(new Set(ids).size).toBeLessThan(ids.length);
  await expect(rows.filter({ has: page.getByText('材料', { exact: true }) })).toHaveCount(new Set(ids).size);
  const { indicator } = await callFromPage(page, 'indicator.read', { code: '17' });
  const words = indicator.sentence.replaceAll(/[^\p{Script=Han}]/gu, ' ').split(' ').find((part) => part.length > 3 && !indicator.name.includes(part)) ?? '';
  await page.getByTestId('palette-input').fill(words);
  const row = rows.filter({ hasText: `17 ${indicator.name}` });
  await expect(row).toContainText('方案：');
  await row.click();
  await expect(page.getByTestId('indicator-panel').getByRole('heading', { level: 1 })).toContainText(indicator.name);
});

test('the page 检索 lists every hit with its page beside it, and comes back to it', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('nav-search').click();
  await page.getByTestId('search-input').fill('污水');
  await expect(page.getByTestId('search-hits').locator('mark').first()).toHaveText('污水');
  await expect(page.getByTestId('page-picture')).toHaveAttribute('data-state', 'drawn');
  // Enter goes into the list, and opens only what was chosen there.
  await page.getByTestId('search-input').press('Enter');
  await expect(page.getByTestId('search-indicator').first()).toBeFocused();
  await page.getByTestId('search-hit').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('preview')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByTestId('search-input')).toHaveValue('污水');
  // One document, one title: its pages follow under it.
  await page.getByTestId('search-input').fill('年');
  await expect(page.getByTestId('search-page').locator('.page-note')).toHaveText(/^(?:前 )?\d+ 件、\d+ 页$/u);
  await expect.poll(() => page.locator('.hit-more').count()).toBeGreaterThan(0);
  await expect(page.locator('.hit-more .hit-head')).toHaveCount(0);
  await page.getByTestId('search-input').fill('绝无此词组合');
  await expect(page.getByTestId('search-page')).toContainText('没有找到“绝无此词组合”');
});

test('F1 lists the keys, and Ctrl with a digit changes the page', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('nav-overview').click();
  await page.keyboard.press('F1');
  await expect(page.getByTestId('shortcuts')).toContainText('检索和命令');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('shortcuts')).toHaveCount(0);
  await page.keyboard.press('Control+2');
  await expect(page.getByTestId('inbox-page')).toBeVisible();
  expect(open.pageErrors).toEqual([]);
});

test('coming back from a hit shows the place in the list that was left', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('nav-search').click();
  await page.getByTestId('search-input').fill('材料');
  const hits = page.getByTestId('search-hit');
  await expect(hits.nth(30)).toBeAttached();
  const body = page.getByTestId('search-page').locator('.page-body');
  await body.evaluate((box) => box.scrollTo(0, 600));
  const left = await hits.nth(12).evaluate((hit) => {
    hit.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    return Math.round(hit.closest('.page-body')?.scrollTop ?? 0);
  });
  expect(left).toBeGreaterThan(300);
  await expect(page.getByTestId('preview')).toBeVisible();
  await page.getByTestId('preview-back').click();
  await expect.poll(() => body.evaluate((box) => Math.round(box.scrollTop))).toBe(left);
});
