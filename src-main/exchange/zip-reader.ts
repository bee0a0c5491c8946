import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { fromFd } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { collisionKey, decodeEntryName, whyUnsafe } from './entry-names.ts';
import { PackFault } from './pack-trouble.ts';
import type { PackTrouble } from './pack-trouble.ts';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  readonly entry: Entry;
}

export interface OpenZip {
  /** Files only, in the order of the directory. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly comment: string;
  /** Errors arrive on the stream; a body that is longer than promised is one. */
  readonly read: (entry: ZipEntry) => Promise<Readable>;
  readonly close: () => void;
}

export interface ZipLimits {
  readonly entries: number;
  /** All that the entries say they unpack to. */
  readonly bytes: number;
}

/** An entry that unpacks to more than so many times its packed size is a bomb; text of our own forms packs about 20 : 1. */
const steepest = 200;
const steepFrom = 10_000_000;
const END_OF_DIRECTORY = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const LOCAL_HEADER = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

const refuse = (code: PackTrouble['code'], path: string, detail: string): PackFault => new PackFault({ code, path, detail });

/** A ZIP whose end is missing begins as one; anything else is none. */
const judgeShape = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size === 0) throw refuse('pack-truncated', path, '文件是空的（0字节）');
    const head = Buffer.alloc(4);
    await handle.read(head, 0, 4, 0);
    const tail = Buffer.alloc(Math.min(size, 65_557 + 22));
    await handle.read(tail, 0, tail.length, size - tail.length);
    if (tail.lastIndexOf(END_OF_DIRECTORY) >= 0) return;
    if (head.equals(LOCAL_HEADER)) throw refuse('pack-truncated', path, '文件不完整，结尾缺失，可能是U盘没有安全弹出或拷贝中断');
    throw refuse('pack-not-a-pack', path, '不是任务包或压缩文件');
  } finally {
    await handle.close();
  }
};

const openDirectory = (path: string, fd: number): Promise<ZipFile> =>
  new Promise((give, no) => {
    fromFd(fd, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true }, (error, zip) => {
      if (error) no(refuse(/central directory|end of central/iu.test(error.message) ? 'pack-truncated' : 'pack-changed', path, `压缩目录读不出来（${error.message}）`));
      else give(zip);
    });
  });

const readEntries = (zip: ZipFile, use: (entry: Entry) => void): Promise<void> =>
  new Promise((give, no) => {
    zip.on('error', no);
    zip.on('end', give);
    zip.on('entry', (entry: Entry) => {
      try {
        use(entry);
        zip.readEntry();
      } catch (error) {
        no(error instanceof Error ? error : new Error(String(error)));
      }
    });
    zip.readEntry();
  });

const S_IFMT = 0o170000;
const S_IFREG = 0o100000;
const S_IFDIR = 0o040000;

/** Whether the entry says it is something else than a file or a folder (a link, a device), as Unix tools note it. */
const isSpecial = (entry: Entry): boolean => {
  const type = (entry.externalFileAttributes >>> 16) & S_IFMT;
  return type !== 0 && type !== S_IFREG && type !== S_IFDIR;
};

/**
 * Opens a ZIP and judges its directory before a byte is unpacked. Refuses (throws `PackFault`): names that lead elsewhere, links, two
 * names that a disk could take for one, encryption, methods other than stored and deflated, more entries or bytes than `limits`, bombs.
 */
export const openZip = async (path: string, limits: ZipLimits): Promise<OpenZip> => {
  await judgeShape(path);
  const handle = await open(path, 'r');
  try {
    const zip = await openDirectory(path, handle.fd);
    if (zip.entryCount > limits.entries) throw refuse('pack-too-large', path, `里面有${zip.entryCount}个文件，超过${limits.entries}个`);
    const entries = new Map<string, ZipEntry>();
    const taken = new Map<string, string>();
    let bytes = 0;
    await readEntries(zip, (entry) => {
      const name = decodeEntryName(entry.fileNameRaw);
      const unsafe = whyUnsafe(name);
      if (unsafe !== null) throw refuse('pack-unsafe', path, `“${name.slice(0, 60)}”：${unsafe}`);
      if (isSpecial(entry)) throw refuse('pack-unsafe', path, `“${name.slice(0, 60)}”是链接或特殊文件`);
      if (entry.isEncrypted()) throw refuse('pack-encrypted', path, `“${name.slice(0, 60)}”设了密码`);
      if (name.endsWith('/') || name.endsWith('\\')) return;
      if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw refuse('pack-not-a-pack', path, `“${name.slice(0, 60)}”的压缩方式（${entry.compressionMethod}）不支持`);
      const key = collisionKey(name);
      const other = taken.get(key);
      if (other !== undefined) throw refuse('pack-unsafe', path, `“${name.slice(0, 60)}”与“${other.slice(0, 60)}”在Windows上是同一个名称`);
      taken.set(key, name);
      bytes += entry.uncompressedSize;
      if (bytes > limits.bytes) throw refuse('pack-too-large', path, '展开后的内容过大');
      if (entry.uncompressedSize > steepFrom && entry.uncompressedSize > entry.compressedSize * steepest) throw refuse('pack-unsafe', path, `“${name.slice(0, 60)}”压缩得异常小，像是压缩炸弹`);
      const tidy = name.replaceAll('\\', '/');
      entries.set(tidy, { name: tidy, bytes: entry.uncompressedSize, entry });
    }).catch((error: unknown) => {
      if (error instanceof PackFault) throw error;
      throw refuse('pack-changed', path, `压缩目录已损坏（${error instanceof Error ? error.message : String(error)}）`);
    });
    return {
      entries,
      comment: Buffer.isBuffer(zip.comment) ? zip.comment.toString('utf8') : String(zip.comment),
      read: ({ entry }) =>
        new Promise((give, no) => {
          zip.openReadStream(entry, (error, stream) => {
            if (error) no(error);
            else give(stream);
          });
        }),
      close: () => void handle.close().catch(() => undefined),
    };
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
};

/** An entry whole, at most `limit` bytes. */
export const readEntry = async (zip: OpenZip, entry: ZipEntry, limit: number): Promise<Buffer> => {
  if (entry.bytes > limit) throw new RangeError(`${entry.name} has ${entry.bytes} bytes`);
  const parts: Buffer[] = [];
  for await (const part of await zip.read(entry)) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
};

