import { BindFailure } from './bind-error.ts';
import { openEncryption, type Decryption } from './decryption.ts';
import { spells } from './name-table.ts';
import { ObjectParser } from './object-parser.ts';
import { isArray, nameOf, PdfDict, PdfRef, PdfStream, PdfString, type PdfValue } from './pdf-objects.ts';
import { scanReferences } from './reference-scan.ts';
import type { SourceFile } from './source-file.ts';
import { decodeStream, MAX_DECODED_BYTES, type DecodedStream } from './stream-decode.ts';
import { readCrossReference } from './xref-reader.ts';
import { mergeTrailers, scanObjects, type ScannedFile } from './xref-rebuild.ts';
import { XrefTable } from './xref-table.ts';

const MAX_CACHED_OBJECTS = 400;
const MAX_CACHED_STREAM_BYTES = 4 * 1024 * 1024;
/** What is read together with a stream's end. */
const BEFORE_END = 128;
const MAX_REFERENCE_CHAIN = 32;
/**
 * What all streams of a source may cost to unpack, in bytes for itself and for each byte of the file: honest contents unpack to a few dozen times
 * their size, a few bytes listed three thousand times can keep a machine busy for an hour.
 */
const UNPACKED_AT_LEAST = 1024 * 1024 * 1024;
const UNPACKED_PER_BYTE = 200;
/** What must be understood (object streams, again and again where a file jumps about in them) may cost so many times more. */
const NEEDED_FACTOR = 8;
/** No single stream is held in memory beyond this. */
const MAX_HELD_STREAM = 512 * 1024 * 1024;

/** The bytes of one object, from behind its header: in the file (`filePosition` of `start`) or inside an object stream (−1). */
export interface RawObject {
  readonly bytes: Buffer;
  readonly start: number;
  readonly filePosition: number;
  readonly gen: number;
}

export interface StreamPlace {
  readonly start: number;
  readonly length: number;
}

interface ObjectStream {
  readonly bytes: Buffer;
  readonly offsets: ReadonlyMap<number, number>;
}

/** One PDF file, read object by object. What is wrong in it is repaired where mature readers repair it. */
export class PdfSource {
  readonly file: SourceFile;
  private table = new XrefTable(0);
  private shift = 0;
  private scanned: ScannedFile | null = null;
  private readonly cache = new Map<number, PdfValue>();
  private readonly streams = new Map<number, ObjectStream | null>();
  private streamBytes = 0;
  private readonly opening = new Set<number>();
  private encryptNum = -1;
  private unpackedBytes = 0;
  trailer: PdfDict = new PdfDict(new Map());
  decryption: Decryption | null = null;
  /** The cross-reference or an object had to be guessed. */
  repaired = false;

  private constructor(file: SourceFile) {
    this.file = file;
  }

  /** Throws BindFailure where the file is no PDF that any reader would open, or a password is needed. */
  static open(file: SourceFile, password: string | undefined): PdfSource {
    if (file.size === 0) throw new BindFailure('empty-file', 'the file has no bytes');
    const source = new PdfSource(file);
    const read = readCrossReference(file);
    if (read !== null) {
      source.table = read.table;
      source.trailer = read.trailer;
      source.shift = read.shift;
      source.openEncrypted(password);
    }
    if (read === null || !source.hasPages(source.trailer.get('Root'))) source.rebuild(password);
    return source;
  }

  /** A file that was opened before and found intact. */
  static reopen(file: SourceFile, index: { readonly table: XrefTable; readonly trailer: PdfDict }): PdfSource {
    const source = new PdfSource(file);
    source.table = index.table;
    source.trailer = index.trailer;
    return source;
  }

  /** What another opening of the same file may build on; null where anything had to be guessed, shifted or decrypted. */
  crossReference(): { readonly table: XrefTable; readonly trailer: PdfDict } | null {
    return this.repaired || this.shift !== 0 || this.decryption !== null ? null : { table: this.table, trailer: this.trailer };
  }

  get highestObject(): number {
    return this.table.highest;
  }

  get catalog(): PdfDict {
    const root = this.resolve(this.trailer.get('Root'));
    return root instanceof PdfDict ? root : new PdfDict(new Map());
  }

