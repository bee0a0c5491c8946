import type { Page } from '@playwright/test';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

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

test('a photo is shown as it is', async ({ open }) => {
  const { page } = open;
  const photo = (await callFromPage(page, 'evidence.list', {})).find((item) => item.fileKind === 'jpeg');
  await page.keyboard.press('Control+k');
  await page.getByTestId('search-input').fill(photo?.title ?? '');
  await page.getByTestId('search-hit').filter({ hasText: photo?.title ?? '' }).first().click();
  await expect(page.getByTestId('preview-image')).toBeVisible();
  expect(await page.getByTestId('preview-image').evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))).toBeGreaterThan(100);
  await page.getByTestId('preview-back').click();
  await expect(page.getByTestId('search-page')).toBeVisible();
  expect(open.pageErrors).toEqual([]);
});
