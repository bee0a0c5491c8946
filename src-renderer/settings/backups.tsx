import { Button, Popconfirm } from 'antd';
import { useArchive } from '../app/archive-context.tsx';
import { useNotify } from '../api/notify.tsx';
import { queryClient, useChange, useRead } from '../api/queries.ts';
import { WhenRead } from '../ui/page-frame.tsx';
import { formatBytes, formatInstant, nameBackupReason } from '../ui/words.ts';

/** Backups of the database: made by themselves, made now, and gone back to. */
export function Backups() {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const backups = useRead('archive.backups', {});
  const backUp = async (): Promise<void> => {
    const reply = await change('archive.backup', {});
    if (reply.ok) notify.say(reply.value.made ? `已备份：${reply.value.name}` : '最近一份备份以后没有改动，不用再备份。');
  };
  const restore = async (name: string): Promise<void> => {
    const reply = await change('archive.restore', { name });
    if (!reply.ok) return;
    await queryClient.resetQueries();
    notify.say('已恢复到所选备份；恢复前的状态也留有备份。');
  };
  return (
    <div className="settings-part">
      <p>打开档案库时、每天和升级前会自动备份数据库，保留最近 10 份。材料文件只写一次、不会被改动，不需要另外备份；要防磁盘损坏，请把整个档案库文件夹复制到另一块盘。</p>
      <Button type="primary" disabled={readOnly} onClick={() => void backUp()} data-testid="backup-now">
        现在备份
      </Button>
      <WhenRead query={backups}>
        {(list) =>
          list.length === 0 ? (
            <p className="faint">还没有备份。</p>
          ) : (
            <table className="grid-table" data-testid="backups">
              <thead>
                <tr>
                  <th scope="col">时间</th>
                  <th scope="col">缘由</th>
                  <th scope="col">大小</th>
                  <th scope="col">操作</th>
                </tr>
              </thead>
              <tbody>
                {list.map((backup) => (
                  <tr key={backup.name}>
                    <td>{formatInstant(backup.at)}</td>
                    <td>{nameBackupReason(backup.reason)}</td>
                    <td>{formatBytes(backup.bytes)}</td>
                    <td>
                      <Popconfirm title="恢复到这份备份？" description="现在的状态会先备份下来，可以再恢复回来。" okText="恢复" cancelText="不恢复" onConfirm={() => void restore(backup.name)}>
                        <Button size="small" disabled={readOnly}>
                          恢复
                        </Button>
                      </Popconfirm>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </WhenRead>
    </div>
  );
}
