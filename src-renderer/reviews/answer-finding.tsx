import { Button, Input, Modal } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import type { ReviewFindingView } from '../../src-main/contract/index.ts';
import { useChange } from '../api/queries.ts';
import { EvidenceSelect } from '../ui/evidence-select.tsx';
import { lastPerson, rememberPerson } from '../ui/person.ts';

interface AnswerFindingProps {
  readonly finding: ReviewFindingView;
  readonly word: string;
  readonly primary: boolean;
}

/** What was done about a finding, with the items that show it. */
export function AnswerFinding({ finding, word, primary }: AnswerFindingProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" type={primary ? 'primary' : 'default'} onClick={() => setOpen(true)} data-testid="answer">
        {word}
      </Button>
      {open ? <AnswerForm finding={finding} onDone={() => setOpen(false)} /> : null}
    </>
  );
}

function AnswerForm({ finding, onDone }: { readonly finding: ReviewFindingView; readonly onDone: () => void }) {
  const change = useChange();
  const field = useRef<TextAreaRef>(null);
  const [answer, setAnswer] = useState(finding.answer);
  const [evidence, setEvidence] = useState<readonly string[]>(finding.answerEvidence);
  const [by, setBy] = useState(finding.answeredBy === '' ? lastPerson('office') : finding.answeredBy);
  const send = async (): Promise<void> => {
    const reply = await change('review.answer', { id: finding.id, answer, evidence: [...evidence], by });
    if (!reply.ok) return;
    rememberPerson('office', by.trim());
    onDone();
  };
  return (
    <Modal open afterOpenChange={(shown) => (shown ? field.current?.focus() : undefined)} title="答复整改情况" width={640} okText="答复" cancelText="取消" onCancel={onDone} onOk={() => void send()} okButtonProps={{ disabled: answer.trim() === '' || by.trim() === '', 'data-testid': 'answer-send' }}>
      <blockquote className="review-quote">{finding.text}</blockquote>
      <div className="review-form">
        <label>
          <span>整改情况</span>
          <Input.TextArea ref={field} value={answer} maxLength={4000} autoSize={{ minRows: 3, maxRows: 10 }} onChange={(event) => setAnswer(event.target.value)} data-testid="answer-text" />
        </label>
        <label>
          <span>佐证材料</span>
          <EvidenceSelect label="选择已归入的材料" value={evidence} onChange={setEvidence} near={finding.indicator} testId="answer-evidence" />
        </label>
        <label>
          <span>答复人</span>
          <Input value={by} maxLength={80} onChange={(event) => setBy(event.target.value)} data-testid="answer-by" />
        </label>
      </div>
    </Modal>
  );
}
