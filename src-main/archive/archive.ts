import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { access, constants, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Catalog } from '../domain/catalog.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { backupConnection, checkBackup, keepDamaged, listBackups, needsBackup, replaceDatabase } from './backup.ts';
import type { BackupInfo, BackupReason } from './backup.ts';
import { Connection } from './database.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { probeJournal } from './file-system.ts';
import type { JournalKind, JournalProbe } from './file-system.ts';
import { backupsFolder, databasePath, derivedFolder, exportsFolder, objectsFolder, textDatabasePath } from './layout.ts';
import { inspectFolder, sizeOf } from './inspect-folder.ts';
import { acquireWriterLock, readHolder, usualLockTimes } from './lock.ts';
import type { LockTimes, WriterLock } from './lock.ts';
import { latestVersion, migrate } from './migrate.ts';
import { migrations as allMigrations } from './migrations/index.ts';
import type { Migration } from './migrations/index.ts';
import { removePartials, syncFolder } from './objects.ts';
import { writeCatalog } from './queries/catalog.ts';
import { attachTextStore, attachTextStoreForReading } from './text-store.ts';
import { transact } from './transaction.ts';
import { codeOf, describeTrouble } from './trouble.ts';
import type { ArchiveTrouble, Holder } from './trouble.ts';

/** An archive opened by its one writer. */
export interface WritableArchive {
  readonly readOnly: false;
  readonly folder: string;
  readonly db: WritableDb;
  readonly journal: JournalKind;
  /** Copies the database into `backups/` while it is in use; null where nothing changed since the newest one. */
  readonly backup: (reason: BackupReason) => Promise<Result<BackupInfo | null, ArchiveTrouble>>;
  /** Puts a backup in place of the present state, which is kept as a backup itself. This handle ends; the answer is the next one. */
  readonly restore: (name: string) => Promise<Result<WritableArchive, ArchiveTrouble>>;
  readonly close: () => void;
}

/** An archive opened for reading only. */
export interface ReadOnlyArchive {
  readonly readOnly: true;
  readonly folder: string;
  readonly db: ReadableDb;
  /** Why it is not open for writing. */
  readonly because: 'asked' | 'locked' | 'no-permission';
  /** Who writes to it; null where nobody says so. */
  readonly heldBy: Holder | null;
  readonly close: () => void;
}

export type Archive = WritableArchive | ReadOnlyArchive;

/** What stands in for the world in tests; the program leaves it out. */
export interface ArchiveSurroundings {
  readonly probe?: JournalProbe;
  readonly migrations?: readonly Migration[];
  readonly lockTimes?: LockTimes;
}

export interface OpenOptions extends ArchiveSurroundings {
  readonly readOnly?: boolean;
  /** Open for reading where another one writes or the folder cannot be written. */
  readonly allowReadOnlyFallback?: boolean;
}

const prepare = (db: Connection, journal: JournalKind): void => {
  db.pragma(`journal_mode = ${journal === 'wal' ? 'WAL' : 'DELETE'}`);
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
};

const makeFolders = async (folder: string): Promise<void> => {
  // Node's recursive mkdir never ends where the parent is there but takes no folder, as in /proc.
  if (await stat(dirname(folder)).then((parent) => parent.isDirectory(), () => false)) {
    await mkdir(folder).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
  for (const place of [folder, objectsFolder(folder), derivedFolder(folder), exportsFolder(folder), backupsFolder(folder)]) await mkdir(place, { recursive: true });
};

/** What a creation that was cut off leaves: our own folders without anything in them, and a database that never got its name. */
const isEmptyEnough = async (folder: string): Promise<boolean> => {
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.startsWith('archive.sqlite.new')) continue;
    if (!['objects', 'derived', 'exports', 'backups'].includes(name)) return false;
    if ((await readdir(join(folder, name))).length > 0) return false;
  }
  return true;
};

