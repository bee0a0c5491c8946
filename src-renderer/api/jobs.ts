import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { CallInput, CallOutput, Envelope, ServiceEvent } from '../../src-main/contract/index.ts';
import { call } from './client.ts';
import { useNotify } from './notify.tsx';
import { queryClient } from './queries.ts';

export type JobCallName = 'archive.sample' | 'archive.verify' | 'evidence.import' | 'binding.export';

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

export const useJobs = (): readonly RunningJob[] => useSyncExternalStore(jobBoard.subscribe, jobBoard.read);

/** Seconds a job still needs at the pace so far, or null while too little is known to say. */
export function estimateRemaining(job: RunningJob, now: number): number | null {
  const elapsed = now - job.startedAt;
  if (job.value < 0.05 || elapsed < 2000) return null;
  return Math.max(0, Math.round(((elapsed / job.value) * (1 - job.value)) / 1000));
}

/** Runs a job call under a fresh id; trouble is shown, what was read is read again. `make` receives the id. */
export function useJob(): <N extends JobCallName>(name: N, title: string, make: (jobId: string) => CallInput<N>) => Promise<Envelope<CallOutput<N>>> {
  const notify = useNotify();
  return useCallback(
    async (name, title, make) => {
      const id = crypto.randomUUID();
      jobBoard.add({ id, name, title, value: 0, text: '', startedAt: performance.now(), cancelling: false });
      try {
        const reply = await call(name, make(id));
        if (!reply.ok) {
          if (reply.error.code === 'cancelled') notify.say(`${title}：已取消`);
          else notify.trouble(reply.error);
        }
        return reply;
      } finally {
        jobBoard.remove(id);
        void queryClient.invalidateQueries();
      }
    },
    [notify],
  );
}

/** Asks the service to stop a job; its call then ends with `cancelled`. */
export async function cancelJob(id: string): Promise<void> {
  jobBoard.change(id, { cancelling: true });
  await call('jobs.cancel', { jobId: id });
}

/** True once `delay` ms have passed since `startedAt`: short work shows nothing. */
export function useElapsed(startedAt: number, delay = 400): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), Math.max(0, delay - (performance.now() - startedAt)));
    return () => clearTimeout(timer);
  }, [startedAt, delay]);
  return passed;
}
