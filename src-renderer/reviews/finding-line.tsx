import { Button, Space, Tag } from 'antd';
import type { CallOutput, ReviewFindingView } from '../../src-main/contract/index.ts';
import { reviewStateWords } from '../../src-main/domain/review-words.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useChange } from '../api/queries.ts';
import { formatInstant } from '../ui/words.ts';
import { AnswerFinding } from './answer-finding.tsx';
import { AssignFinding } from './assign-finding.tsx';
import { CloseFinding } from './close-finding.tsx';
import { isOverdue } from './review-words.ts';

interface FindingLineProps {
  readonly finding: ReviewFindingView;
  readonly number: number;
  /** Name of its indicator, empty where it is about none. */
  readonly name: string;
  readonly today: string;
  readonly units: CallOutput<'catalog.read'>['units'];
  /** Its round goes on. */
  readonly isOpen: boolean;
}

const colours: Readonly<Record<ReviewFindingView['state'], string>> = { open: 'red', assigned: 'orange', answered: 'blue', closed: 'green' };

/** One line of the ledger: what was found, by whom, who answers, and the next step. */
export function FindingLine({ finding, number, name, today, units, isOpen }: FindingLineProps) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const { indicator, state } = finding;
  const overdue = isOverdue(finding, today);
  return (
    <article className={`review-line review-${state}`} data-testid="review-finding">
      <span className="figures review-number">{number}</span>
      <div className="review-what">
        <p className="review-text" title={finding.text}>
          {finding.text}
        </p>
        <p className="review-facts faint">
          {indicator === null ? (
            '不针对单项指标'
          ) : (
            <button type="button" className="plain-button review-link" onClick={() => go({ page: 'indicators', code: indicator })}>
              {indicator} {name}
            </button>
          )}
          <span>
            {finding.raisedBy} {formatInstant(finding.raisedAt).slice(0, 10)} 提出
          </span>
          {finding.assignedTo === '' ? null : (
            <span>
              交 {finding.assignedTo}
              {finding.due === '' ? '' : `，${finding.due} 前`}
            </span>
          )}
          {overdue ? <strong className="review-overdue">已过期限</strong> : null}
        </p>
        {finding.answer === '' ? null : (
          <p className="review-answer" title={finding.answer}>
            答复：{finding.answer}
            <span className="faint">
              （{finding.answeredBy}
              {finding.answerEvidence.length === 0 ? '，没有附材料' : `，附材料 ${finding.answerEvidence.length} 件`}
              {finding.closedBy === '' ? '' : `；${finding.closedBy} ${formatInstant(finding.closedAt).slice(0, 10)} 销号`}）
            </span>
            {finding.answerEvidence[0] === undefined ? null : (
              <button type="button" className="plain-button review-link" onClick={() => go({ page: 'preview', id: finding.answerEvidence[0] ?? '', at: 1 })}>
                看材料
              </button>
            )}
          </p>
        )}
      </div>
      <div className="review-step">
        <Tag color={colours[state]}>{reviewStateWords[state]}</Tag>
        {readOnly || !isOpen ? null : <Steps finding={finding} units={units} />}
      </div>
    </article>
  );
}

function Steps({ finding, units }: Pick<FindingLineProps, 'finding' | 'units'>) {
  const change = useChange();
  switch (finding.state) {
    case 'open':
      return <AssignFinding finding={finding} units={units} word="交办" primary />;
    case 'assigned':
      return (
        <Space>
          <AssignFinding finding={finding} units={units} word="改交" primary={false} />
          <AnswerFinding finding={finding} word="答复" primary />
        </Space>
      );
    case 'answered':
      return (
        <Space>
          <Button size="small" onClick={() => void change('review.reopen', { id: finding.id })}>
            退回
          </Button>
          <AnswerFinding finding={finding} word="补充" primary={false} />
          <CloseFinding id={finding.id} />
        </Space>
      );
    case 'closed':
      return (
        <Button size="small" onClick={() => void change('review.reopen', { id: finding.id })}>
          重新打开
        </Button>
      );
    default:
      return finding.state satisfies never;
  }
}
