import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ArchiveFault, addEvidence, createArchive, listEvidence, openArchive, putDerived, putObject, putPageTexts, searchArchive, setSetting, transact, verifyArchive } from '../../src-main/archive/index.ts';
import type { WritableArchive } from '../../src-main/archive/index.ts';
import { expectTrouble, expectValue, fingerprint, makeFolder } from '../archive/archive-fixture.ts';
import { faultCatalog } from './fault-catalog.ts';

const mayMount = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const place = mkdtempSync(join(tmpdir(), 'chuangdang-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]).status === 0;
  if (mounted) spawnSync('umount', [place]);
  rmSync(place, { recursive: true });
  return mounted;
})();
const why = mayMount ? '' : ' — SKIPPED: needs root and the right to mount a tmpfs';

/** A small drive of its own, gone when the test ends. */
const mountDrive = (megabytes: number): string => {
  const place = mkdtempSync(join(tmpdir(), 'chuangdang-drive-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', place]);
  onTestFinished(() => {
    spawnSync('umount', ['-l', place]);
    rmSync(place, { recursive: true, force: true });
  });
  return place;
};

const makeOn = async (drive: string): Promise<WritableArchive> => {
  const archive = expectValue(await createArchive(join(drive, '试.cdarchive'), { title: '试', catalog: faultCatalog }));
  onTestFinished(() => archive.close());
  return archive;
};

const addFile = async (archive: WritableArchive, content: string): Promise<void> => {
  const source = join(makeFolder(), 'a.txt');
  writeFileSync(source, content);
  const stored = expectValue(await putObject(archive, source));
  transact(archive.db, '', (tx) => addEvidence(tx, { sha256: stored.sha256, bytes: stored.bytes, fileName: 'a.txt', fileKind: 'txt', pages: 1, title: content }));
  putPageTexts(archive.db, stored.sha256, [{ page: 1, text: content }], { state: 'done', source: 'txt', note: '' });
};

/** Leaves about `kilobytes` on the drive. */
const fill = (drive: string, kilobytes: number): string => {
  const { bavail, bsize } = statfsSync(drive);
  const ballast = join(drive, 'ballast');
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - kilobytes * 1024)));
  return ballast;
};

describe(`a full disk${why}`, () => {
  it.skipIf(!mayMount)('refuses a file, leaves nothing of it, and takes it once there is room', async () => {
    const drive = mountDrive(12);
    const archive = await makeOn(drive);
    await addFile(archive, '先有的');
    const ballast = fill(drive, 2500);
    const big = join(makeFolder(), 'big.bin');
    writeFileSync(big, Buffer.alloc(4_000_000, 7));
    expect(expectTrouble(await putObject(archive, big)).code).toBe('disk-full');
    expect(readdirSync(join(archive.folder, 'objects')).filter((name) => name.startsWith('tmp-'))).toEqual([]);
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, objects: 1, problems: [] });
    rmSync(ballast);
    expect(expectValue(await putObject(archive, big)).bytes).toBe(4_000_000);
  });

  it.skipIf(!mayMount)('refuses a change, a backup, a derived file and a new archive, and loses nothing', async () => {
    const drive = mountDrive(12);
    const archive = await makeOn(drive);
    await addFile(archive, '先有的');
    const ballast = fill(drive, 64);
    let fault: unknown;
    try {
      for (let no = 0; no < 50; no += 1) transact(archive.db, '', (tx) => setSetting(tx, `k${no}`, 'x'.repeat(20_000)));
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(ArchiveFault);
    expect(fault instanceof ArchiveFault && fault.trouble.code).toBe('disk-full');
    expect(expectTrouble(await archive.backup('asked')).code).toBe('disk-full');
    expect(expectTrouble(await putDerived(archive, 'pdf/a.pdf', Buffer.alloc(1_000_000))).code).toBe('disk-full');
    expect(expectTrouble(await createArchive(join(drive, '第二个'), { title: '', catalog: faultCatalog })).code).toBe('disk-full');
    expect((await verifyArchive(archive)).problems).toEqual([]);
    rmSync(ballast);
    expectValue(await archive.backup('asked'));
    transact(archive.db, '', (tx) => setSetting(tx, 'k', 'fits now'));
    archive.close();
    const again = expectValue(await openArchive(archive.folder));
    onTestFinished(() => again.close());
    expect(listEvidence(again.db)).toHaveLength(1);
    expect((await verifyArchive(again)).problems).toEqual([]);
  });
});

describe(`a drive that cannot be written to${why}`, () => {
  const remount = (drive: string, how: 'ro' | 'rw'): void => void execFileSync('mount', ['-o', `remount,${how}`, drive]);

  it.skipIf(!mayMount)('is refused for writing, opens for reading when that is allowed, and keeps every byte', async () => {
    const drive = mountDrive(30);
    const archive = await makeOn(drive);
    await addFile(archive, '水质年度报告');
    archive.close();
    remount(drive, 'ro');
    const before = fingerprint(archive.folder);
    expect(expectTrouble(await openArchive(archive.folder)).code).toBe('no-permission');
    for (const options of [{ allowReadOnlyFallback: true }, { readOnly: true }]) {
      const reading = expectValue(await openArchive(archive.folder, options));
      expect(reading.readOnly && reading.because).toBe('readOnly' in options ? 'asked' : 'no-permission');
      expect(listEvidence(reading.db).map((item) => item.title)).toEqual(['水质年度报告']);
      expect(searchArchive(reading.db, '年度报告', 5)).toHaveLength(2);
      expect(await verifyArchive(reading)).toMatchObject({ ok: true, objects: 1 });
      reading.close();
    }
    expect(fingerprint(archive.folder)).toEqual(before);
  });

  it.skipIf(!mayMount)('is read with what a killed writer left in its log', async () => {
    const drive = mountDrive(30);
    const archive = await makeOn(drive);
    await addFile(archive, '只在日志里');
    // As after a kill: the log was not written back. The copy is what the drive holds at this instant.
    const copy = join(drive, '拔下的U盘');
    mkdirSync(copy);
    execFileSync('cp', ['-r', `${archive.folder}/.`, copy]);
    archive.close();
    expect(readFileSync(join(copy, 'archive.sqlite-wal')).length).toBeGreaterThan(0);
    remount(drive, 'ro');
    const reading = expectValue(await openArchive(copy, { allowReadOnlyFallback: true }));
    expect(listEvidence(reading.db).map((item) => item.title)).toEqual(['只在日志里']);
    reading.close();
  });

  it.skipIf(!mayMount)('says so when it turns so while in use', async () => {
    const drive = mountDrive(30);
    const place = join(drive, '试.cdarchive');
    const archive = await makeOn(drive);
    await addFile(archive, '先有的');
    // A mount with open files for writing cannot be made read-only, so the drive is taken away under it instead.
    execFileSync('umount', ['-l', drive]);
    const write = (): void => transact(archive.db, '', (tx) => setSetting(tx, 'k', 1));
    expect(write).toThrow(ArchiveFault);
    expect(expectTrouble(await openArchive(place)).code).toBe('archive-not-found');
  });
});
