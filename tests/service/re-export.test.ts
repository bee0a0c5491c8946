import { appendFile, mkdir, readFile, stat, utimes } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

type Exported = CallOutput<'binding.export'>;

let bench: Workbench;
let first: Exported;

beforeAll(async () => {
  bench = await openWorkbench();
  await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  await bench.ask('binding.setMode', { by: 'indicator' });
  for (const code of ['1', '2', '3']) await importFor(code, `甲-${code}`);
  first = await bench.ask('binding.export', { jobId: 'first', draft: true });
}, 60_000);
afterAll(() => bench.close());

async function importFor(indicator: string, name: string): Promise<void> {
  const path = await makePdf(join(bench.folder, 'files', `${name}.pdf`), [[name], ['第二页']]);
  await bench.ask('evidence.import', { jobId: `import-${name}`, paths: [path], indicator, year: 2023 });
}

const fileOf = (result: Exported, path: string): string => join(result.folder, path);
const volumesOf = (result: Exported): readonly string[] => result.files.filter(({ kind }) => kind === 'volume').map(({ path }) => path);
/** The files whose bytes were not written again. */
async function takenOver(before: Exported, after: Exported): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const { path } of after.files) {
    const [old, now] = await Promise.all([stat(fileOf(before, path)).catch(() => null), stat(fileOf(after, path))]);
    if (old !== null && old.ino === now.ino) kept.push(path);
  }
  return kept;
}

async function expectAsListed(result: Exported): Promise<void> {
  for (const { path, sha256, bytes } of result.files) {
    const content = await readFile(fileOf(result, path));
    expect([path, content.length, createHash('sha256').update(content).digest('hex')]).toEqual([path, bytes, sha256]);
  }
}

it('binds again only the volume that a late file belongs to', async () => {
  const volumes = volumesOf(first);
  expect(volumes).toHaveLength(3);
  await importFor('2', '迟到');
  const second = await bench.ask('binding.export', { jobId: 'second', draft: true });
  const kept = await takenOver(first, second);
  const [one, , three] = volumes;
  expect(kept.filter((path) => volumes.includes(path))).toEqual([one, three]);
  expect(kept.some((path) => path.startsWith('卷内目录/第01卷'))).toBe(true);
  expect(kept.some((path) => path.startsWith('卷内目录/第02卷'))).toBe(false);
  await expectAsListed(second);
  expect(second.reprint.map(({ volume }) => volume)).toEqual([2]);
  expect(await bench.ask('archive.verify', { jobId: 'verify' })).toMatchObject({ problems: [] });
}, 60_000);

it('does not take over a file that somebody touched', async () => {
  const before = await bench.ask('binding.export', { jobId: 'third', draft: true });
  const [one = '', two = '', three = ''] = volumesOf(before);
  await appendFile(fileOf(before, one), 'x');
  const later = new Date(Date.now() + 60_000);
  await utimes(fileOf(before, two), later, later);
  const after = await bench.ask('binding.export', { jobId: 'fourth', draft: true });
  const kept = await takenOver(before, after);
  expect([one, two, three].filter((path) => kept.includes(path))).toEqual([three]);
  await expectAsListed(after);
}, 60_000);

it('leaves in the output folder what is there already', async () => {
  const out = join(bench.folder, 'out');
  const before = await bench.ask('binding.export', { jobId: 'fifth', draft: true, out });
  const [one = ''] = volumesOf(before);
  const [untouched, inodes] = [join(out, one), await stat(join(out, one))];
  await appendFile(join(out, volumesOf(before)[1] ?? ''), 'x');
  const after = await bench.ask('binding.export', { jobId: 'sixth', draft: true, out });
  expect((await stat(untouched)).ino).toBe(inodes.ino);
  await expectAsListed({ ...after, folder: out });
}, 60_000);

it('names the papers to print again where only words were corrected', async () => {
  const changes = async () => (await bench.ask('binding.plan', {})).changes?.reprint;
  expect(await changes()).toEqual([]);
  const [item] = (await bench.ask('binding.plan', {})).volumes[1]?.items ?? [];
  await bench.ask('evidence.update', { id: item?.id ?? '', change: { documentNumber: '南政发〔2023〕8号' } });
  expect(await changes()).toEqual([{ volume: 2, sheets: ['换 卷内目录'] }]);
  await bench.ask('evidence.update', { id: item?.id ?? '', change: { title: '更正后的题名' } });
  expect(await changes()).toEqual([{ volume: 2, sheets: ['换 卷内目录', '换 指标隔页'] }]);
  const result = await bench.ask('binding.export', { jobId: 'seventh', draft: true });
  expect(result.reprint).toEqual([{ volume: 2, sheets: ['换 卷内目录', '换 指标隔页'] }]);
  expect(await changes()).toEqual([]);
}, 60_000);

it('copies a version to a folder of the office, once, and never into the archive itself', async () => {
  const into = join(bench.folder, '优盘');
  await mkdir(into);
  const copy = (jobId: string, version: string, folder: string) => bench.ask('binding.copyVersion', { jobId, version, into: folder });
  const made = await bench.ask('binding.export', { jobId: 'eighth', draft: true });
  const { folder } = await copy('c1', made.version, into);
  expect(folder).toBe(join(into, `${basename(bench.archive, '.cdarchive')} ${made.version}（草稿）`));
  await expectAsListed({ ...made, folder });
  const [one = ''] = volumesOf(made);
  const before = await stat(join(folder, one));
  expect((await copy('c2', made.version, into)).folder).toBe(folder);
  expect((await stat(join(folder, one))).ino).toBe(before.ino);
  expect(await bench.refuse('binding.copyVersion', { jobId: 'c3', version: 'v999', into })).toBe('wrong-input');
  expect(await bench.refuse('binding.copyVersion', { jobId: 'c4', version: 'v001', into: join(bench.archive, 'exports') })).toBe('wrong-input');
  expect(await bench.refuse('binding.copyVersion', { jobId: 'c5', version: 'v001', into: join(bench.folder, '没有') })).toBe('file-not-found');
}, 60_000);
