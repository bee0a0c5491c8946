import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useJob, useJobs } from '../api/jobs.ts';

/** Checks every file against its hash and the log against its chain. */
export function Verify() {
  const job = useJob();
  const running = useJobs().some((candidate) => candidate.name === 'archive.verify');
  const [result, setResult] = useState<CallOutput<'archive.verify'> | null>(null);
  const verify = async (): Promise<void> => {
    setResult(null);
    const reply = await job('archive.verify', '核验档案库', (jobId) => ({ jobId }));
    if (reply.ok) setResult(reply.value);
  };
  return (
    <div className="settings-part">
      <p>核验会重新计算每个材料文件的哈希值，与收入时的记录比对，并检查数据库和操作记录链。只检查，不改动。</p>
      <Button type="primary" loading={running} onClick={() => void verify()} data-testid="verify-run">
        开始核验
      </Button>
      {result === null ? null : result.ok ? (
        <Alert type="success" showIcon title={`核验通过：${result.objects} 个文件与收入时完全一致。`} data-testid="verify-result" />
      ) : (
        <Alert
          type="error"
          showIcon
          title={`发现 ${result.problems.length} 个问题`}
          data-testid="verify-result"
          description={
            <ul>
              {result.problems.map((problem) => (
                <li key={`${problem.kind}:${problem.path}`}>
                  {problem.path}:{problem.message}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </div>
  );
}
