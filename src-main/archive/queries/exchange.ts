import { gunzipSync, gzipSync } from 'node:zlib';
import type { ReadableDb, Row, WritableDb } from '../database.ts';
import type { SubjectKind } from '../recorded-tables.ts';
import { isSubjectKind } from '../recorded-tables.ts';
import { bytes, isPlainCells, isRecord, isTextList, json, number, oneOf, text } from '../rows.ts';
import type { PlainCells } from '../rows.ts';
import type { Tx } from '../transaction.ts';

/**
 * `task`: a unit's indicators as a pack for this program; `forms`: the same as a plain folder to be filled by hand; `whole`: everything,
 * for a second workstation; `return`: what a unit's copy sends back.
 */
export type PackOutKind = 'task' | 'forms' | 'whole' | 'return';
/** `origin`: the pack this archive was made from; `archive`: another archive folder of the same project; the rest as handed out. */
export type PackInKind = 'origin' | 'task' | 'whole' | 'return' | 'archive' | 'forms';

const outKinds: readonly PackOutKind[] = ['task', 'forms', 'whole', 'return'];
const inKinds: readonly PackInKind[] = ['origin', 'task', 'whole', 'return', 'archive', 'forms'];

export interface PackOut {
  readonly id: string;
  readonly kind: PackOutKind;
  /** Canonical name; empty where it holds everything. */
  readonly unit: string;
  readonly at: string;
  readonly actor: string;
  /** `YYYY-MM-DD` it is wanted back, or empty. */
  readonly due: string;
  /** Items of evidence in it. */
  readonly items: number;
  readonly bytes: number;
  /** SHA-256 of its manifest, which names the hash of everything else. */
  readonly digest: string;
  readonly fileName: string;
  readonly note: string;
}

export interface PackIn {
  readonly id: string;
  readonly kind: PackInKind;
  readonly unit: string;
  readonly at: string;
  readonly actor: string;
  readonly sender: string;
  readonly digest: string;
  readonly fileName: string;
  /** Last event of the sender's log at that time; 0 and empty where it has none. */
  readonly headSeq: number;
  readonly headHash: string;
  /** Counts and notes of the merge, as its receipt prints them. */
  readonly summary: Readonly<Record<string, unknown>>;
}

const toOut = (row: Row): PackOut => ({
  id: text(row, 'id'), kind: oneOf(row, 'kind', outKinds), unit: text(row, 'unit'), at: text(row, 'at'), actor: text(row, 'actor'), due: text(row, 'due'),
  items: number(row, 'items'), bytes: number(row, 'bytes'), digest: text(row, 'digest'), fileName: text(row, 'file_name'), note: text(row, 'note'),
});

const toIn = (row: Row): PackIn => ({
  id: text(row, 'id'), kind: oneOf(row, 'kind', inKinds), unit: text(row, 'unit'), at: text(row, 'at'), actor: text(row, 'actor'), sender: text(row, 'sender'),
  digest: text(row, 'digest'), fileName: text(row, 'file_name'), headSeq: number(row, 'head_seq'), headHash: text(row, 'head_hash'), summary: json(row, 'summary', isRecord),
});

/** Newest last. */
export const listPacksOut = (db: ReadableDb): readonly PackOut[] => db.all('SELECT * FROM packs_out ORDER BY at, id').map(toOut);
export const listPacksIn = (db: ReadableDb): readonly PackIn[] => db.all('SELECT * FROM packs_in ORDER BY at, id').map(toIn);

export const getPackIn = (db: ReadableDb, id: string): PackIn | null => {
  const row = db.get('SELECT * FROM packs_in WHERE id = ?', id);
  return row === undefined ? null : toIn(row);
};

export const addPackOut = (tx: Tx, pack: Omit<PackOut, 'at' | 'actor'>): void =>
  tx.insert('hand-out', 'pack-out', {
    id: pack.id, kind: pack.kind, unit: pack.unit, at: tx.now, actor: tx.actor, due: pack.due, items: pack.items, bytes: pack.bytes, digest: pack.digest,
    file_name: pack.fileName, note: pack.note,
  });

/** Writes down what came in; an archive that comes again takes the place of the earlier entry. */
export const putPackIn = (tx: Tx, pack: Omit<PackIn, 'at' | 'actor'>): void =>
  tx.put('take-in', 'pack-in', {
    id: pack.id, kind: pack.kind, unit: pack.unit, at: tx.now, actor: tx.actor, sender: pack.sender, digest: pack.digest, file_name: pack.fileName,
    head_seq: pack.headSeq, head_hash: pack.headHash, summary: JSON.stringify(pack.summary),
  });

/** What a pack said: its rows, and the histories of their fields; null where a program kept none. */
export interface PackState {
  readonly rows: string;
  readonly histories: string | null;
}

/** Keeps what a pack said, compressed. Beside the log: it is no one's entry, and a merge that is taken back leaves it unused. */
export const keepPackState = (db: WritableDb, id: string, { rows, histories }: { readonly rows: string; readonly histories: string }): void => {
  const cells = [gzipSync(rows), gzipSync(histories)];
  db.atomically(() => {
    if (db.run('INSERT OR REPLACE INTO pack_states (id, body, histories) VALUES (?, ?, ?)', id, ...cells) !== 1) throw new Error('pack rows were not kept');
  });
};

