import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { callFromPage } from '../bridge.ts';
import { writeEvidenceFiles } from '../evidence-files.ts';
import { expect, test } from '../harness.ts';
import { pickMenu } from '../menu.ts';
import { openSample } from '../sample-archive.ts';

test.describe.configure({ mode: 'serial' });

let archive = '';

const answerFolder = (app: ElectronApplication, path: string): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);

test('volumes stand on the shelf, divided as chosen', async ({ open }) => {
  const { page } = open;
  archive = await openSample(open, 'binding');
  await page.getByTestId('nav-binding').click();
  const spines = page.getByRole('listbox', { name: '案卷' }).getByRole('option');
  const { volumes } = await callFromPage(page, 'binding.plan', {});
  await expect(spines).toHaveCount(volumes.length);
  await page.getByTestId('volume-spine-2').click();
  await expect(page.getByTestId('volume-items')).toContainText(`第2卷 ${volumes[1]?.title ?? ''}`);
  await page.getByTestId('binding-mode').getByText('按页数').click();
  await expect.poll(async () => (await callFromPage(page, 'binding.plan', {})).by).toBe('page-cap');
  await expect(spines).toHaveCount((await callFromPage(page, 'binding.plan', {})).volumes.length);
  await page.getByTestId('binding-mode').getByText('每组一卷').click();
  await expect(spines).toHaveCount(volumes.length);
});

test('a volume is split at an item, an item goes back over the border, and undo brings both back', async ({ open }) => {
  const { page } = open;
  const before = (await callFromPage(page, 'binding.plan', {})).volumes;
  const spines = page.getByRole('listbox', { name: '案卷' }).getByRole('option');
  await page.getByTestId('volume-spine-2').click();
  await page.getByTestId('volume-item-menu').nth(2).click();
  await page.getByRole('menuitem', { name: '从这件起另立一卷' }).click();
  await expect(spines).toHaveCount(before.length + 1);
  await page.getByTestId('volume-spine-3').click();
  await expect(page.getByTestId('volume-join')).toBeVisible();
  // The first item of the new volume 3 dragged onto the spine of volume 2.
  await page.getByTestId('volume-line').first().dragTo(page.getByTestId('volume-spine-2'));
  await expect.poll(async () => (await callFromPage(page, 'binding.plan', {})).volumes[1]?.items.length).toBe(3);
  await page.getByTestId('undo').click();
  await expect.poll(async () => (await callFromPage(page, 'binding.plan', {})).volumes[1]?.items.length).toBe(2);
  await page.getByTestId('volume-spine-3').click();
  await page.getByTestId('volume-join').click();
  await expect(spines).toHaveCount(before.length);
});

test('any page is looked at as it will be bound, before anything is exported', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('volume-spine-1').click();
  await page.getByTestId('volume-item-open').nth(1).click();
  await expect(page.getByTestId('volume-preview').locator('[data-testid="preview-page"][data-state="drawn"]').first()).toBeVisible({ timeout: 60_000 });
  // Cover, index and separator come first: the second item stands well behind page 1.
  expect(Number(await page.getByTestId('volume-preview').getByTestId('preview-page-number').inputValue())).toBeGreaterThan(3);
  await expect(page.getByTestId('version-row')).toHaveCount(0);
  // The page that was looked at stays when the pages become smaller.
  await page.getByTestId('thumbnail').nth(1).click();
  await expect(page.getByTestId('preview-page-number')).toHaveValue('2');
  await page.getByTestId('volume-preview').getByRole('button', { name: '整页' }).click();
  await expect(page.getByTestId('volume-preview').getByRole('button', { name: '整页' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('volume-preview').locator('[data-testid="preview-page"][data-state="drawn"]').first()).toBeVisible();
  await expect(page.getByTestId('preview-page-number')).toHaveValue('2');
  // The volume itself is what the menu prints.
  await pickMenu(open.app, '打印…');
  await expect(page.getByTestId('print-what')).toContainText('第1卷');
  await expect(page.getByTestId('print-modal').getByRole('radio')).toHaveCount(2);
  await page.getByTestId('print-modal').getByRole('button', { name: '取消' }).click();
  await expect(page.getByTestId('print-modal')).toHaveCount(0);
  await expect(page.getByTestId('volume-save')).toBeEnabled();
  // The index is of no one item; from an item's page the way leads to its facts, and back.
  await expect(page.getByTestId('volume-describe')).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('volume-preview')).toHaveCount(0);
  const second = page.getByTestId('volume-item-open').nth(1);
  const title = (await second.textContent()) ?? '';
  await second.click();
  const number = await page.getByTestId('volume-preview').getByTestId('preview-page-number').inputValue();
  await page.getByTestId('volume-describe').click();
  await expect(page.getByTestId('field-title')).toHaveValue(title);
  await page.getByTestId('preview-back').click();
  // The volume is shown again, at the page that was left.
  await expect(page.getByTestId('volume-preview').getByTestId('preview-page-number')).toHaveValue(number, { timeout: 60_000 });
  // The last page is the 备考表: of no item either.
  const total = /共 (\d+) 页/u.exec(await page.getByTestId('volume-preview').innerText())?.[1] ?? '';
  await page.getByTestId('volume-preview').getByTestId('preview-page-number').fill(total);
  await page.getByTestId('volume-preview').getByTestId('preview-page-number').press('Enter');
  await expect(page.getByTestId('volume-describe')).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('volume-preview')).toHaveCount(0);
  await expect(page.getByTestId('volume-items')).toBeVisible();
});

