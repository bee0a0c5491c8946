import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { countArchive, createArchive, getPageText, listEvidence, openArchive, putPageTexts, readApplication, readCatalog, searchArchive } from '../../src-main/archive/index.ts';
import { APPLICATION_ID, databasePath, textDatabasePath } from '../../src-main/archive/layout.ts';
import { migrations } from '../../src-main/archive/migrations/index.ts';
import { expectTrouble, expectValue, fileItem, fingerprint, makeArchive, makeFolder, reopen, smallCatalog } from './archive-fixture.ts';

const latestSchema = migrations.at(-1)?.version;

describe('a new archive', () => {
  it('is one folder with its database, marked as ours and safe against a power cut', async () => {
    const archive = await makeArchive();
    expect(readdirSync(archive.folder).sort()).toEqual(
      ['archive.sqlite', 'archive.sqlite-shm', 'archive.sqlite-wal', 'backups', 'derived', 'exports', 'objects', 'writer.json', 'writer.lock', 'writer.lock-journal'].sort(),
    );
    expect(archive.db.get('PRAGMA application_id')).toEqual({ application_id: APPLICATION_ID });
    expect(archive.db.get('PRAGMA user_version')).toEqual({ user_version: latestSchema });
    expect(archive.db.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(archive.db.get('PRAGMA main.synchronous')).toEqual({ synchronous: 2 });
    expect(archive.db.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    expect(readApplication(archive.db)).toMatchObject({ title: '样品档案库', applicant: '青南市市南区' });
  });

  it('leaves only the database and its folders behind when it is closed', async () => {
    const archive = await makeArchive();
    archive.close();
    expect(readdirSync(archive.folder).sort()).toEqual(['archive.sqlite', 'backups', 'derived', 'exports', 'objects', 'writer.lock']);
  });

  it('is not made in a folder that has something in it, which stays as it was', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, '工作总结.docx'), '重要');
    const before = fingerprint(folder);
    expect(expectTrouble(await createArchive(folder, { title: '', catalog: smallCatalog }))).toEqual({ code: 'folder-not-empty', path: folder });
    expect(fingerprint(folder)).toEqual(before);
  });

  it('is not made where no folder can be: inside a file, or in a file system that takes none', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, '总结.txt'), 'text');
    const places = [join(folder, '总结.txt', '档案库'), ...(process.platform === 'linux' ? ['/proc/档案库'] : [])];
    for (const place of places) expect(expectTrouble(await createArchive(place, { title: '', catalog: smallCatalog }))).toEqual({ code: 'no-permission', path: place });
  });

  it('is not made over an archive', async () => {
    const archive = await makeArchive();
    archive.close();
    expect(expectTrouble(await createArchive(archive.folder, { title: '', catalog: smallCatalog })).code).toBe('folder-not-empty');
    expect(readCatalog((await reopen(archive.folder)).db)).toEqual(smallCatalog);
  });

  it('is made in the remains of a creation that was cut off', async () => {
    const folder = makeFolder();
    for (const name of ['objects', 'derived']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'archive.sqlite.new'), 'half');
    expectValue(await createArchive(folder, { title: '再来', catalog: smallCatalog })).close();
  });
});

