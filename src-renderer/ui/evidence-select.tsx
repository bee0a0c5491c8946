import { Select } from 'antd';
import { useMemo } from 'react';
import { useRead } from '../api/queries.ts';

interface EvidenceSelectProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  /** Items of this indicator come first. */
  readonly near?: string | null;
  readonly one?: boolean;
  readonly disabled?: boolean;
  readonly testId?: string;
}

/** Chooses filed items by title, number or file name. */
export function EvidenceSelect({ label, value, onChange, near = null, one = false, disabled = false, testId }: EvidenceSelectProps) {
  const list = useRead('evidence.list', {});
  const options = useMemo(() => {
    const isNear = (links: readonly { readonly indicator: string }[]): number => (links.some((link) => link.indicator === near) ? 0 : 1);
    return (list.data ?? []).toSorted((a, b) => isNear(a.links) - isNear(b.links)).map((item) => ({ value: item.id, label: item.title, find: `${item.title} ${item.documentNumber} ${item.fileName}` }));
  }, [list.data, near]);
  return (
    <Select<string[]>
      mode="multiple"
      {...(one ? { maxCount: 1 } : {})}
      aria-label={label}
      placeholder={label}
      disabled={disabled}
      value={[...value]}
      onChange={onChange}
      options={options}
      showSearch={{ optionFilterProp: 'find' }}
      style={{ width: '100%' }}
      data-testid={testId}
    />
  );
}
