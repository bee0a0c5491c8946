import { listPacksIn, packEvent, parseRowKey, readPackState, rowKey } from '../archive/index.ts';
import type { PlainCells, ReadableDb } from '../archive/index.ts';
import { copyOf, forget, grow, historyOf, isAdded, isWithin, level, nameOfEvent, nameOfPackWord, neverHeardOf, parseHistoryText, seenBy, seenByRow } from './field-history.ts';
import type { Added, GrowingHistory, Histories, RowHistory, Seen } from './field-history.ts';
import { isMergedKind, mergeKindOf, pickCells } from './merge-fields.ts';
import type { MergedKind } from './merge-fields.ts';

/** A row in the growing state; nobody else holds its history. */
interface RowPast {
  readonly isThere: boolean;
  readonly history: GrowingHistory;
}

interface RowEvent {
  readonly kind: MergedKind;
  readonly key: string;
  readonly op: 'insert' | 'update' | 'remove';
  /** Columns that were changed. */
  readonly columns: readonly string[];
  readonly name: string;
}

interface HistoryEvent {
  readonly kind: MergedKind;
  readonly key: string;
  readonly added: Added;
  /** A merge that was taken back. */
  readonly undone: boolean;
}

/** Events of one change. */
interface Change {
  readonly id: number;
  readonly rows: RowEvent[];
  readonly histories: HistoryEvent[];
}

/** What an archive was made with that was opened from a pack: the pack's own histories, or its name where it has none. */
export interface Origin {
  readonly change: number;
  readonly pack: string;
  readonly histories: Histories | null;
}

const cellText = (cell: unknown): string => (typeof cell === 'string' ? cell : '');
const recordOf = (text: string): Readonly<Record<string, unknown>> => {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error('an event without cells');
  return Object.fromEntries(Object.entries(value));
};

const historyEvent = (subject: string, verb: string, before: string, after: string): HistoryEvent | null => {
  const [kind, key] = parseRowKey(subject);
  const undone = verb === 'undo';
  const text = undone ? before : after;
  if (typeof kind !== 'string' || !isMergedKind(kind) || typeof key !== 'string' || text === '') return null;
  const { added } = recordOf(cellText(recordOf(text)['body']));
  return isAdded(added) ? { kind, key, added, undone } : null;
};

const columns = 'change, verb, subject_kind, subject, before, after, hash';

/** The log's changes as far as histories are concerned, oldest first. */
function* changesOf(events: Iterable<Readonly<Record<string, unknown>>>): Generator<Change> {
  let change: Change | null = null;
  for (const event of events) {
    const id = Number(event['change']);
    if (change === null || change.id !== id) {
      if (change !== null) yield change;
      change = { id, rows: [], histories: [] };
    }
    const [kind, key, before, after] = ['subject_kind', 'subject', 'before', 'after'].map((column) => cellText(event[column]));
    if (kind === undefined || key === undefined || before === undefined || after === undefined) continue;
    if (kind === 'field-history') {
      const learned = historyEvent(key, cellText(event['verb']), before, after);
      if (learned !== null) change.histories.push(learned);
    } else if (isMergedKind(kind)) {
      const op = before === '' ? 'insert' : after === '' ? 'remove' : 'update';
      change.rows.push({ kind, key, op, columns: op === 'update' ? Object.keys(recordOf(after)) : [], name: nameOfEvent(cellText(event['hash'])) });
    }
  }
  if (change !== null) yield change;
}

const fieldsOf = (kind: MergedKind, changed: readonly string[]): readonly string[] => mergeKindOf(kind).fields.filter((field) => field.columns.some((column) => changed.includes(column))).map((field) => field.name);

type Rows = Map<MergedKind, Map<string, RowPast>>;

const absent = (history: RowHistory): RowPast => ({ isThere: false, history: copyOf(history) });
const pastOf = (rows: Rows, kind: MergedKind, key: string): RowPast => rows.get(kind)?.get(key) ?? absent(neverHeardOf);
const keep = (rows: Rows, kind: MergedKind, key: string, past: RowPast): void => {
  const known = rows.get(kind) ?? new Map<string, RowPast>();
  rows.set(kind, known.set(key, past));
};

/** Lets a row's history grow by what an event says of it. `name` is null where the change itself tells what it has seen. */
const follow = ({ isThere, history }: RowPast, { kind, op, columns: changed }: RowEvent, name: string | null): RowPast => {
  const names = name === null ? [] : [name];
  if (op === 'insert') history.own.clear();
  if (op !== 'update') level(history, names);
  else if (name !== null) grow(history, Object.fromEntries(fieldsOf(kind, changed).map((field) => [field, names])));
  return { isThere: op === 'update' ? isThere : op === 'insert', history };
};

