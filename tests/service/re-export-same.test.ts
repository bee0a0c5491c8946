import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench();
  await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  await bench.ask('binding.setMode', { by: 'group' });
  for (const code of ['1', '2', '7']) {
    await importFor(code, await makePdf(join(bench.folder, `甲-${code}.pdf`), [[`甲-${code}`], ['第二页']]));
    await importFor(code, await writePicture(`网页截图-${code}`));
  }
  await bench.ask('binding.export', { jobId: 'first', draft: true });
}, 60_000);
afterAll(() => bench.close());

const importFor = (indicator: string, path: string) => bench.ask('evidence.import', { jobId: `import-${basename(path)}`, paths: [path], indicator, year: 2023 });

/** A PNG whose colours are each followed by their opacity, as screen captures have them. */
async function writePicture(name: string): Promise<string> {
  const [width, height] = [90, 60];
  const rows = Buffer.alloc((width * 4 + 1) * height, 200);
  for (let line = 0; line < height; line += 1) rows[line * (width * 4 + 1)] = 0;
  rows.write(name, 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const chunk = (type: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const path = join(bench.folder, `${name}.png`);
  await writeFile(path, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]));
  return path;
}

const kept = ['papers', 'pictures'] as const;

async function filesIn(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return new Map(await Promise.all(names.toSorted().map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

/** A copy of the closed archive that remembers its exports but has none of their files left to take over, its kept work spoilt or gone. */
async function copyWithout(name: string, spoil: 'delete' | 'damage'): Promise<string> {
  await bench.ask('archive.close', {});
  const copy = join(bench.folder, `${name}.cdarchive`);
  await cp(bench.archive, copy, { recursive: true });
  await rm(join(copy, 'exports'), { recursive: true });
  await mkdir(join(copy, 'exports'));
  for (const folder of kept) {
    const place = join(copy, 'derived', folder);
    const files = [...(await filesIn(place))];
    expect(files, '上次导出留下的').not.toEqual([]);
    for (const [file, bytes] of files) {
      bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
      await (spoil === 'delete' ? rm(join(place, file)) : writeFile(join(place, file), bytes));
    }
  }
  return copy;
}

async function exportOf(folder: string, version: string): Promise<ReadonlyMap<string, Buffer>> {
  await bench.ask('archive.open', { folder, readOnly: false });
  const made = await bench.ask('binding.export', { jobId: `${basename(folder)} ${version}`, draft: true });
  expect(made.version).toBe(version);
  await bench.ask('archive.close', {});
  return filesIn(join(folder, 'exports', version));
}

async function expectSameWithAndWithout(version: string): Promise<void> {
  const copies = [await copyWithout(`全新${version}`, 'delete'), await copyWithout(`损坏${version}`, 'damage')];
  const again = await exportOf(bench.archive, version);
  for (const copy of copies) {
    const fresh = await exportOf(copy, version);
    expect([...again.keys()]).toEqual([...fresh.keys()]);
    expect([...again].flatMap(([name, bytes]) => (fresh.get(name)?.equals(bytes) === true ? [] : [name])), copy).toEqual([]);
  }
  await bench.ask('archive.open', { folder: bench.archive, readOnly: false });
}

const inodeOf = async (version: string, start: string): Promise<number> => {
  const folder = join(bench.archive, 'exports', version);
  const name = (await readdir(folder)).find((file) => file.startsWith(start)) ?? '';
  return (await stat(join(folder, name))).ino;
};

it('writes after a late file, byte for byte, what an export from nothing writes', async () => {
  await importFor('2', await makePdf(join(bench.folder, '迟到.pdf'), [['迟到']]));
  await expectSameWithAndWithout('v002');
  expect(await inodeOf('v002', '第02卷')).toBe(await inodeOf('v001', '第02卷'));
  expect(await inodeOf('v002', '第01卷')).not.toBe(await inodeOf('v001', '第01卷'));
}, 120_000);

it('does the same where the numbers of the printed version stay', async () => {
  await importFor('1', await makePdf(join(bench.folder, '又迟到.pdf'), [['又迟到']]));
  const [choice] = (await bench.ask('binding.plan', {})).late;
  await bench.ask('binding.numberLate', { volume: choice?.volume ?? 0, mode: 'suffix' });
  expect((await bench.ask('binding.plan', {})).late[0]).toMatchObject({ volume: 1, mode: 'suffix' });
  await expectSameWithAndWithout('v003');
}, 120_000);
