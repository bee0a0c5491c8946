import type { Page } from '@playwright/test';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

test.describe.configure({ mode: 'serial' });

/** Share of pixels of a shown page that are not white. */
async function inkOf(page: Page, number: number): Promise<number> {
  return page.locator(`[data-testid="preview-page"][data-page="${number}"] canvas`).evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return 0;
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    let inked = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 200) inked += 1;
    return inked / (data.length / 4);
  });
}

test('a document is drawn, its pages are walked, turned and enlarged', async ({ open }) => {
  const { page } = open;
  await openSample(open, 'preview');
  const long = (await callFromPage(page, 'evidence.list', {})).find((item) => item.fileKind === 'pdf' && item.pages > 1);
  await page.getByTestId('nav-indicators').click();
  await page.getByTestId(`indicator-row-${long?.links[0]?.indicator ?? ''}`).click();
  await page.getByTestId('evidence-row').filter({ hasText: long?.title ?? '' }).first().getByTestId('evidence-open').click();
  const first = page.locator('[data-testid="preview-page"][data-page="1"]');
  await expect(first).toHaveAttribute('data-state', 'drawn');
  expect(await inkOf(page, 1)).toBeGreaterThan(0.005);
  const upright = await first.boundingBox();
  await page.getByTestId('preview-rotate').click();
  await expect.poll(async () => (await first.boundingBox())?.width ?? 0).toBeGreaterThan((await first.boundingBox())?.height ?? 0);
  await page.getByTestId('preview-rotate').click();
  await page.getByTestId('preview-rotate').click();
  await page.getByTestId('preview-rotate').click();
  await expect.poll(async () => Math.round((await first.boundingBox())?.width ?? 0)).toBe(Math.round(upright?.width ?? -1));
  await page.getByTestId('preview-zoom-out').click();
  await expect.poll(async () => (await first.boundingBox())?.width ?? 0).toBeLessThan(upright?.width ?? 0);
  await page.getByTestId('preview-next').click();
  await expect(page.getByTestId('preview-page-number')).toHaveValue('2');
  await expect(page.locator('[data-testid="preview-page"][data-page="2"]')).toHaveAttribute('data-state', 'drawn');
});

test('words are found and counted', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('preview-find').fill('年');
  await expect(page.getByTestId('preview-found')).toHaveText(/^1\/\d+$/);
  await page.getByTestId('preview-find').fill('绝不会出现的词');
  await expect(page.getByTestId('preview-found')).toHaveText('没有找到');
});

/** Where a stroke shows on the screen. */
const boxOfMark = async (page: Page): Promise<{ readonly x: number; readonly y: number }> => (await page.getByTestId('proof-mark').first().boundingBox()) ?? { x: -1, y: -1 };

test('a passage that is found gets a red line with a key, one is drawn by hand on a turned page, and both are taken back', async ({ open }) => {
  const { page } = open;
  const { id } = (await callFromPage(page, 'evidence.list', {})).find((item) => item.fileKind === 'pdf' && item.pages > 1) ?? { id: '' };
  await page.getByTestId('preview-page-number').fill('1');
  await page.getByTestId('preview-page-number').press('Enter');
  await expect(page.locator('[data-testid="preview-page"][data-page="1"]')).toHaveAttribute('data-state', 'drawn');
  await page.getByTestId('preview-find').fill('年');
  await expect(page.getByTestId('preview-found')).toHaveText(/^1\/\d+$/);
  await page.getByTestId('preview-mark').click();
  await expect(page.getByTestId('proof-mark')).toHaveCount(1);
  const [found] = await callFromPage(page, 'mark.list', { id });
  // One character wide, level, on the page that shows the match.
  expect(found?.page).toBe(1);
  expect(found?.lines).toHaveLength(1);
  const [line] = found?.lines ?? [];
  expect(Math.abs((line?.y1 ?? 0) - (line?.y2 ?? 1))).toBeLessThan(0.01);
  expect(Math.abs((line?.x2 ?? 0) - (line?.x1 ?? 0))).toBeGreaterThan(5);
  await page.getByTestId('proof-mark').click();
  await page.getByTestId('mark-remove').click();
  await expect(page.getByTestId('proof-mark')).toHaveCount(0);

  await page.getByTestId('preview-find').fill('');
  await page.getByTestId('preview-rotate').click();
  const sheet = page.locator('[data-testid="preview-page"][data-page="1"]');
  await expect.poll(async () => (await sheet.boundingBox())?.width ?? 0).toBeGreaterThan((await sheet.boundingBox())?.height ?? 0);
  await expect(sheet).toHaveAttribute('data-state', 'drawn');
  await page.getByTestId('preview-mark').click();
  const place = (await sheet.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(place.x + 60, place.y + 90);
  await page.mouse.down();
  await page.mouse.move(place.x + 180, place.y + 94, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByTestId('proof-mark')).toHaveCount(1);
  const shown = await boxOfMark(page);
  expect(Math.abs(shown.y - place.y - 85)).toBeLessThan(3);
  const [turned] = (await callFromPage(page, 'mark.list', { id }))[0]?.lines ?? [];
  // Level to the eye on a page seen turned by 90°: upright in the page's own space.
  expect(Math.abs((turned?.x1 ?? 0) - (turned?.x2 ?? 1))).toBeLessThan(0.01);
  await expect(page.getByTestId('mark-list').getByRole('listitem')).toHaveCount(1);
  await page.getByTestId('undo').click();
  await expect(page.getByTestId('proof-mark')).toHaveCount(0);
});

test('small pages lead to the large ones', async ({ open }) => {
  const { page } = open;
  await expect(page.getByTestId('thumbnail').first().locator('canvas')).toHaveAttribute('data-state', 'drawn');
  await page.getByTestId('thumbnail').nth(1).click();
  await expect(page.getByTestId('preview-page-number')).toHaveValue('2');
  await expect(page.getByTestId('page-facts')).toContainText('第 2 页 · A4');
  await page.getByTestId('preview-thumbnails').click();
  await expect(page.getByTestId('thumbnails')).toHaveCount(0);
  await page.getByTestId('preview-thumbnails').click();
});

test('a photo is shown as it is', async ({ open }) => {
  const { page } = open;
  const photo = (await callFromPage(page, 'evidence.list', {})).find((item) => item.fileKind === 'jpeg');
  await page.getByTestId('nav-search').click();
  await page.getByTestId('search-input').fill(photo?.title ?? '');
  await page.getByTestId('search-hit').filter({ hasText: photo?.title ?? '' }).first().click();
  await expect(page.getByTestId('preview-image')).toBeVisible();
  await page.getByTestId('preview-mark').click();
  const picture = (await page.getByTestId('preview-image').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(picture.x + picture.width / 4, picture.y + picture.height / 2);
  await page.mouse.down();
  await page.mouse.move(picture.x + (3 * picture.width) / 4, picture.y + picture.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await callFromPage(page, 'mark.list', { id: photo?.id ?? '' })).flatMap((mark) => mark.lines.map((line) => [line.x1, line.y1, line.x2, line.y2].map((part) => Math.round(part * 20) / 20)))).toEqual([[0.25, 0.5, 0.75, 0.5]]);
  expect(await page.getByTestId('preview-image').evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))).toBeGreaterThan(100);
  await page.getByTestId('preview-back').click();
  await expect(page.getByTestId('search-page')).toBeVisible();
  expect(open.pageErrors).toEqual([]);
});
