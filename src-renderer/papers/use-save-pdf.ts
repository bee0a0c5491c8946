import { useCallback } from 'react';
import { call } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';

export interface PageRange {
  /** From 1, both included. */
  readonly first: number;
  readonly last: number;
}

/** Longest name that a save dialog is given. */
const LONGEST = 190;

/** A path for a file of that name, in the folder saved to last; null where the clerk chose none. */
export function useChoosePath(): (name: string, format: 'pdf' | 'docx' | 'xlsx' | 'csv') => Promise<string | null> {
  const notify = useNotify();
  return useCallback(
    async (name, format) => {
      const chosen = await call('shell.choosePaperFile', { suggestedName: name.replace(/\.pdf$/u, '').slice(0, LONGEST), format });
      if (chosen.ok) return chosen.value.path;
      notify.trouble(chosen.error);
      return null;
    },
    [notify],
  );
}

/** 存为 PDF…: saves what is shown under the service's name `id`, or some pages of it, where the clerk says. Answers whether it was saved. */
export function useSavePdf(): (id: string, name: string, pages: PageRange | null) => Promise<boolean> {
  const notify = useNotify();
  const job = useJob();
  const choosePath = useChoosePath();
  return useCallback(
    async (id, name, pages) => {
      const stem = name.replace(/\.pdf$/u, '');
      const path = await choosePath(pages === null ? stem : `${stem} 第${pages.first}–${pages.last}页`, 'pdf');
      if (path === null) return false;
      const reply = await job('papers.save', `保存${stem}`, (jobId) => ({ jobId, id, pages, out: path }));
      if (reply.ok) notify.saved(reply.value.path);
      return reply.ok;
    },
    [choosePath, job, notify],
  );
}
