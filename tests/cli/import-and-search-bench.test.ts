import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runImportBench } from '../../src-main/cli/bench/import.ts';
import { runSearchBench } from '../../src-main/cli/bench/search.ts';
import { readCatalog } from '../../src-main/domain/catalog-file.ts';
import { fontFiles } from '../binder/workbench.ts';

const root = resolve(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'bench-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

it('measures importing beside sha256sum and cp, and leaves only the corpus behind', async () => {
  const shape = { textFiles: 4, pagesPerText: 1, scanFiles: 2, pagesPerScan: 1, scanBytes: 20_000 };
  const rows = await runImportBench({ font: fontFiles.song, directory, shape, workers: join(root, 'src-main/cli/bench') });
  expect(rows.map((row) => [row.tool, row.ok])).toEqual([['sha256sum + cp', true], ['the same, synced', true], ['chuangdang', true]]);
  expect(rows[2]?.timesCopy).toBeGreaterThan(0);
  expect(readdirSync(directory)).toEqual(['corpus-4-1-2-1-20000']);
});

it('measures searching beside grep, and finds what was cut from the pages', async () => {
  const catalog = readCatalog(JSON.parse(readFileSync(join(root, 'resources/catalogs/shinan-2024.json'), 'utf8')));
  if (!catalog.ok) throw new Error('the built-in catalog has faults');
  const rows = await runSearchBench({ catalog: catalog.value, directory, items: 60, pagesPerItem: 2, queries: 5 });
  const found = new Map(rows.map((row) => [row.form, row.found]));
  for (const form of ['两个字', '四个字', '一句话', '字间有空格', '一个字']) expect([form, found.get(form)]).toEqual([form, 5]);
  expect(found.get('没有的词')).toBe(0);
  expect(readdirSync(directory).filter((name) => !name.startsWith('corpus-'))).toEqual([]);
});