/**
 * Makes a new archive in a folder that does not exist or is empty, and opens it for writing. The database gets its name last:
 * a crash leaves a folder that is not yet an archive. Troubles: `folder-not-empty`, `no-permission`, `disk-full`…
 */
export const createArchive = async (
  folder: string,
  content: { readonly title: string; readonly catalog: Catalog; readonly actor?: string },
  surroundings: ArchiveSurroundings = {},
): Promise<Result<WritableArchive, ArchiveTrouble>> => {
  const place = resolve(folder);
  const fresh = `${databasePath(place)}.new`;
  try {
    const found = await stat(place).catch(() => null);
    if (found !== null && (!found.isDirectory() || !(await isEmptyEnough(place)))) return fail({ code: 'folder-not-empty', path: folder });
    await makeFolders(place);
    for (const tail of ['', '-journal', '-wal', '-shm']) await rm(fresh + tail, { force: true });
    const db = new Connection(fresh);
    try {
      prepare(db, 'rollback');
      migrate(db, surroundings.migrations ?? allMigrations);
      transact(
        db,
        content.actor ?? '',
        (tx) => {
          tx.insert('create-archive', 'application', {
            id: 1, archive_id: randomUUID(), title: content.title, applicant: content.catalog.region, fonds_code: '', fonds_name: '', note: '', created_at: tx.now,
          });
          writeCatalog(tx, content.catalog);
        },
        { label: 'create-archive', undoable: false },
      );
    } finally {
      db.close();
    }
    await rename(fresh, databasePath(place));
    await syncFolder(place);
  } catch (error) {
    for (const tail of ['', '-journal']) await rm(fresh + tail, { force: true }).catch(() => undefined);
    // The place takes no folder: it lies in a file, or in a file system that is not for files.
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return fail({ code: 'no-permission', path: folder });
    const trouble = describeTrouble(error, folder);
    if (trouble === null) throw error;
    return fail(trouble);
  }
  const opened = await openArchive(place, surroundings);
  if (!opened.ok) return opened;
  if (opened.value.readOnly) throw new Error('a new archive opened read-only');
  return ok(opened.value);
};

/**
 * Opens an archive folder, for writing unless asked otherwise. Troubles: `archive-not-found`, `archive-not-an-archive`,
 * `archive-newer` (nothing is touched), `archive-locked` (with who holds it), `archive-read-only`, `archive-damaged`,
 * `no-permission`, `disk-full`, `drive-gone`.
 *
 * `const opened = await openArchive(folder, { allowReadOnlyFallback: true }); if (opened.ok && !opened.value.readOnly) …`
 */
export const openArchive = async (folder: string, options: OpenOptions = {}): Promise<Result<Archive, ArchiveTrouble>> => {
  const place = resolve(folder);
  const steps = options.migrations ?? allMigrations;
  const version = await inspectFolder(place, latestVersion(steps));
  if (!version.ok) return version;
  try {
    if (options.readOnly === true) return await openForReading(place, version.value, steps, 'asked');
    const writable = await access(place, constants.W_OK).then(() => true, () => false);
    if (!writable) {
      if (options.allowReadOnlyFallback === true) return await openForReading(place, version.value, steps, 'no-permission');
      return fail({ code: 'no-permission', path: place });
    }
    const opened = await openForWriting(place, options);
    if (opened.ok || opened.error.code !== 'archive-locked' || options.allowReadOnlyFallback !== true) return opened;
    const reading = await openForReading(place, version.value, steps, 'locked', opened.error.heldBy);
    return reading;
  } catch (error) {
    const trouble = describeTrouble(error, place);
    if (trouble === null) throw error;
    return fail(trouble);
  }
};

