import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';

test.describe.configure({ mode: 'serial' });

test('one click makes the full sample and opens it', async ({ open }) => {
  test.setTimeout(480_000);
  const { page, app, folder } = open;
  const documents = join(folder, 'documents');
  await mkdir(documents, { recursive: true });
  await app.evaluate(({ app: electron }, path) => electron.setPath('documents', path), documents);
  await callFromPage(page, 'archive.close', {});
  await page.reload();
  await page.getByTestId('start-sample').click();
  await expect(page.getByTestId('job-progress')).toContainText('生成示例档案库');
  await expect(page.getByTestId('overview-page')).toBeVisible({ timeout: 440_000 });
  expect((await callFromPage(page, 'archive.current', {}))?.folder.startsWith(documents)).toBe(true);
  await expect(page.getByTestId('completion-map').getByRole('button')).toHaveCount(36);
});

test('another archive can be chosen and the way back stays open', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('leave').click();
  await expect(page.getByTestId('start-page')).toBeVisible();
  await page.getByTestId('start-back').click();
  await expect(page.getByTestId('workbench')).toBeVisible();
});

test('a folder that is no archive is refused in plain words', async ({ open }) => {
  const { page, app, folder } = open;
  await page.getByTestId('leave').click();
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, join(folder, 'documents'));
  await page.getByTestId('start-open').click();
  await expect(page.getByTestId('trouble')).toContainText('不是创档档案库');
  expect(open.pageErrors).toEqual([]);
});
