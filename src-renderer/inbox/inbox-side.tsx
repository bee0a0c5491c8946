import { Alert, Button, Select } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { EvidenceForm } from '../ui/evidence-form.tsx';
import { LinkAdder } from '../ui/link-adder.tsx';
import { LinkList } from '../ui/link-list.tsx';
import { yearHelp } from '../ui/year-choice.ts';
import { InboxMany } from './inbox-many.tsx';
import { openProposals } from './proposals.ts';

interface InboxSideProps {
  readonly evidence: CallOutput<'evidence.read'>;
  readonly marked: readonly string[];
  readonly trashed: boolean;
  /** Year under which a proposal is accepted; null for the whole period. */
  readonly year: number | null;
  readonly onYear: (year: number | null) => void;
  /** The same year, changed beside the indicator chosen by hand. */
  readonly onOtherYear: (year: number | null) => void;
  readonly onAccept: (index: number) => void;
  readonly onAcceptMarked: () => void;
  readonly onTrash: () => void;
  readonly onDone: () => void;
}

/** Milliseconds in which a click was still meant for the item before; so is the second of a double click, however slow the machine. */
const STILL_BEFORE = 400;

/** Proposals and facts of the item looked at. Made anew for each item. */
export function InboxSide({ evidence, marked, trashed, year, onYear, onOtherYear, onAccept, onAcceptMarked, onTrash, onDone }: InboxSideProps) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const catalog = useRead('catalog.read', {});
  const since = useRef(Infinity);
  useLayoutEffect(() => {
    since.current = performance.now();
  }, []);
  const [ready, setReady] = useState(false);
  const proposals = openProposals(evidence);
  const filed = evidence.links.length > 0;
  const keyWord = (index: number): string => (index === 0 && !filed ? '回车' : String(index + 1));
  const restore = async (): Promise<void> => {
    if ((await change('evidence.restore', { id: evidence.id })).ok) notify.say(filed ? '已恢复，仍在原来归入的指标中' : '已恢复，在“未归入”中');
  };
  // By when the hand moved, not by when a busy window came to hear of it.
  const isStillBefore = ({ timeStamp }: { readonly timeStamp: number }): boolean => timeStamp - since.current < STILL_BEFORE;
  if (trashed) {
    return (
      <>
        <p className="inbox-many">这件材料在回收站里，文件仍完整保存。</p>
        <Button type="primary" disabled={readOnly} onClick={() => void restore()} data-testid="inbox-restore">
          恢复
        </Button>
      </>
    );
  }
  if (marked.length > 1) return <InboxMany marked={marked} onAccept={onAcceptMarked} onTrash={onTrash} onDone={onDone} />;
  return (
    <>
      {filed ? (
        <div className="inbox-filed" data-testid="inbox-filed">
          <h2>已归入</h2>
          <LinkList evidence={evidence} />
        </div>
      ) : null}
      <div className="inbox-side-head">
        <h2>{filed ? '还可归入' : '建议归入'}</h2>
        <label className="inbox-year">
          年份{' '}
          <Select<number | 'period'>
            size="small"
            disabled={readOnly}
            value={year ?? 'period'}
            onChange={(value) => onYear(value === 'period' ? null : value)}
            options={[...(catalog.data?.years ?? []).map((value): { value: number | 'period'; label: string } => ({ value, label: `${value}年` })), { value: 'period', label: '整个期间' }]}
            data-testid="inbox-year"
          />
        </label>
      </div>
      <p className="inbox-year-help">{yearHelp}</p>
      {proposals.length > 0 ? null : filed ? <p className="inbox-year-help">没有别的建议；还要归入别的指标，请在下面选择。</p> : <Alert type="info" title="没有把握的建议，请在下面选择指标。" />}
      <ol className={`inbox-proposals${ready ? ' inbox-proposals-ready' : ''}`} onMouseMove={(event) => (ready || isStillBefore(event) ? undefined : setReady(true))} data-testid="proposals">
        {proposals.map((suggestion, index) => (
          <li key={suggestion.code}>
            <button type="button" className="plain-button inbox-proposal" disabled={readOnly} onClick={(event) => (event.detail > 1 || isStillBefore(event) ? undefined : onAccept(index))} data-testid={`proposal-${index + 1}`}>
              <span>
                <strong className="figures">{suggestion.code}</strong> {suggestion.name}
                {suggestion.words.length === 0 ? null : <small>依据：{suggestion.words.join('、')}</small>}
              </span>
              <kbd title={`按键盘上的 ${keyWord(index)} 归入`}>{keyWord(index) === '回车' ? '回车' : `${index + 1} 键`}</kbd>
            </button>
          </li>
        ))}
      </ol>
      <LinkAdder ids={[evidence.id]} title={evidence.title} date={evidence.date} chosen={{ year, onYear: onOtherYear }} />
      <h2>著录</h2>
      <EvidenceForm evidence={evidence} />
      <Button className="inbox-trash" size="small" disabled={readOnly} onClick={onTrash}>
        移到回收站
      </Button>
      <p className="inbox-keys">
        <kbd>↑</kbd>
        <kbd>↓</kbd> 换一件 <kbd>回车</kbd>
        <kbd>2</kbd>
        <kbd>3</kbd> 接受建议 <kbd>O</kbd> 其他指标 <kbd>Y</kbd> 年份 <kbd>T</kbd> 题名 <kbd>C</kbd> 著录无误 <kbd>Shift ↓</kbd>
        <kbd>Ctrl A</kbd> 多选 <kbd>Delete</kbd> 回收站
      </p>
    </>
  );
}
