import { useCallback } from 'react';
import { call } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';

const PATH_SECONDS = 8;

/** 复制到…: an exported version into a folder that the clerk chooses, such as a stick. */
export function useCopyVersion(): (version: string) => Promise<void> {
  const notify = useNotify();
  const job = useJob();
  return useCallback(
    async (version) => {
      const chosen = await call('shell.chooseFolder', { title: `把 ${version} 复制到哪个文件夹`, button: '复制到这里' });
      if (!chosen.ok) return notify.trouble(chosen.error);
      const { path } = chosen.value;
      if (path === null) return;
      const reply = await job('binding.copyVersion', `复制 ${version}`, (jobId) => ({ jobId, version, into: path }));
      if (reply.ok) notify.say(`已复制到 ${reply.value.folder}`, PATH_SECONDS);
    },
    [notify, job],
  );
}
