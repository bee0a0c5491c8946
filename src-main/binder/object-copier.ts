import { hash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { BindFailure } from './bind-error.ts';
import type { DuplicateTable } from './duplicate-table.ts';
import { isArray, nameOf, PdfDict, PdfRef, PdfStream, type PdfValue } from './pdf-objects.ts';
import type { PdfSource, RawObject, StreamPlace } from './pdf-source.ts';
import { scanReferences, type ScannedObject } from './reference-scan.ts';
import { serializeValue } from './serialize.ts';
import { PASS_THROUGH_FROM, type VolumeFile } from './volume-file.ts';

const MAX_MENDED_BYTES = 64 * 1024 * 1024;
const UNVISITED = 0;
const LEFT_OUT = -1;
/** Outermost types that lead out of a page into the rest of the document. */
const FOREIGN_TYPES = new Set(['Page', 'Pages', 'Catalog', 'StructTreeRoot', 'StructElem']);

/** For the object at work; nothing in it outlives the call that put it there. */
let scratch = Buffer.allocUnsafe(64 * 1024);

interface Frame {
  readonly num: number;
  readonly scan: ScannedObject | null;
  /** Parsed where the bytes alone do not tell enough. */
  readonly value: PdfValue;
  /** Object numbers that the object refers to. */
  readonly refs: readonly number[];
  next: number;
  /** Number given before the object was complete, because something within refers back to it. */
  pinned: number;
}

/**
 * Copies objects of one source into the volume with everything they refer to, what is referred to first, so that equal objects of
 * any source are recognised by their bytes and written once.
 */
export class ObjectCopier {
  private readonly source: PdfSource;
  private readonly volume: VolumeFile;
  private readonly duplicates: DuplicateTable;
  /** Source number → volume number; LEFT_OUT for what is not carried. */
  private readonly numbers = new Map<number, number>();
  private readonly openFrames = new Map<number, Frame>();
  missing = 0;

  constructor(source: PdfSource, volume: VolumeFile, duplicates: DuplicateTable) {
    this.source = source;
    this.volume = volume;
    this.duplicates = duplicates;
  }

  /** Makes references to an object of the source point to a number of the volume, or to nothing. */
  assign(num: number, target: number | null): void {
    this.numbers.set(num, target ?? LEFT_OUT);
  }

  /** Volume number of an object that was copied or assigned. */
  numberOf(num: number): number | null {
    const number = this.numbers.get(num) ?? UNVISITED;
    return number > 0 ? number : null;
  }

  /** Copies what a value refers to: null when that is done, else to be awaited. */
  copyTargets(value: PdfValue): Promise<void> | null {
    const targets = referencesIn(value);
    for (let i = 0; i < targets.length; i++) {
      const pause = this.copyObject(targets[i] ?? 0);
      if (pause !== null) return this.copyRest(targets, i + 1, pause);
    }
    return null;
  }

  /** Text for the volume of a value whose targets were copied. */
  textOf(value: PdfValue): string {
    return serializeValue(value, this.mapReference);
  }

  /** Copies what a value refers to and gives its text for the volume. */
  async copyValue(value: PdfValue): Promise<string> {
    const pause = this.copyTargets(value);
    if (pause !== null) await pause;
    return this.textOf(value);
  }

  /** A reference in the volume's numbers, null for an object that is left out. */
  readonly mapReference = (ref: PdfRef): string | null => {
    const number = this.numbers.get(ref.num) ?? UNVISITED;
    if (number > 0) return `${number} 0 R`;
    const open = this.openFrames.get(ref.num);
    if (open === undefined || number === LEFT_OUT) return null;
    if (open.pinned === 0) open.pinned = this.volume.reserve();
    return `${open.pinned} 0 R`;
  };

  /**
   * Copies one object and what it refers to; `once` objects (page contents) are not compared with others. Null when that is done, else to
   * be awaited: most objects are copied without a promise, of which a large volume would need a hundred thousand.
   */
  copyObject(num: number, once = false): Promise<void> | null {
    if (this.numbers.has(num)) return null;
    const stack: Frame[] = [];
    this.open(num, stack);
    const pause = this.advance(stack, once);
    return pause === null ? null : this.copyOpened(stack, once, pause);
  }

  private async copyRest(targets: readonly number[], from: number, first: Promise<void>): Promise<void> {
    await first;
    for (let i = from; i < targets.length; i++) {
      const pause = this.copyObject(targets[i] ?? 0);
      if (pause !== null) await pause;
    }
  }

  private async copyOpened(stack: Frame[], once: boolean, first: Promise<void>): Promise<void> {
    for (let pause: Promise<void> | null = first; pause !== null; pause = this.advance(stack, once)) await pause;
  }

  /** Copies until the stack is empty (null) or something must be waited for. */
  private advance(stack: Frame[], once: boolean): Promise<void> | null {
    for (;;) {
      const frame = stack[stack.length - 1];
      if (frame === undefined) return null;
      if (frame.next < frame.refs.length) {
        const target = frame.refs[frame.next] ?? 0;
        frame.next++;
        if (!this.numbers.has(target) && !this.openFrames.has(target)) this.open(target, stack);
        continue;
      }
      const pause = this.volume.drain();
      if (pause !== null) return pause;
      stack.pop();
      const number = this.write(frame, once && stack.length === 0);
      if (typeof number !== 'number') return number.then((written) => this.close(frame, written));
      this.close(frame, number);
    }
  }

  private close(frame: Frame, number: number): void {
    this.openFrames.delete(frame.num);
    this.numbers.set(frame.num, number);
  }

  private open(num: number, stack: Frame[]): void {
    const frame = this.readFrame(num);
    if (frame === null) {
      this.numbers.set(num, LEFT_OUT);
      return;
    }
    this.openFrames.set(num, frame);
    stack.push(frame);
  }

  private readFrame(num: number): Frame | null {
    if (this.source.decryption === null) {
      for (let length = 4096; length <= 64 * 1024 * 1024; length *= 8) {
        const raw = this.source.locate(num, length);
        if (raw === null) break;
        const scan = scanReferences(raw.bytes, raw.start);
        if (scan === 'ran-out') {
          if (raw.filePosition < 0) break;
          continue;
        }
        if (scan === 'odd') break;
        if (scan.type !== null && FOREIGN_TYPES.has(scan.type)) return null;
        const value = this.streamAt(scan, raw, num);
        return { num, scan, value, refs: targetsOf(scan), next: 0, pinned: 0 };
      }
    }
    const value = this.source.getObject(num);
    if (value === null) {
      this.missing++;
      return null;
    }
    return { num, scan: null, value, refs: referencesIn(value), next: 0, pinned: 0 };
  }

  /** The stream behind a scanned dictionary; null if it is none. */
  private streamAt(scan: ScannedObject, raw: RawObject, num: number): PdfValue {
    if (raw.filePosition < 0 || !scan.isDict) return null;
    let at = scan.end;
    const { bytes } = scan;
    while (at < bytes.length && (bytes[at] ?? 0) <= 32) at++;
    // An `e` begins endobj; anything else, and a window that ends here, is for the parser to say.
    if (bytes[at] === 101) return null;
    const value = this.source.getObject(num, raw);
    return value instanceof PdfStream ? value : null;
  }

  private write(frame: Frame, once: boolean): number | Promise<number> {
    if (frame.value instanceof PdfStream) {
      try {
        return this.writeStream(frame, frame.value, once);
      } catch (thrown) {
        // Pages that everyone may read can carry attachments that only a password opens.
        if (thrown instanceof BindFailure && thrown.code.startsWith('password-')) return this.leaveOut(frame);
        throw thrown;
      }
    }
    const body = frame.scan === null ? Buffer.from(serializeValue(frame.value, this.mapReference), 'latin1') : this.rewrite(frame.scan, -1);
    const comparable = frame.pinned === 0 && !once && frame.scan?.type !== 'OCG';
    const digest = comparable ? hash('sha256', body, 'binary') : null;
    const known = digest === null ? 0 : this.duplicates.find(digest);
    if (known !== 0) return known;
    const number = frame.pinned > 0 ? frame.pinned : this.volume.reserve();
    if (digest !== null) this.duplicates.enter(digest, number);
    this.volume.writeObject(number, body);
    return number;
  }

  private leaveOut(frame: Frame): number {
    this.missing++;
    if (frame.pinned === 0) return LEFT_OUT;
    this.volume.writeObject(frame.pinned, 'null');
    return frame.pinned;
  }

  private writeStream(frame: Frame, stream: PdfStream, once: boolean): number | Promise<number> {
    const { source, volume } = this;
    const place = source.streamPlace(stream);
    if (isBrokenPicture(source, stream, place)) return this.writeBlank(frame);
    if (place.length <= MAX_MENDED_BYTES && (source.repaired || isRarelyRight(source, stream))) {
      const mended = this.mendStream(frame, stream);
      if (mended !== null) return mended;
    }
    const held = source.decryption !== null || source.file.isHeld || place.length < PASS_THROUGH_FROM;
    const data = held ? source.readStream(stream, place) : null;
    const length = data?.length ?? place.length;
    const dict = frame.scan === null ? this.streamDict(stream, length) : this.rewrite(frame.scan, length);
    const read = (at: number, wanted: number): Buffer => (data === null ? source.file.read(place.start + at, wanted) : data.subarray(at, at + wanted));
    const copy = (at: number, wanted: number, target: Buffer, to: number): number => (data === null ? source.file.copyTo(target, to, place.start + at, wanted) : data.copy(target, to, at, at + wanted));
    const digest = frame.pinned === 0 && !once ? streamDigest(dict, length, data !== null, copy) : null;
    const known = digest === null ? 0 : this.duplicates.find(digest);
    const write = (dict: Buffer): number => {
      const number = frame.pinned > 0 ? frame.pinned : volume.reserve();
      if (digest !== null && known === 0) this.duplicates.enter(digest, number);
      volume.beginStream(number, dict);
      if (data === null) volume.appendFrom(source.file, place.start, length);
      else volume.append(data);
      volume.endStream();
      return number;
    };
    if (known === 0) return write(dict);
    const kept = Buffer.from(dict);
    return volume.holdsStream(known, dict.length, length, read).then((holds) => (holds ? known : write(kept)));
  }

  /** A stream whose data cannot be unpacked completely is written anew from what can. */
  private mendStream(frame: Frame, stream: PdfStream): number | null {
    const filter = this.source.resolve(stream.dict.get('Filter'));
    const names = (isArray(filter) ? filter.map(this.source.resolve) : [filter]).map(nameOf);
    if (!names.every((name) => name !== null && GENERAL_FILTERS.has(name))) return null;
    const decoded = this.source.decodeWithin(stream, MAX_MENDED_BYTES);
    if (decoded === null || decoded.complete) return null;
    this.missing++;
    const entries = new Map(stream.dict.entries);
    for (const key of ['Filter', 'DecodeParms', 'Length']) entries.delete(key);
    const number = frame.pinned > 0 ? frame.pinned : this.volume.reserve();
    this.volume.writeStream(number, `${serializeValue(new PdfDict(entries), this.mapReference).slice(2, -2)}/Filter/FlateDecode`, deflateSync(decoded.bytes));
    return number;
  }

  /** What readers draw of a picture that is none: nothing. */
  private writeBlank(frame: Frame): number {
    this.missing++;
    const number = frame.pinned > 0 ? frame.pinned : this.volume.reserve();
    this.volume.writeStream(number, '/Type/XObject/Subtype/Form/BBox[0 0 0 0]/Resources<<>>', Buffer.alloc(0));
    return number;
  }

  private streamDict(stream: PdfStream, length: number): Buffer {
    const entries = new Map(stream.dict.entries);
    entries.set('Length', length);
    if (this.source.decryption !== null) dropCryptFilter(entries, this.source.resolve);
    return Buffer.from(serializeValue(new PdfDict(entries), this.mapReference), 'latin1');
  }

  /** The object's own bytes with the volume's references, and a right /Length for a stream. Valid until the next call. */
  private rewrite(scan: ScannedObject, length: number): Buffer {
    const { bytes, refs } = scan;
    const needed = scan.end - scan.start + refs.length * 8 + 64;
    if (scratch.length < needed) scratch = Buffer.allocUnsafe(needed * 2);
    const out = scratch;
    let at = scan.start;
    let to = 0;
    let lengthDone = length < 0;
    const copyUntil = (end: number): void => {
      to += bytes.copy(out, to, at, end);
      at = end;
    };
    const replaceLength = (): void => {
      copyUntil(scan.lengthStart);
      to += out.write(` ${length}`, to, 'latin1');
      at = scan.lengthEnd;
      lengthDone = true;
    };
    for (let i = 0; i < refs.length; i += 3) {
      const start = refs[i] ?? 0;
      if (!lengthDone && scan.lengthStart >= 0 && start >= scan.lengthStart) replaceLength();
      if (start < at) continue;
      copyUntil(start);
      to += out.write(this.mapReference(new PdfRef(refs[i + 2] ?? 0, 0)) ?? 'null', to, 'latin1');
      at = refs[i + 1] ?? at;
    }
    if (!lengthDone && scan.lengthStart >= 0) replaceLength();
    copyUntil(lengthDone ? scan.end : scan.end - 2);
    if (!lengthDone) to += out.write(`/Length ${length}>>`, to, 'latin1');
    return out.subarray(0, to);
  }
}

/** What a scanned object refers to, without the /Length that is written anew. */
function targetsOf(scan: ScannedObject): readonly number[] {
  const targets: number[] = [];
  for (let i = 0; i < scan.refs.length; i += 3) {
    const start = scan.refs[i] ?? 0;
    if (start < scan.lengthStart || start >= scan.lengthEnd) targets.push(scan.refs[i + 2] ?? 0);
  }
  return targets;
}

/** Object numbers that a value refers to, in order. */
export function referencesIn(value: PdfValue): readonly number[] {
  const found: number[] = [];
  const visit = (item: PdfValue): void => {
    if (item instanceof PdfRef) found.push(item.num);
    else if (item instanceof PdfStream) {
      for (const [name, entry] of item.dict.entries) if (name !== 'Length') visit(entry);
    } else if (item instanceof PdfDict) for (const entry of item.entries.values()) visit(entry);
    else if (isArray(item)) for (const entry of item) visit(entry);
  };
  visit(value);
  return found;
}

/** Data are written decrypted, so a Crypt filter in front must go, with its parameters. */
function dropCryptFilter(entries: Map<string, PdfValue>, resolve: (value: PdfValue) => PdfValue): void {
  const filter = resolve(entries.get('Filter') ?? null);
  const parameters = resolve(entries.get('DecodeParms') ?? null);
  if (nameOf(filter) === 'Crypt') {
    entries.delete('Filter');
    entries.delete('DecodeParms');
  } else if (isArray(filter) && nameOf(resolve(filter[0] ?? null)) === 'Crypt') {
    entries.set('Filter', filter.slice(1));
    if (isArray(parameters)) entries.set('DecodeParms', parameters.slice(1));
    else entries.delete('DecodeParms');
  }
}

const SAMPLE_BYTES = 128;

/**
 * Tells streams apart by dictionary, length and samples: hashing every byte would double the work of copying it. What is not `held` is
 * looked at where it is read anyway, at its ends; streams that still look alike are compared byte by byte.
 */
function streamDigest(dict: Buffer, length: number, held: boolean, copy: (at: number, length: number, target: Buffer, to: number) => number): string {
  const input = Buffer.allocUnsafe(dict.length + 3 * SAMPLE_BYTES);
  let to = dict.copy(input);
  if (length <= 3 * SAMPLE_BYTES) to += copy(0, length, input, to);
  else {
    to += copy(0, SAMPLE_BYTES, input, to);
    to += copy(length - SAMPLE_BYTES, SAMPLE_BYTES, input, to);
    if (held) to += copy(length >> 1, SAMPLE_BYTES, input, to);
  }
  return hash('sha256', input.subarray(0, to), 'binary');
}

/** Filters that the binder undoes itself; the others are those of pictures. */
const GENERAL_FILTERS = new Set(['FlateDecode', 'Fl', 'LZWDecode', 'LZW', 'ASCII85Decode', 'A85', 'ASCIIHexDecode', 'AHx', 'RunLengthDecode', 'RL']);

/** Old filters in files that are otherwise whole: few have them, so that looking costs nothing, and those that have them err more often. */
function isRarelyRight(source: PdfSource, stream: PdfStream): boolean {
  const filter = source.resolve(stream.dict.get('Filter'));
  const first = nameOf(isArray(filter) ? source.resolve(filter[0] ?? null) : filter);
  return first !== null && first !== 'FlateDecode' && first !== 'Fl' && GENERAL_FILTERS.has(first);
}

/** JPEG data that do not begin as a JPEG. */
function isBrokenPicture(source: PdfSource, stream: PdfStream, place: StreamPlace): boolean {
  if (source.decryption !== null || nameOf(stream.dict.get('Subtype')) !== 'Image') return false;
  const filter = source.resolve(stream.dict.get('Filter'));
  const single = isArray(filter) && filter.length === 1 ? source.resolve(filter[0] ?? null) : filter;
  if (nameOf(single) !== 'DCTDecode') return false;
  const { bytes, at } = source.file.view(place.start, JPEG_HEAD);
  const end = Math.min(at + JPEG_HEAD, at + place.length, bytes.length);
  for (let i = at; i + 1 < end; i++) if (bytes[i] === 0xff && bytes[i + 1] === 0xd8) return false;
  return true;
}

const JPEG_HEAD = 64;
