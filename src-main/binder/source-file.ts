import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { BindFailure } from './bind-error.ts';

const WINDOW_BYTES = 8 * 1024;
const MAX_GROWN_WINDOW = 128 * 1024;
const MAX_WINDOW_BYTES = 512 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

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
  private window: Buffer = Buffer.alloc(0);
  private windowStart = 0;
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
    if (offset < 0 || offset >= this.size) return Buffer.alloc(0);
    if (this.whole !== null) return this.whole.subarray(offset);
    const wanted = Math.min(length, this.size - offset);
    const within = offset - this.windowStart;
    if (within >= 0 && within + wanted <= this.window.length) return this.window.subarray(within);
    if (wanted > MAX_WINDOW_BYTES) throw new BindFailure('too-large', `an object of ${wanted} bytes cannot be held`);
    // Whoever reads on where the last window ended will read on further.
    const goesOn = within >= 0 && within <= this.window.length + WINDOW_BYTES;
    const size = Math.max(wanted, goesOn ? Math.min(MAX_GROWN_WINDOW, this.window.length * 2) : 0, WINDOW_BYTES);
    const fresh = takeWindow(Math.min(size, this.size - offset));
    this.fill(fresh, offset, fresh.length);
    this.window = fresh;
    this.windowStart = offset;
    return fresh;
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

  /** Fills `target` from `offset` in another thread. Only between `retain` and `release`. */
  async readInto(target: Buffer, offset: number): Promise<void> {
    let done = 0;
    while (done < target.length) {
      const from = done;
      done += await new Promise<number>((resolve, reject) => {
        read(this.fd, target, from, target.length - from, offset + from, (error, got) => {
          if (error !== null) reject(new BindFailure('unreadable', error.message, { cause: error, file: this.path }));
          else if (got === 0) reject(this.shortened());
          else resolve(got);
        });
      });
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
    this.window = Buffer.alloc(0);
    this.release();
  }

  private shortened(): BindFailure {
    return new BindFailure('source-changed', 'the file became shorter while it was read', { file: this.path });
  }
}
