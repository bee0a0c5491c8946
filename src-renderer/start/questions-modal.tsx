import { Button, Modal } from 'antd';
import type { PlanQuestion } from './plan-questions.ts';

interface QuestionsModalProps {
  readonly title: string;
  readonly questions: readonly PlanQuestion[];
  /** Goes on and keeps the questions on the overview. */
  readonly onLater: () => void;
  readonly laterText: string;
  /** They are settled and need not be shown again. */
  readonly onSettled?: () => void;
}

/** What the plan reader was not sure of, each with the sentence it stumbled over. */
export function QuestionsModal({ title, questions, onLater, laterText, onSettled }: QuestionsModalProps) {
  return (
    <Modal
      open
      width={760}
      title={title}
      onCancel={onLater}
      footer={
        <>
          {onSettled === undefined ? null : (
            <Button onClick={onSettled} data-testid="questions-settled">
              都核对过了，不再提示
            </Button>
          )}
          <Button type="primary" onClick={onLater} data-testid="questions-done">
            {laterText}
          </Button>
        </>
      }
    >
      <p className="faint">拿不准的地方已按括注的办法先处理，不影响导入和归档；核对清单会留在“总览”里，随时可以打开。</p>
      <ol className="start-questions" tabIndex={0} aria-label="请您核对" data-testid="plan-questions">
        {questions.map((question, index) => (
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
