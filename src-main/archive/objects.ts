import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import type { ReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 as asSha256 } from '../domain/ids.ts';
import type { Sha256 } from '../domain/ids.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { PARTIAL_PREFIX, objectLocation, objectsFolder } from './layout.ts';
import { ArchiveFault, codeOf, describeTrouble, wordsOf } from './trouble.ts';
import type { ArchiveTrouble } from './trouble.ts';

/** The folder of an archive opened for writing is enough: objects need no database. */
export interface ObjectPlace {
  readonly folder: string;
}

export interface PutOptions {
  readonly signal?: AbortSignal;
  /** Called with the number of bytes of each piece that was read. */
  readonly onBytes?: (count: number) => void;
}

export interface StoredObject {
  readonly sha256: Sha256;
  readonly bytes: number;
  /** The same bytes were in the archive before. */
  readonly existed: boolean;
}

const CHUNK = 1 << 20;
// Not on every platform; a flag that is missing there must not become `undefined`.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NO_WAIT = constants.O_NONBLOCK ?? 0;

/** Names of files being written by this process, so that `verify` does not report them. */
const inFlight = new Set<string>();
export const isInFlight = (path: string): boolean => inFlight.has(path);

/** Makes the names in a folder durable. Windows has no such call and needs none. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const openSource = async (path: string): Promise<Result<FileHandle, ArchiveTrouble>> => {
  try {
    const before = await lstat(path);
    if (before.isSymbolicLink()) return fail({ code: 'file-link', path });
    if (!before.isFile()) return fail({ code: 'file-unsupported', path, detail: before.isDirectory() ? 'folder' : 'device' });
    const handle = await open(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
    const opened = await handle.stat();
    if (opened.isFile()) return ok(handle);
    await handle.close();
    return fail({ code: 'file-changed', path });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return fail({ code: 'file-not-found', path });
    if (code === 'ELOOP') return fail({ code: 'file-link', path });
    return fail(describeTrouble(error, path) ?? { code: 'file-unreadable', path, detail: wordsOf(error) });
  }
};

interface Copied {
  readonly sha256: Sha256;
  readonly bytes: number;
}

const writeAll = async (target: FileHandle, piece: Uint8Array): Promise<void> => {
  let from = 0;
  while (from < piece.length) from += (await target.write(piece, from, piece.length - from)).bytesWritten;
};

/** Copies and hashes in one pass, reading the next piece while the last one is written. */
const copyHashed = async (source: FileHandle, target: FileHandle, path: string, options: PutOptions): Promise<Result<Copied, ArchiveTrouble>> => {
  const start = await source.stat({ bigint: true });
  const hash = createHash('sha256');
  const size = Math.max(1, Math.min(CHUNK, Number(start.size) + 1));
  let reading = Buffer.allocUnsafe(size);
  let other = Buffer.allocUnsafe(size);
  let bytes = 0;
  let writing: Promise<void> = Promise.resolve();
  for (;;) {
    if (options.signal?.aborted === true) {
      await writing;
      return fail({ code: 'cancelled', path });
    }
    let count: number;
    try {
      count = (await source.read(reading, 0, reading.length, null)).bytesRead;
    } catch (error) {
      await writing;
      return fail(describeTrouble(error, path) ?? { code: 'file-unreadable', path, detail: wordsOf(error) });
    }
    await writing;
    if (count === 0) break;
    const piece = reading.subarray(0, count);
    writing = writeAll(target, piece);
    // Awaited at the next turn; without this an error in between would count as unhandled.
    writing.catch(() => undefined);
    hash.update(piece);
    bytes += count;
    options.onBytes?.(count);
    [reading, other] = [other, reading];
  }
  const end = await source.stat({ bigint: true });
  if (end.size !== start.size || end.mtimeNs !== start.mtimeNs || bytes !== Number(start.size)) return fail({ code: 'file-changed', path });
  return ok({ sha256: asSha256(hash.digest('hex')), bytes });
};

/** SHA-256 of a file's bytes as they are now. Throws what the file system throws; a symbolic link is not followed. */
export const hashFile = async (path: string, options: PutOptions = {}): Promise<Copied> => {
  const handle = await open(path, constants.O_RDONLY | NO_FOLLOW);
  try {
    const hash = createHash('sha256');
    const { size } = await handle.stat();
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(CHUNK, size + 1)));
    let bytes = 0;
    for (;;) {
      options.signal?.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
      options.onBytes?.(bytesRead);
    }
    return { sha256: asSha256(hash.digest('hex')), bytes };
  } finally {
    await handle.close();
  }
};

/** Whether the object is there and whole. */
const isWhole = async (path: string, copied: Copied): Promise<boolean> => {
  try {
    const stat = await lstat(path);
    return stat.isFile() && stat.size === copied.bytes && (await hashFile(path)).sha256 === copied.sha256;
  } catch {
    return false;
  }
};

/**
 * Copies a file into the archive under its SHA-256 and answers it. The object is on the disk, whole and read-only, before this
 * resolves; after a crash at any instant it is either whole or not there. The same bytes are kept once; a damaged object of the
 * same name is replaced. Several may run at once. Troubles: `FileTrouble`, `disk-full`, `no-permission`, `drive-gone`.
 */
