import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { sha256 as asSha256 } from '../../domain/ids.ts';
import type { Sha256 } from '../../domain/ids.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { bytes, number, oneOf, text } from '../rows.ts';
import { normalizeForSearch, toBigrams } from '../search-text.ts';

/** Text of one page. It belongs to the bytes, not to the item: a file put back brings its text along. */
export interface PageText {
  /** From 1. */
  readonly page: number;
  readonly text: string;
  /** Where the words stand, JSON whose meaning is intake's; left out where not known. */
  readonly positions?: unknown;
}

/** How reading the text of a file went; `none`: the file has no text and OCR was not run. */
export type TextState = 'done' | 'none' | 'failed';

export interface TextReading {
  readonly state: TextState;
  /** `pdf`, `ocr`, `docx`… */
  readonly source: string;
  readonly note: string;
}

/**
 * Keeps the text of all pages of an object and makes it searchable, replacing what was there. Derived data: no event is
 * written, and it lies outside the backups. About half a millisecond for a full page.
 */
export const putPageTexts = (db: WritableDb, sha: Sha256, pages: readonly PageText[], reading: TextReading): void =>
  db.atomically(() => {
    dropPageTexts(db, sha);
    for (const page of pages) insertPageText(db, sha, page);
    putTextState(db, sha, reading);
  });

/** Puts the text of one page in the place of what was there, and makes it searchable. */
export const putPageText = (db: WritableDb, sha: Sha256, page: PageText, reading: TextReading): void =>
  db.atomically(() => {
    const row = db.get('SELECT id FROM texts.page_texts WHERE sha256 = ? AND page = ?', sha, page.page);
    if (row !== undefined) dropPageText(db, number(row, 'id'));
    insertPageText(db, sha, page);
    putTextState(db, sha, reading);
  });

const insertPageText = (db: WritableDb, sha: Sha256, page: PageText): void => {
  if (db.run('INSERT INTO texts.page_texts (sha256, page, body) VALUES (?, ?, ?)', sha, page.page, page.text) !== 1) throw new Error('page text was not written');
  const row = db.get('SELECT id FROM texts.page_texts WHERE sha256 = ? AND page = ?', sha, page.page);
  if (row === undefined) throw new Error('page text is gone');
  const id = number(row, 'id');
  db.run('INSERT INTO texts.page_index (rowid, pairs) VALUES (?, ?)', id, toBigrams(normalizeForSearch(page.text)));
  if (page.positions !== undefined) {
    const packed = deflateRawSync(JSON.stringify(page.positions));
    if (db.run('INSERT INTO texts.page_positions (page_id, body) VALUES (?, ?)', id, packed) !== 1) throw new Error('positions were not written');
  }
};

const putTextState = (db: WritableDb, sha: Sha256, reading: TextReading): void => {
  const changed = db.run(
    'INSERT OR REPLACE INTO texts.text_states (sha256, state, source, note, at) VALUES (?, ?, ?, ?, ?)',
    sha, reading.state, reading.source, reading.note, new Date().toISOString(),
  );
  if (changed !== 1) throw new Error('text state was not written');
};

const dropPageText = (db: WritableDb, id: number): void => {
  db.run('DELETE FROM texts.page_index WHERE rowid = ?', id);
  db.run('DELETE FROM texts.page_positions WHERE page_id = ?', id);
  db.run('DELETE FROM texts.page_texts WHERE id = ?', id);
};

const dropPageTexts = (db: WritableDb, sha: Sha256): void => {
  for (const row of db.all('SELECT id FROM texts.page_texts WHERE sha256 = ?', sha)) dropPageText(db, number(row, 'id'));
  db.run('DELETE FROM texts.text_states WHERE sha256 = ?', sha);
};

/** Forgets text and looks of an object that left the archive. */
export const removePageTexts = (db: WritableDb, sha: Sha256): void =>
  db.atomically(() => {
    dropPageTexts(db, sha);
    db.run('DELETE FROM texts.page_looks WHERE sha256 = ?', sha);
  });

/** Texts of an object's pages in order, without positions. */
export const listPageTexts = (db: ReadableDb, sha: Sha256): readonly PageText[] =>
  db.all('SELECT page, body FROM texts.page_texts WHERE sha256 = ? ORDER BY page', sha).map((row) => ({ page: number(row, 'page'), text: text(row, 'body') }));

/** One page with its positions; null where it was never read. */
export const getPageText = (db: ReadableDb, sha: Sha256, page: number): PageText | null => {
  const row = db.get('SELECT t.page, t.body, p.body AS positions FROM texts.page_texts t LEFT JOIN texts.page_positions p ON p.page_id = t.id WHERE t.sha256 = ? AND t.page = ?', sha, page);
  if (row === undefined) return null;
  const plain = { page: number(row, 'page'), text: text(row, 'body') };
  if (row['positions'] === null) return plain;
  const positions: unknown = JSON.parse(inflateRawSync(bytes(row, 'positions')).toString('utf8'));
  return { ...plain, positions };
};

/** Null where the text of the object was not read yet. */
export const getTextState = (db: ReadableDb, sha: Sha256): TextReading | null => {
  const row = db.get('SELECT state, source, note FROM texts.text_states WHERE sha256 = ?', sha);
  return row === undefined ? null : { state: oneOf(row, 'state', ['done', 'none', 'failed']), source: text(row, 'source'), note: text(row, 'note') };
};

/** Objects of items whose text was not read yet, in the order of import: what the reader has to do. */
export const listUnreadObjects = (db: ReadableDb, limit: number): readonly Sha256[] =>
  db
    .all(
      'SELECT DISTINCT e.sha256 FROM evidence e WHERE e.trashed_at IS NULL AND NOT EXISTS (SELECT 1 FROM texts.text_states s WHERE s.sha256 = e.sha256) ORDER BY e.rowid LIMIT ?',
      limit,
    )
    .map((row) => asSha256(text(row, 'sha256')));
