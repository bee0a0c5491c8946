import { BindFailure } from './bind-error.ts';
import type { SourceFile } from './source-file.ts';
import type { VolumePart, VolumeSink } from './volume-sink.ts';

/** Enough for one hand-over that costs little beside its bytes. */
const BATCH_BYTES = 2 * 1024 * 1024;
const ARENA_BYTES = 256 * 1024;
/** Data shorter than this are gathered; longer data are written from where they lie. */
const COPY_BELOW = 8 * 1024;

interface Batch {
  readonly from: number;
  readonly done: Promise<void>;
}

/** Memory that other threads may read. */
export const sharedBuffer = (bytes: number): Buffer => Buffer.from(new SharedArrayBuffer(bytes));

/**
 * Bytes on their way into the volume. They are handed on in large batches while the next ones are prepared; what comes unchanged from a
 * source never passes through this thread.
 */
export class WriteQueue {
  private readonly sink: VolumeSink;
  private parts: VolumePart[] = [];
  private queued = 0;
  private arena: Buffer = sharedBuffer(ARENA_BYTES);
  private arenaStart = 0;
  private arenaEnd = 0;
  private readonly retired: { readonly arena: Buffer; readonly until: number }[] = [];
  private readonly running = new Set<Batch>();
  private failure: unknown = null;
  position = 0;

  constructor(sink: VolumeSink) {
    this.sink = sink;
  }

  /** Queues bytes; they must stay unchanged until `settled` of this position. */
  append(bytes: Buffer): void {
    if (bytes.length < COPY_BELOW) {
      this.gather(bytes);
      return;
    }
    this.position += bytes.length;
    this.queued += bytes.length;
    this.sealArena();
    this.parts.push(this.sink.takesAnyMemory || bytes.buffer instanceof SharedArrayBuffer ? bytes : shared(bytes));
  }

  /** Queues bytes that may change afterwards. */
  appendCopy(bytes: Buffer): void {
    this.append(bytes.length < COPY_BELOW ? bytes : shared(bytes));
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
    if (this.running.size < this.sink.concurrency) {
      this.start();
      return null;
    }
    return this.startWhenFree();
  }

  /** Until everything before `position` is handed to the system, so that its buffers may be reused. */
  async settled(position: number): Promise<void> {
    if (position > this.position - this.queued && this.queued > 0) {
      if (this.running.size >= this.sink.concurrency) await this.firstRunning();
      this.start();
    }
    for (const batch of this.running) if (batch.from < position) await batch.done;
    if (this.failure !== null) this.throwFailure();
  }

  /** Stops, waits for the writes under way and lets go of what was never written, so that the file can be closed. */
  async abandon(): Promise<void> {
    for (const part of this.parts) if (!Buffer.isBuffer(part)) part.file.release();
    this.parts = [];
    this.queued = 0;
    await this.sink.close();
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

  private gather(bytes: Buffer): void {
    this.position += bytes.length;
    this.queued += bytes.length;
    if (this.arenaEnd + bytes.length > this.arena.length) this.renewArena();
    bytes.copy(this.arena, this.arenaEnd);
    this.arenaEnd += bytes.length;
  }

  /** An arena is used again when what it holds is written. */
  private renewArena(): void {
    this.sealArena();
    this.retired.push({ arena: this.arena, until: this.position });
    const oldest = this.retired[0];
    if (oldest !== undefined && oldest.until <= this.settledUpTo()) {
      this.retired.shift();
      this.arena = oldest.arena;
    } else this.arena = sharedBuffer(ARENA_BYTES);
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
    const done = this.sink
      .write(parts, from)
      .catch((cause: unknown) => {
        this.failure ??= cause;
      })
      .finally(() => {
        for (const part of parts) if (!Buffer.isBuffer(part)) part.file.release();
      });
    const batch = { from, done };
    this.running.add(batch);
    void done.then(() => this.running.delete(batch));
  }

  private throwFailure(): never {
    const { failure } = this;
    if (failure instanceof BindFailure) throw failure;
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
    const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
    throw new BindFailure(full ? 'disk-full' : 'write-failed', `the volume cannot be written: ${code}`, { cause: failure });
  }
}

function shared(bytes: Buffer): Buffer {
  const copy = sharedBuffer(bytes.length);
  bytes.copy(copy);
  return copy;
}
