import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { makeMixedFolder } from '../../fixtures/mixed-folder.ts';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import type { OpenWindow } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

const pictures = resolve(import.meta.dirname, '../../../docs/manual/pictures');
mkdirSync(pictures, { recursive: true });

/** A picture of the window as it is, once nothing moves any more. */
const take = async (page: Page, name: string): Promise<void> => {
  // Nothing passing lies over it: no notice, no progress, nothing half drawn.
  for (const passing of ['.ant-message-notice', '.ant-notification-notice', '.ant-spin-spinning', '.job-card', '.read-wait', '[data-state="drawing"]']) await expect(page.locator(passing)).toHaveCount(0, { timeout: 60_000 });
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled', caret: 'hide' });
};

const go = async (page: Page, name: string): Promise<void> => {
  await page.getByTestId(`nav-${name}`).click();
  await expect(page.getByTestId(`${name}-page`)).toBeVisible();
};

const setSize = ({ app }: OpenWindow): Promise<void> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800));

const answerDialogs = ({ app }: OpenWindow, path: string): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);

test('开始、总览、收件箱、指标', async ({ open }) => {
  const { page, folder } = open;
  await setSize(open);
  await take(page, '01-开始');

  await openSample(open, '示例档案库');
  await take(page, '02-总览');

  const incoming = join(folder, '各单位报来的材料');
  await makeMixedFolder(incoming, 24);
  await answerDialogs(open, incoming);
  await go(page, 'inbox');
  await page.getByTestId('import-folder').click();
  await expect(page.getByTestId('import-report')).toContainText('已导入', { timeout: 120_000 });
  await take(page, '03-导入结果');
  await page.keyboard.press('Escape');
  await page.reload();
  await go(page, 'inbox');
  await page.getByTestId('inbox-row').filter({ hasText: /关于.*建议/ }).first().click();
  await expect(page.locator('[data-testid="preview-page"][data-page="1"]')).toHaveAttribute('data-state', 'drawn');
  await take(page, '04-收件箱');

  const long = (await callFromPage(page, 'evidence.list', {})).find((item) => item.fileKind === 'pdf' && item.pages > 1 && item.links.length > 0);
  await go(page, 'indicators');
  await page.getByTestId(`indicator-row-${long?.links[0]?.indicator ?? ''}`).click();
  await expect(page.getByTestId('evidence-row').first()).toBeVisible();
  await take(page, '05-指标');
  await page.getByTestId('evidence-row').filter({ hasText: long?.title ?? '' }).first().getByTestId('evidence-open').click();
  await expect(page.locator('[data-testid="preview-page"][data-page="1"]')).toHaveAttribute('data-state', 'drawn');
  await page.getByTestId('preview-find').fill('其中');
  await expect(page.getByTestId('preview-found')).toHaveText(/^1\/\d+$/);
  await page.getByTestId('preview-mark').click();
  await expect(page.getByTestId('proof-mark').first()).toBeVisible();
  await take(page, '06-查看材料');
});

test('核查与整改', async ({ open }) => {
  const { page } = open;
  await setSize(open);
  await openSample(open, '核查');
  await go(page, 'check');
  await take(page, '07-核查');
  await go(page, 'reviews');
  await page.getByTestId('open-round').click();
  await page.getByTestId('round-name').fill('区级预审');
  await page.getByTestId('round-begin').click();
  await page.getByTestId('raise-finding').click();
  await page.getByTestId('raise-text').fill('指标9缺少2022年度外来入侵物种普查报告，请补充。');
  await page.getByTestId('raise-by').fill('区档案馆');
  await page.getByTestId('raise-confirm').click();
  await expect(page.getByTestId('review-finding')).toHaveCount(1);
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await take(page, '08-整改');
});

test('装订', async ({ open }) => {
  const { page } = open;
  await setSize(open);
  await openSample(open, '装订');
  await go(page, 'binding');
  await page.getByTestId('volume-spine-2').click();
  await take(page, '09-装订');
  await page.getByTestId('volume-item-open').first().click();
  await expect(page.getByTestId('volume-preview').locator('[data-testid="preview-page"][data-state="drawn"]').first()).toBeVisible({ timeout: 120_000 });
  await take(page, '10-装订前预览');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('volume-preview')).toBeHidden();
  await go(page, 'overview');
  await go(page, 'binding');
  await page.getByTestId('export-draft').click();
  await expect(page.getByTestId('export-done')).toBeVisible({ timeout: 300_000 });
  await take(page, '11-导出完成');
  await page.getByTestId('export-close').click();
});

test('文书与打印', async ({ open }) => {
  const { page } = open;
  await setSize(open);
  await openSample(open, '文书');
  await go(page, 'papers');
  await page.getByTestId('paper-kind-volume-index').click();
  await expect(page.getByTestId('paper-volume-index').locator('canvas').first()).toBeVisible({ timeout: 60_000 });
  await take(page, '12-文书');
  await page.getByTestId('paper-print').first().click();
  await expect(page.getByTestId('sheet-preview').locator('canvas[data-state="drawn"]')).toBeVisible({ timeout: 60_000 });
  await take(page, '13-打印');
  await page.keyboard.press('Escape');
});

test('收发', async ({ open }) => {
  const { page, folder } = open;
  const stick = join(folder, 'U盘');
  mkdirSync(stick);
  await setSize(open);
  await openSample(open, '收发');
  await callFromPage(page, 'binding.export', { jobId: 'export', draft: true });
  await answerDialogs(open, stick);
  await go(page, 'exchange');
  await page.getByTestId('exchange-unit').first().getByRole('checkbox').check();
  await page.getByTestId('hand-out-packs').click();
  // The sample's own day is past.
  await page.getByTestId('hand-out-keep').click();
  await expect(page.getByTestId('handed-out')).toBeVisible({ timeout: 120_000 });
  await take(page, '14-发出任务包');
  await page.getByRole('button', { name: '知道了' }).click();
  await page.getByRole('tab', { name: '版本与报送包' }).click();
  await page.getByTestId('make-package').click();
  await expect(page.getByTestId('package-made')).toBeVisible({ timeout: 120_000 });
  await take(page, '15-报送包');
});

test('检索、目录、设置', async ({ open }) => {
  const { page } = open;
  await setSize(open);
  await openSample(open, '设置');
  await go(page, 'search');
  await page.getByTestId('search-input').fill('污水处理');
  await expect(page.getByTestId('search-hit').first()).toBeVisible();
  await take(page, '16-检索');
  await go(page, 'catalog');
  await take(page, '17-目录');
  await go(page, 'settings');
  await page.getByRole('tab', { name: '全宗与装订' }).click();
  await take(page, '18-全宗与装订');
  await page.getByRole('tab', { name: '备份与恢复' }).click();
  const [item] = await callFromPage(page, 'evidence.list', {});
  await callFromPage(page, 'evidence.update', { id: item?.id ?? '', change: { originalPlace: '区档案馆三号库' } });
  await page.getByTestId('backup-now').click();
  await expect(page.getByTestId('backups')).toContainText('手动');
  await take(page, '19-备份与恢复');
  await page.getByRole('tab', { name: '核验' }).click();
  await page.getByTestId('verify-run').click();
  await expect(page.getByTestId('verify-result')).toBeVisible({ timeout: 120_000 });
  await take(page, '20-核验');
});
