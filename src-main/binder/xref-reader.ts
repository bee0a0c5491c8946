import { isDigit, isWhite } from './characters.ts';
import { ObjectParser } from './object-parser.ts';
import { isArray, nameOf, PdfDict, type PdfValue } from './pdf-objects.ts';
import type { SourceFile } from './source-file.ts';
import { decodeStream } from './stream-decode.ts';
import { XrefTable } from './xref-table.ts';

export interface CrossReference {
  readonly table: XrefTable;
  readonly trailer: PdfDict;
  /** Bytes before `%PDF-`; offsets count from there. */
  readonly shift: number;
}

const TAIL_BYTES = 2048;
const MAX_SECTIONS = 4096;

/** Follows startxref through tables, streams, hybrids and updates. null where anything is odd: the file is then scanned. */
export function readCrossReference(file: SourceFile): CrossReference | null {
  const shift = findHeader(file);
  const start = findStart(file);
  if (start === null) return null;
  for (const base of shift === 0 ? [0] : [shift, 0]) {
    const found = readSections(file, start, base);
    if (found !== null) return found;
  }
  return null;
}

/** Position of `%PDF-` among the first 1,024 bytes, 0 if there is none. */
export function findHeader(file: SourceFile): number {
  const head = file.read(0, 1024);
  const at = head.subarray(0, 1024 + 5).indexOf('%PDF-');
  return at < 0 ? 0 : at;
}

function findStart(file: SourceFile): number | null {
  const from = Math.max(0, file.size - TAIL_BYTES);
  const tail = file.read(from, TAIL_BYTES);
  const at = tail.lastIndexOf('startxref');
  if (at < 0) return null;
  const value = new ObjectParser(tail, at + 9).takeInteger();
  return value < 0 ? null : value;
}

function readSections(file: SourceFile, start: number, base: number): CrossReference | null {
  const table = new XrefTable(file.size);
  const seen = new Set<number>();
  const waiting = [start];
  let trailer: PdfDict | null = null;
  while (waiting.length > 0) {
    const offset = waiting.shift() ?? 0;
    if (seen.has(offset)) continue;
    seen.add(offset);
    if (seen.size > MAX_SECTIONS || offset + base >= file.size) return null;
    const section = readSection(file, offset + base, table);
    if (section === null) return null;
    trailer ??= section;
    const hybrid = section.get('XRefStm');
    if (typeof hybrid === 'number' && !seen.has(hybrid)) waiting.unshift(hybrid);
    const previous = section.get('Prev');
    if (typeof previous === 'number' && previous > 0) waiting.push(previous);
  }
  return trailer === null ? null : { table, trailer, shift: base };
}

function readSection(file: SourceFile, offset: number, table: XrefTable): PdfDict | null {
  const head = new ObjectParser(file.read(offset, 64));
  head.skipSpace();
  const start = offset + head.position;
  return head.takeWord('xref') ? readTableSection(file, start + 4, table) : readStreamSection(file, start, table);
}

function readTableSection(file: SourceFile, offset: number, table: XrefTable): PdfDict | null {
  let at = offset;
  for (let sections = 0; sections < 100_000; sections++) {
    const parser = new ObjectParser(file.read(at, 256));
    if (parser.takeWord('trailer')) return parseDictAt(file, at + parser.position);
    const first = parser.takeInteger();
    const count = parser.takeInteger();
    if (first < 0 || count < 0 || count * 17 > file.size) return null;
    parser.skipSpace();
    at += parser.position;
    const next = readTableEntries(file, at, first, count, table);
    if (next === null) return null;
    at = next;
  }
  return null;
}

/** Entries are 20 bytes each; some producers write 19 or 21, so anything but the exact form goes the slow way. */
function readTableEntries(file: SourceFile, offset: number, first: number, count: number, table: XrefTable): number | null {
  let at = offset;
  const bytes = file.read(at, count * 20 + 20);
  let position = 0;
  for (let i = 0; i < count; i++) {
    const kind = bytes[position + 17];
    if (bytes[position + 10] === 32 && bytes[position + 16] === 32 && (kind === 110 || kind === 102) && isWhite(bytes[position + 18]) && isWhite(bytes[position + 19])) {
      const place = decimal(bytes, position, 10);
      const gen = decimal(bytes, position + 11, 5);
      if (place < 0 || gen < 0) return null;
      enterEntry(table, first, i, kind, place, gen);
      position += 20;
      continue;
    }
    const parser = new ObjectParser(bytes, position);
    const place = parser.takeInteger();
    const gen = parser.takeInteger();
    parser.skipSpace();
    const word = bytes[parser.position];
    if (place < 0 || gen < 0 || (word !== 110 && word !== 102)) return null;
    enterEntry(table, first, i, word, place, gen);
    position = parser.position + 1;
  }
  at += position;
  return at;
}

