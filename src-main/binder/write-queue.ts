import { writev } from 'node:fs';
import { BindFailure } from './bind-error.ts';
import type { SourceFile } from './source-file.ts';

/** Enough for one write that costs little beside its bytes, small enough to stay in the processor's cache between read and write. */
const BATCH_BYTES = 2 * 1024 * 1024;
const ARENA_BYTES = 256 * 1024;
/** Data shorter than this is gathered; longer data is written from where it lies. */
const COPY_BELOW = 8 * 1024;
const BATCH_PARTS = 512;

/** Bytes that are still in their source: they are read when their turn to be written comes. */
interface SourcePiece {
  readonly file: SourceFile;
  start: number;
  length: number;
}

interface Batch {
  readonly from: number;
  readonly done: Promise<void>;
}

export interface WriteQueueOptions {
  /** Batches under way at once: they go to places of their own, so their order does not matter. */
  readonly concurrency: number;
  /** Told what was written; with a concurrency of one in order. Everything before `settled` is in the file. */
  readonly onWritten: (parts: readonly Buffer[], settled: number) => void;
}

/**
 * Bytes on their way into the volume. They are handed to the system in large batches by other threads while the next ones are
 * prepared; what comes unchanged from a source passes through a few reused buffers and never through this thread.
 */
export class WriteQueue {
  private readonly fd: number;
  private readonly options: WriteQueueOptions;
  private parts: (Buffer | SourcePiece)[] = [];
  private queued = 0;
  private arena: Buffer = Buffer.allocUnsafeSlow(ARENA_BYTES);
  private arenaStart = 0;
  private arenaEnd = 0;
  private readonly retired: { readonly arena: Buffer; readonly until: number }[] = [];
  private readonly running = new Set<Batch>();
  private readonly buffers: Buffer[] = [];
  private failure: unknown = null;
  private stopped = false;
  position = 0;

  constructor(fd: number, options: WriteQueueOptions) {
    this.fd = fd;
    this.options = options;
  }

  /** Queues bytes; they must stay unchanged until `settled` of this position. */
  append(bytes: Buffer): void {
    this.position += bytes.length;
    this.queued += bytes.length;
    if (bytes.length >= COPY_BELOW) {
      this.sealArena();
      this.parts.push(bytes);
      return;
    }
    if (this.arenaEnd + bytes.length > this.arena.length) this.renewArena();
    bytes.copy(this.arena, this.arenaEnd);
    this.arenaEnd += bytes.length;
  }

  /** Queues bytes that may change afterwards. */
  appendCopy(bytes: Buffer): void {
    this.append(bytes.length < COPY_BELOW ? bytes : Buffer.from(bytes));
  }

  /** The same for a short text of one byte a character. */
  appendText(text: string): void {
    if (text.length >= COPY_BELOW) {
      this.append(Buffer.from(text, 'latin1'));
      return;
    }
    this.position += text.length;
    this.queued += text.length;
    if (this.arenaEnd + text.length > this.arena.length) this.renewArena();
    this.arenaEnd += this.arena.write(text, this.arenaEnd, 'latin1');
  }

  /** Queues bytes of a source, which is kept open until they are written. */
  appendFrom(file: SourceFile, start: number, length: number): void {
    if (length === 0) return;
    this.position += length;
    this.queued += length;
    this.sealArena();
    file.retain();
    this.parts.push({ file, start, length });
  }

  /** To be asked between objects: starts writing when enough is queued; to be awaited where the disk cannot follow, else null. */
  drain(): Promise<void> | null {
    if (this.failure !== null) this.throwFailure();
    if (this.queued < BATCH_BYTES) return null;
    if (this.running.size < this.options.concurrency) {
      this.start();
      return null;
    }
    return this.startWhenFree();
  }

  /** Until everything before `position` is handed to the system, so that its buffers may be reused. */
  async settled(position: number): Promise<void> {
    if (position > this.position - this.queued && this.queued > 0) {
      if (this.running.size >= this.options.concurrency) await this.firstRunning();
      this.start();
    }
    for (const batch of this.running) if (batch.from < position) await batch.done;
    if (this.failure !== null) this.throwFailure();
  }

  /** Stops, waits for the writes under way and lets go of what was never written, so that the file can be closed. */
  async abandon(): Promise<void> {
    this.stopped = true;
    for (const part of this.parts) if (!Buffer.isBuffer(part)) part.file.release();
    this.parts = [];
    this.queued = 0;
    await Promise.all([...this.running].map((batch) => batch.done));
  }

