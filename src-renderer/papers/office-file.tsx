import { Alert, Button, Popconfirm, Space } from 'antd';
import { call } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';
import { useChange } from '../api/queries.ts';
import { useArchive } from '../app/archive-context.tsx';
import type { PaperKindView, PaperScopeView } from './purposes.ts';

/** The first chosen file, or null where the clerk chose none. */
export function useChooseFile(): (title: string, purpose: 'paper' | 'template' | 'profile') => Promise<string | null> {
  const notify = useNotify();
  return async (title, purpose) => {
    const chosen = await call('shell.chooseFiles', { title, purpose });
    if (!chosen.ok) {
      notify.trouble(chosen.error);
      return null;
    }
    return chosen.value.paths[0] ?? null;
  };
}

/** The office's own file in the paper's place: what it is, whether it still agrees, how to take it back. */
export function OfficeFile({ kind, scope }: { readonly kind: PaperKindView; readonly scope: PaperScopeView | undefined }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const job = useJob();
  const choose = useChooseFile();
  if (!kind.replaceable || scope === undefined) return null;
  const replace = async (): Promise<void> => {
    const path = await choose(`选择代替“${kind.name}”的文件`, 'paper');
    if (path !== null) await job('papers.replace', `代替${kind.name}`, (jobId) => ({ jobId, kind: kind.kind, scope: scope.id, path }));
  };
  const { replaced } = scope;
  const choice = (
    <Button size="small" disabled={readOnly} onClick={() => void replace()} data-testid="paper-replace">
      {replaced === null ? '用签字盖章或改过的文件代替…' : '换一个文件…'}
    </Button>
  );
  if (replaced === null) return choice;
  const disagrees = replaced.changes.length > 0;
  return (
    <Alert
      type={disagrees ? 'warning' : 'info'}
      showIcon
      data-testid="paper-replaced"
      title={disagrees ? `“${replaced.fileName}”与档案库的现状有 ${replaced.changes.length} 处不一致` : `由“${replaced.fileName}”（${replaced.pages} 页）代替`}
      description={
        <>
          {replaced.by} 于 {replaced.at.slice(0, 10)} 放入{replaced.note === '' ? '' : `：${replaced.note}`}。{replaced.conversionNote === '' ? '' : `${replaced.conversionNote}，请核对。`}
          {disagrees ? (
            <ul className="paper-changes">
              {replaced.changes.slice(0, SHOWN).map(({ before, now }) => (
                <li key={`${before}\n${now}`}>
                  {before === '' ? '新增' : `原为“${before}”`}
                  {now === '' ? '，现已没有' : `，现为“${now}”`}
                </li>
              ))}
              {replaced.changes.length > SHOWN ? <li>……其余 {replaced.changes.length - SHOWN} 处</li> : null}
            </ul>
          ) : null}
        </>
      }
      action={
        <Space orientation="vertical">
          {choice}
          <Popconfirm title="恢复程序生成的文书？" description="这个文件仍保存在档案库中，可以撤销。" okText="恢复" cancelText="不恢复" onConfirm={() => void change('papers.restore', { kind: kind.kind, scope: scope.id })}>
            <Button size="small" disabled={readOnly} data-testid="paper-restore">
              恢复生成的
            </Button>
          </Popconfirm>
        </Space>
      }
    />
  );
}

const SHOWN = 6;

/** The office's own DOCX form for a kind, and the fields it may name. */
export function TemplateChoice({ kind }: { readonly kind: PaperKindView }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const choose = useChooseFile();
  if (kind.fields.length === 0) return null;
  const set = async (): Promise<void> => {
    const path = await choose(`选择“${kind.name}”的模板`, 'template');
    if (path === null) return;
    const reply = await change('papers.setTemplate', { kind: kind.kind, path });
    if (reply.ok) notify.say(`已采用模板“${reply.value.fileName}”`);
  };
  return (
    <div className="paper-template" data-testid="paper-template">
      <Space wrap>
        <span>{kind.template === null ? '可以用本单位的 DOCX 模板。' : `正在使用模板“${kind.template.fileName}”。`}</span>
        <Button size="small" disabled={readOnly} onClick={() => void set()} data-testid="paper-template-set">
          {kind.template === null ? '选择模板…' : '换模板…'}
        </Button>
        {kind.template === null ? null : (
          <Button size="small" disabled={readOnly} onClick={() => void change('papers.removeTemplate', { kind: kind.kind })} data-testid="paper-template-remove">
            停用模板
          </Button>
        )}
      </Space>
      <details>
        <summary>模板里可以写的字段</summary>
        <p className="paper-fields">
          {kind.fields.map((field) => (
            <code key={field}>{`{{${field}}}`}</code>
          ))}
        </p>
      </details>
    </div>
  );
}
