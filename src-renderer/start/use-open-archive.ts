import { App } from 'antd';
import { useCallback } from 'react';
import { explainError } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';
import { queryClient } from '../api/queries.ts';

interface OpenArchive {
  /** True once it is open. Where another holds it, the clerk is asked whether reading is enough. */
  open(folder: string): Promise<boolean>;
  /** Asks for the folder first. */
  chooseAndOpen(): Promise<boolean>;
}

export function useOpenArchive(): OpenArchive {
  const notify = useNotify();
  const { modal } = App.useApp();
  const open = useCallback(
    async (folder: string): Promise<boolean> => {
      let reply = await call('archive.open', { folder });
      if (!reply.ok && reply.error.code === 'archive-locked') {
        const readOnly = await modal.confirm({ title: '档案库正在被使用', content: explainError(reply.error), okText: '以只读方式打开', cancelText: '不打开' });
        if (!readOnly) return false;
        reply = await call('archive.open', { folder, readOnly: true });
      }
      if (!reply.ok) {
        notify.trouble(reply.error);
        return false;
      }
      await queryClient.resetQueries();
      return true;
    },
    [modal, notify],
  );
  const chooseAndOpen = useCallback(async (): Promise<boolean> => {
    const chosen = await call('shell.chooseFolder', { title: '打开档案库（选择 .cdarchive 文件夹）' });
    if (!chosen.ok) {
      notify.trouble(chosen.error);
      return false;
    }
    return chosen.value.path === null ? false : open(chosen.value.path);
  }, [notify, open]);
  return { open, chooseAndOpen };
}
