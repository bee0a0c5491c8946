import { Button, Modal } from 'antd';
import type { CallOutput } from '../../src-main/contract/index.ts';

interface QuestionsModalProps {
  readonly made: CallOutput<'archive.create'> | null;
  readonly onDone: () => void;
}

/** What the plan reader was not sure of, each with the sentence it stumbled over. */
export function QuestionsModal({ made, onDone }: QuestionsModalProps) {
  return (
    <Modal
      open={made !== null}
      width={760}
      title={made === null ? '' : `已读出 ${made.indicators} 项指标，有 ${made.questions.length} 处请您核对`}
      onCancel={onDone}
      footer={
        <Button type="primary" onClick={onDone} data-testid="questions-done">
          记下了，进入档案库
        </Button>
      }
    >
      <ol className="start-questions" tabIndex={0} aria-label="请您核对" data-testid="plan-questions">
        {made?.questions.map((question, index) => (
          <li key={`${index}:${question.where}`}>
            <strong>{question.where}</strong>
            <p>{question.asks}</p>
            {question.sentence === '' ? null : <blockquote>{question.sentence}</blockquote>}
          </li>
        ))}
      </ol>
    </Modal>
  );
}