function enterEntry(table: XrefTable, first: number, index: number, kind: number, place: number, gen: number): void {
  const num = first + index;
  if (kind === 110 && place > 0) table.setIfNew(num, 1, place, gen);
  else table.setIfNew(num, 3, 0, gen);
}

function decimal(bytes: Buffer, start: number, length: number): number {
  let value = 0;
  for (let i = start; i < start + length; i++) {
    const code = bytes[i];
    if (!isDigit(code)) return -1;
    value = value * 10 + (code ?? 48) - 48;
  }
  return value;
}

/** Parses a dictionary that may be longer than the first window. */
export function parseDictAt(file: SourceFile, offset: number): PdfDict | null {
  for (let length = 4096; ; length *= 4) {
    const bytes = file.read(offset, length);
    const parser = new ObjectParser(bytes);
    const value = parser.readValue();
    const whole = offset + bytes.length >= file.size;
    if (!parser.ranOut || whole || length > 64 * 1024 * 1024) return value instanceof PdfDict ? value : null;
  }
}

function readStreamSection(file: SourceFile, offset: number, table: XrefTable): PdfDict | null {
  const parser = new ObjectParser(file.read(offset, 64));
  if (parser.takeInteger() < 0 || parser.takeInteger() < 0 || !parser.takeWord('obj')) return null;
  const dictAt = offset + parser.position;
  const dict = parseDictAt(file, dictAt);
  if (dict === null || nameOf(dict.get('Type')) !== 'XRef') return null;
  const raw = readPlainStream(file, dictAt, dict);
  return raw !== null && enterStreamEntries(dict, raw, table) ? dict : null;
}

/** Data of a stream whose /Length is direct, or else ends at `endstream`. */
export function readPlainStream(file: SourceFile, dictAt: number, dict: PdfDict): Buffer | null {
  const length = dict.get('Length');
  const wanted = typeof length === 'number' && length >= 0 && length < file.size ? length : 64 * 1024;
  const bytes = file.read(dictAt, wanted + 8192);
  const parser = new ObjectParser(bytes);
  parser.readValue();
  if (!parser.takeWord('stream')) return null;
  let start = parser.position;
  if (bytes[start] === 13) start++;
  if (bytes[start] === 10) start++;
  if (typeof length === 'number' && bytes.subarray(start + length, start + length + 16).includes('endstream')) return bytes.subarray(start, start + length);
  const end = bytes.indexOf('endstream', start);
  return end < 0 ? null : bytes.subarray(start, end);
}

/** Enters what an xref stream says; false where its shape makes no sense. */
export function enterStreamEntries(dict: PdfDict, raw: Buffer, table: XrefTable): boolean {
  const plain = (value: PdfValue): PdfValue => value;
  const { bytes } = decodeStream(dict, raw, plain, 64 * 1024 * 1024);
  const widths = dict.get('W');
  if (!isArray(widths) || widths.length < 3) return false;
  const [a, b, c] = widths.slice(0, 3).map((width) => (typeof width === 'number' && width >= 0 && width <= 8 ? width : -1));
  if (a === undefined || b === undefined || c === undefined || a < 0 || b < 0 || c < 0 || a + b + c === 0) return false;
  const size = dict.get('Size');
  const index = dict.get('Index');
  const ranges = isArray(index) ? index : [0, typeof size === 'number' ? size : 0];
  let at = 0;
  for (let r = 0; r + 1 < ranges.length; r += 2) {
    const first = ranges[r];
    const count = ranges[r + 1];
    if (typeof first !== 'number' || typeof count !== 'number') return false;
    for (let i = 0; i < count && at + a + b + c <= bytes.length; i++) {
      const kind = a === 0 ? 1 : bigEndian(bytes, at, a);
      const place = bigEndian(bytes, at + a, b);
      const detail = bigEndian(bytes, at + a + b, c);
      at += a + b + c;
      if (kind === 1 && place > 0) table.setIfNew(first + i, 1, place, detail);
      else if (kind === 2) table.setIfNew(first + i, 2, place, detail);
      else table.setIfNew(first + i, 3, 0, 0);
    }
  }
  return true;
}

function bigEndian(bytes: Buffer, start: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i++) value = value * 256 + (bytes[start + i] ?? 0);
  return value;
}