/** `first` is done under the lock, before the database is opened. */
const openForWriting = async (folder: string, options: ArchiveSurroundings, first: () => Promise<void> = async () => undefined): Promise<Result<WritableArchive, ArchiveTrouble>> => {
  const journal = await (options.probe ?? probeJournal)(folder);
  const lock = await acquireWriterLock(folder, journal === 'wal', options.lockTimes ?? usualLockTimes);
  if (!lock.ok) return lock;
  try {
    await first();
    const opened = await openLocked(folder, options, journal, lock.value);
    if (!opened.ok) lock.value.release();
    return opened;
  } catch (error) {
    lock.value.release();
    throw error;
  }
};

const openLocked = async (folder: string, options: ArchiveSurroundings, journal: JournalKind, lock: WriterLock): Promise<Result<WritableArchive, ArchiveTrouble>> => {
  const steps = options.migrations ?? allMigrations;
  await makeFolders(folder);
  await removePartials(folder);
  const db = new Connection(databasePath(folder), { mustExist: true });
  try {
    prepare(db, journal);
    const version = Number(db.pragma('user_version'));
    if (version > latestVersion(steps)) {
      db.close();
      return fail({ code: 'archive-newer', path: folder, version, known: latestVersion(steps) });
    }
    if (version < latestVersion(steps)) {
      const saved = await backupConnection(folder, db, 'migration');
      if (!saved.ok) {
        db.close();
        return saved;
      }
      migrate(db, steps);
      // So that an older program sees the new version in the file itself, not only in its log.
      if (journal === 'wal') db.pragma('wal_checkpoint(TRUNCATE)');
    }
    db.get('SELECT 1 FROM application');
    attachTextStore(db, folder, journal);
    db.guardWrites(() => lock.assertHeld());
  } catch (error) {
    db.close();
    throw error;
  }
  return ok(writableArchive(folder, options, journal, lock, db));
};

const writableArchive = (folder: string, options: ArchiveSurroundings, journal: JournalKind, lock: WriterLock, db: Connection): WritableArchive => {
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    db.close();
    lock.release();
  };
  return {
    readOnly: false,
    folder,
    db,
    journal,
    close,
    backup: async (reason) => {
      lock.assertHeld();
      return (await needsBackup(folder, db)) ? backupConnection(folder, db, reason) : ok(null);
    },
    restore: async (name) => {
      lock.assertHeld();
      const source = await checkBackup(folder, name);
      if (!source.ok) return source;
      const kept = await backupConnection(folder, db, 'replaced');
      if (!kept.ok && kept.error.code !== 'archive-damaged') return kept;
      open = false;
      db.close();
      try {
        if (kept.ok) await overwriteDatabase(folder, source.value);
        else await replaceDamaged(folder, source.value);
        const next = await openLocked(folder, options, journal, lock);
        if (!next.ok) lock.release();
        return next;
      } catch (error) {
        lock.release();
        const trouble = describeTrouble(error, folder);
        if (trouble === null) throw error;
        return fail(trouble);
      }
    },
  };
};

/** Writes a backup over the database through SQLite: one transaction, so that a crash leaves the one state or the other. */
const overwriteDatabase = async (folder: string, backup: string): Promise<void> => {
  const source = new Connection(backup, { readOnly: true, mustExist: true });
  try {
    await source.copyTo(databasePath(folder), 0x7fffffff);
  } finally {
    source.close();
  }
};

const replaceDamaged = async (folder: string, backup: string): Promise<void> => {
  await keepDamaged(folder);
  await replaceDatabase(folder, backup);
};

/**
 * Puts a backup in place of a database that does not open any more, and opens the archive for writing. The damaged database is kept as
 * `backups/damaged-…`. An archive that does open is restored like every other. Troubles: those of opening, `backup-unknown`.
 */
