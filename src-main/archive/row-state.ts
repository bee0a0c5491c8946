import type { ReadableDb, Row } from './database.ts';
import { isSubjectKind, recordedTables } from './recorded-tables.ts';
import type { RecordedTable, SubjectKind } from './recorded-tables.ts';
import { isPlainCells, json, text } from './rows.ts';
import type { PlainCell, PlainCells } from './rows.ts';

/** Recorded rows by kind, then by key (the JSON that events name them by); cells are those beyond the key. */
export type RowState = ReadonlyMap<SubjectKind, ReadonlyMap<string, PlainCells>>;
type GrowingState = Map<SubjectKind, Map<string, PlainCells>>;

const cellOf = (row: Row, column: string): PlainCell => {
  const cell = row[column];
  if (cell === null || typeof cell === 'string' || typeof cell === 'number') return cell;
  throw new Error(`column ${column} is not recorded as text or number`);
};

const isKey = (value: unknown): value is readonly PlainCell[] => Array.isArray(value) && value.every((cell) => cell === null || typeof cell === 'string' || typeof cell === 'number');

export const rowKey = (key: readonly PlainCell[]): string => JSON.stringify(key);
export const parseRowKey = (key: string): readonly PlainCell[] => {
  const parsed: unknown = JSON.parse(key);
  if (!isKey(parsed)) throw new Error(`not a key: ${key}`);
  return parsed;
};

/** A row with the cells of its key, as `Tx` takes it. */
export const wholeRow = (kind: SubjectKind, key: string, cells: PlainCells): PlainCells => {
  const shape: RecordedTable = recordedTables[kind];
  const parts = parseRowKey(key);
  return { ...Object.fromEntries(shape.key.map((column, index) => [column, parts[index] ?? null])), ...cells };
};

const readKind = (db: ReadableDb, kind: SubjectKind): Map<string, PlainCells> => {
  const shape: RecordedTable = recordedTables[kind];
  const rows = new Map<string, PlainCells>();
  for (const row of db.each(`SELECT * FROM ${shape.table} ORDER BY ${shape.key.join(', ')}`)) {
    rows.set(rowKey(shape.key.map((column) => cellOf(row, column))), Object.fromEntries(shape.columns.map((column) => [column, cellOf(row, column)])));
  }
  return rows;
};

/** The rows of the named kinds as they are now; in the order of their keys. */
export const readRowState = (db: ReadableDb, kinds: readonly SubjectKind[]): RowState => new Map(kinds.map((kind) => [kind, readKind(db, kind)]));

/**
 * The rows of the named kinds as they were right after event `seq` (0: before the first), found by taking back every later event.
 * A column that was added since keeps the cell it has now.
 */
export const readRowStateAt = (db: ReadableDb, kinds: readonly SubjectKind[], seq: number): RowState => {
  const state: GrowingState = new Map(kinds.map((kind) => [kind, readKind(db, kind)]));
  for (const event of db.each('SELECT subject_kind, subject, before, after FROM events WHERE seq > ? ORDER BY seq DESC', seq)) {
    const kind = text(event, 'subject_kind');
    const rows = isSubjectKind(kind) ? state.get(kind) : undefined;
    if (!isSubjectKind(kind) || rows === undefined) continue;
    const key = text(event, 'subject');
    if (event['before'] === null) {
      rows.delete(key);
      continue;
    }
    const shape: RecordedTable = recordedTables[kind];
    const before = json(event, 'before', isPlainCells);
    const cells = { ...rows.get(key), ...before };
    rows.set(key, Object.fromEntries(shape.columns.map((column) => [column, cells[column] ?? null])));
  }
  return state;
};
