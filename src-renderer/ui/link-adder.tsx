import { Button, Select, Space } from 'antd';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useArchive } from '../app/archive-context.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { indicatorOptions, nameOfIndicator } from './indicator-choice.ts';
import { nameYear, yearOfItem } from './year-choice.ts';

interface LinkAdderProps {
  /** Items to link; several at once from the inbox. */
  readonly ids: readonly string[];
  /** Title and date of the item, from which the year is proposed; empty for several. */
  readonly title: string;
  readonly date: string;
  /** The year where it is shown elsewhere on the page too; chosen here alone without. */
  readonly chosen?: { readonly year: number | null; readonly onYear: (year: number | null) => void };
  readonly onLinked?: () => void;
}

/** Chooses an indicator and a year by hand and links the items to it. */
export function LinkAdder({ ids, title, date, chosen, onLinked }: LinkAdderProps) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const catalog = useRead('catalog.read', {});
  const [code, setCode] = useState<string | null>(null);
  const [chosenYear, setChosenYear] = useState<number | 'period' | null>(null);
  const [listOpen, setListOpen] = useState(false);
  const years = catalog.data?.years ?? [];
  const year = chosen === undefined ? (chosenYear ?? yearOfItem({ title, date }, years) ?? 'period') : (chosen.year ?? 'period');
  const link = async (): Promise<void> => {
    if (code === null) return;
    const reply = await change('evidence.linkMany', { links: ids.map((id) => ({ id, indicator: code, year: year === 'period' ? null : year })) });
    if (!reply.ok) return;
    const { items, already } = reply.value;
    const place = `${code} ${nameOfIndicator(catalog.data?.groups, code)}（${nameYear(year === 'period' ? null : year)}）`;
    if (items === 0) notify.say(`已在该指标中：${place}，没有改动`);
    else notify.say(`已归入 ${place}${ids.length === 1 ? '' : `：${items} 件`}${already === 0 ? '' : `（另有 ${already} 件已在该指标中）`}；撤销按 Ctrl+Z`);
    setCode(null);
    setChosenYear(null);
    onLinked?.();
  };
  // With both lists closed Enter would open one again; what is chosen is meant to be filed.
  const onEnter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || listOpen || code === null || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) void link();
  };
  return (
    <Space.Compact block className="link-adder" onKeyDownCapture={onEnter}>
      <Select
        className="link-adder-code"
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={420}
        placeholder="选择指标"
        aria-label="选择指标"
        disabled={readOnly}
        value={code}
        onChange={setCode}
        onOpenChange={setListOpen}
        options={indicatorOptions(catalog.data?.groups ?? [])}
        data-testid="link-indicator"
      />
      <Select aria-label="选择年份" disabled={readOnly} value={year} onChange={(value) => (chosen === undefined ? setChosenYear(value) : chosen.onYear(value === 'period' ? null : value))} onOpenChange={setListOpen} options={[...years.map((value): { value: number | 'period'; label: string } => ({ value, label: `${value}年` })), { value: 'period', label: '整个期间' }]} />
      <Button type="primary" disabled={readOnly || code === null || ids.length === 0} title="回车" onClick={() => void link()} data-testid="link-add">
        归入
      </Button>
    </Space.Compact>
  );
}
