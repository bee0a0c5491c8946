import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import type { Place } from '../app/place.ts';
import { useChange, useRead } from '../api/queries.ts';
import { WhenRead } from '../ui/page-frame.tsx';

type Question = CallOutput<'catalog.questions'>[number];

/** What the plan reader was not sure of: each with its sentence, the way to its field, and the clerk's answer. */
export function PlanQuestions() {
  const questions = useRead('catalog.questions', {});
  const [all, setAll] = useState(false);
  return (
    <WhenRead query={questions}>
      {(list) => {
        const open = list.filter((question) => question.settled === null);
        const shown = all ? list : open;
        return (
          <div className="catalog-part">
            <p className="faint">
              读方案时拿不准的共 {list.length} 处，还有 {open.length} 处没有核对。逐条对照原句，需要改的点“去修改”，改好或无误后点“已核对”。
              <Checkbox className="catalog-all" checked={all} onChange={(event) => setAll(event.target.checked)}>
                显示已核对的
              </Checkbox>
            </p>
            {shown.length === 0 ? <p className="catalog-none faint">方案疑问都已核对。</p> : null}
            <ol className="plan-questions" data-testid="plan-question-list">
              {shown.map((question) => (
                <QuestionLine key={question.number} question={question} />
              ))}
            </ol>
          </div>
        );
      }}
    </WhenRead>
  );
}

/** Where a question's field is edited. */
function placeOfQuestion({ code, where }: Question): Place {
  if (code !== null) return { page: 'catalog', tab: 'indicators', code };
  return { page: 'catalog', tab: /^单位/.test(where) ? 'units' : /编号|表格|长段落/.test(where) ? 'indicators' : 'head', code: null };
}

function QuestionLine({ question }: { readonly question: Question }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const [note, setNote] = useState('');
  const { number, where, asks, sentence, settled } = question;
  return (
    <li className={settled === null ? '' : 'question-settled'} data-testid="plan-question">
      <h3>{where}</h3>
      <p>{asks}</p>
      {sentence === '' ? null : <blockquote>{sentence}</blockquote>}
      {settled === null ? (
        <div className="question-answer">
          <Button size="small" onClick={() => go(placeOfQuestion(question))} data-testid="question-edit">
            去修改
          </Button>
          <Input size="small" value={note} maxLength={2000} placeholder="怎样定的（可不写）" aria-label={`${where} 的答复`} disabled={readOnly} onChange={(event) => setNote(event.target.value)} />
          <Button size="small" type="primary" disabled={readOnly} onClick={() => void change('catalog.settleQuestion', { number, settled: true, note })} data-testid="question-settle">
            已核对
          </Button>
        </div>
      ) : (
        <p className="faint">
          已核对{settled.note === '' ? '' : `：${settled.note}`}{' '}
          <Button size="small" type="link" disabled={readOnly} onClick={() => void change('catalog.settleQuestion', { number, settled: false })}>
            重新打开
          </Button>
        </p>
      )}
    </li>
  );
}
