import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listBackups, listEvidence, objectPath, openArchive, repairArchive, restoreDamaged, verifyArchive } from '../../src-main/archive/index.ts';
import type { WritableArchive } from '../../src-main/archive/index.ts';
import { databasePath } from '../../src-main/archive/layout.ts';
import { addVolume, expectTrouble, expectValue, fileItem, fingerprint, flipBit, makeArchive, makeFolder } from './archive-fixture.ts';

/** Another copy of the folder, as on a second drive. */
const copyOf = (archive: WritableArchive): string => {
  const copy = join(makeFolder(), '副本.cdarchive');
  cpSync(archive.folder, copy, { recursive: true });
  return copy;
};

/** SQLite's shared memory notes who reads; it is no content. */
const contentOf = (folder: string): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(fingerprint(folder)).filter(([name]) => !name.endsWith('-shm')));

describe('repairing from a copy', () => {
  it('puts back flipped, missing and replaced objects and an exported volume, and touches nothing else', async () => {
    const archive = await makeArchive();
    const items = [];
    for (const word of ['甲', '乙', '丙', '丁', '戊']) items.push(await fileItem(archive, word));
    const volume = join(addVolume(archive), '第1卷.pdf');
    const copy = copyOf(archive);
    const before = contentOf(archive.folder);
    const [flipped = '', gone = '', linked = '', foldered = '', whole = ''] = items.map((item) => objectPath(archive, item.sha256));
    flipBit(flipped, 1);
    rmSync(gone);
    renameSync(linked, join(copy, 'elsewhere'));
    symlinkSync(join(copy, 'elsewhere'), linked);
    rmSync(foldered);
    mkdirSync(foldered);
    flipBit(volume, 2);
    const untouched = statSync(whole).mtimeMs;
    const { repaired, left } = await repairArchive(archive, [copy]);
    expect(repaired.map(({ path }) => path).toSorted()).toEqual([flipped, gone, linked, foldered, volume].map((path) => path.slice(archive.folder.length + 1)).toSorted());
    expect(left).toMatchObject({ ok: true, problems: [] });
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, problems: [] });
    expect(statSync(whole).mtimeMs).toBe(untouched);
    expect(contentOf(archive.folder)).toEqual(before);
  });

  it('finds the bytes in the folder of the original files, by their hash, whatever they are called there', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, '水质年度报告');
    flipBit(objectPath(archive, sha256), 3);
    const originals = makeFolder();
    mkdirSync(join(originals, '二〇二三年', '水质'), { recursive: true });
    writeFileSync(join(originals, '二〇二三年', '水质', '改了名.txt'), '水质年度报告');
    writeFileSync(join(originals, '同样长.txt'), '水质年度报表');
    const { repaired, left } = await repairArchive(archive, [join(originals, '没有这个文件夹'), originals]);
    expect(repaired.map(({ name }) => name)).toEqual(['file.txt']);
    expect(repaired.map(({ from }) => from)).toEqual([join(originals, '二〇二三年', '水质', '改了名.txt')]);
    expect(left.ok).toBe(true);
  });

  it('takes nothing from a copy that is damaged itself, nor from the archive, and says what is left', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, '唯一的一份');
    const copy = copyOf(archive);
    for (const folder of [archive.folder, copy]) flipBit(objectPath({ folder }, sha256), 2);
    const before = contentOf(archive.folder);
    const { repaired, left } = await repairArchive(archive, [copy, archive.folder]);
    expect(repaired).toEqual([]);
    expect(left.problems.map(({ kind }) => kind)).toEqual(['object-changed']);
    expect(contentOf(archive.folder)).toEqual(before);
  });

  it('leaves alone a full folder in an object’s place', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, '一');
    const copy = copyOf(archive);
    const place = objectPath(archive, sha256);
    rmSync(place);
    mkdirSync(place);
    writeFileSync(join(place, '别人的.txt'), '别人的');
    const { repaired, left } = await repairArchive(archive, [copy]);
    expect(repaired).toEqual([]);
    expect(left.problems.map(({ kind }) => kind)).toEqual(['object-not-a-file']);
    expect(readFileSync(join(place, '别人的.txt'), 'utf8')).toBe('别人的');
  });
});

