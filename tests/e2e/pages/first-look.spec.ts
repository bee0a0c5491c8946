import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { writeEvidenceFiles } from '../evidence-files.ts';
import { expect, test } from '../harness.ts';
import type { OpenWindow } from '../harness.ts';

test.describe.configure({ mode: 'serial' });

const plan = `云川县创建省级生态文明建设示范县实施方案
一、主要任务
1.空气质量优良天数比例85%。（县生态环境分局牵头，县公安局配合）
2.污水处理率≥95%。（县水务局负责）
`;

const answerDialogs = ({ app }: OpenWindow, path: string): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);

const menuItem = ({ app }: OpenWindow, id: string, click: boolean): Promise<boolean> =>
  app.evaluate(
    ({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted.id);
      if (wanted.click) item?.click();
      return item?.enabled === true;
    },
    { id, click },
  );

test('questions may wait: the way leads on to the material, and any step is a click away', async ({ open }) => {
  const { page, folder } = open;
  await writeFile(join(folder, '方案.txt'), plan);
  await answerDialogs(open, join(folder, '方案.txt'));
  expect(await menuItem(open, 'import-folder', false)).toBe(false);
  await page.getByTestId('start-new-plan').click();
  await page.getByTestId('new-archive-name').fill('云川');
  await page.getByTestId('new-archive-make').click();
  await page.getByTestId('questions-now').click();
  await expect(page.getByTestId('plan-question-list')).toBeVisible();
  await expect(page).toHaveTitle('云川 - 创档');
  await page.getByTestId('nav-overview').click();
  // The questions are the step at hand, yet nobody is held up by them.
  await expect(page.getByTestId('open-import')).toBeEnabled();
  await page.getByTestId('open-bind').click();
  await expect(page.getByTestId('binding-page')).toBeVisible();
  await page.getByTestId('nav-overview').click();
  await page.getByTestId('plan-questions-later').click();
  await expect(page.getByTestId('step-import')).toBeVisible();
  await page.reload();
  await expect(page.getByTestId('step-import')).toBeVisible();
  await expect(page.getByTestId('next-steps')).toContainText('没有核对，不影响导入和归档');
});

test('while the first files come in the empty page says so, and the bar lies over nothing', async ({ open }) => {
  const { page, folder } = open;
  await writeEvidenceFiles(join(folder, '材料'), 60);
  await answerDialogs(open, join(folder, '材料'));
  await page.getByTestId('nav-inbox').click();
  const told = page.getByTestId('inbox-importing').waitFor();
  // Both boxes at the instant the bar comes up.
  const boxes = page.evaluate(
    () =>
      new Promise<readonly { readonly top: number; readonly bottom: number }[]>((resolve) => {
        const watch = new MutationObserver(() => {
          const bar = document.querySelector('[data-testid="job-progress"]');
          if (bar === null) return;
          watch.disconnect();
          resolve([document.querySelector('.app-room') ?? bar, bar].map((element) => element.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })));
        });
        watch.observe(document.body, { childList: true, subtree: true });
      }),
  );
  // The file menu leads to the same as the button on the page.
  await expect(page.getByTestId('empty-import-folder')).toBeVisible();
  expect(await menuItem(open, 'import-folder', true)).toBe(true);
  await told;
  const [room, bar] = await boxes;
  expect(room?.bottom).toBeLessThanOrEqual(bar?.top ?? 0);
  await expect(page.getByTestId('import-done')).toContainText('导入完成：60 件');
  // Here already: the notice does not send anybody to where they are.
  await expect(page.getByTestId('import-to-inbox')).toHaveCount(0);
  await expect(page.getByTestId('inbox-page')).toContainText('60 件');
});

test('a task pack is opened under a name and in a place of one’s own', async ({ open }) => {
  const { page, folder } = open;
  const stick = join(folder, 'U盘');
  await mkdir(stick);
  const [unit] = (await callFromPage(page, 'exchange.state', {})).units;
  await callFromPage(page, 'exchange.handOut', { jobId: 'out', units: [unit?.name ?? ''], folder: stick, as: 'pack', due: '' });
  const [pack] = await readdir(stick);
  await page.getByTestId('leave').click();
  await answerDialogs(open, join(stick, pack ?? ''));
  await page.getByTestId('start-open-pack').click();
  await expect(page.getByRole('dialog')).toContainText('打开任务包');
  await expect(page.getByTestId('new-archive')).toContainText(pack ?? '');
  // Named after the pack; not proposed beside it, for a stick is no place to work on.
  await expect(page.getByTestId('new-archive-name')).toHaveValue((pack ?? '').replace(/\.cdpack$/u, ''));
  await expect(page.getByTestId('new-archive-parent')).not.toHaveText(stick);
  await page.getByTestId('new-archive-name').fill('本单位填报');
  await answerDialogs(open, folder);
  await page.getByTestId('new-archive-move').click();
  await expect(page.getByTestId('new-archive-parent')).toHaveText(folder);
  await page.getByTestId('new-archive-make').click();
  await expect(page.getByTestId('workbench')).toBeVisible();
  expect((await callFromPage(page, 'archive.current', {}))?.folder).toBe(join(folder, '本单位填报.cdarchive'));
  // The unit's own road, to the pack that goes back, and no other unit's debts.
  await expect(page.getByTestId('unit-steps').getByRole('listitem')).toContainText(['填数', '导入材料', '签认', '生成报送包交回']);
  await expect(page.getByTestId('units-owing').getByRole('listitem')).toContainText([unit?.name ?? '']);
  await page.getByTestId('open-hand-back').click();
  await expect(page.getByTestId('hand-back')).toBeVisible();
  expect(open.pageErrors).toEqual([]);
});