  private async startWhenFree(): Promise<void> {
    await this.firstRunning();
    if (this.failure !== null) this.throwFailure();
    this.start();
  }

  private async firstRunning(): Promise<void> {
    for (const batch of this.running) {
      await batch.done;
      return;
    }
  }

  /** An arena is used again when what it holds is written. */
  private renewArena(): void {
    this.sealArena();
    this.retired.push({ arena: this.arena, until: this.position });
    const oldest = this.retired[0];
    if (oldest !== undefined && oldest.until <= this.settledUpTo()) {
      this.retired.shift();
      this.arena = oldest.arena;
    } else this.arena = Buffer.allocUnsafeSlow(ARENA_BYTES);
    this.arenaStart = 0;
    this.arenaEnd = 0;
  }

  private settledUpTo(): number {
    let settled = this.position - this.queued;
    for (const batch of this.running) settled = Math.min(settled, batch.from);
    return settled;
  }

  private sealArena(): void {
    if (this.arenaEnd === this.arenaStart) return;
    this.parts.push(this.arena.subarray(this.arenaStart, this.arenaEnd));
    this.arenaStart = this.arenaEnd;
  }

  private start(): void {
    this.sealArena();
    const { parts } = this;
    const from = this.position - this.queued;
    this.parts = [];
    this.queued = 0;
    const done = this.writeParts(parts, from).catch((cause: unknown) => {
      this.failure ??= cause;
    });
    const batch = { from, done };
    this.running.add(batch);
    void done.then(() => this.running.delete(batch));
  }

  private async writeParts(parts: (Buffer | SourcePiece)[], from: number): Promise<void> {
    const needsBuffer = parts.some((part) => !Buffer.isBuffer(part));
    const buffer = needsBuffer ? (this.buffers.pop() ?? Buffer.allocUnsafeSlow(BATCH_BYTES)) : null;
    let position = from;
    let at = 0;
    try {
      while (at < parts.length && !this.stopped) {
        const batch: Buffer[] = [];
        const reads: Promise<void>[] = [];
        let used = 0;
        for (; at < parts.length && batch.length < BATCH_PARTS; at++) {
          const part = parts[at];
          if (part === undefined) break;
          if (Buffer.isBuffer(part)) {
            batch.push(part);
            continue;
          }
          const take = Math.min(part.length, BATCH_BYTES - used);
          if (take === 0 || buffer === null) break;
          const target = buffer.subarray(used, used + take);
          reads.push(part.file.readInto(target, part.start));
          batch.push(target);
          used += take;
          part.start += take;
          part.length -= take;
          if (part.length > 0) break;
        }
        await Promise.all(reads);
        await this.writeBatch(batch, position);
        for (const part of batch) position += part.length;
        this.options.onWritten(batch, this.settledBefore(from, position));
      }
    } finally {
      for (const part of parts) if (!Buffer.isBuffer(part)) part.file.release();
      if (buffer !== null) this.buffers.push(buffer);
    }
  }

  /** Up to where the file is whole: the earliest batch under way has got to `position` itself, or has not ended. */
  private settledBefore(from: number, position: number): number {
    let settled = position;
    for (const batch of this.running) if (batch.from < from) settled = Math.min(settled, batch.from);
    return settled;
  }

  private async writeBatch(batch: readonly Buffer[], from: number): Promise<void> {
    let rest = [...batch];
    let position = from;
    while (rest.length > 0) {
      const written = await writeVector(this.fd, rest, position);
      if (written === 0) throw new Error('the disk took no bytes');
      position += written;
      rest = restAfter(rest, written);
    }
  }

  private throwFailure(): never {
    const { failure } = this;
    if (failure instanceof BindFailure) throw failure;
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
    const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
    throw new BindFailure(full ? 'disk-full' : 'write-failed', `the volume cannot be written: ${code}`, { cause: failure });
  }
}

async function writeVector(fd: number, parts: readonly Buffer[], position: number): Promise<number> {
  return await new Promise<number>((resolve, reject) => {
    writev(fd, parts, position, (error, written) => (error === null ? resolve(written) : reject(error)));
  });
}

/** The parts that are not written yet after `bytes`. */
function restAfter(parts: readonly Buffer[], bytes: number): Buffer[] {
  let left = bytes;
  for (const [at, part] of parts.entries()) {
    if (left < part.length) return [part.subarray(left), ...parts.slice(at + 1)];
    left -= part.length;
  }
  return [];
}
