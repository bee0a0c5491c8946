import { createHash } from 'node:crypto';
import type { Cell, ReadableDb, Row, WritableDb } from './database.ts';
import { recordedTables } from './recorded-tables.ts';
import type { RecordedTable, SubjectKind } from './recorded-tables.ts';
import type { PlainCell, PlainCells } from './rows.ts';
import { number, text } from './rows.ts';
import { ArchiveFault, describeTrouble } from './trouble.ts';

/** `undoable: false` for what cannot be taken back by rows alone (an emptied 回收站, an export), and for a part of a step that `joinAsStep` makes whole. */
export interface TransactOptions {
  /** What the change was, for the words 撤销…; the first event's verb where left out. */
  readonly label?: string;
  readonly undoable?: boolean;
}

/** A running transaction: reads as a database does, and writes rows together with their events. */
export interface Tx extends ReadableDb {
  readonly actor: string;
  /** One time for the whole change, ISO 8601 in UTC. */
  readonly now: string;
  readonly changeId: number;
  /** Adds a row that must not exist. Cells of all columns are given. */
  insert(verb: string, kind: SubjectKind, row: PlainCells): void;
  /** Changes the named columns of one row that must exist; false (and no event) where all were equal. */
  update(verb: string, kind: SubjectKind, key: readonly PlainCell[], cells: PlainCells): boolean;
  /** Adds the row or changes it. */
  put(verb: string, kind: SubjectKind, row: PlainCells): void;
  /** Removes one row; false where there was none. */
  remove(verb: string, kind: SubjectKind, key: readonly PlainCell[]): boolean;
}

/** Hash of the entry before the first. */
export const GENESIS = '0'.repeat(64);

export interface EventBody {
  readonly seq: number;
  readonly change: number;
  readonly at: string;
  readonly actor: string;
  readonly verb: string;
  readonly subjectKind: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** SHA-256 over the entry before and every field of this one. */
export const hashEvent = (previous: string, event: EventBody): string =>
  createHash('sha256')
    .update(
      JSON.stringify([previous, event.seq, event.change, event.at, event.actor, event.verb, event.subjectKind, event.subject, event.before, event.after]),
    )
    .digest('hex');

const assertOne = (changes: number, what: string): void => {
  if (changes !== 1) throw new Error(`${what}: ${changes} rows changed where exactly one must`);
};

const plain = (row: Row, column: string): PlainCell => {
  const cell = row[column];
  if (cell === null || typeof cell === 'string' || typeof cell === 'number') return cell;
  throw new Error(`column ${column} is not recorded as text or number`);
};

const pick = (row: Row, columns: readonly string[]): PlainCells => Object.fromEntries(columns.map((column) => [column, plain(row, column)]));

class Transaction implements Tx {
  readonly actor: string;
  readonly now: string;
  readonly changeId: number;
  firstVerb = '';
  events = 0;
  readonly #db: WritableDb;
  #seq: number;
  #hash: string;

  constructor(db: WritableDb, actor: string, now: string, changeId: number) {
    this.#db = db;
    this.actor = actor;
    this.now = now;
    this.changeId = changeId;
    const last = db.get('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1');
    this.#seq = last === undefined ? 0 : number(last, 'seq');
    this.#hash = last === undefined ? GENESIS : text(last, 'hash');
  }

  all(sql: string, ...cells: readonly Cell[]): readonly Row[] {
    return this.#db.all(sql, ...cells);
  }

  get(sql: string, ...cells: readonly Cell[]): Row | undefined {
    return this.#db.get(sql, ...cells);
  }

  each(sql: string, ...cells: readonly Cell[]): IterableIterator<Row> {
    return this.#db.each(sql, ...cells);
  }