/** What a pack said when it was handed over; null where it was never kept. */
export const readPackState = (db: ReadableDb, id: string): PackState | null => {
  const row = db.get('SELECT body, histories FROM pack_states WHERE id = ?', id);
  if (row === undefined) return null;
  const plain = (column: string): string => gunzipSync(bytes(row, column)).toString('utf8');
  return { rows: plain('body'), histories: row['histories'] === null ? null : plain('histories') };
};

/** The entry of the log that noted a pack; null where there is none. */
export const packEvent = (db: ReadableDb, id: string): { readonly seq: number; readonly change: number } | null => {
  const row = db.get("SELECT seq, change FROM events WHERE subject_kind IN ('pack-out', 'pack-in') AND subject = ? ORDER BY seq DESC LIMIT 1", JSON.stringify([id]));
  return row === undefined ? null : { seq: number(row, 'seq'), change: number(row, 'change') };
};

/** Writes down what the running change adds to the histories of a row's fields, by field; `*` for all of them. */
export const putFieldHistory = (tx: Tx, kind: SubjectKind, rowKey: string, added: Readonly<Record<string, readonly string[]>>): void =>
  // The number of the change makes every entry another, so that each leaves an event.
  tx.put('merge', 'field-history', { row_kind: kind, row_key: rowKey, body: JSON.stringify({ change: tx.changeId, added }) });

export type ConflictState = 'open' | 'ours' | 'theirs';

/** One field that both sides changed. Cells are those of the field's columns; null where the row is not there on that side. */
export interface Conflict {
  readonly id: string;
  readonly pack: string;
  readonly unit: string;
  readonly rowKind: SubjectKind;
  /** The row's key as events name it. */
  readonly rowKey: string;
  /** Name of the field, `*` for the whole row. */
  readonly field: string;
  readonly base: PlainCells | null;
  readonly ours: PlainCells | null;
  readonly theirs: PlainCells | null;
  readonly at: string;
  readonly state: ConflictState;
  readonly decidedBy: string;
  readonly decidedAt: string;
  /** Object that only this conflict keeps; empty where none. */
  readonly sha256: string;
  /** Edits that their word has seen; null where a program kept none. */
  readonly seen: readonly string[] | null;
}

const cellsOrNull = (row: Row, column: string): PlainCells | null => (row[column] === null ? null : json(row, column, isPlainCells));

const toConflict = (row: Row): Conflict => {
  const rowKind = text(row, 'row_kind');
  if (!isSubjectKind(rowKind)) throw new Error(`conflict about ${rowKind}`);
  return {
    id: text(row, 'id'), pack: text(row, 'pack'), unit: text(row, 'unit'), rowKind, rowKey: text(row, 'row_key'), field: text(row, 'field'),
    base: cellsOrNull(row, 'base'), ours: cellsOrNull(row, 'ours'), theirs: cellsOrNull(row, 'theirs'), at: text(row, 'at'),
    state: oneOf(row, 'state', ['open', 'ours', 'theirs']), decidedBy: text(row, 'decided_by'), decidedAt: text(row, 'decided_at'), sha256: text(row, 'sha256'),
    seen: row['seen'] === null ? null : json(row, 'seen', isTextList),
  };
};

/** `open` only, or all with those decided; oldest first. */
export const listConflicts = (db: ReadableDb, which: 'open' | 'all' = 'open'): readonly Conflict[] =>
  db.all(`SELECT * FROM conflicts ${which === 'open' ? "WHERE state = 'open'" : ''} ORDER BY at, row_kind, row_key, field`).map(toConflict);

export const getConflict = (db: ReadableDb, id: string): Conflict | null => {
  const row = db.get('SELECT * FROM conflicts WHERE id = ?', id);
  return row === undefined ? null : toConflict(row);
};

const cellsText = (cells: PlainCells | null): string | null => (cells === null ? null : JSON.stringify(cells));

/** Adds a conflict, or opens it again with what the other side says now. */
export const putConflict = (tx: Tx, conflict: Omit<Conflict, 'at' | 'state' | 'decidedBy' | 'decidedAt'>): void =>
  tx.put('find-conflict', 'conflict', {
    id: conflict.id, pack: conflict.pack, unit: conflict.unit, row_kind: conflict.rowKind, row_key: conflict.rowKey, field: conflict.field,
    base: cellsText(conflict.base), ours: cellsText(conflict.ours), theirs: cellsText(conflict.theirs), at: tx.now, state: 'open', decided_by: '', decided_at: '', sha256: conflict.sha256,
    seen: conflict.seen === null ? null : JSON.stringify(conflict.seen),
  });

export const closeConflict = (tx: Tx, id: string, state: Exclude<ConflictState, 'open'>): boolean =>
  tx.update('decide-conflict', 'conflict', [id], { state, decided_by: tx.actor, decided_at: tx.now, ...(state === 'theirs' ? { sha256: '' } : {}) });
