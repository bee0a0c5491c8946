import type { ReadableDb } from './database.ts';
import { isSubjectKind, recordedTables } from './recorded-tables.ts';
import type { RecordedTable, SubjectKind } from './recorded-tables.ts';
import { isPlainCells, json, text } from './rows.ts';
import type { PlainCell } from './rows.ts';

/** A row that is not as the events log left it: a flipped bit in a value is legal to SQLite, but not to the log. */
export interface StrayRow {
  readonly kind: SubjectKind;
  readonly key: readonly PlainCell[];
}

const isKey = (value: unknown): value is readonly PlainCell[] => Array.isArray(value);

/** What every recorded table must hold according to the log. */
const replayEvents = (db: ReadableDb): ReadonlyMap<SubjectKind, ReadonlyMap<string, ReadonlyMap<string, PlainCell>>> => {
  const tables = new Map<SubjectKind, Map<string, Map<string, PlainCell>>>();
  for (const event of db.each('SELECT subject_kind, subject, after FROM events ORDER BY seq')) {
    const kind = text(event, 'subject_kind');
    if (!isSubjectKind(kind)) continue;
    const rows = tables.get(kind) ?? new Map<string, Map<string, PlainCell>>();
    tables.set(kind, rows);
    const key = text(event, 'subject');
    if (event['after'] === null) {
      rows.delete(key);
      continue;
    }
    const row = rows.get(key) ?? new Map<string, PlainCell>();
    for (const [column, cell] of Object.entries(json(event, 'after', isPlainCells))) row.set(column, cell);
    rows.set(key, row);
  }
  return tables;
};

/** Rows that differ from the log, that it does not know, or that are missing; at most `limit`. Columns the log never saw are passed over. */
export const findStrayRows = (db: ReadableDb, limit: number): readonly StrayRow[] => {
  const stray: StrayRow[] = [];
  const expected = replayEvents(db);
  for (const kind of Object.keys(recordedTables).filter(isSubjectKind)) {
    const shape: RecordedTable = recordedTables[kind];
    const rows = new Map(expected.get(kind));
    for (const row of db.each(`SELECT * FROM ${shape.table}`)) {
      const key = shape.key.map((column) => row[column]);
      const subject = JSON.stringify(key);
      const wanted = rows.get(subject);
      rows.delete(subject);
      const differs = wanted === undefined || [...wanted].some(([column, cell]) => column in row && row[column] !== cell);
      if (differs && isKey(key)) stray.push({ kind, key });
      if (stray.length >= limit) return stray;
    }
    for (const subject of rows.keys()) {
      const key: unknown = JSON.parse(subject);
      if (isKey(key)) stray.push({ kind, key });
    }
  }
  return stray.slice(0, limit);
};
