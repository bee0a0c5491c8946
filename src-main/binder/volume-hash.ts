import { createHash, type Hash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** Hashes a file while it grows. */
export interface VolumeHash {
  /** Bytes that were just handed to the system; the file is whole up to `position`. */
  readonly written: (parts: readonly Buffer[], position: number) => void;
  readonly digest: () => Promise<string>;
  readonly abandon: () => Promise<void>;
}

/** Hashes on the spot: right for small volumes. */
export function hashInPlace(): VolumeHash {
  const hash: Hash = createHash('sha256');
  return {
    written: (parts) => {
      for (const part of parts) hash.update(part);
    },
    digest: async () => hash.digest('hex'),
    abandon: async () => undefined,
  };
}

/**
 * The thread reads what was written back from the system's cache: with a second core the hash of a volume of gigabytes costs no time.
 * Its program is given as text so that it runs alike from sources and from a bundle.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { readSync } = require('node:fs');
const hash = require('node:crypto').createHash('sha256');
const chunk = Buffer.allocUnsafeSlow(1 << 20);
let position = 0;
parentPort.on('message', (message) => {
  while (position < message.upTo) {
    const got = readSync(workerData.fd, chunk, 0, Math.min(chunk.length, message.upTo - position), position);
    if (got === 0) throw new Error('the file is shorter than what was written');
    hash.update(got === chunk.length ? chunk : chunk.subarray(0, got));
    position += got;
  }
  if (message.end) {
    parentPort.postMessage(hash.digest('hex'));
    parentPort.close();
  }
});
`;

/** Waking the thread costs more than it is worth for less. */
const TELL_EVERY_BYTES = 16 * 1024 * 1024;

/** Hashes in a thread of its own: right for large volumes. */
export function hashAside(fd: number): VolumeHash {
  const worker = new Worker(THREAD, { eval: true, workerData: { fd }, resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 } });
  const result = new Promise<string>((resolve, reject) => {
    worker.once('message', (digest: unknown) => (typeof digest === 'string' ? resolve(digest) : reject(new Error('the hashing thread gave no digest'))));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the hashing thread ended early with ${code}`)));
  });
  // Awaited by digest(); an abandoned volume must not leave a rejection behind.
  result.catch(() => undefined);
  let last = 0;
  let told = 0;
  return {
    written: (_, position) => {
      last = Math.max(last, position);
      if (position - told < TELL_EVERY_BYTES) return;
      told = position;
      worker.postMessage({ upTo: position, end: false });
    },
    digest: async () => {
      worker.postMessage({ upTo: last, end: true });
      return result;
    },
    abandon: async () => {
      await worker.terminate();
    },
  };
}
