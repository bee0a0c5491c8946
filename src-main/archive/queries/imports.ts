import type { ReadableDb, WritableDb } from '../database.ts';
import { isRecord, json, number, text } from '../rows.ts';

/** A file that was not taken in, and why (an error code). */
export interface RejectedFile {
  readonly file: string;
  readonly error: string;
}

export interface ImportBatch {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  /** The folder or the files as they were handed in. */
  readonly source: string;
  readonly imported: number;
  readonly duplicates: number;
  readonly rejected: readonly RejectedFile[];
}

const isRejected = (value: unknown): value is readonly RejectedFile[] =>
  Array.isArray(value) && value.every((item) => isRecord(item) && typeof item['file'] === 'string' && typeof item['error'] === 'string');

/** Begins a batch and answers its number for `addEvidence`. Bookkeeping only: the items themselves are what is logged. */
export const beginImportBatch = (db: WritableDb, actor: string, source: string): number =>
  db.atomically(() => {
    const changed = db.run("INSERT INTO import_batches (at, actor, source, imported, duplicates, rejected) VALUES (?, ?, ?, 0, 0, '[]')", new Date().toISOString(), actor, source);
    if (changed !== 1) throw new Error('import batch was not written');
    const row = db.get('SELECT max(id) AS id FROM import_batches');
    if (row === undefined) throw new Error('import batch is gone');
    return number(row, 'id');
  });

/** Writes down how a batch went. */
export const endImportBatch = (db: WritableDb, id: number, result: Pick<ImportBatch, 'imported' | 'duplicates' | 'rejected'>): void =>
  db.atomically(() => {
    const changed = db.run('UPDATE import_batches SET imported = ?, duplicates = ?, rejected = ? WHERE id = ?', result.imported, result.duplicates, JSON.stringify(result.rejected), id);
    if (changed !== 1) throw new Error(`no import batch ${id}`);
  });

export const listImportBatches = (db: ReadableDb): readonly ImportBatch[] =>
  db.all('SELECT * FROM import_batches ORDER BY id').map((row) => ({
    id: number(row, 'id'),
    at: text(row, 'at'),
    actor: text(row, 'actor'),
    source: text(row, 'source'),
    imported: number(row, 'imported'),
    duplicates: number(row, 'duplicates'),
    rejected: json(row, 'rejected', isRejected),
  }));
