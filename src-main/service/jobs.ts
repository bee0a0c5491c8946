import type { ServiceEvent } from '../contract/index.ts';

const PROGRESS_EVERY_MS = 100;

export interface Job {
  readonly signal: AbortSignal;
  /** `value` from 0 to 1. Sent at most every 100 ms; the last one before the end may be dropped. */
  progress(value: number, text: string): void;
}

/** Running jobs by id: each has one AbortSignal and ends in exactly one state. */
export class Jobs {
  readonly #running = new Map<string, AbortController>();
  readonly #ends = new Set<Promise<unknown>>();
  readonly #emit: (event: ServiceEvent) => void;

  constructor(emit: (event: ServiceEvent) => void) {
    this.#emit = emit;
  }

  /** Runs `work` as the job `jobId`; whatever happens, `job-ended` is sent once. */
  async run<T extends { readonly ok: boolean }>(jobId: string, work: (job: Job) => Promise<T>): Promise<T> {
    if (this.#running.has(jobId)) throw new Error(`job ${jobId} is running already`);
    const controller = new AbortController();
    this.#running.set(jobId, controller);
    let last = Number.NEGATIVE_INFINITY;
    const progress = (value: number, text: string): void => {
      const now = performance.now();
      if (now - last < PROGRESS_EVERY_MS) return;
      last = now;
      this.#emit({ kind: 'job-progress', jobId, value: Math.min(1, Math.max(0, value)), text });
    };
    let state: 'done' | 'failed' | 'cancelled' = 'failed';
    const running = work({ signal: controller.signal, progress });
    this.#ends.add(running);
    try {
      const result = await running;
      state = result.ok ? 'done' : controller.signal.aborted ? 'cancelled' : 'failed';
      return result;
    } finally {
      this.#running.delete(jobId);
      this.#ends.delete(running);
      this.#emit({ kind: 'job-ended', jobId, state });
    }
  }

  /** False where no such job runs (it may have ended just now). */
  cancel(jobId: string): boolean {
    const controller = this.#running.get(jobId);
    controller?.abort();
    return controller !== undefined;
  }

  /** Cancels everything and waits until the last job has ended. */
  async cancelAll(): Promise<void> {
    for (const controller of this.#running.values()) controller.abort();
    await Promise.allSettled(this.#ends);
  }

  get active(): number {
    return this.#running.size;
  }
}
