import { rename } from 'node:fs/promises';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';
import { findServiceProcess } from '../service-process.ts';

test.describe.configure({ mode: 'serial' });

test('a read-only archive says so on every page and offers no change', async ({ open }) => {
  const { page } = open;
  const folder = await openSample(open, 'banners');
  await callFromPage(page, 'archive.close', {});
  await callFromPage(page, 'archive.open', { folder, readOnly: true });
  await page.reload();
  await expect(page.getByTestId('read-only-banner')).toContainText('不能修改');
  await page.getByTestId('nav-indicators').click();
  await page.getByTestId('indicator-row-1').click();
  await expect(page.getByTestId('year-2023-value')).toBeDisabled();
  await expect(page.getByTestId('report-text')).toBeDisabled();
  await expect(page.getByTestId('indicator-import')).toBeDisabled();
  await page.getByTestId('nav-binding').click();
  await expect(page.getByTestId('export-draft')).toBeDisabled();
  await page.getByTestId('read-only-banner').getByRole('button').click();
  await expect(page.getByTestId('read-only-banner')).toHaveCount(0);
  await expect(page.getByTestId('export-draft')).toBeEnabled();
});

test('a service that died is restarted, and the window says what became of it', async ({ open }) => {
  const { page, app } = open;
  process.kill((await findServiceProcess(app)) ?? 0, 'SIGKILL');
  await expect(page.getByTestId('service-banner')).toContainText('已自动重新启动');
  await page.getByTestId('nav-overview').click();
  await expect(page.getByTestId('completion-map').getByRole('button')).toHaveCount(36);
  await page.getByTestId('service-banner').getByRole('button').click();
  await expect(page.getByTestId('service-banner')).toHaveCount(0);
});

test('an archive whose disk is gone says so, and goes on by itself when it is back', async ({ open }) => {
  const { page } = open;
  const folder = (await callFromPage(page, 'archive.current', {}))?.folder ?? '';
  await rename(folder, `${folder}.away`);
  await expect(page.getByTestId('drive-banner')).toContainText('重新插好U盘');
  await rename(`${folder}.away`, folder);
  await page.getByTestId('drive-banner').getByRole('button').click();
  await expect(page.getByTestId('drive-banner')).toHaveCount(0);
  await expect.poll(async () => (await callFromPage(page, 'archive.current', {}))?.folder).toBe(folder);
});

test('a page that cannot be shown says so, leads elsewhere, and is there again when loaded anew', async ({ open }) => {
  const { page } = open;
  // The list's width is read while the page is drawn: this stands for any fault in a page's own code.
  await page.evaluate(() => {
    Storage.prototype.getItem = () => {
      throw new Error('made to fail');
    };
  });
  const [first] = await callFromPage(page, 'evidence.list', {});
  for (const link of first?.links ?? []) await callFromPage(page, 'evidence.unlink', { id: first?.id ?? '', indicator: link.indicator, year: link.year });
  await page.getByTestId('nav-inbox').click();
  await expect(page.getByTestId('page-fault')).toContainText('没有丢失');
  await expect(page.getByTestId('page-fault').getByRole('button', { name: '去总览' })).toBeVisible();
  // The rest of the window goes on.
  await page.getByTestId('nav-settings').click();
  await expect(page.getByTestId('settings-page')).toBeVisible();
  await page.getByTestId('nav-inbox').click();
  await page.getByTestId('page-fault-reload').click();
  await expect(page.getByTestId('inbox-list')).toBeVisible();
});
