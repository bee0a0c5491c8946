import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { BindFailure } from './bind-error.ts';

/**
 * A TrueType font file of which only the small tables are kept in memory; outlines are read when a glyph is embedded. A Chinese
 * font is 10–15 MB, a volume uses four: held whole they would take a quarter of the memory budget.
 */
export interface TrueTypeFont {
  readonly path: string;
  readonly postScriptName: string;
  readonly unitsPerEm: number;
  readonly bounds: readonly [number, number, number, number];
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly italicAngle: number;
  readonly glyphCount: number;
  /** 0 where the font has none. */
  readonly glyphOf: (codePoint: number) => number;
  /** Font units. */
  readonly advanceOf: (glyph: number) => number;
  readonly leftBearingOf: (glyph: number) => number;
  /** The glyph's outline data; empty for a blank. */
  readonly outlineOf: (glyph: number) => Buffer;
  /** Tables that hinted outlines need, copied as they are. */
  readonly table: (tag: string) => Buffer | null;
}

interface TableEntry {
  readonly offset: number;
  readonly length: number;
}

/** Opens a font with TrueType outlines. Throws BindFailure `font-unusable` for CFF outlines, collections and broken tables. */
export function openTrueType(path: string): TrueTypeFont {
  const size = withFile(path, (fd) => fstatSync(fd).size);
  const readAt = (offset: number, length: number): Buffer => withFile(path, (fd) => readExactly(fd, path, offset, length));
  const start = readAt(0, 12);
  const version = start.readUInt32BE(0);
  if (version !== 0x00010000 && version !== 0x74727565) throw new BindFailure('font-unusable', `${path}: not a TrueType font with glyf outlines`);
  const tableCount = start.readUInt16BE(4);
  const directory = readAt(12, tableCount * 16);
  const tables = new Map<string, TableEntry>();
  for (let i = 0; i < tableCount; i++) {
    const entry = { offset: directory.readUInt32BE(i * 16 + 8), length: directory.readUInt32BE(i * 16 + 12) };
    if (entry.offset + entry.length > size) throw new BindFailure('font-unusable', `${path}: a table lies outside the file`);
    tables.set(directory.toString('latin1', i * 16, i * 16 + 4), entry);
  }
  const table = (tag: string): Buffer | null => {
    const entry = tables.get(tag);
    return entry === undefined ? null : readAt(entry.offset, entry.length);
  };
  const need = (tag: string): Buffer => {
    const bytes = table(tag);
    if (bytes === null) throw new BindFailure('font-unusable', `${path}: no ${tag} table`);
    return bytes;
  };
  const head = need('head');
  const hhea = need('hhea');
  const maxp = need('maxp');
  const hmtx = need('hmtx');
  const loca = need('loca');
  const cmap = readCharacterMap(need('cmap'), path);
  const glyphBase = tables.get('glyf');
  if (glyphBase === undefined) throw new BindFailure('font-unusable', `${path}: no glyf table`);
  const glyphCount = maxp.readUInt16BE(4);
  const longOffsets = head.readInt16BE(50) === 1;
  const metricCount = Math.max(1, hhea.readUInt16BE(34));
  const os2 = table('OS/2');
  const post = table('post');
  const unitsPerEm = head.readUInt16BE(18);
  const offsetOf = (glyph: number): number => (longOffsets ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2);
  const ascent = hhea.readInt16BE(4);
  return {
    path,
    postScriptName: readPostScriptName(table('name')) ?? 'Font',
    unitsPerEm,
    bounds: [head.readInt16BE(36), head.readInt16BE(38), head.readInt16BE(40), head.readInt16BE(42)],
    ascent,
    descent: hhea.readInt16BE(6),
    capHeight: os2 !== null && os2.length >= 90 && os2.readUInt16BE(0) >= 2 ? os2.readInt16BE(88) : ascent,
    italicAngle: post === null ? 0 : post.readInt32BE(4) / 65536,
    glyphCount,
    glyphOf: cmap,
    advanceOf: (glyph) => hmtx.readUInt16BE(Math.min(glyph, metricCount - 1) * 4),
    leftBearingOf: (glyph) => (glyph < metricCount ? hmtx.readInt16BE(glyph * 4 + 2) : hmtx.readInt16BE(metricCount * 4 + (glyph - metricCount) * 2)),
    outlineOf: (glyph) => {
      if (glyph >= glyphCount) return Buffer.alloc(0);
      const from = offsetOf(glyph);
      const to = offsetOf(glyph + 1);
      return to > from ? readAt(glyphBase.offset + from, to - from) : Buffer.alloc(0);
    },
    table,
  };
}

