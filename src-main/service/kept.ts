import type { ReadableDb } from '../archive/index.ts';

/** Tells a database from itself after any change: by this connection, or (read-only) by another. */
const stateOf = (db: ReadableDb): string => JSON.stringify([db.get('SELECT total_changes() AS changes'), db.get('PRAGMA data_version')]);

const stateOn = (db: ReadableDb, today: string): string => `${today} ${stateOf(db)}`;

interface Kept<T> {
  readonly state: string;
  readonly value: T;
}

/** Remembers what was made of an archive until anything in it changes, or the day: every page of the window asks for the same. */
export class KeptUntilChange<T> {
  readonly #kept = new WeakMap<ReadableDb, Kept<T>>();

  of(db: ReadableDb, today: string, make: () => T): T {
    const kept = this.#kept.get(db);
    if (kept !== undefined && kept.state === stateOn(db, today)) return kept.value;
    const value = make();
    this.put(db, today, value);
    return value;
  }

  put(db: ReadableDb, today: string, value: T): void {
    this.#kept.set(db, { state: stateOn(db, today), value });
  }
}
