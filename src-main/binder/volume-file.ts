import type { FileHandle } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import type { PictureStore } from './parted-picture.ts';
import type { SourceFile } from './source-file.ts';
import { sinkAside, sinkInPlace, type VolumeSink } from './volume-sink.ts';
import { WriteQueue } from './write-queue.ts';

const OBJECTS_PER_STREAM = 200;
const OBJECT_STREAM_BYTES = 128 * 1024;
const PACK_LEVEL = 4;
const WRITE_ASIDE_FROM = 32 * 1024 * 1024;
/** Shorter data are read on the spot. */
export const PASS_THROUGH_FROM = 32 * 1024;
const COMPARE_BYTES = 256 * 1024;
const IN_STREAM = 2;
const AT_OFFSET = 1;

export interface VolumeFileOptions {
  readonly expectedBytes?: number;
  /** Whether the SHA-256 of the file is wanted. */
  readonly checksum?: boolean;
  /** Asked between objects: it may give others their turn, or throw to stop. */
  readonly pause?: () => Promise<void> | null;
  readonly pictures?: PictureStore;
}

/**
 * The PDF under construction: objects are numbered, packed into object streams or written as they come, and only their places are
 * kept (11 bytes an object).
 */
export class VolumeFile {
  readonly pictures: PictureStore | null;
  private readonly handle: FileHandle;
  private readonly sink: VolumeSink;
  private readonly queue: WriteQueue;
  private readonly pause: () => Promise<void> | null;
  private next = 1;
  private kinds = new Uint8Array(4096);
  private places = new Float64Array(4096);
  private indexes = new Uint16Array(4096);
  /** Objects for the next object stream: their numbers, where each begins, and their bytes. */
  private packedNums: number[] = [];
  private packedStarts: number[] = [];
  private packed = Buffer.allocUnsafe(OBJECT_STREAM_BYTES * 2);
  private packedBytes = 0;