export const restoreDamaged = async (folder: string, name: string, options: ArchiveSurroundings = {}): Promise<Result<WritableArchive, ArchiveTrouble>> => {
  const place = resolve(folder);
  const opened = await openArchive(place, options);
  if (opened.ok) return opened.value.readOnly ? fail({ code: 'no-permission', path: place }) : opened.value.restore(name);
  if (opened.error.code !== 'archive-damaged') return opened;
  try {
    const source = await checkBackup(place, name);
    if (!source.ok) return source;
    return await openForWriting(place, options, async () => replaceDamaged(place, source.value));
  } catch (error) {
    const trouble = describeTrouble(error, place);
    if (trouble === null) throw error;
    return fail(trouble);
  }
};

const openForReading = async (
  folder: string,
  version: number,
  steps: readonly Migration[],
  because: ReadOnlyArchive['because'],
  heldBy: Holder | null = null,
): Promise<Result<ReadOnlyArchive, ArchiveTrouble>> => {
  if (version < latestVersion(steps)) return fail({ code: 'archive-read-only', path: folder, detail: `schema ${version} has to be brought to ${latestVersion(steps)} by opening it for writing` });
  const copied = await copyWhereUnwritable(folder);
  const place = copied ?? folder;
  const db = new Connection(databasePath(place), { readOnly: true, mustExist: true });
  let removeTexts: (() => void) | null = null;
  try {
    db.get('SELECT 1 FROM application');
    removeTexts = attachTextStoreForReading(db, textDatabasePath(place));
  } catch (error) {
    db.close();
    if (copied !== null) await rm(copied, { recursive: true, force: true });
    throw error;
  }
  let open = true;
  return ok({
    readOnly: true,
    folder,
    db,
    because,
    heldBy: heldBy ?? readHolder(folder),
    close: () => {
      if (!open) return;
      open = false;
      db.close();
      removeTexts?.();
      if (copied !== null) rmSync(copied, { recursive: true, force: true });
    },
  });
};

/** SQLite cannot read a WAL database in a folder it may not write to; there a copy outside is read. Null where none is needed. */
const copyWhereUnwritable = async (folder: string): Promise<string | null> => {
  if (await access(folder, constants.W_OK).then(() => true, () => false)) return null;
  const copy = await mkdtemp(join(tmpdir(), 'chuangdang-reading-'));
  await mkdir(derivedFolder(copy), { recursive: true });
  for (const from of [databasePath(folder), textDatabasePath(folder)]) {
    for (const tail of ['', '-wal']) {
      if ((await sizeOf(from + tail)) > 0) await copyFile(from + tail, join(copy, from.slice(folder.length) + tail));
    }
  }
  return copy;
};

/** Copies the database into `backups/`; the ten newest are kept. Null where nothing changed since the newest one. */
export const backup = (archive: WritableArchive, reason: BackupReason): Promise<Result<BackupInfo | null, ArchiveTrouble>> => archive.backup(reason);

/** See `WritableArchive.restore`. */
export const restoreBackup = (archive: WritableArchive, name: string): Promise<Result<WritableArchive, ArchiveTrouble>> => archive.restore(name);

const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 600_000;

/**
 * Makes a backup now and then one a day for as long as the archive stays open; answers how to stop. A backup that failed is
 * told to `onTrouble` and tried again at the next look.
 */
export const keepBackups = (archive: WritableArchive, onTrouble: (trouble: ArchiveTrouble) => void): (() => void) => {
  let last = -Infinity;
  let running = false;
  let stopped = false;
  const look = async (reason: BackupReason): Promise<void> => {
    // Monotonic: a clock that is set back must not stop the backups.
    if (running || stopped || performance.now() - last < DAY_MS) return;
    running = true;
    try {
      const made = await archive.backup(reason);
      if (made.ok) last = performance.now();
      else onTrouble(made.error);
    } catch (error) {
      const trouble = describeTrouble(error, archive.folder);
      if (trouble !== null) onTrouble(trouble);
      else if (!stopped) throw error;
    } finally {
      running = false;
    }
  };
  void look('open');
  const timer = setInterval(() => void look('daily'), LOOK_EVERY_MS);
  timer.unref();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
};

export { listBackups };
