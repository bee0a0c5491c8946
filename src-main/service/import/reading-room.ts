import type { Fonts } from '../../binder/index.ts';
import type { WorkerPool } from '../../intake/index.ts';

/** Where files from outside are looked into: processes that may die without harm. */
export interface ReadingRoom {
  readonly workers: WorkerPool;
  /** Folder of the bundled fonts' parent. */
  readonly resources: string;
  readonly fonts: () => Fonts;
}
