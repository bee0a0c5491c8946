import { Button, Modal } from 'antd';
import type { CallOutput } from '../../src-main/contract/index.ts';

interface QuestionsModalProps {
  readonly title: string;
  readonly questions: CallOutput<'archive.create'>['questions'];
  /** Now: to the list that is answered one by one; later: on to the overview; import: there to the choice of material at once. */
  readonly onDone: (next: 'now' | 'later' | 'import') => void;
}

/** What the plan reader was not sure of, each with the sentence it stumbled over. They wait in the catalog until each is answered. */
export function QuestionsModal({ title, questions, onDone }: QuestionsModalProps) {
  return (
    <Modal
      open
      width={760}
      title={title}
      onCancel={() => onDone('later')}
      mask={{ closable: false }}
      footer={
        <>
          <Button onClick={() => onDone('now')} data-testid="questions-now">
            先核对
          </Button>
          <Button type="primary" onClick={() => onDone('import')} data-testid="questions-later">
            以后再核对，先导入材料
          </Button>
        </>
      }
    >
      <p className="faint">拿不准的地方已按括注的办法先处理，不影响导入和归档；核对清单留在“指标目录 → 方案疑问”里，随时可以核对。</p>
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
