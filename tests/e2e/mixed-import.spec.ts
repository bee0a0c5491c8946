import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { loadFonts } from '../../src-main/binder/index.ts';
import { calls } from '../../src-main/contract/index.ts';
import type { ImportResult } from '../../src-main/contract/index.ts';
import { readCatalog } from '../../src-main/domain/catalog-file.ts';
import { makeSampleEvidence } from '../../src-main/sample/index.ts';
import { makeMixedFolder } from '../fixtures/mixed-folder.ts';
import { callFromPage } from './bridge.ts';
import { expect, test } from './harness.ts';

const root = resolve(import.meta.dirname, '../..');
/** 60 files in a run of the suite; `CHUANGDANG_MIXED_FILES=800` for the whole size. */
const count = Number(process.env['CHUANGDANG_MIXED_FILES'] ?? 60);

/** What an import answered, without what differs from archive to archive. */
const comparable = (result: ImportResult, folder: string) => ({
  imported: result.imported.map(({ id: _id, file, ...rest }) => ({ file: relative(folder, file), ...rest })).toSorted((a, b) => a.file.localeCompare(b.file)),
  duplicates: result.duplicates.map(({ file, of }) => ({ file: relative(folder, file), of: relative(folder, of) })),
  rejected: result.rejected.map(({ file, error }) => ({ file: relative(folder, file), error })).toSorted((a, b) => a.file.localeCompare(b.file)),
  skipped: result.skipped.map(({ file }) => relative(folder, file)),
});

/** Scans, photos, sealed letters and tables of a sample archive. */
async function makeSampleFiles(folder: string): Promise<readonly string[]> {
  const catalog = readCatalog(JSON.parse(readFileSync(join(root, 'resources/catalogs/shinan-2024.json'), 'utf8')));
  if (!catalog.ok) throw new Error('the built-in catalog has faults');
  const font = (name: string): string => join(root, 'resources/fonts', `${name}.ttf`);
  const { files } = await makeSampleEvidence(catalog.value, folder, { fonts: loadFonts({ hei: font('hei'), song: font('song'), kai: font('kai'), xiaobiaosong: font('xiaobiaosong') }), size: 'small' });
  return files.map(({ path }) => join(folder, path));
}

/** Standard output of a command; it may end with 1, partly refused. */
function runCommand(...args: readonly string[]): string {
  const run = spawnSync(process.execPath, [join(root, 'scripts/cli.mjs'), ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, INIT_CWD: root }, maxBuffer: 1 << 28 });
  if (run.status !== 0 && run.status !== 1) throw new Error(run.stderr);
  return run.stdout;
}

test('a folder of mixed files goes through the window and through the command line with the same result', async ({ open }) => {
  test.setTimeout(count > 100 ? 3_600_000 : 300_000);
  const { app, page, folder } = open;
  const incoming = join(folder, '各单位报来的材料');
  const expected = await makeMixedFolder(incoming, count, count > 100 ? await makeSampleFiles(join(folder, 'sample')) : []);
  const archive = join(folder, 'cli.cdarchive');
  runCommand('new', archive, '--json');
  const byCommand = comparable(calls['evidence.import'].output.parse(JSON.parse(runCommand('import', archive, incoming, '--json'))), incoming);

  await callFromPage(page, 'archive.create', { folder: join(folder, '窗口.cdarchive'), from: { kind: 'builtin', id: 'shinan-2024' } });
  await page.reload();
  await expect(page.getByTestId('workbench')).toBeVisible();
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen], bookmarks: [] });
  }, incoming);
  await page.getByTestId('nav-inbox').click();
  await page.getByTestId('import-folder').click();
  await expect(page.getByTestId('import-report')).toContainText(`已导入 ${expected.good.length} 件`, { timeout: count > 100 ? 3_000_000 : 200_000 });
  await expect(page.getByTestId('import-report')).toContainText(`未收 ${Object.keys(expected.rejected).length} 件`);
  const kept = await callFromPage(page, 'evidence.list', {});
  const byWindow = await Promise.all(
    kept.map(async ({ id }) => {
      const { sha256, fileKind, pages, title, documentNumber, issuer, date, suggestions } = await callFromPage(page, 'evidence.read', { id });
      return { sha256, kind: fileKind, pages, title, documentNumber, issuer, date, suggestions: suggestions.map(({ code, score }) => ({ code, score })) };
    }),
  );

  expect(byCommand.imported.map(({ file }) => file).toSorted()).toEqual([...expected.good].toSorted());
  expect(byCommand.duplicates.map(({ file }) => file)).toEqual(expected.duplicates);
  expect(Object.fromEntries(byCommand.rejected.map(({ file, error }) => [file, error]))).toEqual(expected.rejected);
  expect(byCommand.skipped).toEqual(expected.skipped);
  const bySha = (a: { readonly sha256: string }, b: { readonly sha256: string }): number => a.sha256.localeCompare(b.sha256);
  expect(byWindow.toSorted(bySha)).toEqual(byCommand.imported.map(({ file: _file, ...rest }) => rest).toSorted(bySha));
  for (const { file } of byCommand.rejected) await expect(page.getByTestId('import-report')).toContainText(file.split('/').at(-1) ?? '');
});
