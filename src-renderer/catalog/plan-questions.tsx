import { Button, Checkbox, Input, Space } from 'antd';
import { useState } from 'react';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { WhenRead } from '../ui/page-frame.tsx';
import { toInbox, useImport } from '../ui/use-import.tsx';
import { MembersField } from './members-field.tsx';
import { groupOfQuestion, placeOfQuestion } from './question-place.ts';
import type { Question } from './question-place.ts';

/** What the plan reader was not sure of: each with its sentence, the way to its field, and the clerk's answer. */
export function PlanQuestions() {
  const questions = useRead('catalog.questions', {});
  return <WhenRead query={questions}>{(list) => <QuestionList list={list} />}</WhenRead>;
}

function QuestionList({ list }: { readonly list: readonly Question[] }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const { go } = useNavigation();
  const [all, setAll] = useState(false);
  // What was open when the page came up stays in its place: nothing may jump under the mouse.
  const [first] = useState(() => new Set(list.flatMap(({ number, settled }) => (settled === null ? [number] : []))));
  const open = list.filter((question) => question.settled === null);
  const shown = list.filter((question) => all || question.settled === null || first.has(question.number));
  const settleAll = async (): Promise<void> => {
    const reply = await change('catalog.settleQuestions', { numbers: open.map(({ number }) => number), settled: true });
    if (reply.ok) notify.say(`已把 ${reply.value.settled} 处标为已核对；撤销按 Ctrl+Z`);
  };
  return (
    <div className="catalog-part">
      <div className="questions-head">
        <p className="faint">
          读方案时拿不准的共 {list.length} 处，还有 {open.length} 处没有核对。逐条对照原句，需要改的点“去修改”，改好或无误后点“已核对”。
          {first.size === list.length ? null : (
            <Checkbox className="catalog-all" checked={all} onChange={(event) => setAll(event.target.checked)}>
              显示以前核对的
            </Checkbox>
          )}
        </p>
        {open.length === 0 ? null : (
          <Space>
            <Button size="small" disabled={readOnly} onClick={() => void settleAll()} data-testid="questions-settle-all">
              全部标为已核对
            </Button>
            <Button size="small" onClick={() => go({ page: 'overview' })}>
              以后再核对
            </Button>
          </Space>
        )}
      </div>
      {open.length === 0 ? <QuestionsDone /> : null}
      <ol className="plan-questions" data-testid="plan-question-list">
        {shown.map((question) => (
          <QuestionLine key={question.number} question={question} />
        ))}
      </ol>
    </div>
  );
}

/** After the last answer: the way on. */
function QuestionsDone() {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const take = useImport();
  const overview = useRead('overview.read', {});
  const empty = overview.data?.evidence === 0;
  return (
    <div className="questions-done" role="status" data-testid="questions-all-done">
      <strong>方案疑问都已核对。</strong>
      <span>{empty ? '下一步：导入材料。' : '下一步看总览。'}</span>
      {empty ? (
        <Button
          type="primary"
          disabled={readOnly}
          onClick={() => {
            go({ page: 'inbox' });
            void take.chooseFolder(toInbox);
          }}
          data-testid="questions-import"
        >
          选择要导入的文件夹
        </Button>
      ) : null}
      <Button type={empty ? 'default' : 'primary'} onClick={() => go({ page: 'overview' })} data-testid="questions-overview">
        回总览
      </Button>
    </div>
  );
}

function QuestionLine({ question }: { readonly question: Question }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const [note, setNote] = useState('');
  const { number, where, asks, sentence, settled } = question;
  const group = groupOfQuestion(question);
  const answered = settled !== null;
  return (
    <li className={answered ? 'question-settled' : ''} data-testid="plan-question">
      <h3>{where}</h3>
      <p>{asks}</p>
      {sentence === '' ? null : <blockquote>{sentence}</blockquote>}
      {group === null ? null : <MembersField group={group} disabled={readOnly || answered} />}
      {/* The same boxes before and after: neither the height of a card nor the place of a button changes. */}
      <div className="question-answer">
        {answered ? (
          <Button size="small" disabled={readOnly} onClick={() => void change('catalog.settleQuestion', { number, settled: false })} data-testid="question-reopen">
            撤销
          </Button>
        ) : (
          <Button size="small" onClick={() => go(placeOfQuestion(question))} data-testid="question-edit">
            去修改
          </Button>
        )}
        <Input size="small" value={answered ? settled.note : note} maxLength={2000} placeholder={answered ? '' : '备注（可不写）'} aria-label={`${where} 的备注`} disabled={readOnly || answered} onChange={(event) => setNote(event.target.value)} />
        <Button size="small" type="primary" disabled={readOnly || answered} onClick={() => void change('catalog.settleQuestion', { number, settled: true, note })} data-testid="question-settle">
          已核对
        </Button>
      </div>
    </li>
  );
}

/** Above the field that a question led to: what was asked, and the way back with or without its answer. */
export function QuestionInHand({ question }: { readonly question: Question }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const list = (): void => go({ page: 'catalog', tab: 'questions', code: null });
  const settle = async (): Promise<void> => {
    if ((await change('catalog.settleQuestion', { number: question.number, settled: true })).ok) list();
  };
  return (
    <aside className="question-in-hand" aria-label="正在核对的方案疑问" data-testid="question-in-hand">
      <p>
        <strong>{question.where}</strong>　{question.asks}
      </p>
      {question.settled === null ? (
        <Button type="primary" size="small" disabled={readOnly} onClick={() => void settle()} data-testid="question-in-hand-settle">
          已核对，看下一处
        </Button>
      ) : null}
      <Button size="small" onClick={list} data-testid="question-in-hand-back">
        回到方案疑问
      </Button>
    </aside>
  );
}
