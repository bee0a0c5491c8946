import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';

test.describe.configure({ mode: 'serial' });

test('a finding goes its way from raised to closed, with its answer and evidence', async ({ open }) => {
  const { page, folder } = open;
  const proof = join(folder, '2021年污水处理数据表.txt');
  await writeFile(proof, '2021年县城污水处理率96.1%。\n');
  await callFromPage(page, 'archive.create', { folder: join(folder, 'a.cdarchive'), from: { kind: 'builtin', id: 'shinan-2024' } });
  await callFromPage(page, 'evidence.import', { jobId: 'proof', paths: [proof], indicator: '5.1', year: 2021 });
  await page.reload();
  await page.getByTestId('nav-reviews').click();
  await expect(page.getByTestId('reviews-page')).toContainText('还没有审核轮次');
  await page.getByTestId('open-round').click();
  await page.getByTestId('round-name').fill('省级预审');
  await page.getByTestId('round-begin').click();
  await page.getByTestId('raise-finding').click();
  await page.getByTestId('raise-text').fill('缺2021年污水处理率的数据表');
  await page.getByTestId('raise-indicator').click();
  await page.getByText('5.1 县城污水处理率', { exact: true }).click();
  await page.getByTestId('raise-by').fill('专家甲');
  await page.getByTestId('raise-confirm').click();
  await expect(page.getByText('已登记 1 条')).toBeVisible();
  await page.getByRole('dialog').locator('.ant-modal-close').click();
  await expect(page.getByRole('dialog')).toBeHidden();
  const line = page.getByTestId('review-finding');
  await expect(line).toContainText('待交办');
  await line.getByTestId('assign').click();
  await page.getByTestId('assign-due').fill('2024.5.20');
  await page.getByTestId('assign-confirm').click();
  await expect(line).toContainText('2024-05-20 前');
  await line.getByTestId('answer').click();
  await page.getByTestId('answer-text').fill('已补交');
  // Who found fault does not answer for the office.
  await expect(page.getByTestId('answer-by')).toHaveValue('');
  await page.getByTestId('answer-evidence').click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ hasText: '2021年污水处理数据表' }).click();
  await page.getByTestId('answer-by').fill('李工');
  await page.getByTestId('answer-send').click();
  await expect(line).toContainText('附材料 1 件');
  await line.getByTestId('close-finding').click();
  await page.getByTestId('close-by').fill('林晓梅');
  await page.getByTestId('close-confirm').click();
  await expect(line).toContainText('已销号');
  const [round] = await callFromPage(page, 'review.rounds', {});
  expect(round?.findings[0]).toMatchObject({ state: 'closed', closedBy: '林晓梅', answeredBy: '李工', due: '2024-05-20', assignedTo: '市生态环境局市南分局' });
});

test('a reviewers’ list is taken in, and what of it is not understood is shown', async ({ open }) => {
  const { page, app, folder } = open;
  const list = join(folder, '问题清单.csv');
  await writeFile(list, '序号,指标,存在问题,责任单位,整改时限\n1,6.3,"生物多样性调查报告缺附图,请补",市生态环境局市南分局,2024年5月20日\n2,森林之外,归档顺序不对,无此单位,5月底前\n');
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, list);
  await page.getByTestId('import-findings').click();
  await expect(page.getByTestId('import-notes').locator('li')).toHaveCount(2);
  await page.getByRole('button', { name: '知道了' }).click();
  await expect(page.getByTestId('review-finding')).toHaveCount(3);
  await expect(page.getByTestId('review-finding').nth(1)).toContainText('2024-05-20 前');
  await expect(page.getByTestId('nav-reviews')).toContainText('2');
  await page.getByTestId('print-ledger').click();
  await expect(page.getByTestId('print-what')).toContainText('整改台账', { timeout: 30_000 });
  expect(open.pageErrors).toEqual([]);
});