const takeOver = (rows: Rows, change: Change, origin: Origin | null): void => {
  const isOrigin = origin !== null && origin.change === change.id;
  const told = new Set(change.histories.map(({ kind, key }) => `${kind} ${key}`));
  for (const event of change.rows) {
    const { kind, key } = event;
    const past = follow(pastOf(rows, kind, key), event, isOrigin || told.has(`${kind} ${key}`) ? null : event.name);
    const handed = isOrigin ? origin.histories === null ? { all: new Set([nameOfPackWord(origin.pack, kind, key, '*')]), own: new Map() } : historyOf(origin.histories, kind, key) : null;
    keep(rows, kind, key, handed === null ? past : { ...past, history: copyOf(handed) });
  }
  for (const { kind, key, added, undone } of change.histories) {
    const past = pastOf(rows, kind, key);
    if (!undone) grow(past.history, added);
    keep(rows, kind, key, undone ? { ...past, history: forget(past.history, added, past.isThere) } : past);
  }
};

/** Null for an archive that was not opened from a pack. */
export const readOrigin = (db: ReadableDb): Origin | null => {
  const pack = listPacksIn(db).find((one) => one.kind === 'origin');
  const noted = pack === undefined ? null : packEvent(db, pack.id);
  if (pack === undefined || noted === null) return null;
  const kept = readPackState(db, pack.id)?.histories ?? null;
  return { change: noted.change, pack: pack.id, histories: kept === null ? null : parseHistoryText(kept) };
};

/** Rows that the pack knew to be gone. */
const begin = (origin: Origin | null): Rows => {
  const rows: Rows = new Map();
  for (const [kind, known] of origin?.histories ?? []) for (const [key, history] of known) keep(rows, kind, key, absent(history));
  return rows;
};

/**
 * The histories of all rows, read from the log: every edit adds its own name, and what merges learned lies in the log beside them. `upTo` is
 * the last entry that counts. Archives from before merges kept histories are read the same way; what they merged counts as edits of theirs.
 */
export const readHistories = (db: ReadableDb, upTo: number = Number.MAX_SAFE_INTEGER): Histories => {
  const origin = readOrigin(db);
  const rows = begin(origin);
  for (const change of changesOf(db.each(`SELECT ${columns} FROM events WHERE seq <= ? ORDER BY seq`, upTo))) takeOver(rows, change, origin);
  return new Map([...rows].map(([kind, known]) => [kind, new Map([...known].map(([key, { history }]) => [key, history]))]));
};

const handedHistory = (origin: Origin | null, kind: MergedKind, key: string): RowHistory => (origin === null || origin.histories === null ? neverHeardOf : historyOf(origin.histories, kind, key));

/** The events of one row, with what merges learned of it. */
const eventsOfRow = (db: ReadableDb, kind: MergedKind, key: string): readonly Readonly<Record<string, unknown>>[] =>
  db.all(`SELECT ${columns} FROM events WHERE (subject_kind = ? AND subject = ?) OR (subject_kind = 'field-history' AND subject = ?) ORDER BY seq`, kind, key, rowKey([kind, key]));

/** The history of one row as it is now. */
export const readRowHistory = (db: ReadableDb, origin: Origin | null, kind: MergedKind, key: string): RowHistory => {
  const rows: Rows = new Map();
  keep(rows, kind, key, absent(handedHistory(origin, kind, key)));
  for (const change of changesOf(eventsOfRow(db, kind, key))) takeOver(rows, change, origin);
  return pastOf(rows, kind, key).history;
};

/** What a field said here when the other side had last seen it: for the person who decides. Null where the row was not there, or never. */
export const lastShared = (db: ReadableDb, origin: Origin | null, { kind, key, field }: { readonly kind: MergedKind; readonly key: string; readonly field: string }, seen: Seen): PlainCells | null => {
  const rows: Rows = new Map();
  keep(rows, kind, key, absent(handedHistory(origin, kind, key)));
  const events = eventsOfRow(db, kind, key);
  const wanted = mergeKindOf(kind).fields.flatMap((one) => (field === '*' || one.name === field ? one.columns : []));
  let cells: Readonly<Record<string, unknown>> = {};
  let isThere = false;
  let shared: PlainCells | null = null;
  for (const change of changesOf(events)) {
    takeOver(rows, change, origin);
    for (const event of events) {
      if (Number(event['change']) !== change.id || cellText(event['subject_kind']) !== kind) continue;
      isThere = event['after'] !== null;
      if (isThere) cells = { ...cells, ...recordOf(cellText(event['after'])) };
    }
    const { history } = pastOf(rows, kind, key);
    const ours = field === '*' ? seenByRow(history) : seenBy(history, field);
    if (ours.size > 0 && isWithin(ours, seen)) shared = isThere ? plainCells(cells, wanted) : null;
  }
  return shared;
};

const plainCells = (cells: Readonly<Record<string, unknown>>, wanted: readonly string[]): PlainCells =>
  pickCells(Object.fromEntries(wanted.map((column) => [column, typeof cells[column] === 'string' || typeof cells[column] === 'number' ? cells[column] : null])), wanted);