export const putObject = async (archive: ObjectPlace, sourcePath: string, options: PutOptions = {}): Promise<Result<StoredObject, ArchiveTrouble>> => {
  const source = await openSource(sourcePath);
  if (!source.ok) return source;
  const partial = join(objectsFolder(archive.folder), `${PARTIAL_PREFIX}${process.pid}-${randomBytes(8).toString('hex')}`);
  inFlight.add(partial);
  try {
    const target = await open(partial, 'wx', 0o600);
    let copied: Result<Copied, ArchiveTrouble>;
    try {
      copied = await copyHashed(source.value, target, sourcePath, options);
      if (!copied.ok) return copied;
      const named = await lstat(sourcePath).catch(() => null);
      if (named === null) return fail({ code: 'file-vanished', path: sourcePath });
      if (named.ino !== (await source.value.stat()).ino) return fail({ code: 'file-changed', path: sourcePath });
      await target.chmod(0o444);
      await target.datasync();
    } finally {
      await target.close();
    }
    const place = objectLocation(archive.folder, copied.value.sha256);
    if (await isWhole(place, copied.value)) return ok({ ...copied.value, existed: true });
    await placeObject(partial, place);
    return ok({ ...copied.value, existed: false });
  } catch (error) {
    const trouble = describeTrouble(error, archive.folder);
    if (trouble === null) throw error;
    return fail(trouble);
  } finally {
    await source.value.close();
    await rm(partial, { force: true });
    inFlight.delete(partial);
  }
};

/**
 * Stores bytes that come as a stream and must have this hash: what a pack holds. Whole or not there, as with `putObject`; an object that
 * is there and whole already is not read again. Answers false where the bytes are others than promised (nothing is kept). Throws what
 * the source throws; troubles of the archive's own disk are thrown as `ArchiveFault`.
 */
export const putObjectStream = async (archive: ObjectPlace, expected: Copied, openSourceStream: () => Promise<AsyncIterable<Uint8Array>>, options: PutOptions = {}): Promise<boolean> => {
  const place = objectLocation(archive.folder, expected.sha256);
  if (await isWhole(place, expected)) {
    options.onBytes?.(expected.bytes);
    return true;
  }
  const partial = join(objectsFolder(archive.folder), `${PARTIAL_PREFIX}${process.pid}-${randomBytes(8).toString('hex')}`);
  inFlight.add(partial);
  try {
    const target = await open(partial, 'wx', 0o600);
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      for await (const piece of await openSourceStream()) {
        options.signal?.throwIfAborted();
        bytes += piece.byteLength;
        if (bytes > expected.bytes) return false;
        hash.update(piece);
        await onOwnDisk(archive, () => writeAll(target, piece));
        options.onBytes?.(piece.byteLength);
      }
      if (bytes !== expected.bytes || hash.digest('hex') !== expected.sha256) return false;
      await onOwnDisk(archive, async () => {
        await target.chmod(0o444);
        await target.datasync();
      });
    } finally {
      await target.close();
    }
    await onOwnDisk(archive, () => placeObject(partial, place));
    return true;
  } finally {
    await rm(partial, { force: true });
    inFlight.delete(partial);
  }
};

/** Tells trouble of the archive's disk from trouble of the source. */
const onOwnDisk = async (archive: ObjectPlace, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    const trouble = describeTrouble(error, archive.folder);
    throw trouble === null ? error : new ArchiveFault(trouble, { cause: error });
  }
};

const placeObject = async (partial: string, place: string): Promise<void> => {
  const folder = dirname(place);
  const made = await mkdir(folder, { recursive: true });
  await rename(partial, place);
  await syncFolder(folder);
  if (made !== undefined) await syncFolder(dirname(folder));
};

/** Where an object lies; whether it does is `readObjectStream`'s or `verifyArchive`'s to say. */
export const objectPath = (archive: ObjectPlace, sha: Sha256): string => objectLocation(archive.folder, sha);

/** The object's bytes from `start` to `end` (both inclusive, as HTTP ranges are); errors arrive on the stream. */
export const readObjectStream = (archive: ObjectPlace, sha: Sha256, range: { readonly start?: number; readonly end?: number } = {}): ReadStream =>
  createReadStream(objectLocation(archive.folder, sha), {
    ...range,
    highWaterMark: CHUNK,
  });

/** Removes an object that no row refers to any more. */
export const removeObject = async (archive: ObjectPlace, sha: Sha256): Promise<void> => {
  await rm(objectLocation(archive.folder, sha), { force: true });
};

/** Removes what an earlier writer left half written; only the one writer may call it, before it writes. */
export const removePartials = async (folder: string): Promise<number> => {
  let removed = 0;
  for (const place of [objectsFolder(folder), join(folder, 'derived'), join(folder, 'backups'), join(folder, 'exports')]) {
    const names = await readdir(place).catch(() => []);
    for (const name of names) {
      if (!name.startsWith(PARTIAL_PREFIX)) continue;
      await rm(join(place, name), { force: true, recursive: true });
      removed += 1;
    }
  }
  return removed;
};
