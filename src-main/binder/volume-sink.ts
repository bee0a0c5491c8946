import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { BindFailure } from './bind-error.ts';
import type { SourceFile } from './source-file.ts';

/** Bytes at hand, or bytes that are still in their source. */
export type VolumePart = Buffer | { readonly file: SourceFile; readonly start: number; readonly length: number };

/** Where batches of a volume go. */
export interface VolumeSink {
  /** Batches that may be under way at once. */
  readonly concurrency: number;
  /** False: only shared memory can be handed over. */
  readonly takesAnyMemory: boolean;
  /** Writes a batch at its place; batches come in the order of their places. Throws BindFailure for a source, the system's error for the volume. */
  readonly write: (parts: readonly VolumePart[], position: number) => Promise<void>;
  /** SHA-256 of everything written, null where it was not asked for. */
  readonly digest: () => Promise<string | null>;
  readonly close: () => Promise<void>;
}

/**
 * A batch as numbers, three for each part: descriptor, first byte and length of what is still in a source, −1 − index of the memory, first
 * byte and length of what is at hand. Cheap to hand to a thread, which a thousand objects are not.
 */
interface PlainBatch {
  readonly table: Float64Array;
  readonly memories: readonly (ArrayBufferLike | Uint8Array)[];
}

interface BatchFault {
  readonly code: string;
  readonly message: string;
  /** Place in the batch of the source that could not be read, −1 where the volume could not be written. */
  readonly part: number;
}

type Files = Pick<typeof fs, 'readSync' | 'writevSync'>;

/** Small enough to stay in a core's own cache between read and write: half a megabyte takes up to twice as long. */
const CHUNK_BYTES = 128 * 1024;

/**
 * Writes the parts one behind the other; null, or what went wrong. Refers to nothing outside itself: its text is the program of the
 * writing thread too.
 */
function writeParts(files: Files, fd: number, { table, memories }: PlainBatch, position: number, chunk: Uint8Array, onWritten: (bytes: Uint8Array) => void): BatchFault | null {
  let place = position;
  let used = 0;
  let vector: Uint8Array[] = [];
  let reading = -1;
  const flush = (): void => {
    for (const bytes of vector) onWritten(bytes);
    while (vector.length > 0) {
      let written = files.writevSync(fd, vector, place);
      if (written === 0) throw new Error('the disk took no bytes');
      place += written;
      let whole = 0;
      for (const bytes of vector) {
        if (written < bytes.length) break;
        written -= bytes.length;
        whole++;
      }
      vector = vector.slice(whole);
      if (written > 0 && vector[0] !== undefined) vector[0] = vector[0].subarray(written);
    }
    used = 0;
  };
  try {
    const held = memories.map((memory) => (memory instanceof Uint8Array ? memory : new Uint8Array(memory)));
    for (let at = 0; at < table.length; at += 3) {
      const source = table[at] ?? 0;
      const start = table[at + 1] ?? 0;
      const length = table[at + 2] ?? 0;
      const memory = held[-1 - source];
      if (memory !== undefined) vector.push(memory.subarray(start, start + length));
      else {
        for (let done = 0; done < length; ) {
          if (used === chunk.length) flush();
          reading = at / 3;
          const got = files.readSync(source, chunk, used, Math.min(length - done, chunk.length - used), start + done);
          if (got === 0) return { code: 'SHORTENED', message: '', part: at / 3 };
          reading = -1;
          vector.push(chunk.subarray(used, used + got));
          used += got;
          done += got;
        }
      }
      if (vector.length >= 512) flush();
    }
    flush();
    return null;
  } catch (error) {
    return { code: error instanceof Error && 'code' in error ? String(error.code) : '', message: error instanceof Error ? error.message : String(error), part: reading };
  }
}

/** `shared`: the memories are handed over whole, as memory that both threads see. */
function plainBatch(parts: readonly VolumePart[], shared: boolean): PlainBatch {
  const table = new Float64Array(parts.length * 3);
  const memories: (ArrayBufferLike | Uint8Array)[] = [];
  let at = 0;
  for (const part of parts) {
    if (Buffer.isBuffer(part)) {
      const memory = shared ? part.buffer : part;
      let index = shared ? memories.lastIndexOf(memory) : -1;
      if (index < 0) index = memories.push(memory) - 1;
      table[at] = -1 - index;
      table[at + 1] = shared ? part.byteOffset : 0;
      table[at + 2] = part.length;
    } else {
      table[at] = part.file.descriptor;
      table[at + 1] = part.start;
      table[at + 2] = part.length;
    }
    at += 3;
  }
  return { table, memories };
}

