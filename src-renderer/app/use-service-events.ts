import { useEffect, useRef, useState } from 'react';
import type { ServiceEvent } from '../../src-main/contract/index.ts';
import { onServiceEvent } from '../api/client.ts';
import { jobBoard } from '../api/job-board.ts';
import { queryClient } from '../api/queries.ts';
import { followScans } from '../ui/scan-pace.ts';

export type ServiceState = Extract<ServiceEvent, { kind: 'service-state' }>['state'];

/** A burst of changes (an import of 800 files) is read again this often at most. */
const REREAD_EVERY_MS = 400;
/** While files come in the figures of the overview follow them this often. */
const FIGURES_EVERY_MS = 1500;

/** Keeps what is shown in step with the service: stale reads, job progress, and whether the service lives. */
export function useServiceEvents(): { readonly state: ServiceState; dismiss(): void } {
  const [state, setState] = useState<ServiceState>('running');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let reading = false;
    let stale = false;
    // One reading after the other: each new one throws away what the one before has not yet answered, and while an import keeps the
    // service busy an answer takes longer than the next change.
    const reread = (): void => {
      stale = true;
      if (timer !== null || reading) return;
      timer = setTimeout(() => {
        timer = null;
        stale = false;
        reading = true;
        void queryClient.invalidateQueries().finally(() => {
          reading = false;
          if (stale) reread();
        });
      }, REREAD_EVERY_MS);
    };
    let counted = 0;
    const recount = (): void => {
      if (reading || performance.now() - counted < FIGURES_EVERY_MS) return;
      counted = performance.now();
      // A count that is still on its way is not thrown away for a new one.
      void queryClient.invalidateQueries({ queryKey: ['overview.read'] }, { cancelRefetch: false });
    };
    const stop = onServiceEvent((event) => {
      jobBoard.follow(event);
      if (event.kind === 'job-progress' && jobBoard.read().some(({ id, name }) => id === event.jobId && name === 'evidence.import')) recount();
      if (event.kind === 'scan-status') {
        followScans(event.status, performance.now());
        queryClient.setQueryData(['scans.status', {}], event.status);
      }
      if (event.kind === 'archive-changed') reread();
      if (event.kind === 'service-state') {
        setState(event.state);
        // What a service that died has not answered is not waited for.
        void queryClient.invalidateQueries();
      }
    });
    return () => {
      stop();
      stale = false;
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  return { state, dismiss: () => setState('running') };
}

export type Command = Extract<ServiceEvent, { kind: 'command' }>;

/** Commands of the menu and of the system (a folder opened from the file manager). */
export function useCommands(handle: (command: Command) => void): void {
  const latest = useRef(handle);
  useEffect(() => {
    latest.current = handle;
  });
  useEffect(
    () =>
      onServiceEvent((event) => {
        if (event.kind === 'command') latest.current(event);
      }),
    [],
  );
}