  insert(verb: string, kind: SubjectKind, row: PlainCells): void {
    const shape: RecordedTable = recordedTables[kind];
    const columns = [...shape.key, ...shape.columns];
    const cells = columns.map((column) => this.#cell(row, column));
    if (Object.keys(row).length !== columns.length) throw new Error(`${kind}: a cell was given that the table has not`);
    const marks = columns.map(() => '?').join(', ');
    assertOne(this.#db.run(`INSERT INTO ${shape.table} (${columns.join(', ')}) VALUES (${marks})`, ...cells), `insert ${kind}`);
    this.#record(verb, kind, shape.key.map((column) => this.#cell(row, column)), null, pick(row, columns));
  }

  update(verb: string, kind: SubjectKind, key: readonly PlainCell[], cells: PlainCells): boolean {
    const shape: RecordedTable = recordedTables[kind];
    const current = this.#find(shape, key);
    if (current === undefined) throw new Error(`update ${kind}: no row ${JSON.stringify(key)}`);
    const wanted = Object.keys(cells);
    const strange = wanted.find((column) => !shape.columns.includes(column));
    if (strange !== undefined) throw new Error(`${kind} has no column ${strange}`);
    const changed = wanted.filter((column) => plain(current, column) !== this.#cell(cells, column));
    if (changed.length === 0) return false;
    const set = changed.map((column) => `${column} = ?`).join(', ');
    const where = shape.key.map((column) => `${column} = ?`).join(' AND ');
    const values = changed.map((column) => this.#cell(cells, column));
    assertOne(this.#db.run(`UPDATE ${shape.table} SET ${set} WHERE ${where}`, ...values, ...key), `update ${kind}`);
    this.#record(verb, kind, key, pick(current, changed), pick(cells, changed));
    return true;
  }

  put(verb: string, kind: SubjectKind, row: PlainCells): void {
    const shape: RecordedTable = recordedTables[kind];
    const key = shape.key.map((column) => this.#cell(row, column));
    if (this.#find(shape, key) === undefined) this.insert(verb, kind, row);
    else this.update(verb, kind, key, pick(row, shape.columns));
  }

  remove(verb: string, kind: SubjectKind, key: readonly PlainCell[]): boolean {
    const shape: RecordedTable = recordedTables[kind];
    const current = this.#find(shape, key);
    if (current === undefined) return false;
    const where = shape.key.map((column) => `${column} = ?`).join(' AND ');
    assertOne(this.#db.run(`DELETE FROM ${shape.table} WHERE ${where}`, ...key), `remove ${kind}`);
    this.#record(verb, kind, key, pick(current, [...shape.key, ...shape.columns]), null);
    return true;
  }

  #find(shape: RecordedTable, key: readonly PlainCell[]): Row | undefined {
    if (key.length !== shape.key.length) throw new Error(`${shape.table}: the key has ${shape.key.length} parts`);
    return this.#db.get(`SELECT * FROM ${shape.table} WHERE ${shape.key.map((column) => `${column} = ?`).join(' AND ')}`, ...key);
  }

  #cell(row: PlainCells, column: string): PlainCell {
    const cell = row[column];
    if (cell === undefined) throw new Error(`no cell for column ${column}`);
    return cell;
  }

  #record(verb: string, kind: SubjectKind, key: readonly PlainCell[], before: PlainCells | null, after: PlainCells | null): void {
    const body: EventBody = {
      seq: this.#seq + 1,
      change: this.changeId,
      at: this.now,
      actor: this.actor,
      verb,
      subjectKind: kind,
      subject: JSON.stringify(key),
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
    };
    const hash = hashEvent(this.#hash, body);
    assertOne(
      this.#db.run(
        'INSERT INTO events (seq, change, at, actor, verb, subject_kind, subject, before, after, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        body.seq, body.change, body.at, body.actor, body.verb, body.subjectKind, body.subject, body.before, body.after, this.#hash, hash,
      ),
      'append event',
    );
    this.#seq = body.seq;
    this.#hash = hash;
    this.events += 1;
    if (this.firstVerb === '') this.firstVerb = verb;
  }
}

/** What a change is to the undo stack: done by a person, or the reverse of another change. */
export type ChangeKind = 'do' | 'undo' | 'redo';

/** Runs a change of the given kind; for `transact` and undo only. */
export const runChange = <T>(
  db: WritableDb,
  actor: string,
  kind: ChangeKind,
  reverts: number | null,
  options: TransactOptions,
  work: (tx: Tx) => T,
): T => {
  try {
    return db.atomically(() => {
      const last = db.get('SELECT max(id) AS id FROM changes');
      const id = (last === undefined ? 0 : Number(last['id'] ?? 0)) + 1;
      assertOne(db.run("INSERT INTO changes (id, kind, reverts, label, state) VALUES (?, ?, ?, '', 'fixed')", id, kind, reverts), 'begin change');
      const tx = new Transaction(db, actor, new Date().toISOString(), id);
      const value = work(tx);
      if (tx.events === 0) {
        assertOne(db.run('DELETE FROM changes WHERE id = ?', id), 'drop empty change');
        return value;
      }
      const undoable = kind === 'do' && (options.undoable ?? true);
      // A new change ends what could be redone.
      if (kind === 'do') db.run("UPDATE changes SET state = 'fixed' WHERE state = 'undone'");
      assertOne(
        db.run('UPDATE changes SET label = ?, state = ? WHERE id = ?', options.label ?? tx.firstVerb, undoable ? 'done' : 'fixed', id),
        'end change',
      );
      return value;
    });
  } catch (error) {
    const trouble = describeTrouble(error, 'archive.sqlite');
    if (trouble === null || error instanceof ArchiveFault) throw error;
    throw new ArchiveFault(trouble, { cause: error });
  }
};

/**
 * Runs `work` whole or not at all; every row it writes leaves an event in the same transaction, and the change can be undone
 * as one. `work` is synchronous: files first, then rows. Throws `ArchiveFault` (`disk-full`, `archive-locked`, `drive-gone`…).
 *
 * `transact(archive.db, '王敏', (tx) => { setValue(tx, value); linkEvidence(tx, link); })`
 */
export const transact = <T>(db: WritableDb, actor: string, work: (tx: Tx) => T, options: TransactOptions = {}): T =>
  runChange(db, actor, 'do', null, options, work);