  /** `expectedBytes` decides only whether a writing thread is worth its start. */
  constructor(handle: FileHandle, options: VolumeFileOptions = {}) {
    const { expectedBytes = 0, checksum = true, pause = () => null, pictures = null } = options;
    this.pictures = pictures;
    this.handle = handle;
    this.pause = pause;
    this.sink = expectedBytes >= WRITE_ASIDE_FROM ? sinkAside(handle.fd, checksum) : sinkInPlace(handle.fd, checksum);
    this.queue = new WriteQueue(this.sink);
    this.queue.append(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'));
  }

  get size(): number {
    return this.queue.position;
  }

  /** The first of `count` fresh object numbers in a row. */
  reserve(count = 1): number {
    const first = this.next;
    this.next += count;
    if (this.next > this.kinds.length) this.grow(this.next);
    return first;
  }

  /** An object that is not a stream; a text of one byte a character. */
  writeObject(num: number, body: string | Buffer): void {
    const start = this.packedBytes;
    const end = start + body.length;
    if (end >= this.packed.length) this.packed = Buffer.concat([this.packed.subarray(0, start)], end * 2);
    if (typeof body === 'string') this.packed.write(body, start, 'latin1');
    else body.copy(this.packed, start);
    this.packed[end] = LINE;
    this.packedNums.push(num);
    this.packedStarts.push(start);
    this.packedBytes = end + 1;
    if (this.packedNums.length >= OBJECTS_PER_STREAM || this.packedBytes >= OBJECT_STREAM_BYTES) this.flushPacked();
  }

  /** A stream; `dict` is the dictionary's text without brackets and without /Length. */
  writeStream(num: number, dict: string, data: Buffer): void {
    this.beginStream(num, Buffer.from(`<<${dict}/Length ${data.length}>>`, 'latin1'));
    this.append(data);
    this.endStream();
  }

  /** A stream without a filter, as a text of one byte a character. */
  writeShortStream(num: number, data: string): void {
    this.kinds[num] = AT_OFFSET;
    this.places[num] = this.queue.position;
    this.queue.appendText(`${num} 0 obj\n<</Length ${data.length}>>${STREAM_START}${data}${STREAM_END}`);
  }

  /** Starts a stream whose complete dictionary is given; its data follow by `append`, then `endStream`. */
  beginStream(num: number, dict: Buffer): void {
    this.kinds[num] = AT_OFFSET;
    this.places[num] = this.queue.position;
    this.queue.appendText(`${num} 0 obj\n`);
    this.queue.appendCopy(dict);
    this.queue.appendText(STREAM_START);
  }

  endStream(): void {
    this.queue.appendText(STREAM_END);
  }

  /** Queues data of the stream begun; they must stay unchanged until `settled` of this position. */
  append(bytes: Buffer): void {
    this.queue.append(bytes);
  }

  /** Queues data of the stream begun that are copied from a file as they are. */
  appendFrom(file: SourceFile, start: number, length: number): void {
    if (file.isHeld || length < PASS_THROUGH_FROM) this.queue.append(file.read(start, length).subarray(0, length));
    else this.queue.appendFrom(file, start, length);
  }

  /** To be asked between objects: null to go on at once, else to be awaited. Throws what kept the volume from being written. */
  drain(): Promise<void> | null {
    const pause = this.pause();
    const full = this.queue.drain();
    return pause === null ? full : full === null ? pause : Promise.all([pause, full]).then(() => undefined);
  }

  /** Until everything before `position` is handed to the system, so that its buffers may be reused. */
  async settled(position: number): Promise<void> {
    await this.queue.settled(position);
  }

  /** Whether the stream written as `num` with a dictionary of `dictLength` bytes holds exactly the `length` bytes that `read` gives. */
  async holdsStream(num: number, dictLength: number, length: number, read: (at: number, length: number) => Buffer): Promise<boolean> {
    const start = (this.places[num] ?? 0) + `${num} 0 obj\n`.length + dictLength + STREAM_START.length;
    await this.queue.settled(start + length);
    const bytes = Buffer.allocUnsafe(Math.min(length, COMPARE_BYTES));
    for (let at = 0; at < length; at += COMPARE_BYTES) {
      const wanted = Math.min(COMPARE_BYTES, length - at);
      const { bytesRead } = await this.handle.read(bytes, 0, wanted, start + at);
      if (bytesRead !== wanted || !bytes.subarray(0, wanted).equals(read(at, wanted).subarray(0, wanted))) return false;
    }
    return true;
  }

  /** Writes what is packed, the cross-reference stream and the end. Returns size and hash of the file. */
  async finish(trailer: string): Promise<{ readonly bytes: number; readonly sha256: string | null }> {
    this.flushPacked();
    const num = this.reserve();
    this.kinds[num] = AT_OFFSET;
    const start = this.size;
    this.places[num] = start;
    const { widths, data } = this.encodeCrossReference();
    const dict = `/Type/XRef/Size ${this.next}/W[${widths.join(' ')}]${trailer}/Filter/FlateDecode`;
    this.writeStream(num, dict, data);
    this.queue.appendText(`startxref\n${start}\n%%EOF\n`);
    await this.settled(this.size);
    return { bytes: this.size, sha256: await this.sink.digest() };
  }

  /** Waits for the writes under way, so that the file can be closed. */
  async abandon(): Promise<void> {
    await this.queue.abandon();
  }

  private flushPacked(): void {
    const count = this.packedNums.length;
    if (count === 0) return;
    const num = this.reserve();
    let head = '';
    for (let index = 0; index < count; index++) {
      const packed = this.packedNums[index] ?? 0;
      this.kinds[packed] = IN_STREAM;
      this.places[packed] = num;
      this.indexes[packed] = index;
      head += `${packed} ${this.packedStarts[index] ?? 0} `;
    }
    const data = Buffer.concat([Buffer.from(head, 'latin1'), this.packed.subarray(0, this.packedBytes)]);
    this.packedNums = [];
    this.packedStarts = [];
    this.packedBytes = 0;
    this.writeStream(num, `/Type/ObjStm/N ${count}/First ${head.length}/Filter/FlateDecode`, deflateSync(data, { level: PACK_LEVEL }));
  }

  /** A row an object: kind, place, index within its stream. Plain rows: a predictor saves a thousandth of the file and costs it twice. */
  private encodeCrossReference(): { readonly widths: readonly [number, number, number]; readonly data: Buffer } {
    let wide = 4;
    while (this.size >= 256 ** wide) wide++;
    const raw = Buffer.alloc(this.next * (1 + wide + 2));
    let at = 0;
    for (let num = 0; num < this.next; num++) {
      const kind = this.kinds[num] ?? 0;
      const detail = kind === IN_STREAM ? (this.indexes[num] ?? 0) : kind === 0 ? 65535 : 0;
      raw[at] = kind;
      let place = kind === 0 ? 0 : (this.places[num] ?? 0);
      for (let digit = at + wide; digit > at; digit--) {
        raw[digit] = place % 256;
        place = Math.floor(place / 256);
      }
      at += wide + 3;
      raw[at - 2] = detail >> 8;
      raw[at - 1] = detail & 255;
    }
    return { widths: [1, wide, 2], data: deflateSync(raw, { level: PACK_LEVEL }) };
  }

  private grow(length: number): void {
    const size = Math.max(length, this.kinds.length * 2);
    const kinds = new Uint8Array(size);
    kinds.set(this.kinds);
    this.kinds = kinds;
    const places = new Float64Array(size);
    places.set(this.places);
    this.places = places;
    const indexes = new Uint16Array(size);
    indexes.set(this.indexes);
    this.indexes = indexes;
  }
}

const STREAM_START = '\nstream\n';
const STREAM_END = '\nendstream\nendobj\n';
const LINE = 10;
