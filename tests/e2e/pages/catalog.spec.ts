import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';

test.describe.configure({ mode: 'serial' });

const plan = `云川县创建省级生态文明建设示范县实施方案
一、主要任务
（一）改善环境质量
1.空气质量优良天数比例85%。（县生态环境分局牵头，县公安局配合）
2.污水处理率≥95%。（县水务局负责，各街道办事处配合）
二、不涉及的指标
1.草原植被覆盖度。责任单位：县林业局
`;

test('what the plan leaves open is answered in the catalog', async ({ open }) => {
  const { page, app, folder } = open;
  const file = join(folder, '方案.txt');
  await writeFile(file, plan);
  await app.evaluate(
    ({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    },
    file,
  );
  await page.getByTestId('start-new-plan').click();
  // Named after the plan without being taken for it, and beside it.
  await expect(page.getByTestId('new-archive-name')).toHaveValue('云川县创建省级生态文明建设示范县档案');
  await expect(page.getByTestId('new-archive-parent')).toHaveText(folder);
  await page.getByTestId('new-archive-name').fill('占用');
  await mkdir(join(folder, '占用.cdarchive', '内'), { recursive: true });
  await page.getByTestId('new-archive-name').fill('占用');
  await page.getByTestId('new-archive-name').press('Enter');
  await expect(page.getByTestId('new-archive-trouble')).toContainText('同名');
  await page.getByTestId('new-archive-name').fill('云川');
  await page.getByTestId('new-archive-make').click();
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = (...given: readonly unknown[]) => {
      Reflect.set(globalThis, 'asked', given.at(-1));
      return Promise.resolve({ canceled: true, filePaths: [] });
    };
  });
  await page.getByTestId('questions-later').click();
  // The way leads on to the material, whose folder is asked for at once; the questions wait.
  await expect(page.getByTestId('overview-page')).toBeVisible();
  await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'asked'))).toMatchObject({ title: '选择要导入的文件夹' });
  await expect(page.getByTestId('step-import')).toBeVisible();
  await page.getByTestId('plan-questions-open').click();
  const questions = page.getByTestId('plan-question');
  await expect(questions.filter({ hasText: '没有写不低于还是不高于' })).toContainText('空气质量优良天数比例85%');
  const before = await questions.count();
  await questions.filter({ hasText: '没有写不低于还是不高于' }).getByTestId('question-edit').click();
  await expect(page.getByTestId('target-sentence')).toContainText('85%');
  await page.getByTestId('target-text').fill('不低于86%');
  await page.getByTestId('target-value').fill('86');
  await page.getByTestId('target-save').click();
  await expect(page.getByTestId('target-save')).toHaveCount(0);
  expect((await callFromPage(page, 'catalog.read', {})).groups[0]?.indicators[0]?.target).toMatchObject({ op: '>=', value: 86, text: '不低于86%' });
  await page.getByTestId('question-in-hand-settle').click();
  await expect(page.getByTestId('plan-question-list')).toBeVisible();
  await expect(questions).toHaveCount(before - 1);
});

