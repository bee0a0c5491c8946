import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';
import { findServiceProcess } from '../service-process.ts';

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
