import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { KEPT_BACKUPS, backup, getSetting, keepBackups, listBackups, listEvents, listEvidence, restoreBackup, setSetting, transact, undoLast, verifyArchive } from '../../src-main/archive/index.ts';
import type { WritableArchive } from '../../src-main/archive/index.ts';
import { migrations } from '../../src-main/archive/migrations/index.ts';
import { expectTrouble, expectValue, fileItem, makeArchive, reopen } from './archive-fixture.ts';

const touch = (archive: WritableArchive, no: number): void => transact(archive.db, '王敏', (tx) => setSetting(tx, 'n', no));

describe('backups', () => {
  it('are single files, made while the archive is in use, and not made again when nothing changed', async () => {
    const archive = await makeArchive();
    await fileItem(archive, '一');
    const made = expectValue(await backup(archive, 'asked'));
    expect(made).toMatchObject({ number: 1, reason: 'asked' });
    expect(readdirSync(join(archive.folder, 'backups'))).toEqual([made?.name]);
    expect(expectValue(await backup(archive, 'asked'))).toBeNull();
    touch(archive, 1);
    expect(expectValue(await backup(archive, 'daily'))).toMatchObject({ number: 2, reason: 'daily' });
  });

  it('keep the ten newest by number, whatever the clock says', async () => {
    const archive = await makeArchive();
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    for (let no = 1; no <= KEPT_BACKUPS + 3; no += 1) {
      // Every day the clock goes a year back.
      vi.setSystemTime(Date.UTC(2040 - no, 0, 1));
      touch(archive, no);
      expectValue(await backup(archive, 'asked'));
    }
    const all = await listBackups(archive);
    expect(all.map((one) => one.number)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
    expect(all[0]?.at).toBe('2027-01-01T00:00:00.000Z');
  });

  it('take no part of the name from anyone', async () => {
    const archive = await makeArchive();
    writeFileSync(join(archive.folder, 'backups', '我的备份.sqlite'), 'x');
    expect(await listBackups(archive)).toEqual([]);
    for (const name of ['../archive.sqlite', '我的备份.sqlite', '000001-20240101T000000Z-open-e1.sqlite']) {
      expect(expectTrouble(await restoreBackup(archive, name))).toEqual({ code: 'backup-unknown', path: name });
    }
    expect(listEvidence(archive.db)).toEqual([]);
  });

  it('bring the state back, keep what they replace, and can be taken back themselves', async () => {
    const archive = await makeArchive();
    await fileItem(archive, '一');
    const early = expectValue(await backup(archive, 'asked'));
    await fileItem(archive, '二');
    const restored = expectValue(await restoreBackup(archive, early?.name ?? ''));
    expect(listEvidence(restored.db).map((item) => item.title)).toEqual(['一']);
    expect((await verifyArchive(restored)).ok).toBe(true);
    const replaced = (await listBackups(restored)).find((one) => one.reason === 'replaced');
    const back = expectValue(await restoreBackup(restored, replaced?.name ?? ''));
    onTestFinished(() => back.close());
    expect(listEvidence(back.db).map((item) => item.title)).toEqual(['一', '二']);
    expect((await verifyArchive(back)).problems).toEqual([]);
    back.close();
    expect(listEvidence((await reopen(archive.folder)).db)).toHaveLength(2);
  });

  it('of an earlier version are brought up to date when restored', async () => {
    const archive = await makeArchive();
    await fileItem(archive, '一');
    archive.close();
    const later = [...migrations, { version: 9010, name: 'later', sql: 'CREATE TABLE later (x) ' }];
    const newer = await reopen(archive.folder, { migrations: later });
    const old = (await listBackups(newer)).find((one) => one.reason === 'migration');
    const restored = expectValue(await restoreBackup(newer, old?.name ?? ''));
    onTestFinished(() => restored.close());
    expect(restored.db.get('PRAGMA user_version')).toEqual({ user_version: 9010 });
    expect(listEvidence(restored.db)).toHaveLength(1);
  });

  it('that are damaged are refused before anything is replaced', async () => {
    const archive = await makeArchive();
    const { id } = await fileItem(archive, '一');
    const made = expectValue(await backup(archive, 'asked'));
    const path = join(archive.folder, 'backups', made?.name ?? '');
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4096, 4096 * 6);
    writeFileSync(path, bytes);
    expect(expectTrouble(await restoreBackup(archive, made?.name ?? '')).code).toBe('archive-damaged');
    expect(listEvidence(archive.db).map((item) => item.id)).toEqual([id]);
  });

  it('are made when the archive was opened, by themselves', async () => {
    const archive = await makeArchive();
    const stop = keepBackups(archive, (trouble) => {
      throw new Error(trouble.code);
    });
    onTestFinished(stop);
    await vi.waitFor(async () => expect((await listBackups(archive)).map((one) => one.reason)).toEqual(['open']), { timeout: 10_000 });
  });

  it('that are under way when the archive is closed leave no half a file and no error behind', async () => {
    const archive = await makeArchive();
    for (let no = 0; no < 40; no += 1) transact(archive.db, '', (tx) => setSetting(tx, `k${no}`, 'x'.repeat(100_000)));
    const troubles: string[] = [];
    const stop = keepBackups(archive, (trouble) => troubles.push(trouble.code));
    const backups = join(archive.folder, 'backups');
    await vi.waitUntil(() => readdirSync(backups).length > 0, { interval: 1 });
    stop();
    archive.close();
    await vi.waitUntil(() => readdirSync(backups).every((name) => !name.startsWith('tmp-')));
    expect(troubles).toEqual([]);
    expect((await verifyArchive(await reopen(archive.folder))).problems).toEqual([]);
  });
});

describe('a clock that was set back', () => {
  it('breaks neither the chain of events, nor undo, nor the order of things', async () => {
    const archive = await makeArchive();
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    vi.setSystemTime(Date.UTC(2030, 0, 1));
    touch(archive, 1);
    vi.setSystemTime(Date.UTC(1999, 0, 1));
    touch(archive, 2);
    expect(listEvents(archive.db, 2).map((event) => event.at.slice(0, 4))).toEqual(['1999', '2030']);
    expectValue(undoLast(archive.db, ''));
    expect(getSetting(archive.db, 'n')).toBe(1);
    expect((await verifyArchive(archive)).problems).toEqual([]);
  });
});
