import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { callFromPage } from '../bridge.ts';
import { writeEvidenceFiles } from '../evidence-files.ts';
import { expect, test } from '../harness.ts';
import type { OpenWindow } from '../harness.ts';

test.describe.configure({ mode: 'serial' });

let archive = '';
let stick = '';
let unit = '';

/** Answers the system's dialogs for files and folders, which no test can click. */
const answerDialogs = ({ app }: OpenWindow, paths: readonly string[]): Promise<void> =>
  app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, paths);

test('a task pack goes out to a unit, with its check code', async ({ open }) => {
  const { page } = open;
  archive = join(open.folder, '收发.cdarchive');
  await callFromPage(page, 'archive.create', { folder: archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  await callFromPage(page, 'evidence.import', { jobId: 'import', paths: await writeEvidenceFiles(join(open.folder, '材料'), 2), indicator: '5.1', year: 2022 });
  await page.reload();
  stick = join(open.folder, 'U盘');
  await mkdir(stick);
  await answerDialogs(open, [stick]);
  await page.getByTestId('nav-exchange').click();
  const row = page.getByTestId('exchange-unit').first();
  unit = (await row.locator('td').nth(1).textContent()) ?? '';
  await row.getByRole('checkbox').check();
  await page.getByTestId('hand-out-packs').click();
  // The plan's day lies in the past: a new one is asked for before anything goes out.
  await expect(page.getByTestId('hand-out-passed')).toContainText(`${unit}（2024-04-30）`);
  await expect(page.getByTestId('hand-out-dated')).toBeDisabled();
  const day = `${new Date().getFullYear() + 1}-06-20`;
  const field = page.getByTestId('hand-out-passed').getByRole('textbox');
  await field.fill(day);
  await field.press('Enter');
  await page.getByTestId('hand-out-dated').click();
  await expect(page.getByTestId('handed-out')).toContainText(unit);
  await page.getByRole('button', { name: '知道了' }).click();
  await expect(page.getByTestId('exchange-out')).toContainText('校验码');
  await expect(row).toContainText(day);
  expect(readdirSync(stick)).toEqual([`任务包 ${unit}.cdpack`]);
});

test('its receipt is printed by the box that prints everything else', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('exchange-out').getByTestId('print-receipt').click();
  await expect(page.getByTestId('print-what')).toContainText(`发放回执 ${unit}`);
  await expect(page.getByTestId('sheet-preview')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByTestId('print-outstanding').click();
  await expect(page.getByTestId('print-what')).toContainText('各单位报送情况清单');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('print-what')).toHaveCount(0);
});

test('what the unit sends back is taken in, and what both changed is shown side by side', async ({ open }) => {
  const { page } = open;
  const copy = join(open.folder, '单位.cdarchive');
  await callFromPage(page, 'exchange.open', { jobId: 'open', file: join(stick, `任务包 ${unit}.cdpack`), folder: copy });
  const catalog = await callFromPage(page, 'catalog.read', {});
  const code = catalog.groups.flatMap((group) => group.indicators).find((one) => one.kind === 'assessed')?.code ?? '';
  await callFromPage(page, 'indicator.setValue', { code, year: 2022, value: 77, unit: '%' });
  await callFromPage(page, 'indicator.setReport', { code, text: '单位写的达标情况说明，三年均达到目标。' });
  await callFromPage(page, 'exchange.pack', { jobId: 'pack', out: join(stick, '报送.cdpack') });
  await callFromPage(page, 'archive.open', { folder: archive });
  await callFromPage(page, 'indicator.setReport', { code, text: '办公室改过的达标情况说明。' });
  await page.reload();
  await expect(page.getByTestId('workbench')).toBeVisible();
  await page.getByTestId('nav-exchange').click();
  await page.getByRole('tab', { name: '收取' }).click();
  await answerDialogs(open, [join(stick, '报送.cdpack')]);
  await page.getByTestId('take-file').click();
  await expect(page.getByTestId('received')).toContainText('数值 1 个');
  await page.getByTestId('to-conflicts').click();
  const conflict = page.getByTestId('conflict');
  await expect(conflict).toHaveCount(1);
  await expect(conflict).toContainText('办公室改过的达标情况说明。');
  await expect(conflict).toContainText('单位写的达标情况说明');
  await conflict.getByTestId('take-theirs').click();
  await expect(conflict).toHaveCount(0);
  expect((await callFromPage(page, 'indicator.read', { code })).report).toContain('单位写的');
});

test('a pack that was changed on the way is refused with the reason', async ({ open }) => {
  const { page } = open;
  await page.getByRole('tab', { name: '收取' }).click();
  await answerDialogs(open, [join(archive, 'archive.sqlite')]);
  await page.getByTestId('take-file').click();
  await expect(page.getByTestId('trouble')).toContainText('不是任务包');
});

test('two versions are compared, and the package opens as a reading room from the disk', async ({ open }) => {
  const { page } = open;
  await callFromPage(page, 'binding.export', { jobId: 'one', draft: true });
  const [group] = (await callFromPage(page, 'catalog.read', {})).groups;
  const code = group?.indicators[0]?.code ?? '';
  await callFromPage(page, 'indicator.setValue', { code, year: 2022, value: 55, unit: '%' });
  await callFromPage(page, 'binding.export', { jobId: 'two', draft: true });
  await page.reload();
  await page.getByTestId('nav-exchange').click();
  await page.getByRole('tab', { name: '版本与报送包' }).click();
  await expect(page.getByTestId('differences')).toContainText('55%');
  await answerDialogs(open, [stick]);
  await page.getByTestId('make-package').click();
  await expect(page.getByTestId('package-made')).toBeVisible();
  const bag = readdirSync(stick).find((name) => name.startsWith('报送包 v002')) ?? '';
  const room = join(stick, bag, 'data', 'objects', '阅览室.html');
  expect(existsSync(room)).toBe(true);
  const shown = await open.app.evaluate(
    async ({ BrowserWindow }, { url, number }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true, partition: 'reading-room' } });
      try {
        await window.loadURL(`${url}#${encodeURIComponent(number)}`);
        const found: unknown = await window.webContents.executeJavaScript(`(() => {
          const start = performance.now();
          const box = document.getElementById('search');
          box.value = ${JSON.stringify(number)};
          box.dispatchEvent(new Event('input'));
          return { ms: performance.now() - start, heads: [...document.querySelectorAll('h2')].map((h) => h.textContent), links: [...document.querySelectorAll('#list a')].map((a) => decodeURIComponent(a.getAttribute('href'))) };
        })()`);
        return found;
      } finally {
        window.destroy();
      }
    },
    { url: pathToFileURL(room).href, number: '5.1' },
  );
  expect(shown).toMatchObject({ heads: [expect.stringMatching(/^5\.1/u)] });
  expect(JSON.stringify(shown)).toMatch(/案卷\/第\d+卷.*\.pdf#page=\d+/u);
  expect(open.pageErrors).toEqual([]);
});
