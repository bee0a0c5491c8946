import { BindFailure } from './bind-error.ts';
import type { BoundSection, WriteOptions } from './bind-plan.ts';

const REPORT_EVERY_MS = 100;
/** Longest stretch of work before other work of the process gets its turn. */
const YIELD_EVERY_MS = 8;
/** The clock is looked at every so many objects. */
const LOOK_EVERY = 4;

/** Counts pages, reports at most every 100 ms, lets others run, and notices an abort. */
export class ProgressReporter {
  private readonly total: number;
  private readonly options: WriteOptions;
  private pages = 0;
  private asked = 0;
  private reported = 0;
  private yielded = performance.now();
  /** Path of the source at work, as given; empty between sources. */
  file = '';
  key: string | undefined = undefined;

  constructor(total: number, options: WriteOptions) {
    this.total = total;
    this.options = options;
  }

  begin(section: BoundSection | null): void {
    const item = section?.section;
    this.file = item?.kind === 'source' ? item.path : '';
    this.key = item?.key;
  }

  throwIfAborted(): void {
    if (this.options.signal?.aborted === true) throw new BindFailure('aborted', 'stopped on request');
  }

  pageDone(): void {
    this.pages++;
  }

  /** Asked between objects: null to go on at once, else to be awaited. Throws BindFailure `aborted`. */
  readonly pause = (): Promise<void> | null => {
    this.throwIfAborted();
    if (++this.asked % LOOK_EVERY !== 0) return null;
    const now = performance.now();
    if (now - this.reported >= REPORT_EVERY_MS) {
      this.reported = now;
      this.options.onProgress?.({ pages: this.pages, totalPages: this.total, file: this.file });
    }
    return now - this.yielded < YIELD_EVERY_MS ? null : this.giveTurn();
  };

  private async giveTurn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.yielded = performance.now();
    this.throwIfAborted();
  }

  finish(): void {
    this.options.onProgress?.({ pages: this.pages, totalPages: this.total, file: '' });
  }
}
