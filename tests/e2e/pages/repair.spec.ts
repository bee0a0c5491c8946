import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import type { OpenWindow } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

test.describe.configure({ mode: 'serial' });

const flipBit = (path: string, at: number): void => {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  chmodSync(path, 0o644);
  writeFileSync(path, bytes);
};

const choose = ({ app }: OpenWindow, folder: string): Promise<void> =>
  app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, folder);

let archive = '';
let copy = '';

test('damaged and missing files are put back from a copy by one button', async ({ open }) => {
  const { page, folder } = open;
  archive = await openSample(open, 'repair');
  copy = join(folder, 'U盘上的副本.cdarchive');
  cpSync(archive, copy, { recursive: true });
  const objects = readdirSync(join(archive, 'objects'), { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}$/.test(name));
  const [flipped = '', gone = ''] = objects.map((name) => join(archive, 'objects', name));
  flipBit(flipped, 20);
  rmSync(gone);
  await page.getByTestId('nav-settings').click();
  await page.getByRole('tab', { name: '核验' }).click();
  await page.getByTestId('verify-run').click();
  await expect(page.getByTestId('verify-result')).toContainText('发现 2 个问题', { timeout: 30_000 });
  // A folder without them mends nothing, and says so.
  await choose(open, join(copy, 'backups'));
  await page.getByTestId('repair-files').click();
  await expect(page.getByTestId('repair-result')).toContainText('没有找到', { timeout: 30_000 });
  await choose(open, copy);
  await page.getByTestId('repair-files').click();
  await expect(page.getByTestId('repair-result')).toContainText('已从备份修复 2 个文件', { timeout: 30_000 });
  await expect(page.getByTestId('verify-result')).toContainText('核验通过');
  await page.screenshot({ path: join(test.info().outputDir, 'repaired.png') });
  for (const path of [flipped, gone]) expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(path.slice(-64));
  await expect(page.getByTestId('repair-files')).toHaveCount(0);
});

test('an archive whose database does not open any more is opened from a backup that the clerk chooses', async ({ open }) => {
  const { page } = open;
  await callFromPage(page, 'archive.backup', {});
  const items = (await callFromPage(page, 'evidence.list', {})).length;
  await callFromPage(page, 'archive.close', {});
  await page.reload();
  await expect(page.getByTestId('start-page')).toBeVisible();
  for (const tail of ['-wal', '-shm']) rmSync(join(archive, `archive.sqlite${tail}`), { force: true });
  for (const at of [0, 1, 100]) flipBit(join(archive, 'archive.sqlite'), at);
  await choose(open, archive);
  await page.getByTestId('start-open').click();
  const asked = page.getByRole('dialog');
  await expect(asked).toContainText('数据库已损坏');
  await page.screenshot({ path: join(test.info().outputDir, 'damaged.png') });
  await asked.getByRole('button', { name: '恢复这份备份并打开' }).click();
  await expect(page.getByTestId('workbench')).toBeVisible();
  expect(await callFromPage(page, 'evidence.list', {})).toHaveLength(items);
  expect(readdirSync(join(archive, 'backups')).some((name) => name.startsWith('damaged-'))).toBe(true);
  expect(existsSync(join(archive, 'writer.json'))).toBe(true);
  expect(open.pageErrors).toEqual([]);
});
