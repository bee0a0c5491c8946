import { Button, Input, Select, Space, Tooltip } from 'antd';
import { useState } from 'react';
import type { FocusEvent } from 'react';
import { useArchive } from '../app/archive-context.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange } from '../api/queries.ts';
import { formatFigure, verdictSigns, verdictWords } from '../ui/words.ts';
import { emptyEntry, entryOf, readEntry } from './year-entry.ts';
import type { YearEntry } from './year-entry.ts';
import type { IndicatorRead } from './indicator-read.ts';

/** Value, numerator, denominator and source by year; a row is saved when it is left. */
export function YearMatrix({ detail }: { readonly detail: IndicatorRead }) {
  return (
    <table className="grid-table year-matrix" data-testid="year-matrix">
      <thead>
        <tr>
          <th scope="col">年份</th>
          <th scope="col">数值</th>
          <th scope="col">单位</th>
          <th scope="col">分子</th>
          <th scope="col">分母</th>
          <th scope="col">数据来源、页</th>
          <th scope="col">判定</th>
        </tr>
      </thead>
      <tbody>
        {detail.years.map((year) => (
          <YearRow key={year} detail={detail} year={year} />
        ))}
      </tbody>
    </table>
  );
}

function YearRow({ detail, year }: { readonly detail: IndicatorRead; readonly year: number }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const code = detail.indicator.code;
  const saved = detail.values.find((value) => value.year === year);
  const savedEntry = saved === undefined ? emptyEntry(detail.indicator.target.unit ?? '') : entryOf(saved);
  const [typed, setTyped] = useState<YearEntry | null>(null);
  const entry = typed ?? savedEntry;
  const reading = readEntry(entry);
  const verdict = detail.judgement.years.find((judged) => judged.year === year);
  /** A figure is there that the judgement does not know yet. */
  const isNew = typed !== null && reading.kind === 'read' && typed.value !== savedEntry.value;
  const set = (part: Partial<YearEntry>): void => setTyped({ ...entry, ...part });

  const save = async (next: YearEntry): Promise<void> => {
    const read = readEntry(next);
    if (read.kind === 'wrong') return;
    if (read.kind === 'empty') {
      if (saved !== undefined) await change('indicator.clearValue', { code, year });
    } else {
      const reply = await change('indicator.setValue', { code, year, ...read.value, sourceEvidence: next.source });
      if (!reply.ok) return;
      notify.say(`${year}年已保存`);
    }
    // What was typed in another cell meanwhile stays.
    setTyped((now) => (now === typed ? null : now));
  };
  // A figure that is whole is saved and judged when its cell is left; one that was taken out only with the row, as another may follow.
  const leave = (event: FocusEvent<HTMLTableRowElement>): void => {
    if (typed !== null && (reading.kind === 'read' || !event.currentTarget.contains(event.relatedTarget))) void save(entry);
  };
  const cell = (field: 'value' | 'unit' | 'numerator' | 'denominator', word: string) => (
    <td className={`year-${field}`}>
      <Input
        size="small"
        disabled={readOnly}
        value={entry[field]}
        aria-label={`${year}年${word}`}
        status={reading.kind === 'wrong' && reading.fields.includes(field) ? 'error' : ''}
        onChange={(event) => set({ [field]: event.target.value })}
        onPressEnter={() => void save(entry)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null);
        }}
        data-testid={`year-${year}-${field}`}
      />
    </td>
  );
  return (
    <>
      <tr onBlur={leave}>
        <th scope="row" className="figures">
          {year}
        </th>
        {cell('value', '数值')}
        {cell('unit', '单位')}
        {cell('numerator', '分子')}
        {cell('denominator', '分母')}
        <td className="year-source">
          <Space.Compact block size="small">
            <Select
              disabled={readOnly || reading.kind !== 'read'}
              allowClear
              aria-label={`${year}年数据来源`}
              placeholder={reading.kind !== 'read' ? '先填数值' : detail.evidence.length === 0 ? '先归入材料' : '选择材料'}
              value={entry.source}
              onChange={(source: string | undefined) => void save({ ...entry, source: source ?? null, page: '' })}
              options={detail.evidence.map((item) => ({ value: item.id, label: item.title }))}
              popupMatchSelectWidth={360}
            />
            <Input
              className="year-page"
              disabled={readOnly || entry.source === null}
              value={entry.page}
              placeholder="页"
              aria-label={`${year}年数据在来源的第几页`}
              status={reading.kind === 'wrong' && reading.fields.includes('page') ? 'error' : ''}
              onChange={(event) => set({ page: event.target.value })}
              onPressEnter={() => void save(entry)}
              data-testid={`year-${year}-page`}
            />
          </Space.Compact>
        </td>
        <td className="year-verdict">
          {verdict === undefined || isNew ? null : (
            <Tooltip title={verdict.because}>
              <span className={`verdict verdict-${verdict.verdict}`} data-testid={`year-${year}-verdict`}>
                {verdictSigns[verdict.verdict]} {verdictWords[verdict.verdict]}
              </span>
            </Tooltip>
          )}
        </td>
      </tr>
      <tr className="year-because">
        <td />
        <td colSpan={6}>
          {reading.kind === 'wrong' ? <span className="saved-trouble">{reading.says}</span> : <span>{isNew ? '离开这一格即保存并判定' : verdict?.because}</span>}
          <RatioHint entry={entry} onTake={(value) => void save({ ...entry, value })} />
        </td>
      </tr>
    </>
  );
}

/** Where numerator and denominator are there but the value is not: offers the value they give. */
function RatioHint({ entry, onTake }: { readonly entry: YearEntry; readonly onTake: (value: string) => void }) {
  const { readOnly } = useArchive();
  const [top, bottom] = [Number(entry.numerator), Number(entry.denominator)];
  if (readOnly || entry.value !== '' || entry.numerator === '' || entry.denominator === '' || !(bottom > 0)) return null;
  const value = formatFigure(Math.round((entry.unit === '%' ? 100 : 1) * (top / bottom) * 100) / 100);
  return (
    <Button size="small" type="link" onClick={() => onTake(value)}>
      按分子÷分母填入 {value}
      {entry.unit}
    </Button>
  );
}