describe('a database with flipped bits', () => {
  const damage = async (at: (size: number) => readonly number[]): Promise<{ readonly folder: string; readonly backup: string; readonly damaged: Buffer }> => {
    const archive = await makeArchive();
    for (let no = 0; no < 20; no += 1) await fileItem(archive, `第${no}份材料，内容较长以便占满数页。`.repeat(20));
    const backup = expectValue(await archive.backup('asked'))?.name ?? '';
    archive.close();
    const bytes = readFileSync(databasePath(archive.folder));
    for (const place of at(bytes.length)) bytes[place] = (bytes[place] ?? 0) ^ 0x55;
    writeFileSync(databasePath(archive.folder), bytes);
    return { folder: archive.folder, backup, damaged: bytes };
  };
  const keptDamaged = (folder: string): string[] => readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('damaged-') && name.endsWith('.sqlite'));

  it.each([
    ['its first bytes', (): number[] => [0, 1, 2, 3]],
    ['the head of its first page', (): number[] => [100, 103, 104]],
    // Whichever of the two a build finds first: that it opens and is refused as a whole, or that it does not open.
    ['the heads of all pages', (size: number): number[] => Array.from({ length: Math.floor(size / 4096) }, (_, page) => page * 4096 + (page === 0 ? 100 : 0))],
  ])('in %s goes back to a backup, and is kept as it was', async (_where, at) => {
    const { folder, backup, damaged } = await damage(at);
    expect(expectTrouble(await openArchive(folder)).code).toBe('archive-damaged');
    const restored = expectValue(await restoreDamaged(folder, backup));
    onTestFinished(() => restored.close());
    expect(listEvidence(restored.db)).toHaveLength(20);
    expect(await verifyArchive(restored)).toMatchObject({ ok: true, problems: [] });
    expect(keptDamaged(folder).map((name) => readFileSync(join(folder, 'backups', name)).equals(damaged))).toEqual([true]);
  });

  it('that still opens is told by verify, and the usual restore puts a backup over it', async () => {
    const { folder, backup } = await damage((size) => Array.from({ length: 6 }, (_, page) => (Math.floor(size / 4096) - 2 - page) * 4096));
    const opened = expectValue(await openArchive(folder));
    if (opened.readOnly) throw new Error('opened read-only');
    const { ok, problems } = await verifyArchive(opened);
    expect([ok, problems.some(({ kind }) => kind === 'database-damaged')]).toEqual([false, true]);
    const restored = expectValue(await opened.restore(backup));
    onTestFinished(() => restored.close());
    expect(await verifyArchive(restored)).toMatchObject({ ok: true, problems: [] });
    expect(keptDamaged(folder)).toHaveLength(1);
  });

  it('goes back to no backup that is damaged too, nor to one that is not there', async () => {
    const { folder, backup, damaged } = await damage(() => [0, 1]);
    const path = join(folder, 'backups', backup);
    const bytes = readFileSync(path);
    for (let page = 1; page * 4096 < bytes.length; page += 1) bytes[page * 4096] = 0x77;
    writeFileSync(path, bytes);
    expect(expectTrouble(await restoreDamaged(folder, backup)).code).toBe('archive-damaged');
    expect(expectTrouble(await restoreDamaged(folder, '../../etc/passwd')).code).toBe('backup-unknown');
    expect(readFileSync(databasePath(folder)).equals(damaged)).toBe(true);
    expect(existsSync(join(folder, 'writer.json'))).toBe(false);
    expect(await listBackups({ folder })).not.toEqual([]);
  });
});
