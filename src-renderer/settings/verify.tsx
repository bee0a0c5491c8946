import { Alert, Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useJob, useJobs } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';

/** Checks every file against its hash and the log against its chain, and mends files from a copy that was kept elsewhere. */
export function Verify() {
  const job = useJob();
  const running = useJobs().some((candidate) => candidate.name === 'archive.verify' || candidate.name === 'archive.repair');
  const { readOnly } = useArchive();
  const notify = useNotify();
  const { go } = useNavigation();
  const [repaired, setRepaired] = useState<CallOutput<'archive.repair'>['repaired'] | null>(null);
  const [result, setResult] = useState<CallOutput<'archive.verify'> | null>(null);
  const verify = async (): Promise<void> => {
    setResult(null);
    setRepaired(null);
    const reply = await job('archive.verify', '核验档案库', (jobId) => ({ jobId }));
    if (reply.ok) setResult(reply.value);
  };
  const clean = async (): Promise<void> => {
    const reply = await job('archive.removeOrphans', '清理多余文件', (jobId) => ({ jobId }));
    if (!reply.ok) return;
    notify.say(`已清理 ${reply.value.removed} 个多余文件`);
    await verify();
  };
  const repair = async (): Promise<void> => {
    const chosen = await call('shell.chooseFolder', { title: '选择档案库的备份副本，或存放原文件的文件夹' });
    if (!chosen.ok) return notify.trouble(chosen.error);
    const from = chosen.value.path;
    if (from === null) return;
    const reply = await job('archive.repair', '从备份修复', (jobId) => ({ jobId, from: [from] }));
    if (!reply.ok) return;
    setRepaired(reply.value.repaired);
    setResult(reply.value.left);
  };
  const mendable = result?.problems.filter((problem) => problem.mends === 'copy').length ?? 0;
  const inDatabase = result?.problems.filter((problem) => problem.mends === 'backup').length ?? 0;
  const strays = result?.problems.filter((problem) => problem.kind === 'object-orphan').length ?? 0;
  return (
    <div className="settings-part">
      <p>核验会重新计算每个材料文件的校验值，与收入时的记录比对，并检查数据库和操作记录链。只检查，不改动。</p>
      <Button type="primary" loading={running} onClick={() => void verify()} data-testid="verify-run">
        开始核验
      </Button>
      {repaired === null ? null : (
        <Alert
          type={repaired.length > 0 ? 'success' : 'warning'}
          showIcon
          data-testid="repair-result"
          title={repaired.length > 0 ? `已从备份修复 ${repaired.length} 个文件，内容与收入时一致。` : '所选文件夹中没有找到与收入时一致的文件，什么也没有改动。'}
          description={repaired.length === 0 ? '请选择另一份副本，或存放原文件的文件夹。' : <ul>{repaired.map((one) => <li key={one.path}>《{one.name}》，取自 {one.from}</li>)}</ul>}
        />
      )}
      {result === null ? null : (
        <Alert
          type={result.ok ? 'success' : 'error'}
          showIcon
          title={result.ok ? `核验通过：${result.objects} 个文件与收入时完全一致。` : `${repaired === null ? '发现' : '还有'} ${result.problems.length} 个问题`}
          data-testid="verify-result"
          description={
            result.problems.length === 0 ? null : (
              <ul>
                {result.problems.map((problem) => (
                  <li key={`${problem.kind}:${problem.path}`}>
                    {problem.path}：{problem.message}
                  </li>
                ))}
              </ul>
            )
          }
          action={
            readOnly ? null : (
              <Space orientation="vertical">
                {mendable === 0 ? null : (
                  <Button type="primary" loading={running} onClick={() => void repair()} data-testid="repair-files" title={`${mendable} 个文件可以从另存的副本取回；只放回与收入时完全一致的内容`}>
                    从备份修复…
                  </Button>
                )}
                {inDatabase === 0 ? null : (
                  <Button type={mendable === 0 ? 'primary' : 'default'} onClick={() => go({ page: 'settings', tab: 'backups' })} data-testid="repair-database">
                    恢复数据库备份…
                  </Button>
                )}
                {strays === 0 ? null : (
                  <Popconfirm title="清理多余文件？" description={`${strays} 个没有任何材料使用的文件将被删除；已收入的材料不受影响。`} okText="清理" cancelText="不清理" onConfirm={() => void clean()}>
                    <Button data-testid="remove-orphans">清理多余文件</Button>
                  </Popconfirm>
                )}
              </Space>
            )
          }
        />
      )}
    </div>
  );
}
