import type { FileHandle } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { BindFailure } from './bind-error.ts';
import { hashAside, hashInPlace, type VolumeHash } from './volume-hash.ts';

const QUEUE_BYTES = 4 * 1024 * 1024;
const ARENA_BYTES = 256 * 1024;
/** Data shorter than this is gathered; longer data is written from where it lies. */
const COPY_BELOW = 8 * 1024;
const OBJECTS_PER_STREAM = 200;
const OBJECT_STREAM_BYTES = 128 * 1024;
const HASH_ASIDE_FROM = 32 * 1024 * 1024;
const IN_STREAM = 2;
const AT_OFFSET = 1;

/**
 * The PDF under construction: objects are numbered, packed into object streams or written as they come, and only their places are
 * kept (11 bytes an object). Bytes are handed to the system in large vectored writes while the next ones are prepared.
 */
export class VolumeFile {
  private readonly handle: FileHandle;
  private readonly hash: VolumeHash;
  private readonly pause: () => Promise<void> | null;
  private queue: Buffer[] = [];
  private queued = 0;
  private position = 0;
  private arena = Buffer.allocUnsafeSlow(ARENA_BYTES);
  private arenaStart = 0;
  private arenaEnd = 0;
  private writing: Promise<void> = Promise.resolve();
  private written = 0;
  private failure: unknown = null;
  private next = 1;
  private kinds = new Uint8Array(4096);
  private places = new Float64Array(4096);
  private indexes = new Uint16Array(4096);
  private packed: { readonly num: number; readonly body: Buffer }[] = [];
  private packedBytes = 0;

