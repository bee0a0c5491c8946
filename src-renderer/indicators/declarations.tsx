import { Radio } from 'antd';
import { useArchive } from '../app/archive-context.tsx';
import { useChange } from '../api/queries.ts';
import { SavedField } from '../ui/saved-field.tsx';
import type { IndicatorRead } from './indicator-read.ts';

/** Each situation that forbids an application: answered yes or no, and signed for. */
export function Declarations({ detail }: { readonly detail: IndicatorRead }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const code = detail.indicator.code;
  return (
    <ol className="declarations">
      {detail.declarations.map(({ number, text, answer, signedBy }) => (
        <li key={number} className={answer === 'yes' ? 'declaration-yes' : ''} data-testid={`declaration-${number}`}>
          <p>
            <span className="figures">{number}.</span> {text}
          </p>
          <div className="declaration-answer">
            <Radio.Group
              disabled={readOnly}
              value={answer}
              onChange={(event) => void change('indicator.declare', { code, number, answer: event.target.value === 'yes' ? 'yes' : 'no', signedBy })}
              options={[
                { value: 'no', label: '没有' },
                { value: 'yes', label: '有' },
              ]}
              optionType="button"
              buttonStyle="solid"
              size="small"
              aria-label={`第 ${number} 种情形`}
            />
            {answer === null ? null : <SavedField label="声明人" disabled={readOnly} value={signedBy} onSave={(by) => void change('indicator.declare', { code, number, answer, signedBy: by })} />}
          </div>
          {answer === 'yes' ? <p className="declaration-warning">存在这种情形时不能申报，也不能正式装订。</p> : null}
        </li>
      ))}
    </ol>
  );
}
