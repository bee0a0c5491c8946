import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { BindFailure } from './bind-error.ts';

const WINDOW_BYTES = 8 * 1024;
const MAX_GROWN_WINDOW = 128 * 1024;
const MAX_WINDOW_BYTES = 512 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

/** Bytes of a file from `at` on: no object is made to say where they begin. */
export interface FileView {
  readonly bytes: Buffer;
  readonly at: number;
}

const NOTHING: FileView = { bytes: Buffer.alloc(0), at: 0 };

interface Window {
  readonly bytes: Buffer;
  readonly start: number;
}

const NO_WINDOW: Window = { bytes: Buffer.alloc(0), start: 0 };

/** Windows are cut from chunks: one allocation for many of them. */
let chunk = Buffer.alloc(0);

function takeWindow(length: number): Buffer {
  if (length > CHUNK_BYTES / 2) return Buffer.allocUnsafeSlow(length);
  if (chunk.length < length) chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  const window = chunk.subarray(0, length);
  chunk = chunk.subarray(length);
  return window;
}

/**
 * A file read through windows: never whole, unless the caller lends a buffer that holds it (one read is far cheaper than many for
 * the small files that an office has). Buffers handed out stay valid as long as the lent buffer is not reused.
 */
export class SourceFile {
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
  private readonly fd: number;
  private whole: Buffer | null = null;
  private window: Window = NO_WINDOW;
  /** The one used before: whoever compares the ends of a long stream goes to and fro. */
  private formerWindow: Window = NO_WINDOW;
  private users = 1;

  constructor(path: string) {
    this.path = path;
    this.fd = openSync(path, 'r');
    const stat = fstatSync(this.fd);
    if (!stat.isFile()) {
      closeSync(this.fd);
      throw new BindFailure('unreadable', 'not a regular file');
    }
    this.size = stat.size;
    this.modifiedMs = stat.mtimeMs;
  }

  /** For reading in another thread, between `retain` and `release`. */
  get descriptor(): number {
    return this.fd;
  }

  /** The file's bytes lie in a buffer that was lent. */
  get isHeld(): boolean {
    return this.whole !== null;
  }

  /** Reads the whole file into `buffer`, which must be at least as long as the file. */
  holdIn(buffer: Buffer): void {
    this.fill(buffer, 0, this.size);
    this.whole = buffer.subarray(0, this.size);
  }

  /** At least `length` bytes from `offset`, fewer only at the file's end. */
  read(offset: number, length: number): Buffer {
    const { bytes, at } = this.view(offset, length);
    return at === 0 ? bytes : bytes.subarray(at);
  }

  /** The same bytes where they lie: cheaper by an object for each look. */
  view(offset: number, length: number): FileView {
    if (offset < 0 || offset >= this.size) return NOTHING;
    if (this.whole !== null) return { bytes: this.whole, at: offset };
    const wanted = Math.min(length, this.size - offset);
    const within = offset - this.window.start;
    if (within >= 0 && within + wanted <= this.window.bytes.length) return { bytes: this.window.bytes, at: within };
    const former = this.formerWindow;
    this.formerWindow = this.window;
    const before = offset - former.start;
    if (before >= 0 && before + wanted <= former.bytes.length) {
      this.window = former;
      return { bytes: former.bytes, at: before };
    }
    if (wanted > MAX_WINDOW_BYTES) throw new BindFailure('too-large', `an object of ${wanted} bytes cannot be held`);
    // Whoever reads on where the last window ended will read on further.
    const goesOn = within >= 0 && within <= this.window.bytes.length + WINDOW_BYTES;
    const size = Math.max(wanted, goesOn ? Math.min(MAX_GROWN_WINDOW, this.window.bytes.length * 2) : 0, WINDOW_BYTES);
    const fresh = takeWindow(Math.min(size, this.size - offset));
    this.fill(fresh, offset, fresh.length);
    this.window = { bytes: fresh, start: offset };
    return { bytes: fresh, at: 0 };
  }

  /** Copies `length` bytes from `offset` to `target` at `to`, fewer only at the file's end; how many. */
  copyTo(target: Buffer, to: number, offset: number, length: number): number {
    const { bytes, at } = this.view(offset, length);
    return bytes.copy(target, to, at, Math.min(bytes.length, at + length));
  }

  /** Exactly `length` bytes copied into `target`, past the windows. */
  fill(target: Buffer, offset: number, length: number): void {
    let done = 0;
    while (done < length) {
      const got = readSync(this.fd, target, done, length - done, offset + done);
      if (got === 0) throw this.shortened();
      done += got;
    }
  }

  /** Keeps the file open beyond `close`, until `release`. */
  retain(): void {
    this.users++;
  }

  release(): void {
    this.users--;
    if (this.users === 0) closeSync(this.fd);
  }

  close(): void {
    this.whole = null;
    this.window = NO_WINDOW;
    this.formerWindow = NO_WINDOW;
    this.release();
  }

  shortened(): BindFailure {
    return new BindFailure('source-changed', 'the file became shorter while it was read', { file: this.path });
  }
}