  /** The object of that number; null where there is none. `located`: its bytes, where they are at hand. */
  getObject(num: number, located: RawObject | null = null): PdfValue {
    const cached = this.cache.get(num);
    if (cached !== undefined) return cached;
    const value = this.parseObject(num, located);
    if (this.cache.size >= MAX_CACHED_OBJECTS) this.cache.clear();
    this.cache.set(num, value);
    return value;
  }

  /** /Type of a dictionary, without parsing it; null where that cannot be told at a glance. */
  peekType(num: number): string | null {
    if (this.cache.has(num)) return null;
    const raw = this.locate(num);
    const scan = raw === null ? null : scanReferences(raw.bytes, raw.start);
    return scan === null || typeof scan === 'string' ? null : scan.type;
  }

  /** Follows references; a chain that does not end is null. */
  readonly resolve = (value: PdfValue): PdfValue => {
    let current = value;
    for (let i = 0; i < MAX_REFERENCE_CHAIN && current instanceof PdfRef; i++) current = this.getObject(current.num);
    return current instanceof PdfRef ? null : current;
  };

  resolveDict(value: PdfValue): PdfDict | null {
    const found = this.resolve(value);
    return found instanceof PdfDict ? found : found instanceof PdfStream ? found.dict : null;
  }

  /** Where an object's bytes are; `length` is how many are wanted at least. */
  locate(num: number, length = 4096): RawObject | null {
    const kind = this.table.kindOf(num);
    if (kind === 2) {
      const container = this.openObjectStream(this.table.placeOf(num));
      const start = container?.offsets.get(num);
      return container === null || start === undefined ? null : { bytes: container.bytes, start, filePosition: -1, gen: 0 };
    }
    if (kind === 0) return null;
    const found = this.locateAt(num, this.table.placeOf(num) + this.shift, length);
    if (found !== null || this.scanned !== null) return found;
    // The table points elsewhere: believe the file, not the table.
    this.repaired = true;
    this.scanned = scanObjects(this.file);
    this.shift = 0;
    const { table } = this.scanned;
    for (let n = 0; n <= Math.max(table.highest, this.table.highest); n++) {
      if (table.kindOf(n) === 1) this.table.set(n, 1, table.placeOf(n), table.detailOf(n));
      else if (this.table.kindOf(n) === 1) this.table.set(n, 3, 0, 0);
    }
    return this.table.kindOf(num) === 1 ? this.locateAt(num, this.table.placeOf(num), length) : null;
  }

  /** Data of a stream in the file. A wrong /Length gives way to `endstream`. */
  streamPlace(stream: PdfStream): StreamPlace {
    const declared = this.resolve(stream.dict.get('Length'));
    const start = stream.start;
    if (typeof declared === 'number' && Number.isInteger(declared) && declared >= 0 && start + declared <= this.file.size) {
      if (this.endsAt(start + declared)) return { start, length: declared };
    }
    this.repaired = true;
    return { start, length: this.findStreamEnd(start) - start };
  }

  /** A stream's data as they are stored, decrypted. */
  readStream(stream: PdfStream, place: StreamPlace = this.streamPlace(stream)): Buffer {
    const { start, length } = place;
    if (length > MAX_HELD_STREAM) throw new BindFailure('too-large', `a stream of ${length} bytes must be held and cannot`);
    const raw = this.file.read(start, length).subarray(0, length);
    return this.decryption === null ? raw : this.decryption.decryptStream(raw, stream.num, stream.gen, stream.dict);
  }

  decode(stream: PdfStream, limit = MAX_DECODED_BYTES): DecodedStream {
    if (this.hasUnpacked(NEEDED_FACTOR)) throw new BindFailure('too-large', 'the streams unpack to far more than the file can mean');
    try {
      const decoded = decodeStream(stream.dict, this.readStream(stream), this.resolve, limit);
      this.unpackedBytes += decoded.effort;
      return decoded;
    } catch (thrown) {
      this.unpackedBytes += limit;
      throw thrown;
    }
  }

  private hasUnpacked(factor: number): boolean {
    return this.unpackedBytes > (UNPACKED_AT_LEAST + this.file.size * UNPACKED_PER_BYTE) * factor;
  }

  /** The same, but null for data that unpack to more than `limit`, and for a source that has cost too much already. */
  decodeWithin(stream: PdfStream, limit: number): DecodedStream | null {
    if (this.hasUnpacked(1)) return null;
    try {
      return this.decode(stream, limit);
    } catch (thrown) {
      if (thrown instanceof BindFailure && thrown.code === 'too-large') return null;
      throw thrown;
    }
  }

