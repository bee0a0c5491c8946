import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { isSubjectKind, recordedTables } from './recorded-tables.ts';
import type { RecordedTable } from './recorded-tables.ts';
import { isPlainCells, json, number, text } from './rows.ts';
import type { PlainCell, PlainCells } from './rows.ts';
import { runChange } from './transaction.ts';
import type { Tx } from './transaction.ts';
import { codeOf } from './trouble.ts';

/** A change that was taken back or done again. */
export interface Undone {
  readonly changeId: number;
  /** The label of the change: what was undone. */
  readonly label: string;
  readonly events: number;
}

export type UndoTrouble =
  | { readonly code: 'nothing-to-undo' }
  /** What the change wrote was changed since in a way that cannot be taken apart; the change is left out of the stack. */
  | { readonly code: 'undo-conflict'; readonly label: string };

class Conflict extends Error {}

const isKey = (value: unknown): value is readonly PlainCell[] =>
  Array.isArray(value) && value.every((cell) => cell === null || typeof cell === 'string' || typeof cell === 'number');

const holds = (row: Readonly<Record<string, unknown>>, cells: PlainCells): boolean => Object.entries(cells).every(([column, cell]) => row[column] === cell);

/** Writes the opposite of every event of a change, newest first. */
const revertChange = (tx: Tx, verb: string, changeId: number): number => {
  const events = tx.all('SELECT subject_kind, subject, before, after FROM events WHERE change = ? ORDER BY seq DESC', changeId);
  for (const event of events) {
    const kind = text(event, 'subject_kind');
    if (!isSubjectKind(kind)) throw new Conflict();
    const shape: RecordedTable = recordedTables[kind];
    const key = json(event, 'subject', isKey);
    const before = event['before'] === null ? null : json(event, 'before', isPlainCells);
    const after = event['after'] === null ? null : json(event, 'after', isPlainCells);
    const current = tx.get(`SELECT * FROM ${shape.table} WHERE ${shape.key.map((column) => `${column} = ?`).join(' AND ')}`, ...key);
    // Evidence is never removed by an undo: its bytes are in the archive, so it goes where a person can find it.
    if (kind === 'evidence' && before === null) {
      if (current === undefined || current['trashed_at'] !== null) throw new Conflict();
      tx.update(verb, kind, key, { trashed_at: tx.now });
      continue;
    }
    if (after === null ? current !== undefined : current === undefined || !holds(current, after)) throw new Conflict();
    if (before === null) {
      tx.remove(verb, kind, key);
    } else if (after === null) {
      tx.insert(verb, kind, before);
    } else {
      tx.update(verb, kind, key, before);
    }
  }
  return events.length;
};

const revert = (db: WritableDb, actor: string, kind: 'undo' | 'redo', target: { id: number; label: string }, events: number): Result<Undone, UndoTrouble> => {
  try {
    const count = runChange(db, actor, kind, target.id, { label: target.label, undoable: false }, (tx) => {
      if (db.run('UPDATE changes SET state = ? WHERE id = ?', kind === 'undo' ? 'undone' : 'done', target.id) !== 1) throw new Error('change is gone');
      return revertChange(tx, kind, events);
    });
    return ok({ changeId: target.id, label: target.label, events: count });
  } catch (error) {
    if (!(error instanceof Conflict) && !codeOf(error).startsWith('SQLITE_CONSTRAINT')) throw error;
    db.run("UPDATE changes SET state = 'fixed' WHERE id = ?", target.id);
    return fail({ code: 'undo-conflict', label: target.label });
  }
};

/** A step that was made in parts: all of them bear this label and no other change does. */
const partsLabel = (label: string, number: number): string => `${label}（第${number}次导入）`;
const IN_PARTS = /（第\d+次导入）$/u;

/**
 * Makes one step for undo of changes that came in parts and could not be taken back one by one (an import enters its files as they are
 * ready). Nothing is done where a person changed something in between: that has to be taken back first, and would be passed over.
 */
export const joinAsStep = (db: WritableDb, changeIds: readonly number[], label: string, number: number): void => {
  const first = changeIds[0];
  if (first === undefined) return;
  const own = new Set(changeIds);
  if (db.all("SELECT id FROM changes WHERE id > ? AND (state = 'done' OR kind <> 'do')", first).some((row) => !own.has(Number(row['id'])))) return;
  db.atomically(() => {
    for (const id of changeIds) if (db.run("UPDATE changes SET state = 'done', label = ? WHERE id = ?", partsLabel(label, number), id) !== 1) throw new Error(`no change ${id}`);
  });
};

/** Goes on while the next change is a part of the same step. A part that cannot be reverted ends it: what was done before it stays done. */
const goOn = (done: Result<Undone, UndoTrouble>, nextOf: () => { readonly label: string } | null, step: () => Result<Undone, UndoTrouble>): Result<Undone, UndoTrouble> => {
  if (!done.ok || !IN_PARTS.test(done.value.label)) return done;
  let { events } = done.value;
  while (nextOf()?.label === done.value.label) {
    const part = step();
    if (!part.ok) break;
    events += part.value.events;
  }
  return ok({ ...done.value, events });
};

const nextUndo = (db: ReadableDb): { id: number; label: string } | null => {
  const row = db.get("SELECT id, label FROM changes WHERE state = 'done' ORDER BY id DESC LIMIT 1");
  return row === undefined ? null : { id: number(row, 'id'), label: text(row, 'label') };
};

const nextRedo = (db: ReadableDb): { id: number; label: string } | null => {
  const row = db.get("SELECT id, label FROM changes WHERE state = 'undone' ORDER BY id LIMIT 1");
  return row === undefined ? null : { id: number(row, 'id'), label: text(row, 'label') };
};

/** Labels of what `undoLast` and `redo` would act on; null where there is nothing. */
export const readUndoState = (db: ReadableDb): { readonly undo: string | null; readonly redo: string | null } => ({
  undo: nextUndo(db)?.label ?? null,
  redo: nextRedo(db)?.label ?? null,
});

const undoOne = (db: WritableDb, actor: string): Result<Undone, UndoTrouble> => {
  const target = nextUndo(db);
  return target === null ? fail({ code: 'nothing-to-undo' }) : revert(db, actor, 'undo', target, target.id);
};

/** Takes back the last change that can be, as a change of its own in the log; of a step in parts all of them. */
export const undoLast = (db: WritableDb, actor: string): Result<Undone, UndoTrouble> => goOn(undoOne(db, actor), () => nextUndo(db), () => undoOne(db, actor));

const redoOne = (db: WritableDb, actor: string): Result<Undone, UndoTrouble> => {
  const target = nextRedo(db);
  if (target === null) return fail({ code: 'nothing-to-undo' });
  // The undo is itself a change with events: to redo is to revert it.
  const undo = db.get("SELECT max(id) AS id FROM changes WHERE kind = 'undo' AND reverts = ?", target.id);
  return undo === undefined ? fail({ code: 'nothing-to-undo' }) : revert(db, actor, 'redo', target, number(undo, 'id'));
};

/** Does again what was undone last, as long as nothing else was changed since; of a step in parts all of them. */
export const redo = (db: WritableDb, actor: string): Result<Undone, UndoTrouble> => goOn(redoOne(db, actor), () => nextRedo(db), () => redoOne(db, actor));
