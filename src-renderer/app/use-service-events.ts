import { useEffect, useRef, useState } from 'react';
import type { ServiceEvent } from '../../src-main/contract/index.ts';
import { onServiceEvent } from '../api/client.ts';
import { jobBoard } from '../api/job-board.ts';
import { queryClient } from '../api/queries.ts';
import { followScans } from '../ui/scan-pace.ts';

export type ServiceState = Extract<ServiceEvent, { kind: 'service-state' }>['state'];

/** A burst of changes (an import of 800 files) is read again this often at most. */
const REREAD_EVERY_MS = 400;

/** Keeps what is shown in step with the service: stale reads, job progress, and whether the service lives. */
export function useServiceEvents(): { readonly state: ServiceState; dismiss(): void } {
  const [state, setState] = useState<ServiceState>('running');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const reread = (): void => {
      timer ??= setTimeout(() => {
        timer = null;
        void queryClient.invalidateQueries();
      }, REREAD_EVERY_MS);
    };
    const stop = onServiceEvent((event) => {
      jobBoard.follow(event);
      if (event.kind === 'scan-status') {
        followScans(event.status, performance.now());
        queryClient.setQueryData(['scans.status', {}], event.status);
      }
      if (event.kind === 'archive-changed') reread();
      if (event.kind === 'service-state') {
        setState(event.state);
        reread();
      }
    });
    return () => {
      stop();
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
