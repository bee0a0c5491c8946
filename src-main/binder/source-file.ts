import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { BindFailure } from './bind-error.ts';

const WINDOW_BYTES = 32 * 1024;
const MAX_WINDOW_BYTES = 512 * 1024 * 1024;

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
    const fresh = Buffer.allocUnsafeSlow(Math.min(Math.max(wanted, WINDOW_BYTES), this.size - offset));
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
      if (got === 0) throw new BindFailure('source-changed', 'the file became shorter while it was read');
      done += got;
    }
  }

  close(): void {
    this.whole = null;
    this.window = Buffer.alloc(0);
    closeSync(this.fd);
  }
}
