import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/**
 * @typedef {{ readonly name: string, readonly method: number, readonly packed: number, readonly header: number, readonly mode: number }} ZipEntry
 */

/**
 * The central directory of a ZIP file (below 4 GB, unencrypted).
 * @param {number} handle
 * @returns {ZipEntry[]}
 */
const readEntries = (handle) => {
  const size = fs.fstatSync(handle).size;
  const tail = Buffer.alloc(Math.min(size, 65_557));
  fs.readSync(handle, tail, 0, tail.length, size - tail.length);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('not a ZIP file: it has no end record');
  const directory = Buffer.alloc(tail.readUInt32LE(end + 12));
  fs.readSync(handle, directory, 0, directory.length, tail.readUInt32LE(end + 16));
  /** @type {ZipEntry[]} */
  const entries = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      header: directory.readUInt32LE(at + 42),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
};

/**
 * Unpacks the chosen files of a ZIP. `choose` answers an entry's path below `target`, or null to leave it out; a path that would
 * leave `target` is refused.
 * @param {string} file
 * @param {string} target
 * @param {(name: string) => string | null} choose
 * @returns {Promise<number>} number of files written
 */
export const unpackZip = async (file, target, choose) => {
  const handle = fs.openSync(file, 'r');
  let written = 0;
  try {
    for (const entry of readEntries(handle)) {
      const chosen = entry.name.endsWith('/') ? null : choose(entry.name);
      if (chosen === null) continue;
      const out = path.resolve(target, chosen);
      if (!out.startsWith(path.resolve(target) + path.sep)) throw new Error(`the ZIP names a path outside its folder: ${entry.name}`);
      if (entry.method !== 0 && entry.method !== 8) throw new Error(`unknown compression ${entry.method} of ${entry.name}`);
      const local = Buffer.alloc(30);
      fs.readSync(handle, local, 0, 30, entry.header);
      const start = entry.header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
      fs.mkdirSync(path.dirname(out), { recursive: true });
      const sink = fs.createWriteStream(out, { mode: entry.mode === 0 ? 0o644 : entry.mode });
      if (entry.packed === 0) sink.end();
      else {
        const source = fs.createReadStream(file, { start, end: start + entry.packed - 1, highWaterMark: 1 << 20 });
        if (entry.method === 0) await pipeline(source, sink);
        else await pipeline(source, createInflateRaw(), sink);
      }
      written += 1;
    }
  } finally {
    fs.closeSync(handle);
  }
  return written;
};
