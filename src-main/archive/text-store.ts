import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from './database.ts';
import type { JournalKind } from './file-system.ts';
import { TEXT_APPLICATION_ID, textDatabasePath } from './layout.ts';

/** Shape of `derived/text.sqlite`; another one is thrown away and built again, for all in it comes from objects. */
const TEXT_VERSION = 41;

const SCHEMA = `
CREATE TABLE page_texts (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, page INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (sha256, page)) STRICT;
CREATE TABLE page_positions (page_id INTEGER PRIMARY KEY REFERENCES page_texts (id) ON DELETE CASCADE, body BLOB NOT NULL) STRICT;
CREATE TABLE text_states (sha256 TEXT PRIMARY KEY, state TEXT NOT NULL, source TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE page_looks (
  sha256 TEXT NOT NULL, page INTEGER NOT NULL, blank INTEGER NOT NULL, turn INTEGER NOT NULL, print BLOB NOT NULL, sharpness REAL NOT NULL, dpi INTEGER,
  likeness TEXT NOT NULL, reading TEXT NOT NULL, confidence REAL NOT NULL, PRIMARY KEY (sha256, page)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_looks_by_likeness ON page_looks (likeness);
CREATE VIRTUAL TABLE page_index USING fts5 (pairs, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '._'");
`;

const buildTextStore = (path: string, journal: JournalKind): void => {
  for (const tail of ['', '-wal', '-shm', '-journal']) rmSync(path + tail, { force: true });
  const db = new Connection(path);
  try {
    db.pragma(`journal_mode = ${journal === 'wal' ? 'WAL' : 'DELETE'}`);
    db.atomically(() => {
      db.script(SCHEMA);
      db.pragma(`application_id = ${TEXT_APPLICATION_ID}`);
      db.pragma(`user_version = ${TEXT_VERSION}`);
    });
  } finally {
    db.close();
  }
};

/** Whether the file can be used as it is. A damaged one cannot be told from a strange one, and need not be. */
const isUsable = (path: string): boolean => {
  if (!existsSync(path)) return false;
  try {
    const db = new Connection(path, { mustExist: true });
    try {
      return db.pragma('application_id') === TEXT_APPLICATION_ID && db.pragma('user_version') === TEXT_VERSION && db.get('SELECT count(*) AS n FROM sqlite_schema') !== undefined;
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
};

/** Attaches the text store as `texts`, building it anew where it is missing or cannot be used. */
export const attachTextStore = (db: Connection, folder: string, journal: JournalKind): void => {
  const path = textDatabasePath(folder);
  if (!isUsable(path)) buildTextStore(path, journal);
  db.run('ATTACH ? AS texts', path);
  db.pragma(`texts.journal_mode = ${journal === 'wal' ? 'WAL' : 'DELETE'}`);
  // Page texts can be read from the objects again: a lost last second costs work, nothing else.
  db.pragma('texts.synchronous = NORMAL');
};

/**
 * Attaches the text store for reading; where there is none that can be used, an empty one outside the archive, which must not
 * change. Answers how to remove that again.
 */
export const attachTextStoreForReading = (db: Connection, path: string): (() => void) => {
  try {
    if (existsSync(path)) {
      db.run('ATTACH ? AS texts', path);
      if (Number(db.pragma('texts.user_version')) === TEXT_VERSION) return () => undefined;
      db.run('DETACH texts');
    }
  } catch {
    // Damaged or unreadable: what can be rebuilt must not keep the archive from opening.
  }
  const folder = mkdtempSync(join(tmpdir(), 'chuangdang-text-'));
  const empty = join(folder, 'text.sqlite');
  buildTextStore(empty, 'rollback');
  db.run('ATTACH ? AS texts', empty);
  return () => rmSync(folder, { recursive: true, force: true });
};
