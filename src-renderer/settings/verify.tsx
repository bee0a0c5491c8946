import { Alert, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useJob, useJobs } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';
import { useArchive } from '../app/archive-context.tsx';

/** Checks every file against its hash and the log against its chain. */
export function Verify() {
  const job = useJob();
  const running = useJobs().some((candidate) => candidate.name === 'archive.verify');
  const { readOnly } = useArchive();
  const notify = useNotify();
  const [result, setResult] = useState<CallOutput<'archive.verify'> | null>(null);
  const verify = async (): Promise<void> => {
    setResult(null);
    const reply = await job('archive.verify', '核验档案库', (jobId) => ({ jobId }));
    if (reply.ok) setResult(reply.value);
  };
  const clean = async (): Promise<void> => {
    const reply = await job('archive.removeOrphans', '清理多余文件', (jobId) => ({ jobId }));
    if (!reply.ok) return;
    notify.say(`已清理 ${reply.value.removed} 个多余文件`);
    await verify();
  };
  const strays = result?.problems.filter((problem) => problem.kind === 'object-orphan').length ?? 0;
  return (
    <div className="settings-part">
      <p>核验会重新计算每个材料文件的哈希值，与收入时的记录比对，并检查数据库和操作记录链。只检查，不改动。</p>
      <Button type="primary" loading={running} onClick={() => void verify()} data-testid="verify-run">
        开始核验
      </Button>
      {result === null ? null : (
        <Alert
          type={result.ok ? 'success' : 'error'}
          showIcon
          title={result.ok ? `核验通过：${result.objects} 个文件与收入时完全一致。` : `发现 ${result.problems.length} 个问题`}
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
            strays === 0 || readOnly ? null : (
              <Popconfirm title="清理多余文件？" description={`${strays} 个没有任何材料使用的文件将被删除；已收入的材料不受影响。`} okText="清理" cancelText="不清理" onConfirm={() => void clean()}>
                <Button data-testid="remove-orphans">清理多余文件</Button>
              </Popconfirm>
            )
          }
        />
      )}
    </div>
  );
}
