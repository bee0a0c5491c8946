import { App } from 'antd';
import { useCallback, useMemo } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';

const unsafe = /[\\/:*?"<>|]/gu;

export type ExchangeState = CallOutput<'exchange.state'>;

export interface Exchange {
  /** A folder of the user's, or null where the dialog was closed. */
  chooseFolder(title: string): Promise<string | null>;
  /** Prints one of the papers of this page as PDF and DOCX into a folder that is asked for. */
  print(kind: string, scope: string, name: string): Promise<void>;
}

export function useExchange(): Exchange {
  const notify = useNotify();
  const job = useJob();
  const { modal } = App.useApp();
  const chooseFolder = useCallback(
    async (title: string) => {
      const chosen = await call('shell.chooseFolder', { title });
      if (chosen.ok) return chosen.value.path;
      notify.trouble(chosen.error);
      return null;
    },
    [notify],
  );
  const print = useCallback(
    async (kind: string, scope: string, name: string) => {
      const folder = await chooseFolder(`${name}存到哪个文件夹`);
      if (folder === null) return;
      const written: string[] = [];
      for (const format of ['pdf', 'docx'] as const) {
        const reply = await job('papers.make', `生成${name}`, (jobId) => ({ jobId, kind, scope, format, out: `${folder}/${name.replaceAll(unsafe, ' ')}.${format}` }));
        if (!reply.ok) return;
        written.push(reply.value.path);
      }
      modal.success({ title: `${name}已生成`, content: written.join('\n'), className: 'exchange-written', okText: '知道了' });
    },
    [chooseFolder, job, modal],
  );
  return useMemo(() => ({ chooseFolder, print }), [chooseFolder, print]);
}
