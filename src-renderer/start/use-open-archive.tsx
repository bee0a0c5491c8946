import { App, Radio } from 'antd';
import { useCallback } from 'react';
import { explainError } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';
import { queryClient } from '../api/queries.ts';
import { formatBytes, formatInstant, nameBackupReason } from '../ui/words.ts';

interface OpenArchive {
  /** True once it is open. Where another holds it, the clerk is asked whether reading is enough; where its database is damaged, which backup to go back to. */
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
      if (!reply.ok && reply.error.code === 'archive-damaged') {
        const kept = await call('archive.backupsOf', { folder });
        const backups = kept.ok ? kept.value : [];
        const [newest] = backups;
        if (newest !== undefined) {
          // Where the newest is damaged too, the clerk is told so and chooses another.
          let name = newest.name;
          const restore = await modal.confirm({
            title: '档案库的数据库已损坏，打不开',
            width: 560,
            content: (
              <>
                <p style={{ marginBottom: 12 }}>材料文件不受影响。恢复到一份备份即可打开；备份之后录入的内容需要重新录入。损坏的数据库会留在档案库的 backups 文件夹中。</p>
                <Radio.Group
                  vertical
                  defaultValue={name}
                  onChange={(event) => (name = String(event.target.value))}
                  options={backups.map((one) => ({ value: one.name, label: `${formatInstant(one.at)}　${nameBackupReason(one.reason)}　${formatBytes(one.bytes)}` }))}
                />
              </>
            ),
            okText: '恢复这份备份并打开',
            cancelText: '不恢复',
          });
          if (!restore) return false;
          reply = await call('archive.restoreDamaged', { folder, name });
        }
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