test('the index of a volume goes to the printer from where the volume is', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('print-index').click();
  await expect(page.getByTestId('print-modal')).toContainText('第1卷卷内目录', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('print-modal')).toHaveCount(0);
});

test('the menu prints from any page by way of what 装订 offers, and the volume and its place in the list are found again', async ({ open }) => {
  const { page, app } = open;
  await page.getByTestId('volume-spine-2').click();
  const list = page.getByTestId('volume-list');
  const scrolled = await list.evaluate((box) => {
    box.scrollTop = 60;
    return box.scrollTop;
  });
  await page.getByTestId('nav-overview').click();
  await expect(page.getByTestId('overview-page')).toBeVisible();
  await pickMenu(app, '打印…');
  await expect(page.getByTestId('print-choice')).toBeVisible();
  await page.getByTestId('print-entry-cover').getByRole('button', { name: '打印…' }).click();
  await expect(page.getByTestId('print-what')).toHaveText(/第2卷案卷封面，1 页/, { timeout: 30_000 });
  await page.getByTestId('print-modal').getByRole('button', { name: '取消' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('print-choice')).toHaveCount(0);
  await expect(page.getByTestId('volume-spine-2')).toHaveAttribute('aria-selected', 'true');
  // Rows are measured anew: a pixel or two may differ.
  expect(scrolled).toBeGreaterThan(40);
  await expect.poll(() => list.evaluate((box, before) => Math.abs(box.scrollTop - before), scrolled)).toBeLessThan(5);
  await page.getByTestId('volume-spine-1').click();
});

test('while there are errors only a draft can be exported', async ({ open }) => {
  const { page } = open;
  await expect(page.getByTestId('binding-blockers')).toContainText('还有 3 处错误');
  await expect(page.getByTestId('export-final')).toBeDisabled();
});

test('an export shows its progress and can be cancelled, leaving nothing', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('export-draft').click();
  await expect(page.getByTestId('job-progress')).toContainText('装订草稿');
  await page.getByTestId('job-cancel').click();
  await expect(page.getByTestId('job-progress')).toHaveCount(0);
  await expect(page.getByText('装订草稿：已取消')).toBeVisible();
  await expect(page.getByTestId('version-row')).toHaveCount(0);
  expect(existsSync(join(archive, 'exports', 'v001'))).toBe(false);
});

test('a draft is bound and listed', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('export-draft').click();
  await expect(page.getByTestId('export-done')).toBeVisible({ timeout: 60_000 });
  const stick = join(open.folder, '优盘');
  mkdirSync(stick);
  await answerFolder(open.app, stick);
  await page.getByTestId('export-copy').click();
  await expect(page.getByText(`已复制到 ${stick}`)).toBeVisible();
  const [copy = ''] = readdirSync(stick);
  expect(copy).toMatch(/ v001（草稿）$/u);
  expect(readdirSync(join(stick, copy))).toContain('manifest.json');
  await page.getByTestId('export-close').click();
  await expect(page.getByTestId('version-row')).toHaveCount(1);
  await expect(page.getByTestId('version-row')).toContainText('草稿');
  await expect(page.getByTestId('changes')).toContainText('与 v001 相比');
  expect(open.pageErrors).toEqual([]);
});

test('a file that comes after that may be put in as 插页: what was printed keeps its numbers, and undo takes it back', async ({ open }) => {
  const { page } = open;
  const before = (await callFromPage(page, 'binding.plan', {})).volumes[1]?.items ?? [];
  const behind = before.findLast(({ indicator }) => indicator === before[0]?.indicator);
  await callFromPage(page, 'evidence.import', { jobId: 'late', paths: await writeEvidenceFiles(join(open.folder, '补充'), 1), indicator: behind?.indicator ?? '', year: 2023 });
  await page.getByTestId('volume-spine-2').click();
  const [inserted, next] = [behind?.order ?? 0, page.getByTestId('volume-line').nth((behind?.order ?? 0) + 1)];
  const line = page.getByTestId('volume-line').nth(inserted);
  await expect(line).toContainText(`${(behind?.lastPage ?? 0) + 1}–${(behind?.lastPage ?? 0) + 2}`);
  // What either way costs stands beside it.
  const choice = page.getByTestId('late-2');
  await expect(choice.getByRole('radio', { name: '后面重新编号' })).toBeChecked();
  await expect(page.getByTestId('late-suffix-2')).toContainText('材料要打印 2 张，备考表写明插页');
  await page.getByTestId('late-suffix-2').click();
  await expect(line).toContainText(`${behind?.lastPage}-1–${behind?.lastPage}-2`);
  await expect(next).toContainText(String((behind?.lastPage ?? 0) + 1));
  await expect(page.getByTestId('changes')).toContainText(`插入 ${behind?.lastPage}-1–${behind?.lastPage}-2`);
  await page.getByTestId('undo').click();
  await expect(choice.getByRole('radio', { name: '后面重新编号' })).toBeChecked();
  await page.getByTestId('late-suffix-2').click();
  await expect(choice.getByRole('radio', { name: '编为插页' })).toBeChecked();
  // The volume as it will be bound says the same.
  await line.getByTestId('volume-item-open').click();
  await expect(page.getByTestId('volume-preview').locator('[data-testid="preview-page"][data-state="drawn"]').first()).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  expect(open.pageErrors).toEqual([]);
});
