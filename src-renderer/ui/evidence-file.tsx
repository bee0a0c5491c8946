import { App, Button, Input } from 'antd';
import { useRef } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { call } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';

const exportsOf = (usedBy: readonly string[]): string => (usedBy.length === 0 ? '没有导出过' : `${usedBy.join('、')} 装订过`);

/** The item's file and those it had before; another file can take its place. */
export function EvidenceFile({ evidence }: { readonly evidence: CallOutput<'evidence.read'> }) {
  const { readOnly } = useArchive();
  const { modal } = App.useApp();
  const job = useJob();
  const notify = useNotify();
  const reason = useRef('');
  const replace = async (): Promise<void> => {
    const chosen = await call('shell.chooseFiles', { title: '选择用来更换的新文件', purpose: 'evidence' });
    if (!chosen.ok) return notify.trouble(chosen.error);
    const [path] = chosen.value.paths;
    if (path === undefined) return undefined;
    reason.current = '';
    const confirmed = await modal.confirm({
      title: '更换文件？',
      width: 520,
      content: (
        <div data-testid="replace-confirm">
          <p>
            用“{path.split(/[\\/]/).at(-1)}”更换“{evidence.fileName}”。旧文件保留在档案库中，归入的指标和著录不变，需重新核对。
          </p>
          {evidence.usedBy.length === 0 ? null : <p>{evidence.usedBy.join('、')} 装订的是旧文件，更换后请重新导出。</p>}
          <Input placeholder="更换原因（可不填），如：补盖公章" maxLength={200} onChange={(event) => (reason.current = event.target.value)} data-testid="replace-reason" />
        </div>
      ),
      okText: '更换',
      cancelText: '不换',
    });
    if (!confirmed) return undefined;
    const reply = await job('evidence.replace', '更换文件', (jobId) => ({ jobId, id: evidence.id, path, reason: reason.current.trim() }));
    if (reply.ok) notify.say(`已更换，旧文件保留${reply.value.marksRemoved === 0 ? '' : `；旧文件上的 ${reply.value.marksRemoved} 条印证标识已取消`}`);
    return undefined;
  };
  return (
    <section className="evidence-revisions" aria-label="文件">
      {evidence.revisions.length === 0 ? null : (
        <>
          <span className="saved-label">以前的文件</span>
          <ol data-testid="revisions">
            {evidence.revisions.map((revision) => (
              <li key={revision.number}>
                {revision.fileName}
                <span className="figures faint">
                  {' '}
                  {revision.pages} 页，{revision.replacedAt.slice(0, 10)} 由 {revision.replacedBy} 换下{revision.reason === '' ? '' : `：${revision.reason}`}；{exportsOf(revision.usedBy)}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
      <Button size="small" disabled={readOnly} onClick={() => void replace()} data-testid="replace-file">
        更换文件…
      </Button>
    </section>
  );
}