  /**
   * `expectedBytes` decides only whether a hashing thread is worth its start. `pause` is asked between objects: it may give others
   * their turn, or throw to stop.
   */
  constructor(handle: FileHandle, expectedBytes = 0, pause: () => Promise<void> | null = () => null) {
    this.handle = handle;
    this.pause = pause;
    this.hash = expectedBytes >= HASH_ASIDE_FROM ? hashAside(handle.fd) : hashInPlace();
    this.append(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'));
  }

  get size(): number {
    return this.position;
  }

  /** The first of `count` fresh object numbers in a row. */
  reserve(count = 1): number {
    const first = this.next;
    this.next += count;
    if (this.next > this.kinds.length) this.grow(this.next);
    return first;
  }

  /** An object that is not a stream. The body is copied or kept: do not change it afterwards. */
  writeObject(num: number, body: string | Buffer): void {
    const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
    this.packed.push({ num, body: bytes });
    this.packedBytes += bytes.length + 1;
    if (this.packed.length >= OBJECTS_PER_STREAM || this.packedBytes >= OBJECT_STREAM_BYTES) this.flushPacked();
  }

  /** A stream; `dict` is the dictionary's text without brackets and without /Length. */
  writeStream(num: number, dict: string, data: Buffer): void {
    this.beginStream(num, Buffer.from(`<<${dict}/Length ${data.length}>>`, 'latin1'));
    this.append(data);
    this.endStream();
  }

  /** Starts a stream whose complete dictionary is given; its data follow by `append`, then `endStream`. Returns where data begin. */
  beginStream(num: number, dict: Buffer): number {
    this.kinds[num] = AT_OFFSET;
    this.places[num] = this.position;
    this.append(Buffer.from(`${num} 0 obj\n`, 'latin1'));
    this.append(dict);
    this.append(STREAM_START);
    return this.position;
  }

  endStream(): void {
    this.append(STREAM_END);
  }

  /** Queues bytes; they must stay unchanged until `settled` of this position. */
  append(bytes: Buffer): void {
    this.position += bytes.length;
    this.queued += bytes.length;
    if (bytes.length >= COPY_BELOW) {
      this.sealArena();
      this.queue.push(bytes);
      return;
    }
    if (this.arenaEnd + bytes.length > this.arena.length) {
      this.sealArena();
      this.arena = Buffer.allocUnsafeSlow(ARENA_BYTES);
      this.arenaStart = 0;
      this.arenaEnd = 0;
    }
    bytes.copy(this.arena, this.arenaEnd);
    this.arenaEnd += bytes.length;
  }

  /** To be awaited between objects: starts writing when enough is queued, and waits where the disk cannot follow. */
  async drain(): Promise<void> {
    const pause = this.pause();
    if (pause !== null) await pause;
    if (this.queued < QUEUE_BYTES) return;
    await this.writing;
    this.startWriting();
    this.throwFailure();
  }

  /** Until everything before `position` is handed to the system, so that its buffers may be reused. */
  async settled(position: number): Promise<void> {
    if (position <= this.written) return;
    await this.writing;
    if (position > this.written) {
      this.startWriting();
      await this.writing;
    }
    this.throwFailure();
  }

  /** Whether the stream written as `num` with a dictionary of `dictLength` bytes holds exactly `data`. */
  async holdsStream(num: number, dictLength: number, data: Buffer): Promise<boolean> {
    const start = (this.places[num] ?? 0) + `${num} 0 obj\n`.length + dictLength + STREAM_START.length;
    await this.settled(start + data.length);
    const bytes = Buffer.allocUnsafe(data.length);
    const { bytesRead } = await this.handle.read(bytes, 0, data.length, start);
    return bytesRead === data.length && bytes.equals(data);
  }

  /** Writes what is packed, the cross-reference stream and the end. Returns size and hash of the file. */
  async finish(trailer: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
    this.flushPacked();
    const num = this.reserve();
    this.kinds[num] = AT_OFFSET;
    this.places[num] = this.position;
    const start = this.position;
    const { widths, data } = this.encodeCrossReference();
    const columns = widths.reduce((sum, width) => sum + width, 0);
    const dict = `/Type/XRef/Size ${this.next}/W[${widths.join(' ')}]${trailer}/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns ${columns}>>`;
    this.append(Buffer.from(`${num} 0 obj\n<<${dict}/Length ${data.length}>>`, 'latin1'));
    this.append(STREAM_START);
    this.append(data);
    this.append(STREAM_END);
    this.append(Buffer.from(`startxref\n${start}\n%%EOF\n`, 'latin1'));
    await this.settled(this.position);
    return { bytes: this.position, sha256: await this.hash.digest() };
  }

  /** Waits for a write under way, so that the file can be closed. */
  async abandon(): Promise<void> {
    await this.writing;
    await this.hash.abandon();
  }

  private sealArena(): void {
    if (this.arenaEnd === this.arenaStart) return;
    this.queue.push(this.arena.subarray(this.arenaStart, this.arenaEnd));
    this.arenaStart = this.arenaEnd;
  }

  private startWriting(): void {
    this.sealArena();
    const parts = this.queue;
    const length = this.queued;
    const from = this.position - length;
    const whole = [...parts];
    this.queue = [];
    this.queued = 0;
    this.writing = this.writeParts(parts, from).then(
      () => {
        this.written = from + length;
        this.hash.written(whole, this.written);
      },
      (cause: unknown) => {
        this.failure ??= cause;
      },
    );
  }

  private async writeParts(parts: Buffer[], from: number): Promise<void> {
    let position = from;
    for (let at = 0; at < parts.length; ) {
      const batch = parts.slice(at, at + 512);
      const wanted = batch.reduce((sum, part) => sum + part.length, 0);
      const { bytesWritten } = await this.handle.writev(batch, position);
      if (bytesWritten === wanted) at += batch.length;
      else if (bytesWritten === 0) throw new Error('the disk took no bytes');
      else at = skipWritten(parts, at, bytesWritten);
      position += bytesWritten;
    }
  }

  private throwFailure(): void {
    if (this.failure === null) return;
    const code = this.failure instanceof Error && 'code' in this.failure ? String(this.failure.code) : '';
    const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
    throw new BindFailure(full ? 'disk-full' : 'write-failed', `the volume cannot be written: ${code}`, { cause: this.failure });
  }

  private flushPacked(): void {
    if (this.packed.length === 0) return;
    const num = this.reserve();
    let head = '';
    let offset = 0;
    this.packed.forEach((object, index) => {
      this.kinds[object.num] = IN_STREAM;
      this.places[object.num] = num;
      this.indexes[object.num] = index;
      head += `${object.num} ${offset} `;
      offset += object.body.length + 1;
    });
    const parts: Buffer[] = [Buffer.from(head, 'latin1')];
    for (const object of this.packed) parts.push(object.body, LINE);
    const count = this.packed.length;
    this.packed = [];
    this.packedBytes = 0;
    this.writeStream(num, `/Type/ObjStm/N ${count}/First ${head.length}/Filter/FlateDecode`, deflateSync(Buffer.concat(parts), { level: 4 }));
  }

  private encodeCrossReference(): { readonly widths: readonly number[]; readonly data: Buffer } {
    let wide = 4;
    while (this.position >= 256 ** wide) wide++;
    const columns = 1 + wide + 2;
    const raw = Buffer.alloc(this.next * (columns + 1));
    const row = Buffer.alloc(columns);
    const above = Buffer.alloc(columns);
    for (let num = 0; num < this.next; num++) {
      const kind = this.kinds[num] ?? 0;
      row.fill(0);
      row[0] = kind;
      row.writeUIntBE(kind === 0 ? 0 : (this.places[num] ?? 0), 1, wide);
      row.writeUInt16BE(kind === IN_STREAM ? (this.indexes[num] ?? 0) : kind === 0 ? 65535 : 0, 1 + wide);
      const at = num * (columns + 1);
      raw[at] = 2;
      for (let i = 0; i < columns; i++) raw[at + 1 + i] = (row[i] ?? 0) - (above[i] ?? 0);
      row.copy(above);
    }
    return { widths: [1, wide, 2], data: deflateSync(raw, { level: 6 }) };
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

const STREAM_START = Buffer.from('\nstream\n', 'latin1');
const STREAM_END = Buffer.from('\nendstream\nendobj\n', 'latin1');
const LINE = Buffer.from('\n', 'latin1');

/** Index of the first part that is not written completely; that part is cut to its rest. */
function skipWritten(parts: Buffer[], from: number, bytes: number): number {
  let at = from;
  let left = bytes;
  for (;;) {
    const part = parts[at];
    if (part === undefined || left < part.length) {
      if (part !== undefined) parts[at] = part.subarray(left);
      return at;
    }
    left -= part.length;
    at++;
  }
}
