import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  listCertificates, listConflicts, listDeclarations, listExports, listImportBatches, listPacksIn, listPacksOut, listPaperFiles, listReviewFindings, listReviewRounds, listTrash, listUnitTasks, openArchive, readCatalog,
  readPackState, readSnapshot, verifyArchive,
} from '../../src-main/archive/index.ts';
import { databasePath } from '../../src-main/archive/layout.ts';
import { migrations } from '../../src-main/archive/migrations/index.ts';
import { expectValue, makeFolder } from './archive-fixture.ts';
import { fixturePath, layOutFixture } from './version-fixture.ts';

/** A fixture shows what was in the field: once kept it is never written again. */
const kept: Readonly<Record<number, string>> = {
  10: 'ee90c87285c71999f94369fae285972db30c4fed8261fa8ec8abfb5f024d9471',
  20: '4a535ddda2050131f3079abbcc3d049ce2359380e2432130cd241637f2203323',
  30: '37a32e51843f6c822623c66341d0adfd17672cf72d7d0f9788b2711e2c0c2851',
  60: '8b0bc74f023ce9bb2a9e908e68dc39d257e7713146f99a37514d5c27f43b4bf2',
  70: 'dca3f18da7a824053ff73e83702aa378bc61a4bb18281bf67b6aa1659b7412e2',
};

const tablesOf = (db: Sqlite.Database): string[] => db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all();

const readRows = (path: string): ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]> => {
  const db = new Sqlite(path, { readonly: true });
  const rows = new Map(tablesOf(db).map((table) => [table, db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all()]));
  db.close();
  return rows;
};

describe.each(migrations.map(({ version }) => version))('an archive of version %i', (version) => {
  it('is kept as a fixture, with rows in every table', () => {
    expect(existsSync(fixturePath(version)), `there is no ${fixturePath(version)}: give the new tables a row in tests/archive/version-fixture.ts, run npm run fixture, and enter the hash here`).toBe(true);
    expect(createHash('sha256').update(readFileSync(fixturePath(version))).digest('hex')).toBe(kept[version]);
    const folder = join(makeFolder(), '旧.cdarchive');
    layOutFixture(version, folder);
    const rows = readRows(databasePath(folder));
    const made = new Sqlite(':memory:');
    for (const step of migrations) if (step.version <= version) made.exec(step.sql);
    expect([...rows.keys()].toSorted()).toEqual(tablesOf(made).toSorted());
    made.close();
    expect([...rows].filter(([, found]) => found.length === 0).map(([table]) => table)).toEqual([]);
  });

  it('opens in this program, brought up to date, with every row as it was, and verifies', async () => {
    const folder = join(makeFolder(), '旧.cdarchive');
    layOutFixture(version, folder);
    const before = readRows(databasePath(folder));
    const archive = expectValue(await openArchive(folder));
    onTestFinished(() => archive.close());
    expect(archive.db.get('PRAGMA user_version')).toEqual({ user_version: migrations.at(-1)?.version });
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, problems: [] });
    for (const [table, rows] of before) {
      const after = archive.db.all(`SELECT * FROM "${table}"`);
      expect(after, table).toHaveLength(rows.length);
      // A later version may add columns.
      rows.forEach((row, at) => expect(after[at], table).toMatchObject(row));
    }
    // And every reader understands what an earlier program wrote.
    const { db } = archive;
    expect(readCatalog(db).groups).toHaveLength(1);
    expect(readSnapshot(db, '2024-04-12')).toMatchObject({ evidence: [{ title: '一份通知' }], links: [{ year: 2023 }], values: [{ value: 96.3 }], signOffs: [{ unit: '甲单位' }], waivers: [{ reason: '另有说明' }] });
    expect([listTrash(db), listCertificates(db), listDeclarations(db), listExports(db), listImportBatches(db), listReviewFindings(db), listReviewRounds(db), listUnitTasks(db)].map((list) => list.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(listPaperFiles(db)).toHaveLength(version >= 30 ? 1 : 0);
    expect([listPacksIn(db).length, listPacksOut(db).length, listConflicts(db).length, readPackState(db, 'p2')?.rows.length ?? 0]).toEqual(version >= 60 ? [1, 1, 1, 33] : [0, 0, 0, 0]);
  });
});
