import { Button, Input, Popover, Radio, Select, Space } from 'antd';
import { useState } from 'react';
import { verdictWords } from '../../src-main/domain/target.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChange } from '../api/queries.ts';
import { formatInstant } from '../ui/words.ts';
import type { IndicatorRead } from './indicator-read.ts';

type Ruled = IndicatorRead['rulings'][number];

const WHOLE = 'all';
const yearWords = (year: number | null): string => (year === null ? '各年' : `${year}年`);

/** Whether a person is asked to decide, or has. */
export const asksForRuling = (detail: IndicatorRead): boolean =>
  detail.rulings.length > 0 || detail.judgement.overall === 'judge' || detail.judgement.years.some((year) => year.verdict === 'judge');

/** What the program leaves to a person: the decision, its reason and who answers for it. */
export function Rulings({ detail }: { readonly detail: IndicatorRead }) {
  const { readOnly } = useArchive();
  return (
    <>
      <ul className="sign-offs" data-testid="rulings">
        {detail.rulings.map((ruling) => (
          <RulingRow key={ruling.year ?? WHOLE} code={detail.indicator.code} ruling={ruling} />
        ))}
      </ul>
      <RuleButton detail={detail} disabled={readOnly} />
    </>
  );
}

function RulingRow({ code, ruling }: { readonly code: string; readonly ruling: Ruled }) {
  const { readOnly } = useArchive();
  const change = useChange();
  return (
    <li>
      <span className="sign-off-role">{yearWords(ruling.year)}</span>
      <span className="sign-off-unit">
        <span className={`verdict verdict-${ruling.verdict}`}>{verdictWords[ruling.verdict]}</span> {ruling.reason}
      </span>
      <span className="figures faint">
        {ruling.by} {formatInstant(ruling.at)}
      </span>
      <Button size="small" type="text" disabled={readOnly} onClick={() => void change('indicator.withdrawRuling', { code, year: ruling.year })}>
        撤回
      </Button>
    </li>
  );
}

/** Asks for the decision with its reason and a name before it counts. */
function RuleButton({ detail, disabled }: { readonly detail: IndicatorRead; readonly disabled: boolean }) {
  const change = useChange();
  const [open, setOpen] = useState(false);
  const asked = detail.judgement.years.find((year) => year.verdict === 'judge')?.year;
  const [year, setYear] = useState<number | typeof WHOLE>(asked ?? WHOLE);
  const [verdict, setVerdict] = useState<Ruled['verdict']>('met');
  const [reason, setReason] = useState('');
  const [by, setBy] = useState('');
  const ready = reason.trim() !== '' && by.trim() !== '';
  const rule = async (): Promise<void> => {
    const reply = await change('indicator.rule', { code: detail.indicator.code, year: year === WHOLE ? null : year, verdict, reason: reason.trim(), by: by.trim() });
    if (!reply.ok) return;
    setOpen(false);
    setReason('');
  };
  return (
    <Popover
      trigger="click"
      open={open && !disabled}
      onOpenChange={setOpen}
      placement="rightTop"
      title="人工判定"
      destroyOnHidden
      content={
        <Space orientation="vertical" style={{ width: 360 }}>
          <Space>
            <Select aria-label="判定的年份" value={year} onChange={setYear} options={[{ value: WHOLE, label: '各年' }, ...detail.years.map((one) => ({ value: one, label: `${one}年` }))]} style={{ width: 100 }} />
            <Radio.Group value={verdict} onChange={(event) => setVerdict(event.target.value === 'met' ? 'met' : 'unmet')} options={[{ value: 'met', label: '达标' }, { value: 'unmet', label: '未达标' }]} />
          </Space>
          <Input.TextArea value={reason} maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} placeholder="判定的理由和依据" aria-label="判定的理由和依据" onChange={(event) => setReason(event.target.value)} data-testid="ruling-reason" />
          <Space.Compact style={{ width: '100%' }}>
            <Input value={by} maxLength={80} placeholder="判定人姓名" aria-label="判定人姓名" onChange={(event) => setBy(event.target.value)} data-testid="ruling-by" />
            <Button type="primary" disabled={!ready} onClick={() => void rule()} data-testid="ruling-confirm">
              确定
            </Button>
          </Space.Compact>
        </Space>
      }
    >
      <Button size="small" disabled={disabled} data-testid="ruling-open">
        作出人工判定
      </Button>
    </Popover>
  );
}
