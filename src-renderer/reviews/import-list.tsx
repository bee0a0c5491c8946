import { App, Button } from 'antd';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';
import { useChange } from '../api/queries.ts';
import { lastPerson } from '../ui/person.ts';

/** Takes in a reviewers' list; what of it was not understood is shown line by line. */
export function ImportList({ round }: { readonly round: number }) {
  const change = useChange();
  const notify = useNotify();
  const { modal } = App.useApp();
  const take = async (): Promise<void> => {
    const chosen = await call('shell.chooseFiles', { title: '选择审核问题清单（XLSX、CSV、TXT、DOCX）', purpose: 'review' });
    if (!chosen.ok) return notify.trouble(chosen.error);
    const path = chosen.value.paths[0];
    if (path === undefined) return;
    const reply = await change('review.import', { round, path, by: lastPerson('reviewer') === '' ? '审核组' : lastPerson('reviewer') });
    if (!reply.ok) return;
    if (reply.value.notes.length === 0) return notify.say(`已登记 ${reply.value.added} 条问题`);
    await modal.info({ title: `已登记 ${reply.value.added} 条问题，有 ${reply.value.notes.length} 处请核对`, width: 680, okText: '知道了', content: <Notes notes={reply.value.notes} /> });
  };
  return (
    <Button onClick={() => void take()} data-testid="import-findings">
      导入清单
    </Button>
  );
}

function Notes({ notes }: { readonly notes: CallOutput<'review.import'>['notes'] }) {
  return (
    <ul className="review-notes" data-testid="import-notes">
      {notes.map(({ line, text, says }) => (
        <li key={`${line}:${says}`}>
          <span className="figures faint">第 {line} 行</span> {says}
          <blockquote>{text}</blockquote>
        </li>
      ))}
    </ul>
  );
}
