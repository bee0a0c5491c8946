import { join } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import { pickMenu } from '../menu.ts';
import { openSample } from '../sample-archive.ts';

test.describe.configure({ mode: 'serial' });

test('the planted gaps are listed with their basis and lead to the place', async ({ open }) => {
  const { page } = open;
  await openSample(open, 'check');
  await page.getByTestId('nav-check').click();
  const rows = page.getByTestId('finding-row').and(page.locator('[data-severity="error"]'));
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText('依据：');
  await page.getByTestId('check-grouping').getByText('按单位').click();
  await expect(rows.first()).toBeVisible();
  // The menu prints what is looked at: by unit what each of them owes, else the report of the check.
  await pickMenu(open.app, '打印…');
  await expect(page.getByTestId('print-what')).toContainText('各单位报送情况清单', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('print-modal')).toHaveCount(0);
  await page.getByTestId('check-grouping').getByText('按问题').click();
  await pickMenu(open.app, '打印…');
  await expect(page.getByTestId('print-what')).toContainText('核查报告', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('print-modal')).toHaveCount(0);
  await rows.filter({ hasText: '外来物种' }).getByTestId('finding-jump').click();
  await expect(page.getByTestId('indicator-panel').getByRole('heading', { level: 1 })).toContainText('外来物种入侵防控');
});

test('a warning is waived with reason and name, and the waiver withdrawn', async ({ open }) => {
  const { page } = open;
  await callFromPage(page, 'indicator.setReport', { code: '3', text: '' });
  await page.getByTestId('nav-check').click();
  await page.getByText('提醒', { exact: true }).click();
  const warning = page.getByTestId('finding-row').filter({ hasText: '达标情况说明' });
  await expect(warning).toHaveCount(1);
  await warning.getByTestId('finding-waive').click();
  await expect(page.getByTestId('waive-confirm')).toBeDisabled();
  await page.getByTestId('waive-reason').fill('由上级统一撰写');
  await page.getByTestId('waive-by').fill('李明');
  await page.getByTestId('waive-confirm').click();
  await expect(warning).toHaveCount(0);
  await page.getByText('已免', { exact: true }).click();
  await expect(warning).toHaveCount(1);
  await warning.getByRole('button', { name: '取消免予处理' }).click();
  await expect(warning).toHaveCount(0);
  expect(open.pageErrors).toEqual([]);
});

test('whether a certificate is sealed is answered where it is asked; until then its requirement is not ticked', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('nav-indicators').click();
  await page.getByTestId('indicator-row-N.8').click();
  const requirement = page.getByTestId('requirements');
  const findings = page.getByTestId('block-findings').getByTestId('finding-row');
  await expect(requirement).toContainText('1 件，证明没有盖章');
  await expect(requirement).not.toContainText('✓');
  await expect(findings).toHaveAttribute('data-rule', 'certificate.seal');
  // The heading names the indicator, the sentence does not again.
  await expect(findings).not.toContainText('N.8');
  await page.getByTestId('finding-sealed').click();
  await expect(requirement).toContainText('✓ 1 件');
  await expect(findings).toHaveCount(0);
});

test('coming back to a long list shows the place that was left', async ({ open }) => {
  const { page, folder } = open;
  await callFromPage(page, 'archive.close', {});
  await callFromPage(page, 'archive.create', { folder: join(folder, 'long-list.cdarchive'), from: { kind: 'builtin', id: 'shinan-2024' } });
  await page.reload();
  await page.getByTestId('nav-check').click();
  const list = page.getByTestId('finding-list');
  await expect(page.getByTestId('finding-row').first()).toBeVisible();
  const top = (): Promise<number> => list.evaluate((box) => box.scrollTop);
  await list.evaluate((box) => box.scrollTo(0, 1500));
  await expect.poll(top).toBeGreaterThan(1400);
  // Its rows are measured as they come into sight: where it stands then is where it was left.
  await page.mouse.move(700, 400);
  await page.mouse.wheel(0, 200);
  await expect.poll(top).toBeGreaterThan(1600);
  const left = await top();
  await page.getByTestId('nav-overview').click();
  await expect(page.getByTestId('overview-page')).toBeVisible();
  await page.getByTestId('go-back').click();
  await expect.poll(async () => Math.abs((await top()) - left)).toBeLessThan(120);
});
