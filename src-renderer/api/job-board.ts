import type { ServiceEvent } from '../../src-main/contract/index.ts';

export type JobCallName = 'archive.sample' | 'archive.verify' | 'archive.repair' | 'archive.removeOrphans' | 'evidence.import' | 'evidence.replace' | 'binding.export' | 'exchange.handOut' | 'exchange.pack' | 'exchange.open' | 'exchange.merge' | 'exchange.package' | 'exchange.verifyPackage' | 'papers.make' | 'papers.save' | 'papers.replace' | 'binding.preview' | 'binding.copyVersion';

/** A job as the window follows it. `value` from 0 to 1; times in milliseconds of `performance.now()`. */
export interface RunningJob {
  readonly id: string;
  readonly name: JobCallName;
  readonly title: string;
  readonly value: number;
  readonly text: string;
  readonly startedAt: number;
  readonly cancelling: boolean;
}

/** Running jobs, newest last. One list for the window, so that a job outlives the page that began it. */
export class JobBoard {
  #jobs: readonly RunningJob[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): readonly RunningJob[] => this.#jobs;

  add(job: RunningJob): void {
    this.#set([...this.#jobs, job]);
  }

  remove(id: string): void {
    this.#set(this.#jobs.filter((job) => job.id !== id));
  }

  change(id: string, change: Partial<Pick<RunningJob, 'value' | 'text' | 'cancelling'>>): void {
    this.#set(this.#jobs.map((job) => (job.id === id ? { ...job, ...change } : job)));
  }

  /** Takes in progress; other events and unknown jobs are left alone. Progress never runs backwards. */
  follow(event: ServiceEvent): void {
    if (event.kind !== 'job-progress') return;
    const job = this.#jobs.find((candidate) => candidate.id === event.jobId);
    if (job !== undefined) this.change(job.id, { value: Math.max(job.value, event.value), text: event.text });
  }

  #set(jobs: readonly RunningJob[]): void {
    this.#jobs = jobs;
    for (const listener of this.#listeners) listener();
  }
}

export const jobBoard = new JobBoard();

/** The last part of a job goes at another pace (files are looked through once more, written out): no time is better than a wrong one. */
const TAIL = 0.85;

/** Seconds a job still needs at the pace so far, or null where too little is known to say. */
export function estimateRemaining(job: RunningJob, now: number): number | null {
  const elapsed = now - job.startedAt;
  if (job.value < 0.05 || job.value > TAIL || elapsed < 2000) return null;
  return Math.max(0, Math.round(((elapsed / job.value) * (1 - job.value)) / 1000));
}

/** Seconds in which the end that is foreseen must stay about the same before it is told, and how far it may shift. */
const STEADY_SECONDS = 5;
const SHIFT_SECONDS = 4;
const SHIFT_PART = 0.25;

/** Holds an estimate back until it is steady: 4 seconds, then 3, then 17 tell nobody anything. */
export class SteadyEstimate {
  #ends: readonly { readonly at: number; readonly end: number }[] = [];

  /** Takes in an estimate in seconds (or none) made at `now` in milliseconds; answers it once those of the last seconds agree. */
  next(remaining: number | null, now: number): number | null {
    if (remaining === null) {
      this.#ends = [];
      return null;
    }
    const since = now - STEADY_SECONDS * 1000;
    const before = this.#ends.findLast(({ at }) => at <= since);
    this.#ends = [...this.#ends.filter((sample) => sample.at > since || sample === before), { at: now, end: now / 1000 + remaining }];
    if (before === undefined) return null;
    const ends = this.#ends.map(({ end }) => end);
    return Math.max(...ends) - Math.min(...ends) <= Math.max(SHIFT_SECONDS, remaining * SHIFT_PART) ? remaining : null;
  }
}
