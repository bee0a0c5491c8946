import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { addPaperFile, listBackups, listEvidence, listPaperFiles, listRulings, listValues, openArchive, readSnapshot, redo, setRuling, setUnitTask, setValue, transact, undoLast, verifyArchive, withdrawPaperFile } from '../../src-main/archive/index.ts';
import { databasePath } from '../../src-main/archive/layout.ts';
import { migrations } from '../../src-main/archive/migrations/index.ts';
import type { Migration } from '../../src-main/archive/migrations/index.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { mergeArchive } from '../../src-main/exchange/index.ts';
import { expectTrouble, expectValue, fileItem, makeArchive, makeFolder, reopen } from './archive-fixture.ts';

const later: Migration = { version: 9010, name: 'later', sql: "CREATE TABLE later (id TEXT PRIMARY KEY) STRICT; INSERT INTO later SELECT id FROM evidence; ALTER TABLE evidence ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';" };

const latest = migrations.at(-1)?.version ?? 0;

/** Takes out of a database all tables that came after a version, as a program of that version would have left it. */
function forgetAfter(db: Sqlite.Database, version: number): void {
  const former = new Sqlite(':memory:');
  for (const step of migrations) if (step.version <= version) former.exec(step.sql);
  const names = (of: Sqlite.Database): readonly string[] => of.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all();
  const known = new Set(names(former));
  for (const table of names(db)) if (!known.has(table)) db.exec(`DROP TABLE ${table}`);
  db.pragma(`user_version = ${version}`);
  former.close();
}

describe('the list of migrations', () => {
  // Numbers are handed out before the steps are written, so some may be missing for a while.
  it('rises in tens', () => {
    const versions = migrations.map((step) => step.version);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
    expect(versions.every((version) => version % 10 === 0)).toBe(true);
  });

  // A published step is never edited: archives in the field were made with it. A change of schema is a new file.
  it.each([
    [10, 'foundation', '67c884ff46e0f211eda0c42ec1389097e9f2695eb165136f21b7d39a96f2f392'],
    [20, 'rulings', 'ea2f3886f30981c01c95aa24110ef70b3fd03e5153e3749f63dd59220096b4d9'],
    [30, 'paper-files', 'dbbe29dac75e87b4d931b808d18e552e239d7e816a36bcb99940b2793e8e3c35'],
    [60, 'exchange', '0185ccfd21bbda676c04fe5f4ffd955840922f6cbc02b527a0c3b735b9045eab'],
  ])('keeps step %i as it was published', (version, name, expected) => {
    const step = migrations.find((one) => one.version === version);
    expect(step?.name).toBe(name);
    expect(createHash('sha256').update(step?.sql ?? '').digest('hex')).toBe(expected);
  });
});

describe('migration 10', () => {
  it('makes every table of the first version, strict, with foreign keys that hold', () => {
    const db = new Sqlite(':memory:');
    db.exec(migrations.find((step) => step.version === 10)?.sql ?? '');
    const tables = db.prepare<[], { name: string; strict: number }>("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name").all();
    expect(tables.map((table) => table.name)).toEqual([
      'application', 'catalog_head', 'certificates', 'changes', 'declarations', 'events', 'evidence', 'exports', 'import_batches', 'indicator_groups', 'indicator_values',
      'indicators', 'links', 'proof_marks', 'reports', 'review_findings', 'review_rounds', 'revisions', 'settings', 'sign_offs', 'unit_tasks', 'units', 'waivers',
    ]);
    expect(tables.every((table) => table.strict === 1)).toBe(true);
    db.pragma('foreign_keys = ON');
    expect(() => db.exec("INSERT INTO links VALUES ('nobody', '1', 2023, '', 0, '')")).toThrow(/FOREIGN KEY/);
    db.close();
  });
});

describe('migration 20', () => {
  /** An archive as the first version left it: its tables, filled by this program in those that both know. */
  const makeVersion10 = async (): Promise<{ readonly folder: string; readonly id: string }> => {
    const archive = await makeArchive();
    const { id } = await fileItem(archive, '一份通知');
    transact(archive.db, '王敏', (tx) => setUnitTask(tx, { unit: '区生态环境局', indicator: '', contact: '张三', phone: '', due: '2024-03-20', note: '' }));
    archive.close();
    const db = new Sqlite(databasePath(archive.folder));
    forgetAfter(db, 10);
    db.close();
    return { folder: archive.folder, id };
  };

  it('adds rulings to an archive of version 10 and keeps its rows and its log', async () => {
    const { folder, id } = await makeVersion10();
    const archive = await reopen(folder);
    expect(archive.db.get('PRAGMA user_version')).toEqual({ user_version: latest });
    expect(listEvidence(archive.db).map((item) => item.id)).toEqual([id]);
    expect(listRulings(archive.db)).toEqual([]);
    transact(archive.db, '王敏', (tx) => setRuling(tx, { indicator: indicatorCode('1'), year: null, verdict: 'met', reason: '核对无误', by: '王敏', at: '2024-04-01' }));
    expect(readSnapshot(archive.db, '2024-04-12')).toMatchObject({ rulings: [{ indicator: '1', year: null, verdict: 'met' }], unitTasks: [{ unit: '区生态环境局', indicator: '', due: '2024-03-20' }] });
    expect((await verifyArchive(archive)).problems).toEqual([]);
  });
});