  /** Parses the object and says where its stream data begin, if it is a stream. */
  private parseObject(num: number, located: RawObject | null = null): PdfValue {
    for (let length = 4096; ; length *= 4) {
      const raw = length === 4096 && located !== null ? located : this.locate(num, length);
      if (raw === null) return null;
      const parser = new ObjectParser(raw.bytes, raw.start);
      const value = parser.readValue();
      if (parser.damaged) this.repaired = true;
      let start = -1;
      if (value instanceof PdfDict && raw.filePosition >= 0 && parser.takeWord('stream')) start = skipStreamLine(raw.bytes, parser.position);
      const whole = raw.filePosition < 0 || raw.filePosition + raw.bytes.length - raw.start >= this.file.size;
      if (parser.ranOut && !whole && length < 256 * 1024 * 1024) continue;
      const open = this.decryption !== null && raw.filePosition >= 0 && num !== this.encryptNum ? this.decryptStrings(value, num, raw.gen) : value;
      return open instanceof PdfDict && start >= 0 ? new PdfStream(open, raw.filePosition + start - raw.start, num, raw.gen) : open;
    }
  }

  private decryptStrings(value: PdfValue, num: number, gen: number): PdfValue {
    const { decryption } = this;
    if (decryption === null) return value;
    if (value instanceof PdfString) return new PdfString(decryption.decryptString(value.bytes, num, gen));
    if (isArray(value)) return value.map((item) => this.decryptStrings(item, num, gen));
    if (value instanceof PdfDict) return new PdfDict(new Map([...value.entries].map(([key, item]) => [key, this.decryptStrings(item, num, gen)])));
    return value;
  }

  private locateAt(num: number, offset: number, length: number): RawObject | null {
    if (offset >= this.file.size) return null;
    const { bytes, at } = this.file.view(offset, length);
    const parser = new ObjectParser(bytes, at);
    if (parser.takeInteger() !== num) return null;
    const gen = parser.takeInteger();
    if (gen < 0 || !parser.takeWord('obj')) return null;
    return { bytes, start: parser.position, filePosition: offset + parser.position - at, gen };
  }

  private openObjectStream(num: number): ObjectStream | null {
    const cached = this.streams.get(num);
    if (cached !== undefined) return cached;
    if (this.opening.has(num) || this.table.kindOf(num) === 2) return null;
    this.opening.add(num);
    const opened = this.readObjectStream(num);
    this.opening.delete(num);
    const bytes = opened?.bytes.length ?? 0;
    if (this.streamBytes + bytes > MAX_CACHED_STREAM_BYTES) {
      this.streams.clear();
      this.streamBytes = 0;
    }
    this.streamBytes += bytes;
    this.streams.set(num, opened);
    return opened;
  }

  private readObjectStream(num: number): ObjectStream | null {
    const stream = this.parseObject(num);
    if (!(stream instanceof PdfStream)) return null;
    const count = this.resolve(stream.dict.get('N'));
    const first = this.resolve(stream.dict.get('First'));
    if (typeof count !== 'number' || typeof first !== 'number' || first < 0) return null;
    const { bytes } = this.decode(stream);
    const offsets = new Map<number, number>();
    const parser = new ObjectParser(bytes);
    for (let i = 0; i < count; i++) {
      const member = parser.takeInteger();
      const offset = parser.takeInteger();
      if (member < 0 || offset < 0) break;
      if (first + offset < bytes.length) offsets.set(member, first + offset);
    }
    return { bytes, offsets };
  }

  private endsAt(position: number): boolean {
    // From a little before: the stream's last bytes will be asked for next.
    const before = Math.min(position, BEFORE_END);
    const { bytes, at: start } = this.file.view(position - before, before + 32);
    let at = start + before;
    for (const stop = at + 4; at < stop && (bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 32); ) at++;
    return spells(bytes, at, 'endstream') || spells(bytes, at, 'endobj');
  }

  private findStreamEnd(start: number): number {
    const step = 1024 * 1024;
    for (let offset = start; offset < this.file.size; offset += step) {
      const bytes = this.file.read(offset, step + 16).subarray(0, step + 16);
      let at = bytes.indexOf('endstream');
      if (at < 0) at = bytes.indexOf('endobj');
      if (at < 0) continue;
      let end = offset + at;
      const before = this.file.read(Math.max(start, end - 2), 2).subarray(0, Math.min(2, end - start));
      if (before[before.length - 1] === 10) {
        end--;
        if (before.length === 2 && before[0] === 13) end--;
      } else if (before[before.length - 1] === 13) end--;
      return end;
    }
    return this.file.size;
  }

