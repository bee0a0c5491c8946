import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

test.describe.configure({ mode: 'serial' });

test('a due date and a contact are kept', async ({ open }) => {
  const { page } = open;
  await openSample(open, 'settings');
  const unit = (await callFromPage(page, 'overview.read', {})).units[0]?.name ?? '';
  await page.getByTestId('nav-settings').click();
  await page.getByLabel(`${unit}联系人`).fill('赵云');
  await page.getByLabel(`${unit}联系人`).press('Enter');
  await page.getByLabel(`${unit}交齐时限`).fill('2024.4.15');
  await page.getByLabel(`${unit}交齐时限`).press('Enter');
  await expect.poll(async () => (await callFromPage(page, 'overview.read', {})).units.find((entry) => entry.name === unit)).toMatchObject({ contact: '赵云', due: '2024-04-15' });
  await page.getByLabel(`${unit}交齐时限`).fill('2024-02-31');
  await page.getByLabel(`${unit}交齐时限`).press('Enter');
  await expect(page.getByText('没有这一天')).toBeVisible();
});

test('a backup is made and gone back to', async ({ open }) => {
  const { page } = open;
  await page.getByRole('tab', { name: '备份与恢复' }).click();
  const rows = page.getByTestId('backups').locator('tbody tr');
  await page.getByTestId('backup-now').click();
  await expect(page.getByText(/已备份/)).toBeVisible();
  await expect(rows.first()).toBeVisible();
  const { title } = await callFromPage(page, 'evidence.list', {}).then(([first]) => first ?? { title: '' });
  await rows.first().getByRole('button', { name: '恢复' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '恢复', exact: true }).click();
  await expect(page.getByText('已恢复到所选备份')).toBeVisible();
  expect((await callFromPage(page, 'evidence.list', {}))[0]?.title).toBe(title);
});

test('the archive is verified, and the about page names the runtimes', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('nav-settings').click();
  await page.getByRole('tab', { name: '核验' }).click();
  await page.getByTestId('verify-run').click();
  await expect(page.getByTestId('verify-result')).toContainText('核验通过', { timeout: 30_000 });
  await page.getByRole('tab', { name: '关于' }).click();
  const runtime = await callFromPage(page, 'shell.runtime', {});
  await expect(page.getByTestId('about')).toContainText(runtime.electron);
  await expect(page.getByTestId('stand-in')).toHaveCount(runtime.standIn ? 1 : 0);
  expect(open.pageErrors).toEqual([]);
});

test('the report for whoever helps is read before it is saved, and saved as it was read', async ({ open }) => {
  const { page, app, folder } = open;
  await page.getByTestId('nav-settings').click();
  await page.getByRole('tab', { name: '关于' }).click();
  await page.getByTestId('notices-open').click();
  await expect(page.getByTestId('notices-text')).toContainText('better-sqlite3');
  await page.locator('.ant-modal-footer').getByRole('button').click();
  await expect(page.getByTestId('notices-text')).toBeHidden();
  await page.getByTestId('report-open').click();
  const text = (await page.getByTestId('report-text').textContent()) ?? '';
  expect(text).toContain('创档 问题报告');
  // Neither titles, nor names of files, nor where they lie.
  const items = await callFromPage(page, 'evidence.list', {});
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) for (const word of [item.title, item.fileName]) expect(text).not.toContain(word);
  expect(text).not.toContain(folder);
  const chosen = join(folder, '报告.txt');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, chosen);
  await page.getByTestId('report-save').click();
  await expect.poll(() => (existsSync(chosen) ? readFileSync(chosen, 'utf8') : '')).toBe(text);
});
