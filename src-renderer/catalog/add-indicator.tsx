import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Popover, Select } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useChange } from '../api/queries.ts';
import type { CatalogIndicator, TargetInput } from './target-draft.ts';

type Catalog = CallOutput<'catalog.read'>;

const sorts: readonly { readonly value: CatalogIndicator['kind']; readonly label: string }[] = [
  { value: 'assessed', label: '考核指标' },
  { value: 'not-applicable', label: '不涉及指标' },
  { value: 'declarations', label: '禁止情形声明' },
];

const firstTarget = (kind: CatalogIndicator['kind'], name: string): TargetInput =>
  kind === 'not-applicable' ? { kind: 'certificate', text: name } : kind === 'declarations' ? { kind: 'declarations', text: name } : { kind: 'institutional', text: name, document: `${name}材料`, inForce: false };

/** A new indicator at a group's end; its target and units are edited in its form. */
export function AddIndicator({ group, catalog }: { readonly group: Catalog['groups'][number]; readonly catalog: Catalog }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [unit, setUnit] = useState<string | null>(null);
  const [kind, setKind] = useState<CatalogIndicator['kind']>(group.code === 'N' ? 'not-applicable' : 'assessed');
  const add = async (): Promise<void> => {
    const reply = await change('catalog.addIndicator', { group: group.code, indicator: { name, kind, target: firstTarget(kind, name.trim()), lead: unit === null ? [] : [unit], declarations: kind === 'declarations' ? ['（请填写情形）'] : [] } });
    if (!reply.ok) return;
    setOpen(false);
    setName('');
    go({ page: 'catalog', tab: 'indicators', code: reply.value.code });
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      title={`在“${group.name}”中增加指标`}
      content={
        <div className="catalog-new">
          <Input value={name} maxLength={200} placeholder="指标名称" aria-label="指标名称" onChange={(event) => setName(event.target.value)} data-testid="new-indicator-name" />
          <Select value={kind} aria-label="指标种类" options={[...sorts]} onChange={setKind} />
          <Select<string | null> value={unit} placeholder="牵头单位" aria-label="牵头单位" showSearch options={catalog.units.filter((item) => item.retired !== true).map((item) => ({ value: item.name, label: item.name }))} onChange={setUnit} />
          <Button type="primary" disabled={name.trim() === ''} onClick={() => void add()} data-testid="new-indicator-add">
            增加
          </Button>
        </div>
      }
    >
      <Button type="text" size="small" icon={<PlusOutlined />} disabled={readOnly} aria-label={`在${group.name}中增加指标`} data-testid={`add-to-${group.code}`} />
    </Popover>
  );
}