test('cards stay where they are, members are given on the card, and all is settled as one step', async ({ open }) => {
  const { page } = open;
  const questions = page.getByTestId('plan-question');
  const before = await questions.count();
  const members = questions.filter({ hasText: '“各街道办事处”包括哪些单位' });
  await members.getByRole('combobox').fill('东街道办事处、西街道办事处、');
  await expect.poll(async () => (await callFromPage(page, 'catalog.read', {})).units.find((unit) => unit.name === '各街道办事处')?.members).toEqual(['东街道办事处', '西街道办事处']);
  expect((await callFromPage(page, 'catalog.read', {})).units.map((unit) => unit.name)).toContain('西街道办事处');
  await page.keyboard.press('Escape');
  const box = await questions.last().boundingBox();
  await questions.first().getByTestId('question-settle').click();
  await expect(questions.first().getByTestId('question-reopen')).toBeVisible();
  await expect(questions).toHaveCount(before);
  expect(await questions.last().boundingBox()).toEqual(box);
  await questions.first().getByTestId('question-reopen').click();
  await members.getByTestId('question-edit').click();
  await expect(page.getByTestId('unit-各街道办事处')).toHaveClass(/catalog-shown/);
  await expect(page.getByTestId('unit-各街道办事处')).toBeInViewport();
  await page.getByTestId('question-in-hand-back').click();
  await page.getByTestId('questions-settle-all').click();
  await expect(page.getByTestId('questions-all-done')).toBeVisible();
  await expect(page.getByTestId('questions-import')).toBeVisible();
  await page.getByTestId('undo').click();
  await expect(page.getByTestId('questions-all-done')).toHaveCount(0);
  await page.getByTestId('questions-settle-all').click();
  await page.getByTestId('questions-overview').click();
  await expect(page.getByTestId('next-steps')).toContainText('都已核对');
  await page.getByTestId('nav-catalog').click();
});

test('indicators are added, moved and retired; units merged; days changed', async ({ open }) => {
  const { page } = open;
  await page.getByRole('tab', { name: '指标', exact: true }).click();
  await page.getByTestId('add-to-一').click();
  await page.getByTestId('new-indicator-name').fill('河长制');
  await page.getByTestId('new-indicator-add').click();
  await expect(page.getByTestId('indicator-form').getByRole('heading', { level: 2 })).toContainText('河长制');
  await page.getByTestId('move-up').click();
  await expect.poll(async () => (await callFromPage(page, 'catalog.read', {})).groups[0]?.indicators.map((indicator) => indicator.name)).toEqual(['空气质量优良天数比例', '河长制', '污水处理率']);
  await page.getByTestId('retire-indicator').click();
  await expect(page.getByTestId('indicator-form')).toContainText('已停用');
  await page.getByRole('tab', { name: '单位', exact: true }).click();
  await page.getByTestId('new-unit').fill('县公安分局');
  await page.getByTestId('add-unit').click();
  await page.getByTestId('unit-县公安分局').getByTestId('merge-unit').click();
  await page.getByTestId('merge-into').click();
  await page.locator('.ant-select-item-option').filter({ hasText: '县公安局' }).click();
  await page.getByTestId('merge-confirm').click();
  await expect(page.getByTestId('unit-县公安分局')).toHaveCount(0);
  await expect(page.getByTestId('unit-县公安局')).toContainText('县公安分局');
  await page.getByRole('tab', { name: '创建信息' }).click();
  await page.getByTestId('head-deadline').fill('2024.4.30');
  await page.getByTestId('head-deadline').press('Enter');
  await expect.poll(async () => (await callFromPage(page, 'catalog.read', {})).deadline).toBe('2024-04-30');
});

test('a certificate is printed, sent and comes back sealed', async ({ open }) => {
  const { page, app, folder } = open;
  const scan = join(folder, '草原植被覆盖度不涉及证明.txt');
  await writeFile(scan, '证明\n我县不涉及草原植被覆盖度。\n县林业局\n2024年3月20日\n');
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, scan);
  await page.getByRole('tab', { name: '证明' }).click();
  const line = page.getByTestId('certificate-N.1-0-县林业局');
  await line.getByTestId('certificate-printed').click();
  await expect(line).toContainText('已打印');
  await line.getByTestId('certificate-sent').click();
  await line.getByTestId('certificate-attach').click();
  await expect(page.getByText('证明都已收回。')).toBeVisible({ timeout: 30_000 });
  const [certificate] = await callFromPage(page, 'certificate.list', {});
  expect(certificate).toMatchObject({ state: 'returned', indicator: 'N.1' });
  expect((await callFromPage(page, 'indicator.read', { code: 'N.1' })).evidence.map((item) => item.id)).toEqual([certificate?.evidence]);
  expect(open.pageErrors).toEqual([]);
});
