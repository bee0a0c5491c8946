import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { callFromPage } from './bridge.ts';
import { writeEvidenceFiles } from './evidence-files.ts';
import { expect, test } from './harness.ts';

test.describe.configure({ mode: 'serial' });

const hasQpdf = (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'qpdf')));

test('a clerk makes an archive, files evidence under an indicator, checks and binds', async ({ open }) => {
  const { page, app, folder } = open;
  const archive = join(folder, '市南区.cdarchive');
  const files = await writeEvidenceFiles(join(folder, 'evidence'), 5);
  // The system's own dialogs cannot be driven: they answer what a person would have chosen.
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (...given: readonly unknown[]) => {
      const options = given.at(-1) as { title?: string; buttonLabel?: string; defaultPath?: string; properties?: string[] };
      Reflect.set(globalThis, 'asked', options);
      return Promise.resolve({ canceled: false, filePaths: options.properties?.includes('openDirectory') === true ? [chosen.folder] : chosen.files });
    };
  }, { folder, files });

  await page.getByTestId('start-new-builtin').click();
  await page.getByTestId('new-archive-name').fill('市南区');
  await page.getByTestId('new-archive-move').click();
  await expect(page.getByTestId('new-archive-parent')).toHaveText(folder);
  // The system's dialog speaks Chinese as far as it lets itself be told, and opens where the work is.
  expect(await app.evaluate(() => Reflect.get(globalThis, 'asked'))).toMatchObject({ title: '档案库存放在哪个文件夹', buttonLabel: '存放在这里', defaultPath: expect.stringContaining('/') });
  expect(await app.evaluate(({ app: electron }) => [electron.getLocale(), process.env['LANGUAGE']])).toEqual(['zh-CN', 'zh_CN:zh']);
  await page.getByTestId('new-archive-make').click();
  await expect(page.getByTestId('workbench')).toBeVisible();
  await expect(page.getByTestId('overview-page')).toBeVisible();
  // Nothing is filed yet: what is still to come is not shown as broken.
  await expect(page.getByTestId('nav-check')).toHaveAttribute('title', /^错误 0 处，待补 [1-9]\d* 项/u);
  await expect(page.getByTestId('nav-check').getByTestId('rail-count')).toHaveCount(0);

  await page.getByTestId('nav-indicators').click();
  await page.getByTestId('indicator-row-1').click();
  await page.getByTestId('indicator-import').click();
  await expect.poll(async () => (await callFromPage(page, 'indicator.read', { code: '1' })).evidence.length).toBe(files.length);

  // Filed material wants its figures and signatures: still to come, not wrong.
  await expect(page.getByTestId('nav-check')).toHaveAttribute('title', /^错误 0 处，待补 [1-9]\d* 项/u);
  await expect(page.getByTestId('nav-check').getByTestId('rail-count')).toHaveCount(0);
  await page.getByTestId('nav-check').click();
  await expect(page.getByTestId('finding-row').first()).toBeVisible();

  await page.getByTestId('nav-binding').click();
  await expect(page.getByTestId('export-final')).toBeDisabled();
  await page.getByTestId('export-draft').click();
  await expect(page.getByTestId('export-done')).toBeVisible({ timeout: 60_000 });
  await page.getByTestId('export-close').click();

  const exported = join(archive, 'exports', 'v001');
  const volumes = (await readdir(exported)).filter((name) => /^第\d+卷.*\.pdf$/.test(name));
  expect(volumes).toHaveLength(1);
  if (hasQpdf) execFileSync('qpdf', ['--check', join(exported, volumes[0] ?? '')]);
  else console.warn('qpdf is not installed: the bound volume was not judged by an independent reader');
  expect(open.pageErrors).toEqual([]);
});

test('the archive is remembered and opens again from the start page', async ({ open }) => {
  const { page, folder } = open;
  const recent = await callFromPage(page, 'shell.recent', {});
  expect(recent.map((known) => known.folder)).toEqual([join(folder, '市南区.cdarchive')]);
  await callFromPage(page, 'archive.close', {});
  await page.reload();
  await expect(page.getByTestId('start-page')).toBeVisible();
  await page.getByTestId('recent-row').click();
  await expect(page.getByTestId('workbench')).toBeVisible();
});
