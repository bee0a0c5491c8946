import { isDigit, isWhite } from './characters.ts';
import { ObjectParser } from './object-parser.ts';
import { nameOf, PdfDict, type PdfValue } from './pdf-objects.ts';
import type { SourceFile } from './source-file.ts';
import { enterStreamEntries, parseDictAt, readPlainStream } from './xref-reader.ts';
import { XrefTable } from './xref-table.ts';

export interface ScannedFile {
  readonly table: XrefTable;
  /** Trailers and xref stream dictionaries, newest first. */
  readonly trailers: readonly PdfDict[];
  readonly objectStreams: readonly number[];
  readonly catalogs: readonly number[];
  readonly pageRoots: readonly number[];
  readonly pages: readonly number[];
}

const CHUNK_BYTES = 4 * 1024 * 1024;
const OVERLAP_BYTES = 64;

/**
 * Finds every `n g obj` of a file whose cross-reference cannot be used. A later definition replaces an earlier one. Data of streams
 * with a right /Length are passed over, so that a PDF attached without compression is not mistaken for this one.
 */
export function scanObjects(file: SourceFile): ScannedFile {
  const table = new XrefTable(file.size);
  const trailers: PdfDict[] = [];
  const objectStreams: number[] = [];
  const catalogs: number[] = [];
  const pageRoots: number[] = [];
  const pages: number[] = [];
  let skipTo = 0;
  for (let offset = 0; offset < file.size; offset += CHUNK_BYTES) {
    const chunk = file.read(offset, CHUNK_BYTES + OVERLAP_BYTES).subarray(0, CHUNK_BYTES + OVERLAP_BYTES);
    for (const at of findMarks(chunk)) {
      const place = offset + at.position;
      if (at.position >= CHUNK_BYTES || place < skipTo) continue;
      if (at.word === 'trailer') {
        const dict = parseDictAt(file, place + 7);
        if (dict !== null) trailers.unshift(dict);
        continue;
      }
      const header = readHeaderBackwards(chunk, at.position, offset, file);
      if (header === null) continue;
      table.set(header.num, 1, header.offset, header.gen);
      const dict = parseDictAt(file, place + 3);
      if (dict === null) continue;
      skipTo = Math.max(skipTo, endOfStreamData(file, place + 3, dict));
      switch (nameOf(dict.get('Type'))) {
        case 'XRef': {
          trailers.unshift(dict);
          enterCompressed(file, place + 3, dict, table);
          break;
        }
        case 'ObjStm':
          objectStreams.push(header.num);
          break;
        case 'Catalog':
          catalogs.unshift(header.num);
          break;
        case 'Pages':
          pageRoots.push(header.num);
          break;
        case 'Page':
          pages.push(header.num);
          break;
        default:
      }
    }
  }
  return { table, trailers, objectStreams, catalogs, pageRoots, pages };
}

/** Positions of `obj` (not `endobj`) and `trailer`, in order. */
function* findMarks(chunk: Buffer): Generator<{ readonly position: number; readonly word: 'obj' | 'trailer' }> {
  let object = chunk.indexOf('obj');
  let trailer = chunk.indexOf('trailer');
  while (object >= 0 || trailer >= 0) {
    if (object >= 0 && (trailer < 0 || object < trailer)) {
      if (object > 0 && (isWhite(chunk[object - 1]) || isDigit(chunk[object - 1]))) yield { position: object, word: 'obj' };
      object = chunk.indexOf('obj', object + 3);
    } else {
      yield { position: trailer, word: 'trailer' };
      trailer = chunk.indexOf('trailer', trailer + 7);
    }
  }
}

function readHeaderBackwards(chunk: Buffer, position: number, offset: number, file: SourceFile): { readonly num: number; readonly gen: number; readonly offset: number } | null {
  let bytes = chunk;
  let at = position;
  let base = offset;
  if (at < OVERLAP_BYTES && offset > 0) {
    base = offset - OVERLAP_BYTES;
    bytes = Buffer.from(file.read(base, OVERLAP_BYTES + position).subarray(0, OVERLAP_BYTES + position));
    at = OVERLAP_BYTES + position;
  }
  let end = at;
  while (end > 0 && isWhite(bytes[end - 1])) end--;
  let genStart = end;
  while (genStart > 0 && isDigit(bytes[genStart - 1])) genStart--;
  let numEnd = genStart;
  while (numEnd > 0 && isWhite(bytes[numEnd - 1])) numEnd--;
  let numStart = numEnd;
  while (numStart > 0 && isDigit(bytes[numStart - 1])) numStart--;
  if (genStart === end || numEnd === genStart || numStart === numEnd || numEnd - numStart > 10) return null;
  const num = Number(bytes.toString('latin1', numStart, numEnd));
  const gen = Number(bytes.toString('latin1', genStart, end));
  return num === 0 ? null : { num, gen: Math.min(gen, 65535), offset: base + numStart };
}

/** Where the data of a stream with a plausible direct /Length end; 0 if that cannot be told. */
function endOfStreamData(file: SourceFile, dictAt: number, dict: PdfDict): number {
  const length = dict.get('Length');
  if (typeof length !== 'number' || length < 1024) return 0;
  const head = file.read(dictAt, 8192);
  const parser = new ObjectParser(head);
  parser.readValue();
  if (parser.ranOut || !parser.takeWord('stream')) return 0;
  const end = dictAt + parser.position + length;
  return file.read(end, 32).subarray(0, 32).includes('endstream') ? end : 0;
}

function enterCompressed(file: SourceFile, dictAt: number, dict: PdfDict, table: XrefTable): void {
  const raw = readPlainStream(file, dictAt, dict);
  if (raw === null) return;
  const listed = new XrefTable(file.size);
  if (!enterStreamEntries(dict, raw, listed)) return;
  for (let num = 0; num <= listed.highest; num++) {
    if (listed.kindOf(num) === 2 && table.kindOf(num) === 0) table.set(num, 2, listed.placeOf(num), listed.detailOf(num));
  }
}

/** A trailer assembled from what was found. */
export function mergeTrailers(trailers: readonly PdfDict[], root: PdfValue): PdfDict {
  const entries = new Map<string, PdfValue>();
  for (const key of ['Encrypt', 'ID', 'Info']) {
    for (const trailer of trailers) {
      const value = trailer.get(key);
      if (value !== null && !entries.has(key)) entries.set(key, value);
    }
  }
  entries.set('Root', root);
  return new PdfDict(entries);
}