  private openEncrypted(password: string | undefined): void {
    this.decryption = null;
    const entry = this.trailer.get('Encrypt');
    if (entry === null) return;
    if (entry instanceof PdfRef) this.encryptNum = entry.num;
    const dict = this.resolve(entry);
    if (!(dict instanceof PdfDict)) return;
    this.decryption = openEncryption(dict, this.resolve(this.trailer.get('ID')), password, this.resolve);
    this.cache.clear();
    this.streams.clear();
    this.streamBytes = 0;
  }

  private hasPages(root: PdfValue): boolean {
    const catalog = this.resolve(root);
    if (!(catalog instanceof PdfDict)) return false;
    const pages = this.resolve(catalog.get('Pages'));
    return pages instanceof PdfDict && (pages.has('Kids') || nameOf(pages.get('Type')) === 'Page' || pages.has('Contents'));
  }

  private rebuild(password: string | undefined): void {
    this.repaired = true;
    this.scanned = scanObjects(this.file);
    this.table = this.scanned.table;
    this.shift = 0;
    this.cache.clear();
    this.streams.clear();
    this.trailer = mergeTrailers(this.scanned.trailers, null);
    this.openEncrypted(password);
    for (const num of this.scanned.objectStreams) {
      for (const member of this.openObjectStream(num)?.offsets.keys() ?? []) {
        if (this.table.kindOf(member) !== 1) this.table.set(member, 2, num, 0);
      }
    }
    const root = this.findRoot(this.scanned);
    if (root === null) throw new BindFailure('damaged', 'no document catalog and no pages can be found');
    this.trailer = mergeTrailers(this.scanned.trailers, root);
  }

  /** A page tree of every page object in the file, null without any: for files whose own tree is lost. */
  findLoosePages(): PdfDict | null {
    const loose: PdfRef[] = [];
    for (let num = 1; num <= this.table.highest; num++) {
      if (this.table.kindOf(num) === 0) continue;
      const value = this.getObject(num);
      if (value instanceof PdfDict && looksLikePage(value)) loose.push(new PdfRef(num, 0));
    }
    if (loose.length === 0) return null;
    this.repaired = true;
    return new PdfDict(new Map<string, PdfValue>([['Kids', loose]]));
  }

  private findRoot(scanned: ScannedFile): PdfValue {
    for (const trailer of scanned.trailers) {
      const root = trailer.get('Root');
      if (this.hasPages(root)) return root;
    }
    const packed: number[] = [];
    for (let num = 0; num <= this.table.highest; num++) if (this.table.kindOf(num) === 2) packed.push(num);
    const typed = (num: number, type: string): boolean => {
      const value = this.getObject(num);
      return value instanceof PdfDict && nameOf(value.get('Type')) === type;
    };
    for (const num of [...scanned.catalogs, ...packed.filter((n) => typed(n, 'Catalog'))]) {
      const ref = new PdfRef(num, 0);
      if (this.hasPages(ref)) return ref;
    }
    for (const num of [...scanned.pageRoots, ...packed.filter((n) => typed(n, 'Pages'))]) {
      const node = this.getObject(num);
      if (node instanceof PdfDict && this.resolve(node.get('Parent')) === null && node.has('Kids')) return catalogOf(new PdfRef(num, 0));
    }
    const loose = this.findLoosePages();
    return loose === null ? null : catalogOf(loose);
  }
}

/** Damage may have eaten the type. */
function looksLikePage(dict: PdfDict): boolean {
  return dict.has('Type') ? nameOf(dict.get('Type')) === 'Page' : dict.has('Parent') && dict.has('Contents') && !dict.has('Subtype');
}

const catalogOf = (pages: PdfValue): PdfDict => new PdfDict(new Map([['Pages', pages]]));

/** Data begin behind `stream` and its line end; a lone carriage return is forgiven. */
export function skipStreamLine(bytes: Buffer, position: number): number {
  let at = position;
  while (bytes[at] === 32 || bytes[at] === 9) at++;
  if (bytes[at] === 13) return bytes[at + 1] === 10 ? at + 2 : at + 1;
  return bytes[at] === 10 ? at + 1 : position;
}
