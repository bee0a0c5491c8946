import { availableParallelism, totalmem } from 'node:os';
import type { Fonts } from '../../binder/index.ts';
import type { WorkerPool } from '../../intake/index.ts';

/** Memory of a machine on which two large files are not looked into side by side, bytes. */
const littleMemory = 5 * 2 ** 30;

/** Processes that look into files at once: one core stays free, but two of two are used, for the service itself mostly waits for them. */
export function readersAtOnce(cores = availableParallelism(), memory = totalmem()): number {
  return Math.max(memory < littleMemory ? 1 : Math.min(2, cores), cores - 1);
}

/** Where files from outside are looked into: processes that may die without harm. */
export interface ReadingRoom {
  readonly workers: WorkerPool;
  /** Folder of the bundled fonts' parent. */
  readonly resources: string;
  readonly fonts: () => Fonts;
}
