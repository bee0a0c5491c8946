import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createHash } from 'node:crypto';
import { ZipFile } from 'yazl';
import { ArchiveFault, PARTIAL_PREFIX, describeTrouble, syncFolder } from '../archive/index.ts';
import { PackFault } from './pack-trouble.ts';

/** One entry: small content from memory, or a file that is streamed as it is and must still have its hash. */
export type ZipSource =
  | { readonly path: string; readonly content: Uint8Array; readonly compress: boolean }
  | { readonly path: string; readonly file: string; readonly bytes: number; readonly sha256: string };

export interface ZipOptions {
  readonly comment: string;
  readonly signal?: AbortSignal;
  /** Bytes of the file written so far. */
  readonly onBytes?: (written: number) => void;
}

/** The same in every pack: the time of a copy says nothing, and equal content is equal bytes. */
const zipTime = new Date(Date.UTC(2000, 0, 1, 12));
const FAT = 0x4d44;
const LARGEST_ON_FAT = 4 * 1024 ** 3 - 1;
/** Beyond the entries themselves: headers, directory. */
const HEADROOM = 1_048_576;

const bytesOf = (source: ZipSource): number => ('content' in source ? source.content.byteLength : source.bytes);

/** Says no before a long copy that cannot end well: a full stick, or one whose file system holds no file of that size. */
export const checkRoom = async (out: string, bytes: number): Promise<void> => {
  const place = await statfs(dirname(out)).catch(() => null);
  if (place === null) return;
  if (place.type >>> 0 === FAT && bytes > LARGEST_ON_FAT) {
    throw new PackFault({ code: 'pack-too-large', path: out, detail: '这个U盘是FAT32格式，单个文件不能超过4GB，请把U盘格式化为exFAT或NTFS后再发' });
  }
  if (place.bavail * place.bsize < bytes + HEADROOM) throw new ArchiveFault({ code: 'disk-full', path: out });
};

/** Passes bytes through and fails at the end where they are not those that were promised. */
const hashing = (source: Extract<ZipSource, { readonly file: string }>): Transform => {
  const hash = createHash('sha256');
  return new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      hash.update(piece);
      done(null, piece);
    },
    flush: (done) => {
      if (hash.digest('hex') === source.sha256) done();
      else done(new PackFault({ code: 'pack-changed', path: source.file, detail: `档案库里的原件${basename(source.file).slice(0, 12)}…与登记的不同，请先核验档案库` }));
    },
  });
};

/**
 * Writes a ZIP (ZIP64 where needed) in flat memory: under a temporary name beside `out`, flushed, then renamed, so that a stick pulled
 * out leaves no file of that name. Throws `ArchiveFault` (`disk-full`, `no-permission`, `drive-gone`), `PackFault`, or the signal's reason.
 */
export const writeZip = async (out: string, sources: readonly ZipSource[], options: ZipOptions): Promise<number> => {
  await checkRoom(out, sources.reduce((sum, source) => sum + bytesOf(source), 0));
  const partial = join(dirname(out), `${PARTIAL_PREFIX}${randomBytes(6).toString('hex')}.part`);
  const zip = new ZipFile();
  try {
    const failed = new AbortController();
    const stop = options.signal === undefined ? failed.signal : AbortSignal.any([options.signal, failed.signal]);
    // yazl tells of a source's trouble by an event, and leaves its output open.
    zip.on('error', (error: unknown) => failed.abort(error));
    for (const source of sources) {
      if ('content' in source) zip.addBuffer(Buffer.from(source.content), source.path, { mtime: zipTime, mode: 0o100644, compress: source.compress });
      else {
        zip.addReadStreamLazy(source.path, { mtime: zipTime, mode: 0o100644, compress: false, size: source.bytes }, (give) => {
          const file: Readable = createReadStream(source.file, { highWaterMark: 1 << 20 });
          const through = hashing(source);
          file.on('error', (error) => through.destroy(error));
          through.on('error', (error) => failed.abort(error));
          give(null, file.pipe(through));
        });
      }
    }
    zip.end({ comment: options.comment, forceZip64Format: false });
    let written = 0;
    const counted = new Transform({
      transform: (piece: Buffer, _encoding, done) => {
        written += piece.byteLength;
        options.onBytes?.(written);
        done(null, piece);
      },
    });
    try {
      await pipeline(zip.outputStream, counted, createWriteStream(partial, { flags: 'wx', highWaterMark: 1 << 20 }), { signal: stop });
    } catch (error) {
      if (options.signal?.aborted === true) throw options.signal.reason;
      throw failed.signal.aborted ? failed.signal.reason : error;
    }
    const handle = await open(partial, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, out);
    await syncFolder(dirname(out));
    return (await stat(out)).size;
  } catch (error) {
    if (error instanceof PackFault || error instanceof ArchiveFault) throw error;
    const trouble = describeTrouble(error, out);
    throw trouble === null ? error : new ArchiveFault(trouble, { cause: error });
  } finally {
    await rm(partial, { force: true }).catch(() => undefined);
  }
};
