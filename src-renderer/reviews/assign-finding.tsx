import { Button, Input, Popover, Select } from 'antd';
import { useState } from 'react';
import type { CallOutput, ReviewFindingView } from '../../src-main/contract/index.ts';
import { useChange, useRead } from '../api/queries.ts';
import { checkDate, readDate } from '../ui/date-text.ts';

interface AssignFindingProps {
  readonly finding: ReviewFindingView;
  readonly units: CallOutput<'catalog.read'>['units'];
  readonly word: string;
  readonly primary: boolean;
}

/** Gives a finding to a unit, the indicator's lead unit first, with the day by which it must answer. */
export function AssignFinding({ finding, units, word, primary }: AssignFindingProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover trigger="click" open={open} onOpenChange={setOpen} destroyOnHidden title="交给哪个单位" content={<AssignForm finding={finding} units={units} onDone={() => setOpen(false)} />}>
      <Button size="small" type={primary ? 'primary' : 'default'} data-testid="assign">
        {word}
      </Button>
    </Popover>
  );
}

function AssignForm({ finding, units, onDone }: { readonly finding: ReviewFindingView; readonly units: AssignFindingProps['units']; readonly onDone: () => void }) {
  const change = useChange();
  const catalog = useRead('catalog.read', {});
  const indicator = catalog.data?.groups.flatMap((group) => group.indicators).find((item) => item.code === finding.indicator);
  const [chosen, setChosen] = useState(finding.assignedTo);
  const [due, setDue] = useState(finding.due);
  const unit = chosen === '' ? (indicator?.lead[0] ?? '') : chosen;
  const trouble = checkDate(readDate(due));
  const first = [...(indicator?.lead ?? []), ...(indicator?.assist ?? [])];
  const rest = units.filter((item) => item.kind === 'unit' && item.retired !== true && !first.includes(item.name)).map((item) => item.name);
  const assign = async (): Promise<void> => {
    const reply = await change('review.assign', { id: finding.id, unit, due: readDate(due) });
    if (reply.ok) onDone();
  };
  return (
    <div className="review-form review-small">
      <label>
        <span>责任单位</span>
        <Select<string> value={unit === '' ? null : unit} placeholder="选择单位" onChange={setChosen} showSearch options={[...new Set([...first, ...rest])].map((name) => ({ value: name, label: name }))} data-testid="assign-unit" />
      </label>
      <label>
        <span>答复期限</span>
        <Input value={due} placeholder="如 2024-05-20" status={trouble === '' ? '' : 'error'} onChange={(event) => setDue(event.target.value)} data-testid="assign-due" />
      </label>
      {trouble === '' ? null : <span className="saved-trouble">{trouble}</span>}
      <Button type="primary" disabled={unit === '' || trouble !== ''} onClick={() => void assign()} data-testid="assign-confirm">
        交办
      </Button>
    </div>
  );
}
