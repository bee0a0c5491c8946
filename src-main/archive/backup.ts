import { randomBytes } from 'node:crypto';
import { copyFile, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { Connection } from './database.ts';
import { APPLICATION_ID, PARTIAL_PREFIX, backupsFolder, databasePath } from './layout.ts';
import { syncFolder } from './objects.ts';
import { lastEventSeq } from './queries/events.ts';
import { describeTrouble } from './trouble.ts';
import type { ArchiveTrouble } from './trouble.ts';

/** `replaced`: the state that a restore put aside. */
export type BackupReason = 'open' | 'migration' | 'daily' | 'asked' | 'replaced';

export interface BackupInfo {
  readonly name: string;
  /** Running number: the order of making, whatever the clock said. */
  readonly number: number;
  /** By the clock of the machine that made it, ISO 8601 in UTC. */
  readonly at: string;
  readonly bytes: number;
  readonly reason: BackupReason;
  /** Last entry of the events log that it holds. */
  readonly lastEvent: number;
}

/** How many are kept; states that a restore put aside are counted by themselves. */
export const KEPT_BACKUPS = 10;
const KEPT_REPLACED = 5;

const PAGES_PER_STEP = 500;
const namePattern = /^(\d{6})-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-(open|migration|daily|asked|replaced)-e(\d+)\.sqlite$/;
const reasons: readonly BackupReason[] = ['open', 'migration', 'daily', 'asked', 'replaced'];

const parseName = (name: string, bytes: number): BackupInfo | null => {
  const parts = namePattern.exec(name);
  const reason = reasons.find((word) => word === parts?.[8]);
  if (parts === null || reason === undefined) return null;
  const [, no, year, month, day, hour, minute, second] = parts;
  return { name, number: Number(no), at: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`, bytes, reason, lastEvent: Number(parts[9]) };
};

/** Newest first. */
export const listBackups = async (archive: { readonly folder: string }): Promise<readonly BackupInfo[]> => {
  const folder = backupsFolder(archive.folder);
  const found: BackupInfo[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const info = namePattern.test(name) ? parseName(name, (await stat(join(folder, name))).size) : null;
    if (info !== null) found.push(info);
  }
  return found.sort((a, b) => b.number - a.number);
};

const checkCopy = (path: string): string | null => {
  const copy = new Connection(path, { mustExist: true });
  try {
    // A copy of a WAL database asks for a WAL of its own; a backup is one file.
    copy.pragma('journal_mode = DELETE');
    if (copy.pragma('application_id') !== APPLICATION_ID) return 'application_id';
    const verdict = copy.pragma('quick_check(1)');
    return verdict === 'ok' ? null : String(verdict);
  } finally {
    copy.close();
  }
};

const syncFile = async (path: string): Promise<void> => {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const prune = async (archive: { readonly folder: string }): Promise<void> => {
  const all = await listBackups(archive);
  const doomed = [...all.filter((one) => one.reason !== 'replaced').slice(KEPT_BACKUPS), ...all.filter((one) => one.reason === 'replaced').slice(KEPT_REPLACED)];
  for (const one of doomed) await rm(join(backupsFolder(archive.folder), one.name), { force: true });
};

/** Copies the database while it is in use, checks the copy, and only then gives it its name. */
export const backupConnection = async (folder: string, db: Connection, reason: BackupReason): Promise<Result<BackupInfo, ArchiveTrouble>> => {
  const partial = join(backupsFolder(folder), `${PARTIAL_PREFIX}${process.pid}-${randomBytes(6).toString('hex')}.sqlite`);
  try {
    const seq = lastEventSeq(db);
    await db.copyTo(partial, PAGES_PER_STEP);
    const wrong = checkCopy(partial);
    if (wrong !== null) return fail({ code: 'archive-damaged', path: databasePath(folder), detail: wrong });
    await syncFile(partial);
    const number = ((await listBackups({ folder }))[0]?.number ?? 0) + 1;
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
    const name = `${String(number).padStart(6, '0')}-${stamp}Z-${reason}-e${seq}.sqlite`;
    await rename(partial, join(backupsFolder(folder), name));
    await syncFolder(backupsFolder(folder));
    await prune({ folder });
    const info = parseName(name, (await stat(join(backupsFolder(folder), name))).size);
    if (info === null) throw new Error(`backup got a name that cannot be read: ${name}`);
    return ok(info);
  } catch (error) {
    const trouble = describeTrouble(error, folder);
    if (trouble === null) throw error;
    return fail(trouble);
  } finally {
    for (const tail of ['', '-journal', '-wal', '-shm']) await rm(partial + tail, { force: true });
  }
};

/** Whether something changed since the newest backup. */
export const needsBackup = async (folder: string, db: Connection): Promise<boolean> => {
  const newest = (await listBackups({ folder }))[0];
  return newest === undefined || newest.reason === 'replaced' || newest.lastEvent !== lastEventSeq(db);
};

/** The backup's file when it is one of ours and whole. */
export const checkBackup = async (folder: string, name: string): Promise<Result<string, ArchiveTrouble>> => {
  const path = join(backupsFolder(folder), name);
  if (!namePattern.test(name) || !(await stat(path).then((found) => found.isFile(), () => false))) return fail({ code: 'backup-unknown', path: name });
  try {
    const wrong = checkCopy(path);
    return wrong === null ? ok(path) : fail({ code: 'archive-damaged', path, detail: wrong });
  } catch (error) {
    const trouble = describeTrouble(error, path);
    if (trouble === null) throw error;
    return fail(trouble);
  }
};

/**
 * Copies a damaged database, with what its log holds, as it lies there to `backups/damaged-…`: nothing can be read from it as a whole, yet
 * someone may want to look. Answers the copy's name.
 */
export const keepDamaged = async (folder: string): Promise<string> => {
  const name = `damaged-${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z-${randomBytes(3).toString('hex')}.sqlite`;
  const copy = join(backupsFolder(folder), name);
  for (const tail of ['', '-wal']) {
    if (!(await stat(databasePath(folder) + tail).then((found) => found.size > 0, () => false))) continue;
    await copyFile(databasePath(folder) + tail, copy + tail);
    await syncFile(copy + tail);
  }
  return name;
};

/** Puts a checked backup in a damaged database's place by name, since SQLite will not write into what it cannot read. */
export const replaceDatabase = async (folder: string, backup: string): Promise<void> => {
  const partial = join(backupsFolder(folder), `${PARTIAL_PREFIX}${process.pid}-${randomBytes(6).toString('hex')}.sqlite`);
  try {
    await copyFile(backup, partial);
    await syncFile(partial);
    for (const tail of ['-wal', '-shm', '-journal']) await rm(databasePath(folder) + tail, { force: true });
    await rename(partial, databasePath(folder));
    await syncFolder(folder);
  } finally {
    await rm(partial, { force: true });
  }
};
