import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { IndicatorRead } from './indicator-read.ts';

type Filed = IndicatorRead['evidence'][number];

interface ValueSourceProps {
  readonly year: number;
  readonly evidence: readonly Filed[];
  readonly value: string | null;
  readonly placeholder: string;
  readonly disabled: boolean;
  readonly onChange: (id: string | null) => void;
}

/** Chooses the paper that a year's value is taken from: those filed under that year first, then those for the whole period. */
export function ValueSource({ year, evidence, value, placeholder, disabled, onChange }: ValueSourceProps) {
  const rank = ({ links }: Filed): number => (links.some((link) => link.year === year) ? 0 : links.some((link) => link.year === null) ? 1 : 2);
  return (
    <Select
      disabled={disabled}
      allowClear
      aria-label={`${year}年数据来源`}
      placeholder={placeholder}
      value={value}
      onChange={(id: string | undefined) => onChange(id ?? null)}
      options={evidence.toSorted((a, b) => rank(a) - rank(b)).map((item) => ({ value: item.id, label: item.title }))}
      labelRender={cutLabel}
      optionRender={cutLabel}
      popupMatchSelectWidth={420}
      data-testid={`year-${year}-source`}
    />
  );
}

const cutLabel = ({ label }: { readonly label?: ReactNode }): ReactNode => <CutTitle title={typeof label === 'string' ? label : ''} />;

/** Letters at a title's end that always show: 数据表 and 现场照片 tell two papers apart. */
const TAIL = 4;

/** A title that does not fit is cut before its end; the whole of it shows when it is pointed at. */
function CutTitle({ title }: { readonly title: string }) {
  const letters = [...title];
  const cut = Math.max(0, letters.length - TAIL);
  return (
    <span className="cut-title" title={title}>
      <span>{letters.slice(0, cut).join('')}</span>
      <span>{letters.slice(cut).join('')}</span>
    </span>
  );
}
