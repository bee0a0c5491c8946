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
  expect(open.pageErrors).toEqual([]);
});