function withFile<T>(path: string, use: (fd: number) => T): T {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (cause) {
    throw new BindFailure('font-unusable', `${path}: cannot be opened`, { cause });
  }
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

function readExactly(fd: number, path: string, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const got = readSync(fd, bytes, done, length - done, offset + done);
    if (got === 0) throw new BindFailure('font-unusable', `${path}: ends early`);
    done += got;
  }
  return bytes;
}

/** Unicode subtable: format 12 (all planes) before format 4. */
function readCharacterMap(cmap: Buffer, path: string): (codePoint: number) => number {
  const count = cmap.readUInt16BE(2);
  let best: { readonly offset: number; readonly format: number } | null = null;
  for (let i = 0; i < count; i++) {
    const platform = cmap.readUInt16BE(4 + i * 8);
    const offset = cmap.readUInt32BE(8 + i * 8);
    const format = cmap.readUInt16BE(offset);
    if ((platform === 0 || platform === 3) && (format === 12 || (format === 4 && best === null))) best = { offset, format };
  }
  if (best === null) throw new BindFailure('font-unusable', `${path}: no Unicode character map`);
  return best.format === 12 ? readSegmentedCoverage(cmap, best.offset) : readSegmentMapping(cmap, best.offset);
}

function readSegmentedCoverage(cmap: Buffer, offset: number): (codePoint: number) => number {
  const groups = cmap.readUInt32BE(offset + 12);
  const base = offset + 16;
  return (codePoint) => {
    let low = 0;
    let high = groups - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = base + middle * 12;
      if (codePoint < cmap.readUInt32BE(at)) high = middle - 1;
      else if (codePoint > cmap.readUInt32BE(at + 4)) low = middle + 1;
      else return cmap.readUInt32BE(at + 8) + codePoint - cmap.readUInt32BE(at);
    }
    return 0;
  };
}

function readSegmentMapping(cmap: Buffer, offset: number): (codePoint: number) => number {
  const segments = cmap.readUInt16BE(offset + 6) / 2;
  const ends = offset + 14;
  const starts = ends + segments * 2 + 2;
  const deltas = starts + segments * 2;
  const ranges = deltas + segments * 2;
  return (codePoint) => {
    if (codePoint > 0xffff) return 0;
    for (let i = 0; i < segments; i++) {
      if (codePoint > cmap.readUInt16BE(ends + i * 2)) continue;
      const first = cmap.readUInt16BE(starts + i * 2);
      if (codePoint < first) return 0;
      const delta = cmap.readUInt16BE(deltas + i * 2);
      const range = cmap.readUInt16BE(ranges + i * 2);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const at = ranges + i * 2 + range + (codePoint - first) * 2;
      const glyph = at + 2 <= cmap.length ? cmap.readUInt16BE(at) : 0;
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

function readPostScriptName(name: Buffer | null): string | null {
  if (name === null) return null;
  const count = name.readUInt16BE(2);
  const texts = name.readUInt16BE(4);
  for (let i = 0; i < count; i++) {
    const at = 6 + i * 12;
    if (name.readUInt16BE(at + 6) !== 6) continue;
    const from = texts + name.readUInt16BE(at + 10);
    const raw = name.subarray(from, from + name.readUInt16BE(at + 8)).toString('latin1');
    const plain = raw.replace(/[^A-Za-z0-9-]/g, '');
    if (plain !== '') return plain;
  }
  return null;
}
