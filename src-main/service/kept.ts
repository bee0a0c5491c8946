import type { ReadableDb } from '../archive/index.ts';
import { finish } from '../domain/steps.ts';
import type { Steps } from '../domain/steps.ts';
import { inTurns } from './turns.ts';

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
  readonly #running = new WeakMap<ReadableDb, Kept<Promise<T>>>();

  of(db: ReadableDb, today: string, make: () => T): T {
    const kept = this.#get(db, stateOn(db, today));
    if (kept !== undefined) return kept.value;
    const value = make();
    this.put(db, today, value);
    return value;
  }

  has(db: ReadableDb, today: string): boolean {
    return this.#get(db, stateOn(db, today)) !== undefined;
  }

  /** The same as steps of longer work; kept only where nothing changed while they were taken. */
  *steps(db: ReadableDb, today: string, make: () => Steps<T>): Steps<T> {
    const state = stateOn(db, today);
    const kept = this.#get(db, state);
    if (kept !== undefined) return kept.value;
    const value = yield* make();
    if (stateOn(db, today) === state) this.put(db, today, value);
    return value;
  }

  /** The same in turns with other work, once for all who wait for it; at once where the archive changed meanwhile: then what was begun is of two minds. Rejects once `signal` is aborted. */
  async ofInTurns(db: ReadableDb, today: string, make: () => Steps<T>, signal: AbortSignal): Promise<T> {
    const state = stateOn(db, today);
    const known = this.#running.get(db);
    const running = known?.state === state ? known : { state, value: inTurns(this.steps(db, today, make), signal) };
    this.#running.set(db, running);
    try {
      const value = await running.value;
      return stateOn(db, today) === state ? value : this.of(db, today, () => finish(make()));
    } finally {
      if (this.#running.get(db) === running) this.#running.delete(db);
    }
  }

  put(db: ReadableDb, today: string, value: T): void {
    this.#kept.set(db, { state: stateOn(db, today), value });
  }

  #get(db: ReadableDb, state: string): Kept<T> | undefined {
    const kept = this.#kept.get(db);
    return kept?.state === state ? kept : undefined;
  }
}
