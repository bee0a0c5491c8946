import type { ReadableDb } from '../database.ts';
import { text } from '../rows.ts';
import type { Tx } from '../transaction.ts';

/** The stored JSON, or undefined where the setting was never made; the reader checks its shape. */
export const getSetting = (db: ReadableDb, name: string): unknown => {
  const row = db.get('SELECT body FROM settings WHERE name = ?', name);
  return row === undefined ? undefined : JSON.parse(text(row, 'body'));
};

/** Keeps any JSON value under a name. */
export const setSetting = (tx: Tx, name: string, value: unknown): void => tx.put('change-setting', 'setting', { name, body: JSON.stringify(value) });
