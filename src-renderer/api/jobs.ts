import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { CallInput, CallOutput, Envelope } from '../../src-main/contract/index.ts';
import { call } from './client.ts';
import { jobBoard } from './job-board.ts';
import type { JobCallName, RunningJob } from './job-board.ts';
import { useNotify } from './notify.tsx';
import { queryClient } from './queries.ts';

export const useJobs = (): readonly RunningJob[] => useSyncExternalStore(jobBoard.subscribe, jobBoard.read);

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
