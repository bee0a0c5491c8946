import Sqlite from 'better-sqlite3';

export type Cell = string | number | bigint | Uint8Array | null;
/** One row as it lies in the database; read its cells through `rows.ts`. */
export type Row = Readonly<Record<string, unknown>>;

declare const writable: unique symbol;

/** What a query needs. A function that takes this one changes nothing. */
export interface ReadableDb {
  all(sql: string, ...cells: readonly Cell[]): readonly Row[];
  get(sql: string, ...cells: readonly Cell[]): Row | undefined;
  /** Rows one by one, for tables that are never held whole. */
  each(sql: string, ...cells: readonly Cell[]): IterableIterator<Row>;
}

/** An archive opened for writing. User data is changed through `transact`, derived data by `run`. */
export interface WritableDb extends ReadableDb {
  readonly [writable]: true;
  /** Returns how many rows changed. */
  run(sql: string, ...cells: readonly Cell[]): number;
  /** Runs `work` whole or not at all; throws `ArchiveFault` where the archive may no longer be written. */
  atomically<T>(work: () => T): T;
}

/** A connection with its prepared statements. Only `archive/` opens one. */
export class Connection implements WritableDb {
  declare readonly [writable]: true;
  readonly path: string;
  readonly #sqlite: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement<unknown[], Row>>();
  #mayWrite: () => void = () => undefined;

  constructor(path: string, options: { readonly readOnly?: boolean; readonly mustExist?: boolean; readonly waitMs?: number } = {}) {
    this.path = path;
    this.#sqlite = new Sqlite(path, { readonly: options.readOnly ?? false, fileMustExist: options.mustExist ?? false, timeout: options.waitMs ?? 5000 });
  }

  /** `check` runs before each transaction and throws where the lock was lost. */
  guardWrites(check: () => void): void {
    this.#mayWrite = check;
  }

  all(sql: string, ...cells: readonly Cell[]): readonly Row[] {
    return this.#prepare(sql).all(...cells);
  }

  get(sql: string, ...cells: readonly Cell[]): Row | undefined {
    return this.#prepare(sql).get(...cells);
  }

  each(sql: string, ...cells: readonly Cell[]): IterableIterator<Row> {
    // Its own statement: a cached one would be busy while the caller asks the same again.
    return this.#sqlite.prepare<unknown[], Row>(sql).iterate(...cells);
  }

  run(sql: string, ...cells: readonly Cell[]): number {
    return this.#prepare(sql).run(...cells).changes;
  }

  atomically<T>(work: () => T): T {
    this.#mayWrite();
    return this.#sqlite.transaction(work).immediate();
  }

  /** Several statements at once, for migrations and settings of the connection. */
  script(sql: string): void {
    this.#sqlite.exec(sql);
  }

  /** First cell of the first row that the pragma answers. */
  pragma(text: string): unknown {
    return this.#sqlite.pragma(text, { simple: true });
  }

  /** SQLite's online backup of the main database; the event loop runs between steps of `pagesPerStep`. */
  async copyTo(path: string, pagesPerStep: number): Promise<void> {
    await this.#sqlite.backup(path, { progress: () => pagesPerStep });
  }

  close(): void {
    this.#statements.clear();
    this.#sqlite.close();
  }

  #prepare(sql: string): Sqlite.Statement<unknown[], Row> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#sqlite.prepare<unknown[], Row>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
