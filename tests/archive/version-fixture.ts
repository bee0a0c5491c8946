import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beginImportBatch, createArchive, endImportBatch, keepPackState, listExports, transact } from '../../src-main/archive/index.ts';
import type { ReadableDb, SubjectKind, Tx, WritableArchive } from '../../src-main/archive/index.ts';
import { databasePath } from '../../src-main/archive/layout.ts';
import { migrations } from '../../src-main/archive/migrations/index.ts';
import { recordedTables } from '../../src-main/archive/recorded-tables.ts';
import { smallFaultCatalog } from '../faults/fault-catalog.ts';

/** What the program of a version left, with rows in every table, as SQL; written once, by `npm run fixture`, and kept. */
export const fixturePath = (version: number): string => resolve(import.meta.dirname, '..', 'fixtures', 'archives', `v${String(version).padStart(4, '0')}.sql`);

const shaOf = (content: string): string => createHash('sha256').update(content).digest('hex');

const contents = ['一份通知', '回收站里的一份', '换掉的旧文件', '签字的备考表', '两边不同的一份'];
const [notice = '', trashed = '', former = '', signed = '', disputed = ''] = contents.map(shaOf);
const AT = '2024-04-12T01:02:03.000Z';
const PERSON = '王敏';

const item = (id: string, sha256: string, title: string, more: Readonly<Record<string, string | number | null>> = {}) => ({
  id, sha256, file_name: `${title}.txt`, file_kind: 'txt', bytes: 12, pages: 1, kind: 'data-table', title, title_made: 0, document_number: '青环南发〔2024〕3号', issuer: '区生态环境局', date: '2024-03-05',
  secrecy: '', retention: '', original: 'copy', original_place: '', draft: 0, sealed: 1, confirmed: 1, valid_until: '', integrity: 'ok', has_personal_id: 0, photo_facts: null, image_pixels: null,
  details: '{}', suggestions: '[]', bound_file: '', bound_note: '', source: '/U盘', imported_at: AT, import_batch: 1, trashed_at: null, search_text: title, ...more,
});

/** One row at least for each recorded table, in an order that keeps the references. A new table gets its row here. */
const rows: readonly (readonly [SubjectKind, Readonly<Record<string, string | number | null>>])[] = [
  ['evidence', item('e1', notice, '一份通知')],
  ['evidence', item('e2', trashed, '回收站里的一份', { trashed_at: AT })],
  ['unit-task', { unit: '甲单位', indicator: '1', contact: '张三', phone: '0532', due: '2024-04-20', note: '' }],
  ['revision', { evidence_id: 'e1', number: 1, sha256: former, file_name: '旧.txt', file_kind: 'txt', bytes: 18, pages: 1, replaced_at: AT, replaced_by: PERSON, reason: '换成盖章件' }],
  ['proof-mark', { id: 'm1', evidence_id: 'e1', page: 1, body: JSON.stringify({ kind: 'underline', x: 0.1, y: 0.2, w: 0.3, h: 0.02 }), note: '达标处' }],
  ['link', { evidence_id: 'e1', indicator: '1', year: 2023, requirement: 'data', position: 1, note: '' }],
  ['value', { indicator: '1', year: 2023, value: 96.3, unit: '%', numerator: 963, denominator: 1000, source_evidence: 'e1', source_page: 1, note: '' }],
  ['report', { indicator: '1', body: '经核，2023年为96.3%。', citations: '[]' }],
  ['declaration', { indicator: '1', number: 1, answer: 'no', signed_by: PERSON, certificate: 'e1' }],
  ['certificate', { indicator: '1', number: 1, unit: '甲单位', state: 'printed', evidence_id: null, printed_at: AT, returned_at: '', note: '' }],
  ['sign-off', { indicator: '1', unit: '甲单位', kind: 'signed', by_name: PERSON, at: AT }],
  ['waiver', { rule: 'evidence.missing', indicator: '1', evidence_id: '', reason: '另有说明', by_name: PERSON, at: AT }],
  ['review-round', { number: 1, name: '预审', opened_at: AT, closed_at: '', note: '' }],
  ['review-finding', {
    id: 'f1', round: 1, indicator: '1', body: '缺2022年数据', raised_by: '专家', raised_at: AT, assigned_to: '甲单位', due: '2024-04-25', state: 'assigned', answer: '', answer_evidence: '[]', answered_by: '', answered_at: '',
    closed_by: '', closed_at: '',
  }],
  ['export', { version: 1, at: AT, actor: PERSON, draft: 1, pages: 3, plan: JSON.stringify({ volumes: [] }), manifest: JSON.stringify({ schema: 1, version: 1, files: [] }), note: '' }],
  ['setting', { name: 'fixture', body: '{"kept":true}' }],
  ['ruling', { indicator: '1', year: 2023, verdict: 'met', reason: '核对无误', by_name: PERSON, at: AT }],
  ['paper-file', {
    role: 'replacement', kind: 'closing-note', scope: '一', number: 1, sha256: signed, file_name: '备考表.txt', file_kind: 'txt', bytes: 18, bound_sha256: signed, bound_bytes: 18, pages: 1, bound_note: '', facts: '["件数 3 件"]',
    note: '', at: AT, by_name: PERSON, withdrawn_at: '',
  }],
  ['pack-out', { id: 'p1', kind: 'task', unit: '甲单位', at: AT, actor: PERSON, due: '2024-04-20', items: 1, bytes: 100, digest: 'd'.repeat(64), file_name: '甲单位.cdpack', note: '' }],
  ['pack-in', { id: 'p2', kind: 'return', unit: '甲单位', at: AT, actor: PERSON, sender: '张三', digest: 'c'.repeat(64), file_name: '甲单位.cdpack', head_seq: 3, head_hash: 'b'.repeat(64), summary: '{}' }],
  ['conflict', {
    id: 'k1', pack: 'p2', unit: '甲单位', row_kind: 'evidence', row_key: '["e1"]', field: 'sha256', base: null, ours: JSON.stringify({ sha256: notice }), theirs: JSON.stringify({ sha256: disputed }), at: AT, state: 'open', decided_by: '',
    decided_at: '', sha256: disputed, seen: '[]',
  }],
  ['field-history', { row_kind: 'value', row_key: '["1",2023]', body: JSON.stringify({ change: 1, added: { value: ['a'.repeat(64)] } }) }],
];

