import type { ReadableDb, Row } from './database.ts';
import { walkEvents } from './queries/events.ts';
import { isSubjectKind, recordedTables } from './recorded-tables.ts';
import type { RecordedTable, SubjectKind } from './recorded-tables.ts';
import { isPlainCells, json, number, text } from './rows.ts';
import type { PlainCell } from './rows.ts';

/** A row that is not as the events log left it: a flipped bit in a value is legal to SQLite, but not to the log. */
export interface StrayRow {
  readonly kind: SubjectKind;
  readonly key: readonly PlainCell[];
}

const isKey = (value: unknown): value is readonly PlainCell[] => Array.isArray(value);

type Rows = Map<string, Map<string, PlainCell>>;

/** What every recorded table must hold according to the log. */
const replayEvents = async (db: ReadableDb): Promise<{ readonly tables: Map<SubjectKind, Rows>; readonly last: number }> => {
  const tables = new Map<SubjectKind, Rows>();
  let last = 0;
  for await (const events of walkEvents(db)) {
    for (const event of events) {
      replayEvent(tables, event);
      last = number(event, 'seq');
    }
  }
  return { tables, last };
};

const replayEvent = (tables: Map<SubjectKind, Rows>, event: Row): void => {
  const kind = text(event, 'subject_kind');
  if (!isSubjectKind(kind)) return;
  const rows: Rows = tables.get(kind) ?? new Map();
  tables.set(kind, rows);
  const key = text(event, 'subject');
  if (event['after'] === null) {
    rows.delete(key);
    return;
  }
  const row = rows.get(key) ?? new Map<string, PlainCell>();
  for (const [column, cell] of Object.entries(json(event, 'after', isPlainCells))) row.set(column, cell);
  rows.set(key, row);
};

/** Rows that differ from the log, that it does not know, or that are missing; at most `limit`. Columns the log never saw are passed over. */
export const findStrayRows = async (db: ReadableDb, limit: number): Promise<readonly StrayRow[]> => {
  const stray: StrayRow[] = [];
  const { tables: expected, last } = await replayEvents(db);
  // From here on in one go: what was written in the meantime is caught up with, and nothing more can be until all is compared.
  for (const event of db.all('SELECT * FROM events WHERE seq > ? ORDER BY seq', last)) replayEvent(expected, event);
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
