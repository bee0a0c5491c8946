import { Radio } from 'antd';
import type { CallInput, CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChange } from '../api/queries.ts';

type Late = CallOutput<'binding.plan'>['late'][number];
type Mode = CallInput<'binding.numberLate'>['mode'];

/** How a volume is numbered where something came or went in its middle after it was printed, and what either way costs. */
export function LateChoice({ late }: { readonly late: Late }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const { volume, mode, renumberSheets, suffixSheets, inserts, free } = late;
  const stated = [...(inserts.length === 0 ? [] : ['插页']), ...(free.length === 0 ? [] : [`空出的页号（${free.join('、')}）`])].join('和');
  const option = (value: Mode, label: string, says: string) => ({
    value,
    label: (
      <span data-testid={`late-${value}-${volume}`}>
        {label}
        <small className="faint late-says">{says}</small>
      </span>
    ),
  });
  return (
    <div className="late" data-testid={`late-${volume}`}>
      <span id={`late-${volume}`}>印好以后中间有增减，页号怎么编？</span>
      <Radio.Group
        vertical
        aria-labelledby={`late-${volume}`}
        disabled={readOnly}
        value={mode}
        onChange={(event) => void change('binding.numberLate', { volume, mode: event.target.value === 'suffix' ? 'suffix' : 'renumber' })}
        options={[
          option('renumber', '后面重新编号', `页号连续；材料要打印 ${renumberSheets} 张`),
          option('suffix', inserts.length === 0 ? '不重新编号' : `编为插页（${inserts.slice(0, 3).join('、')}${inserts.length > 3 ? '…' : ''}）`, `印好的页不动；材料要打印 ${suffixSheets} 张${stated === '' ? '' : `，备考表写明${stated}`}`),
        ]}
      />
    </div>
  );
}
