import { createInflateRaw } from 'node:zlib';
import type { ByteWindow } from './byte-window.ts';

/** One entry of a ZIP file's central directory. Names are data, never paths to write to. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Thrown inside this room only, turned into `file-damaged` or `file-too-large` by those who read a package. */
export class ZipTrouble extends Error {
  readonly reason: 'damaged' | 'too-large';
  constructor(reason: 'damaged' | 'too-large', message: string) {
    super(message);
    this.reason = reason;
  }
}

const mostEntries = 20_000;
const mostDirectoryBytes = 16 * 1048576;

/** Central directory of a ZIP file, or undefined where it has none (truncated, or no ZIP at all). ZIP64 sizes are understood. */
export async function readZipDirectory(file: ByteWindow): Promise<readonly ZipEntry[] | undefined> {
  const tailStart = Math.max(0, file.size - 65_557);
  const tail = await file.read(tailStart, file.size - tailStart);
  const end = findEnd(tail);
  if (end === undefined) return undefined;
  const view = viewOf(tail);
  let count = view.getUint16(end + 10, true);
  let size = view.getUint32(end + 12, true);
  let start = view.getUint32(end + 16, true);
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === 0x07064b50) {
    const record = await file.read(Number(view.getBigUint64(locator + 8, true)), 56);
    if (record.length === 56) {
      const wide = viewOf(record);
      count = Number(wide.getBigUint64(32, true));
      size = Number(wide.getBigUint64(40, true));
      start = Number(wide.getBigUint64(48, true));
    }
  }
  if (count > mostEntries || size > mostDirectoryBytes) throw new ZipTrouble('too-large', `${count} entries`);
  // Bytes before the archive (a self-extractor) shift every offset by the same amount.
  const shift = Math.max(0, tailStart + end - size - start);
  if (shift !== 0 && locator >= 0 && view.getUint32(locator, true) === 0x07064b50) return parseDirectory(await file.read(start, size), 0);
  return parseDirectory(await file.read(start + shift, size), shift);
}

function findEnd(tail: Uint8Array): number | undefined {
  const view = viewOf(tail);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return undefined;
}

function parseDirectory(bytes: Uint8Array, shift: number): readonly ZipEntry[] {
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50) {
    const flags = view.getUint16(at + 8, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const nameBytes = bytes.subarray(at + 46, at + 46 + nameLength);
    const entry = {
      name: decodeName(nameBytes, (flags & 0x800) !== 0),
      method: view.getUint16(at + 10, true),
      encrypted: (flags & 1) !== 0,
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true) + shift,
    };
    entries.push(widen(entry, bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)));
    if (entries.length > mostEntries) throw new ZipTrouble('too-large', 'more than 20000 entries');
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  return entries;
}

/** ZIP64: fields that are all ones have their true value in extra field 1, in this order. */
function widen(entry: ZipEntry, extra: Uint8Array): ZipEntry {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const take = (value: number): number => {
      if (value !== 0xffffffff || next + 8 > extra.length) return value;
      next += 8;
      return Number(view.getBigUint64(next - 8, true));
    };
    const size = take(entry.size);
    const packed = take(entry.packed);
    return { ...entry, size, packed, offset: take(entry.offset) };
  }
  return entry;
}

function decodeName(bytes: Uint8Array, utf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(utf8 ? 'utf-8' : 'gb18030').decode(bytes);
  }
}

/**
 * Bytes of one entry, at most `limit`: an entry that unpacks to more is refused whatever size it claims (zip bombs lie).
 * Throws `ZipTrouble`.
 */
export async function readZipEntry(file: ByteWindow, entry: ZipEntry, limit: number): Promise<Uint8Array> {
  if (entry.size > limit || entry.packed > limit) throw new ZipTrouble('too-large', entry.name);
  if (entry.encrypted) throw new ZipTrouble('damaged', `${entry.name} is encrypted`);
  const header = await file.read(entry.offset, 30);
  if (header.length < 30 || viewOf(header).getUint32(0, true) !== 0x04034b50) throw new ZipTrouble('damaged', entry.name);
  const skip = 30 + viewOf(header).getUint16(26, true) + viewOf(header).getUint16(28, true);
  const packed = await file.read(entry.offset + skip, entry.packed);
  if (packed.length !== entry.packed) throw new ZipTrouble('damaged', entry.name);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new ZipTrouble('damaged', `${entry.name}: method ${entry.method}`);
  return inflate(packed, limit, entry.name);
}

async function inflate(packed: Uint8Array, limit: number, name: string): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let total = 0;
  const stream = createInflateRaw();
  stream.end(packed);
  try {
    for await (const part of stream) {
      const bytes: Buffer = part;
      total += bytes.length;
      if (total > limit) throw new ZipTrouble('too-large', name);
      parts.push(bytes);
    }
  } catch (error) {
    if (error instanceof ZipTrouble) throw error;
    throw new ZipTrouble('damaged', name);
  } finally {
    stream.destroy();
  }
  return Buffer.concat(parts);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
