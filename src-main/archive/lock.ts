import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { Connection } from './database.ts';
import { PARTIAL_PREFIX, writerLockPath, writerNotePath } from './layout.ts';
import { isRecord } from './rows.ts';
import { ArchiveFault, codeOf } from './trouble.ts';
import type { ArchiveTrouble, Holder } from './trouble.ts';

/** How often a writer says that it lives, and after how long a silent one of another machine counts as gone; milliseconds. */
export interface LockTimes {
  readonly beatMs: number;
  readonly expireMs: number;
}
export const usualLockTimes: LockTimes = { beatMs: 15_000, expireMs: 90_000 };

export interface WriterLock {
  readonly holder: Holder;
  /** Throws `ArchiveFault` where another writer took over (this machine slept too long). */
  assertHeld(): void;
  release(): void;
}

interface Note extends Holder {
  readonly machine: string;
  /** Kernel's start time of the process, so that a number used again is not taken for it; empty where unknown. */
  readonly started: string;
  readonly token: string;
  readonly beat: number;
}

const unknownHolder: Holder = { host: '', user: '', pid: 0, since: '' };

const readWords = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
};

const machineName = (): string => `${hostname()} ${readWords('/etc/machine-id')}`.trim();

const startOf = (pid: number): string => readWords(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[19] ?? '';

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
};

const readNote = (path: string): Note | null => {
  try {
    const note: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isRecord(note)) return null;
    const { host, user, pid, since, machine, started, token, beat } = note;
    if (typeof host !== 'string' || typeof user !== 'string' || typeof pid !== 'number' || typeof since !== 'string') return null;
    if (typeof machine !== 'string' || typeof started !== 'string' || typeof token !== 'string' || typeof beat !== 'number') return null;
    return { host, user, pid, since, machine, started, token, beat };
  } catch {
    return null;
  }
};

const writeNote = (folder: string, note: Note): void => {
  const partial = `${writerNotePath(folder)}.${PARTIAL_PREFIX}${note.token}`;
  writeFileSync(partial, JSON.stringify(note));
  renameSync(partial, writerNotePath(folder));
};

const asHolder = (note: Note | null): Holder => (note === null ? unknownHolder : { host: note.host, user: note.user, pid: note.pid, since: note.since });

/** Who writes to the archive according to its note; null where nobody says so. */
export const readHolder = (folder: string): Holder | null => {
  const note = readNote(writerNotePath(folder));
  return note === null ? null : asHolder(note);
};

const processLives = (note: Note): boolean => {
  try {
    process.kill(note.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  return note.started === '' || startOf(note.pid) === note.started;
};

/** Milliseconds since the note was written, by the file system's own clock: two machines' clocks never agree. */
const ageOfNote = (folder: string): number => {
  const probe = `${writerNotePath(folder)}.${PARTIAL_PREFIX}age-${randomBytes(4).toString('hex')}`;
  writeFileSync(probe, '');
  try {
    return statSync(probe).mtimeMs - statSync(writerNotePath(folder)).mtimeMs;
  } finally {
    rmSync(probe, { force: true });
  }
};

/** Whether a writer on another machine still lives. Where the clock was set back the age means nothing, so its beats are watched instead. */
const remoteLives = async (folder: string, note: Note, times: LockTimes): Promise<boolean> => {
  const age = ageOfNote(folder);
  if (age > times.expireMs) return false;
  if (age >= -times.beatMs) return true;
  const until = performance.now() + times.beatMs * 2.2;
  while (performance.now() < until) {
    await wait(Math.min(500, times.beatMs / 4));
    const now = readNote(writerNotePath(folder));
    if (now === null) return false;
    if (now.token !== note.token || now.beat !== note.beat) return true;
  }
  return false;
};

/** The operating system's own lock, which ends with the process however that ends; `none` where the file system has no locks. */
const takeSystemLock = (folder: string): Connection | 'busy' | 'none' => {
  const db = new Connection(writerLockPath(folder), { waitMs: 0 });
  try {
    db.script('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return 'busy';
    if (codeOf(error).startsWith('SQLITE_IOERR') || codeOf(error) === 'SQLITE_NOLFS') return 'none';
    throw error;
  }
};

/**
 * Makes this process the archive's one writer. On one machine the operating system's lock decides, so a killed writer holds
 * nothing; between machines (`trustSystemLock` false, or a note of another machine) the writer's beats decide.
 * Answers `archive-locked` with who holds it. Throws what the file system throws.
 */
export const acquireWriterLock = async (
  folder: string,
  trustSystemLock: boolean,
  times: LockTimes = usualLockTimes,
): Promise<Result<WriterLock, ArchiveTrouble>> => {
  const system = takeSystemLock(folder);
  const path = writerNotePath(folder);
  if (system === 'busy') return fail({ code: 'archive-locked', path: folder, heldBy: asHolder(readNote(path)) });
  try {
    const other = readNote(path);
    if (other !== null) {
      const sameMachine = other.machine === machineName();
      const trusted = trustSystemLock && system !== 'none';
      const lives = sameMachine ? !trusted && other.pid !== process.pid && processLives(other) : await remoteLives(folder, other, times);
      if (lives) {
        closeLock(system);
        return fail({ code: 'archive-locked', path: folder, heldBy: asHolder(other) });
      }
    }
    const mine: Note = {
      host: hostname(),
      user: userName(),
      pid: process.pid,
      since: new Date().toISOString(),
      machine: machineName(),
      started: startOf(process.pid),
      token: randomBytes(12).toString('hex'),
      beat: 0,
    };
    writeNote(folder, mine);
    return ok(holdLock(folder, system, mine, times));
  } catch (error) {
    closeLock(system);
    throw error;
  }
};

const closeLock = (system: Connection | 'none'): void => {
  if (system !== 'none') system.close();
};

const holdLock = (folder: string, system: Connection | 'none', mine: Note, times: LockTimes): WriterLock => {
  const path = writerNotePath(folder);
  let beat = 0;
  const isMine = (): boolean => readNote(path)?.token === mine.token;
  const timer = setInterval(() => {
    try {
      if (!isMine()) return;
      beat += 1;
      writeNote(folder, { ...mine, beat });
    } catch {
      // A drive that is away for a moment: the next beat or the next write finds out.
    }
  }, times.beatMs);
  timer.unref();
  return {
    holder: asHolder(mine),
    assertHeld: () => {
      if (!isMine()) throw new ArchiveFault({ code: 'archive-locked', path: folder, heldBy: asHolder(readNote(path)) });
    },
    release: () => {
      clearInterval(timer);
      if (isMine()) rmSync(path, { force: true });
      closeLock(system);
    },
  };
};
