import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

let archive = '';

test('volumes stand on the shelf, divided as chosen', async ({ open }) => {
  const { page } = open;
  archive = await openSample(open, 'binding');
  await page.getByTestId('nav-binding').click();
  const spines = page.getByRole('listbox', { name: '案卷' }).getByRole('option');
  const { volumes } = await callFromPage(page, 'binding.plan', {});
  await expect(spines).toHaveCount(volumes.length);
  await page.getByTestId('volume-spine-2').click();
  await expect(page.getByTestId('volume-items')).toContainText(`第2卷 ${volumes[1]?.title ?? ''}`);
  await page.getByTestId('binding-mode').getByText('按页数').click();
  await expect.poll(async () => (await callFromPage(page, 'binding.plan', {})).by).toBe('page-cap');
  await expect(spines).toHaveCount((await callFromPage(page, 'binding.plan', {})).volumes.length);
  await page.getByTestId('binding-mode').getByText('每组一卷').click();
  await expect(spines).toHaveCount(volumes.length);
});

test('a volume is split at an item, an item goes back over the border, and undo brings both back', async ({ open }) => {
  const { page } = open;
  const before = (await callFromPage(page, 'binding.plan', {})).volumes;
  const spines = page.getByRole('listbox', { name: '案卷' }).getByRole('option');
  await page.getByTestId('volume-spine-2').click();
  await page.getByTestId('volume-item-menu').nth(2).click();
  await page.getByRole('menuitem', { name: '从这件起另立一卷' }).click();
  await expect(spines).toHaveCount(before.length + 1);
  await page.getByTestId('volume-spine-3').click();
  await expect(page.getByTestId('volume-join')).toBeVisible();
  // The first item of the new volume 3 dragged onto the spine of volume 2.
  await page.getByTestId('volume-line').first().dragTo(page.getByTestId('volume-spine-2'));
  await expect.poll(async () => (await callFromPage(page, 'binding.plan', {})).volumes[1]?.items.length).toBe(3);
  await page.getByTestId('undo').click();
  await expect.poll(async () => (await callFromPage(page, 'binding.plan', {})).volumes[1]?.items.length).toBe(2);
  await page.getByTestId('volume-spine-3').click();
  await page.getByTestId('volume-join').click();
  await expect(spines).toHaveCount(before.length);
});

test('any page is looked at as it will be bound, before anything is exported', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('volume-spine-1').click();
  await page.getByTestId('volume-item-open').nth(1).click();
  await expect(page.getByTestId('volume-preview').locator('[data-testid="preview-page"][data-state="drawn"]').first()).toBeVisible({ timeout: 60_000 });
  // Cover, index and separator come first: the second item stands well behind page 1.
  expect(Number(await page.getByTestId('volume-preview').getByTestId('preview-page-number').inputValue())).toBeGreaterThan(3);
  await expect(page.getByTestId('version-row')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('volume-preview')).toHaveCount(0);
});

test('the index of a volume goes to the printer from where the volume is', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('print-index').click();
  await expect(page.getByTestId('print-modal')).toContainText('第1卷卷内目录', { timeout: 30_000 });
  await page.keyboard.press('Escape');
});

test('while there are errors only a draft can be exported', async ({ open }) => {
  const { page } = open;
  await expect(page.getByTestId('binding-blockers')).toContainText('还有 3 处错误');
  await expect(page.getByTestId('export-final')).toBeDisabled();
});

test('an export shows its progress and can be cancelled, leaving nothing', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('export-draft').click();
  await expect(page.getByTestId('job-progress')).toContainText('装订草稿');
  await page.getByTestId('job-cancel').click();
  await expect(page.getByTestId('job-progress')).toHaveCount(0);
  await expect(page.getByText('装订草稿：已取消')).toBeVisible();
  await expect(page.getByTestId('version-row')).toHaveCount(0);
  expect(existsSync(join(archive, 'exports', 'v001'))).toBe(false);
});

test('a draft is bound and listed', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('export-draft').click();
  await expect(page.getByTestId('export-done')).toBeVisible({ timeout: 60_000 });
  await page.getByTestId('export-close').click();
  await expect(page.getByTestId('version-row')).toHaveCount(1);
  await expect(page.getByTestId('version-row')).toContainText('草稿');
  await expect(page.getByTestId('changes')).toContainText('与 v001 相比');
  expect(open.pageErrors).toEqual([]);
});