function failureOf(fault: BatchFault, parts: readonly VolumePart[]): Error {
  const part = parts[fault.part];
  if (part === undefined || Buffer.isBuffer(part)) return Object.assign(new Error(fault.message), { code: fault.code });
  return fault.code === 'SHORTENED' ? part.file.shortened() : new BindFailure('unreadable', fault.message, { file: part.file.path });
}

/** Writes on the spot: right for small volumes. */
export function sinkInPlace(fd: number, checksum: boolean): VolumeSink {
  const hash = checksum ? createHash('sha256') : null;
  let chunk: Buffer | null = null;
  return {
    concurrency: 1,
    takesAnyMemory: true,
    write: async (parts, position) => {
      chunk ??= Buffer.allocUnsafeSlow(CHUNK_BYTES);
      const fault = writeParts(fs, fd, plainBatch(parts, false), position, chunk, (bytes) => hash?.update(bytes));
      if (fault !== null) throw failureOf(fault, parts);
    },
    digest: async () => hash?.digest('hex') ?? null,
    close: async () => undefined,
  };
}

interface ThreadTools {
  readonly port: { readonly on: (event: 'message', listener: (message: ThreadRequest) => void) => unknown; readonly postMessage: (message: ThreadReply) => void };
  readonly files: Files;
  readonly hash: { readonly update: (bytes: Uint8Array) => unknown; readonly digest: (form: 'hex') => string } | null;
  readonly fd: number;
  readonly chunk: Uint8Array;
  readonly writeParts: typeof writeParts;
}

type ThreadRequest = { readonly batch: PlainBatch; readonly position: number } | 'digest';
/** Null: written. A text: the digest. */
type ThreadReply = BatchFault | string | null;

function readReply(message: unknown): ThreadReply {
  if (message === null || typeof message === 'string') return message;
  if (typeof message === 'object' && 'code' in message && 'message' in message && 'part' in message) {
    const { code, message: text, part } = message;
    if (typeof code === 'string' && typeof text === 'string' && typeof part === 'number') return { code, message: text, part };
  }
  throw new Error('the writing thread gave no reply that can be read');
}

/** What the writing thread does: one reply for each request, in order. Refers to nothing outside itself. */
function serveBatches({ port, files, hash, fd, chunk, writeParts: write }: ThreadTools): void {
  port.on('message', (request) => {
    port.postMessage(request === 'digest' ? (hash?.digest('hex') ?? null) : write(files, fd, request.batch, request.position, chunk, (bytes) => hash?.update(bytes)));
  });
}

/** The thread's program is given as text so that it runs alike from sources and from a bundle. */
const threadText = (): string => `
const { parentPort: port, workerData: { fd, checksum } } = require('node:worker_threads');
const hash = checksum ? require('node:crypto').createHash('sha256') : null;
(${serveBatches.toString()})({ port, files: require('node:fs'), hash, fd, chunk: Buffer.allocUnsafeSlow(${CHUNK_BYTES}), writeParts: ${writeParts.toString()} });
`;

/** Batches on their way to the thread: it has always one to go on with, also after its slow start. Long streams in them take no memory. */
const THREAD_BATCHES = 16;

/**
 * Copies, writes and hashes in a thread of its own: right for large volumes. One message for each batch: waking a thread costs as much as
 * copying a hundred kilobytes, so that the pool behind `fs.read` and `fs.writev` would cost more than the copying.
 */
export function sinkAside(fd: number, checksum: boolean): VolumeSink {
  const worker = new Worker(threadText(), { eval: true, workerData: { fd, checksum }, resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 } });
  const waiting: { readonly resolve: (reply: ThreadReply) => void; readonly reject: (error: Error) => void }[] = [];
  let ended: Error | null = null;
  const end = (error: Error): void => {
    ended ??= error;
    for (const one of waiting.splice(0)) one.reject(ended);
  };
  worker.on('message', (message: unknown) => waiting.shift()?.resolve(readReply(message)));
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the writing thread ended')));
  const ask = async (request: ThreadRequest): Promise<ThreadReply> =>
    new Promise((resolve, reject) => {
      if (ended !== null) {
        reject(ended);
        return;
      }
      waiting.push({ resolve, reject });
      worker.postMessage(request);
    });
  return {
    concurrency: THREAD_BATCHES,
    takesAnyMemory: false,
    write: async (parts, position) => {
      const reply = await ask({ batch: plainBatch(parts, true), position });
      if (typeof reply === 'object' && reply !== null) throw failureOf(reply, parts);
    },
    digest: async () => {
      const reply = await ask('digest');
      return typeof reply === 'string' ? reply : null;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