const tablesOf = (db: Pick<ReadableDb, 'all'>): string[] => db.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").map((row) => String(row['name']));

const fill = (archive: WritableArchive): void => {
  const known = new Set(tablesOf(archive.db));
  endImportBatch(archive.db, beginImportBatch(archive.db, PERSON, '/U盘'), { imported: 2, duplicates: 0, rejected: [] });
  transact(archive.db, PERSON, (tx: Tx) => {
    for (const [kind, cells] of rows) if (known.has(recordedTables[kind].table)) tx.insert('fixture', kind, cells);
  });
  if (known.has('pack_states')) keepPackState(archive.db, 'p2', { rows: '{"kind":"evidence","key":["e1"]}\n', histories: '' });
};

/** All rows of a table as SQL literals, in the order of its columns. */
const literalsOf = (db: Sqlite.Database, table: string): string[] => {
  const columns = db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
  return db.prepare<[], string>(`SELECT ${columns.map((name) => `quote("${name}")`).join(` || ',' || `)} FROM "${table}"`).pluck().all();
};

/** Writes the fixture of a published version; one that is there stays as it is. Throws where a table has no row. */
export const writeFixture = async (version: number): Promise<string> => {
  const path = fixturePath(version);
  if (existsSync(path)) return path;
  const place = mkdtempSync(join(tmpdir(), 'chuangdang-fixture-'));
  try {
    const folder = join(place, '旧.cdarchive');
    const made = await createArchive(folder, { title: '旧版档案库', catalog: smallFaultCatalog, actor: PERSON }, { migrations: migrations.filter((step) => step.version <= version) });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    fill(made.value);
    made.value.close();
    const db = new Sqlite(databasePath(folder));
    const schema = db.prepare<[], { name: string; type: string; sql: string }>('SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid').all();
    const lines = [`-- A database as version ${version} left it. Written by npm run fixture; never edited.`, `PRAGMA application_id = ${String(db.pragma('application_id', { simple: true }))};`, `PRAGMA user_version = ${version};`];
    for (const { type, name, sql } of schema) {
      lines.push(`${sql};`);
      if (type !== 'table') continue;
      const found = literalsOf(db, name);
      if (found.length === 0) throw new Error(`table ${name} has no row: give it one in tests/archive/version-fixture.ts`);
      for (const row of found) lines.push(`INSERT INTO "${name}" VALUES (${row});`);
    }
    db.close();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};

/** Lays the archive of a fixture into `folder`: database, objects, the export's manifest. */
export const layOutFixture = (version: number, folder: string): void => {
  for (const name of ['objects', 'derived', 'backups', join('exports', 'v001')]) mkdirSync(join(folder, name), { recursive: true });
  const dump = readFileSync(fixturePath(version), 'utf8');
  const db = new Sqlite(databasePath(folder));
  // As the file stands: SQLite checks references as rows come, the dump has its tables in the order of their making.
  db.pragma('foreign_keys = OFF');
  db.exec(dump);
  const [first] = listExports({ all: (sql: string) => db.prepare<[], Record<string, unknown>>(sql).all(), get: () => undefined, each: () => [][Symbol.iterator]() });
  writeFileSync(join(folder, 'exports', 'v001', 'manifest.json'), JSON.stringify(first?.manifest));
  db.close();
  for (const content of contents) {
    const sha = shaOf(content);
    if (!dump.includes(sha)) continue;
    mkdirSync(join(folder, 'objects', sha.slice(0, 2)), { recursive: true });
    writeFileSync(join(folder, 'objects', sha.slice(0, 2), sha), content);
    chmodSync(join(folder, 'objects', sha.slice(0, 2), sha), 0o444);
  }
};
