import type { Steps } from '../domain/steps.ts';
import type { TrueTypeFont } from './true-type.ts';

const HINTING_TABLES = ['cvt ', 'fpgm', 'prep'] as const;

/**
 * Writes a TrueType font that holds `glyphs` (of the full font) as glyphs 1, 2, … in the given order, glyph 0 being .notdef, with
 * the components of composed glyphs behind them. Only the tables PDF asks of a CIDFontType2 font program are written (ISO 32000-1,
 * 9.9); the same input gives the same bytes. A step is a glyph.
 */
export function* subsetTrueType(font: TrueTypeFont, glyphs: readonly number[]): Steps<Buffer> {
  const order: number[] = [0, ...glyphs];
  const componentAt = new Map<number, number>();
  const outlines: Buffer[] = [];
  for (let i = 0; i < order.length; i++) {
    yield;
    const outline = font.outlineOf(order[i] ?? 0);
    outlines.push(outline);
    for (const at of componentOffsets(outline)) {
      const component = outline.readUInt16BE(at);
      let place = componentAt.get(component);
      if (place === undefined) {
        place = order.length;
        componentAt.set(component, place);
        order.push(component);
      }
      outline.writeUInt16BE(place, at);
    }
  }
  const count = order.length;
  const loca = Buffer.alloc((count + 1) * 4);
  const hmtx = Buffer.alloc(count * 4);
  const padded: Buffer[] = [];
  let length = 0;
  outlines.forEach((outline, i) => {
    loca.writeUInt32BE(length, i * 4);
    hmtx.writeUInt16BE(font.advanceOf(order[i] ?? 0), i * 4);
    hmtx.writeInt16BE(font.leftBearingOf(order[i] ?? 0), i * 4 + 2);
    const rest = (4 - (outline.length % 4)) % 4;
    padded.push(outline, Buffer.alloc(rest));
    length += outline.length + rest;
  });
  loca.writeUInt32BE(length, count * 4);

  const head = Buffer.from(requiredTable(font, 'head'));
  head.writeUInt32BE(0, 8);
  head.writeInt16BE(1, 50);
  const hhea = Buffer.from(requiredTable(font, 'hhea'));
  hhea.writeUInt16BE(count, 34);
  const maxp = Buffer.from(requiredTable(font, 'maxp'));
  maxp.writeUInt16BE(count, 4);
  const tables: (readonly [string, Buffer])[] = [
    ['glyf', Buffer.concat(padded)],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', maxp],
  ];
  for (const tag of HINTING_TABLES) {
    const table = font.table(tag);
    if (table !== null) tables.push([tag, table]);
  }
  return assembleFont(tables.sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}

function requiredTable(font: TrueTypeFont, tag: string): Buffer {
  const table = font.table(tag);
  if (table === null) throw new Error(`${font.path}: ${tag} vanished while the font was in use`);
  return table;
}

/** Byte positions of the glyph ids within a composed glyph; none for a simple one. */
function componentOffsets(outline: Buffer): number[] {
  if (outline.length < 10 || outline.readInt16BE(0) >= 0) return [];
  const found: number[] = [];
  let at = 10;
  while (at + 4 <= outline.length) {
    const flags = outline.readUInt16BE(at);
    found.push(at + 2);
    at += 4 + (flags & 0x0001 ? 4 : 2);
    if (flags & 0x0008) at += 2;
    else if (flags & 0x0040) at += 4;
    else if (flags & 0x0080) at += 8;
    if (!(flags & 0x0020)) break;
  }
  return found;
}

function assembleFont(tables: readonly (readonly [string, Buffer])[]): Buffer {
  const header = Buffer.alloc(12 + tables.length * 16);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE((tables.length - power) * 16, 10);
  const parts: Buffer[] = [header];
  let offset = header.length;
  let headAt = 0;
  tables.forEach(([tag, bytes], i) => {
    const at = 12 + i * 16;
    header.write(tag, at, 'latin1');
    header.writeUInt32BE(checksumOf(bytes), at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(bytes.length, at + 12);
    if (tag === 'head') headAt = offset;
    const rest = (4 - (bytes.length % 4)) % 4;
    parts.push(bytes, Buffer.alloc(rest));
    offset += bytes.length + rest;
  });
  const whole = Buffer.concat(parts);
  whole.writeUInt32BE((0xb1b0afba - checksumOf(whole)) >>> 0, headAt + 8);
  return whole;
}

function checksumOf(bytes: Buffer): number {
  let sum = 0;
  const whole = bytes.length - (bytes.length % 4);
  for (let i = 0; i < whole; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0;
  if (whole < bytes.length) {
    const tail = Buffer.alloc(4);
    bytes.copy(tail, 0, whole);
    sum = (sum + tail.readUInt32BE(0)) >>> 0;
  }
  return sum;
}
