import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadableDb, Row } from '../database.ts';
import type { SubjectKind } from '../recorded-tables.ts';
import { isPlainCells, json, number, text } from '../rows.ts';
import type { PlainCell, PlainCells } from '../rows.ts';
import { GENESIS, hashEvent } from '../transaction.ts';

/** One entry of the log. */
export interface ArchiveEvent {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Events of one change belong together. */
  readonly change: number;
  readonly at: string;
  readonly actor: string;
  readonly verb: string;
  /** What it is about: the kind of row and its key. */
  readonly subjectKind: string;
  readonly subject: readonly PlainCell[];
  /** Columns as they were; null where the row is new. */
  readonly before: PlainCells | null;
  /** Columns as they are; null where the row was removed. */
  readonly after: PlainCells | null;
}

const isKey = (value: unknown): value is readonly PlainCell[] => Array.isArray(value);

const toEvent = (row: Row): ArchiveEvent => ({
  seq: number(row, 'seq'),
  change: number(row, 'change'),
  at: text(row, 'at'),
  actor: text(row, 'actor'),
  verb: text(row, 'verb'),
  subjectKind: text(row, 'subject_kind'),
  subject: json(row, 'subject', isKey),
  before: row['before'] === null ? null : json(row, 'before', isPlainCells),
  after: row['after'] === null ? null : json(row, 'after', isPlainCells),
});

/** Newest first, without what merges keep for themselves; `before` is the seq to continue from. */
export const listEvents = (db: ReadableDb, limit: number, before: number = Number.MAX_SAFE_INTEGER): readonly ArchiveEvent[] =>
  db.all("SELECT * FROM events WHERE seq < ? AND subject_kind <> 'field-history' ORDER BY seq DESC LIMIT ?", before, limit).map(toEvent);

export interface EventWish {
  readonly limit: number;
  /** The seq to continue from. */
  readonly before?: number;
  /** First moment and the moment after the last, ISO 8601 in UTC; open where empty. */
  readonly from?: string;
  readonly until?: string;
  /** Everybody's where empty. */
  readonly actor?: string;
}

/** The same as `listEvents` for a time and a person. */
export const findEvents = (db: ReadableDb, { limit, before = Number.MAX_SAFE_INTEGER, from = '', until = '', actor = '' }: EventWish): readonly ArchiveEvent[] =>
  db
    .all(
      `SELECT * FROM events WHERE seq < ? AND subject_kind <> 'field-history' AND (? = '' OR at >= ?) AND (? = '' OR at < ?) AND (? = '' OR actor = ?)
       ORDER BY seq DESC LIMIT ?`,
      before, from, from, until, until, actor, actor, limit,
    )
    .map(toEvent);

/** The last entry below `seq` that is older than a moment (ISO 8601 in UTC; any where empty), else null. */
export const lastEventBefore = (db: ReadableDb, seq: number, moment: string): { readonly seq: number; readonly at: string } | null => {
  const row = db.get("SELECT seq, at FROM events WHERE seq < ? AND (? = '' OR at < ?) AND subject_kind <> 'field-history' ORDER BY seq DESC LIMIT 1", seq, moment, moment);
  return row === undefined ? null : { seq: number(row, 'seq'), at: text(row, 'at') };
};

/** Everybody whom the log names. */
export const listActors = (db: ReadableDb): readonly string[] => db.all('SELECT DISTINCT actor FROM events ORDER BY actor').map((row) => text(row, 'actor'));

/** What a change was called when it was made; empty for one that there is not. */
export const changeLabel = (db: ReadableDb, change: number): string => {
  const row = db.get('SELECT label FROM changes WHERE id = ?', change);
  return row === undefined ? '' : text(row, 'label');
};

/** All that happened to one row, oldest first. */
export const listEventsOf = (db: ReadableDb, kind: SubjectKind, key: readonly PlainCell[]): readonly ArchiveEvent[] =>
  db.all('SELECT * FROM events WHERE subject_kind = ? AND subject = ? ORDER BY seq', kind, JSON.stringify(key)).map(toEvent);

/** The last entry's number, 0 for an empty log. */
export const lastEventSeq = (db: ReadableDb): number => {
  const row = db.get('SELECT seq FROM events ORDER BY seq DESC LIMIT 1');
  return row === undefined ? 0 : number(row, 'seq');
};

/** Number and hash of the last entry: names one state of one log, and every state before it. 0 and the first hash for an empty log. */
export const lastEvent = (db: ReadableDb): { readonly seq: number; readonly hash: string } => {
  const row = db.get('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1');
  return row === undefined ? { seq: 0, hash: GENESIS } : { seq: number(row, 'seq'), hash: text(row, 'hash') };
};

/** Hash of an entry; null where the log has none of that number. */
export const eventHash = (db: ReadableDb, seq: number): string | null => {
  const row = db.get('SELECT hash FROM events WHERE seq = ?', seq);
  return row === undefined ? null : text(row, 'hash');
};

/** Entries read at a time where the whole log is walked: between two helpings other calls are answered. */
const HELPING = 2000;

/** The whole log in helpings, oldest first, with what was appended meanwhile. No statement stays open in between. */
export async function* walkEvents(db: ReadableDb): AsyncGenerator<readonly Row[], void, undefined> {
  let last = 0;
  for (;;) {
    const rows = db.all('SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?', last, HELPING);
    const end = rows.at(-1);
    if (end === undefined) return;
    last = number(end, 'seq');
    yield rows;
    await nextTurn();
  }
}

/** The first entry that does not follow from the one before, or null where the chain holds. */
export const findBrokenEvent = async (db: ReadableDb): Promise<number | null> => {
  let hash = GENESIS;
  let seq = 0;
  for await (const rows of walkEvents(db)) {
    for (const row of rows) {
      seq += 1;
      const body = {
        seq: number(row, 'seq'),
        change: number(row, 'change'),
        at: text(row, 'at'),
        actor: text(row, 'actor'),
        verb: text(row, 'verb'),
        subjectKind: text(row, 'subject_kind'),
        subject: text(row, 'subject'),
        before: row['before'] === null ? null : text(row, 'before'),
        after: row['after'] === null ? null : text(row, 'after'),
      };
      if (body.seq !== seq || text(row, 'prev_hash') !== hash || hashEvent(hash, body) !== text(row, 'hash')) return seq;
      hash = text(row, 'hash');
    }
  }
  return null;
};