describe('migration 30', () => {
  it('adds paper files to an archive of version 20; their bytes belong to the archive, taken back or not', async () => {
    const made = await makeArchive();
    const sheet = await fileItem(made, '签字的备考表');
    made.close();
    const db = new Sqlite(databasePath(made.folder));
    forgetAfter(db, 20);
    db.close();
    const archive = await reopen(made.folder);
    const key = { role: 'replacement', kind: 'closing-note', scope: '一、目标责任体系' } as const;
    const file = { ...key, sha256: sheet.sha256, fileName: '备考表.pdf', fileKind: 'pdf' as const, bytes: 3, boundSha256: sheet.sha256, boundBytes: 3, pages: 1, boundNote: '', facts: ['件数 3 件'], note: '' };
    transact(archive.db, '王敏', (tx) => addPaperFile(tx, file));
    transact(archive.db, '王敏', (tx) => addPaperFile(tx, { ...file, pages: 2 }));
    expect(listPaperFiles(archive.db)).toMatchObject([{ ...key, number: 2, pages: 2, facts: ['件数 3 件'], by: '王敏' }]);
    transact(archive.db, '王敏', (tx) => withdrawPaperFile(tx, key));
    expect(listPaperFiles(archive.db)).toEqual([]);
    undoLast(archive.db, '王敏');
    expect(listPaperFiles(archive.db)).toHaveLength(1);
    expect((await verifyArchive(archive)).problems.filter(({ kind }) => kind !== 'object-changed')).toEqual([]);
  });
});

describe('migration 70', () => {
  it('opens an archive of version 60: what was said there has seen what the log tells, and merges go on', async () => {
    const former = { migrations: migrations.filter((step) => step.version <= 60) };
    const made = await makeArchive(former);
    const value = { indicator: indicatorCode('1'), unit: '%', numerator: null, denominator: null, sourceEvidence: null, sourcePage: null };
    transact(made.db, '王敏', (tx) => setValue(tx, { ...value, year: 2021, value: 91 }));
    made.close();
    const copy = join(makeFolder(), '另一台.cdarchive');
    cpSync(made.folder, copy, { recursive: true });
    const there = await reopen(copy, former);
    transact(there.db, '李雷', (tx) => setValue(tx, { ...value, year: 2021, value: 92 }));
    transact(there.db, '李雷', (tx) => setValue(tx, { ...value, year: 2022, value: 93 }));
    transact(there.db, '李雷', (tx) => setValue(tx, { ...value, year: 2023, value: 94 }));
    undoLast(there.db, '李雷');
    there.close();
    // The programs of both are new by the time they merge.
    const [here, other] = [await reopen(made.folder), await reopen(copy)];
    expect(redo(other.db, '李雷'), 'what was undone by the program of before stays undone').toMatchObject({ ok: false, error: { code: 'nothing-to-undo' } });
    expect(expectValue(await mergeArchive(here, copy, { actor: '王敏' }))).toMatchObject({ values: 2, conflicts: 0 });
    expect(listValues(here.db).map((row) => row.value)).toEqual([92, 93]);
    expect(expectValue(await mergeArchive(other, made.folder, { actor: '李雷' }))).toMatchObject({ values: 0, conflicts: 0 });
    expect((await verifyArchive(here)).problems).toEqual([]);
  });
});

describe('bringing an archive up to date', () => {
  it('runs on open, keeps the rows, and keeps a backup of the version before', async () => {
    const archive = await makeArchive();
    const { id } = await fileItem(archive, '一份通知');
    archive.close();
    const newer = await reopen(archive.folder, { migrations: [...migrations, later] });
    expect(newer.db.all('SELECT l.id, e.colour FROM later l JOIN evidence e ON e.id = l.id')).toEqual([{ id, colour: 'red' }]);
    expect(listEvidence(newer.db).map((item) => item.id)).toEqual([id]);
    const backups = await listBackups(newer);
    expect(backups.map((one) => one.reason)).toEqual(['migration']);
    const old = new Sqlite(join(archive.folder, 'backups', backups[0]?.name ?? ''), { readonly: true });
    expect(old.pragma('user_version', { simple: true })).toBe(latest);
    expect(old.prepare('SELECT count(*) AS n FROM evidence').get()).toEqual({ n: 1 });
    old.close();
    newer.close();
    expect(expectTrouble(await openArchive(archive.folder)), 'the program of before refuses it').toMatchObject({ code: 'archive-newer', version: 9010, known: latest });
  });

  it('leaves the old version whole when a step fails', async () => {
    const archive = await makeArchive();
    await fileItem(archive, '一份通知');
    archive.close();
    const failing: Migration = { version: 9020, name: 'failing', sql: 'CREATE TABLE more (x); INSERT INTO nowhere VALUES (1);' };
    await expect(openArchive(archive.folder, { migrations: [...migrations, later, failing] })).rejects.toThrow(/nowhere/);
    const db = new Sqlite(databasePath(archive.folder), { readonly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(latest);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name IN ('later', 'more')").get()).toEqual({ n: 0 });
    db.close();
    expect(listEvidence((await reopen(archive.folder)).db), 'the lock was let go and the archive opens as before').toHaveLength(1);
  });

  it('leaves the old version whole when a step would break references', async () => {
    const archive = await makeArchive();
    const { id } = await fileItem(archive, '一份通知');
    archive.db.run("INSERT INTO links VALUES (?, '1', 2023, '', 0, '')", id);
    archive.close();
    const careless: Migration = { version: 9010, name: 'careless', sql: 'DELETE FROM evidence;' };
    await expect(openArchive(archive.folder, { migrations: [...migrations, careless] })).rejects.toThrow(/dangling/);
    expect(listEvidence((await reopen(archive.folder)).db)).toHaveLength(1);
  });

  it('is not done by one who only reads', async () => {
    const archive = await makeArchive();
    archive.close();
    expect(expectTrouble(await openArchive(archive.folder, { readOnly: true, migrations: [...migrations, later] })).code).toBe('archive-read-only');
    expectValue(await openArchive(archive.folder, { readOnly: true })).close();
  });
});