describe('opening', () => {
  it('says that nothing is there', async () => {
    expect(expectTrouble(await openArchive('/nowhere/at/all.cdarchive')).code).toBe('archive-not-found');
  });

  it.each([
    ['an empty folder', (_folder: string) => undefined],
    ['a folder whose archive.sqlite is text', (folder: string) => writeFileSync(databasePath(folder), '这不是数据库'.repeat(50))],
    ['a folder whose archive.sqlite is a folder', (folder: string) => mkdirSync(databasePath(folder))],
    [
      "another program's database",
      (folder: string) => {
        const other = new Sqlite(databasePath(folder));
        other.exec('CREATE TABLE x (y)');
        other.close();
      },
    ],
  ])('refuses %s without touching it', async (_name, fill) => {
    const folder = makeFolder();
    fill(folder);
    const before = fingerprint(folder);
    expect(expectTrouble(await openArchive(folder)).code).toBe('archive-not-an-archive');
    expect(fingerprint(folder)).toEqual(before);
  });

  it('refuses a file as an archive', async () => {
    const file = join(makeFolder(), 'x.cdarchive');
    writeFileSync(file, 'x');
    expect(expectTrouble(await openArchive(file)).code).toBe('archive-not-an-archive');
  });

  it('says that the database is damaged where its header is gone', async () => {
    const archive = await makeArchive();
    archive.close();
    const file = openSync(databasePath(archive.folder), 'r+');
    writeSync(file, Buffer.alloc(100), 0, 100, 0);
    closeSync(file);
    expect(expectTrouble(await openArchive(archive.folder)).code).toBe('archive-damaged');
  });

  it('says that the database is damaged where its first table page is gone', async () => {
    const archive = await makeArchive();
    archive.close();
    const file = openSync(databasePath(archive.folder), 'r+');
    writeSync(file, Buffer.alloc(3996, 0xaa), 0, 3996, 100);
    closeSync(file);
    expect(expectTrouble(await openArchive(archive.folder)).code).toBe('archive-damaged');
  });

  it.each([{ readOnly: false }, { readOnly: true }, { allowReadOnlyFallback: true }])('refuses a newer archive and leaves every byte of it (%o)', async (options) => {
    const archive = await makeArchive();
    archive.close();
    const newer = new Sqlite(databasePath(archive.folder));
    newer.pragma('user_version = 9000');
    newer.close();
    const before = fingerprint(archive.folder);
    expect(expectTrouble(await openArchive(archive.folder, options))).toMatchObject({ code: 'archive-newer', version: 9000, known: latestSchema });
    expect(fingerprint(archive.folder)).toEqual(before);
  });

  it('refuses an archive whose newer version stands only in its write-ahead log', async () => {
    const archive = await makeArchive();
    archive.close();
    const newer = new Sqlite(databasePath(archive.folder));
    newer.pragma('wal_autocheckpoint = 0');
    newer.pragma('user_version = 9000');
    const reader = new Sqlite(databasePath(archive.folder), { readonly: true });
    reader.pragma('user_version');
    newer.close();
    const before = fingerprint(archive.folder)['/archive.sqlite'];
    expect(expectTrouble(await openArchive(archive.folder)).code).toBe('archive-newer');
    expect(fingerprint(archive.folder)['/archive.sqlite']).toBe(before);
    reader.close();
  });

  it('uses a rollback journal where the file system has no locks to trust, and comes back to a WAL elsewhere', async () => {
    const archive = await makeArchive({ probe: () => Promise.resolve('rollback') });
    expect(archive.db.get('PRAGMA main.journal_mode')).toEqual({ journal_mode: 'delete' });
    expect(archive.db.get('PRAGMA texts.journal_mode')).toEqual({ journal_mode: 'delete' });
    await fileItem(archive, '一份通知');
    expect(readdirSync(archive.folder).some((name) => name.endsWith('-wal'))).toBe(false);
    archive.close();
    const again = await reopen(archive.folder);
    expect(again.db.get('PRAGMA main.journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(listEvidence(again.db)).toHaveLength(1);
  });

  it('opens for reading without a lock and cannot write', async () => {
    const writer = await makeArchive();
    await fileItem(writer, '一份通知');
    const reader = expectValue(await openArchive(writer.folder, { readOnly: true }));
    expect(reader.readOnly && reader.because).toBe('asked');
    expect(reader.readOnly && reader.heldBy?.pid).toBe(process.pid);
    expect(countArchive(reader.db).evidence).toBe(1);
    expect(() => reader.db.all('DELETE FROM evidence RETURNING id')).toThrow(/readonly/);
    reader.close();
  });

  it('builds the text store anew where it is gone or damaged, and loses no item', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, '一份通知');
    putPageTexts(archive.db, sha256, [{ page: 1, text: '生态文明' }], { state: 'done', source: 'txt', note: '' });
    archive.close();
    writeFileSync(textDatabasePath(archive.folder), 'not a database at all'.repeat(300));
    const reader = expectValue(await openArchive(archive.folder, { readOnly: true }));
    expect(searchArchive(reader.db, '生态文明', 5)).toEqual([]);
    reader.close();
    const again = await reopen(archive.folder);
    expect(listEvidence(again.db)).toHaveLength(1);
    expect(getPageText(again.db, sha256, 1)).toBeNull();
    rmSync(textDatabasePath(archive.folder));
  });

  it('opens a copy of the folder as an archive of its own', async () => {
    const archive = await makeArchive();
    await fileItem(archive, '一份通知');
    archive.close();
    const { cpSync } = await import('node:fs');
    const copy = join(makeFolder(), '副本');
    cpSync(archive.folder, copy, { recursive: true });
    const opened = await reopen(copy);
    expect(listEvidence(opened.db)).toHaveLength(1);
  });
});
