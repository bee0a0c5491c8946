import { Button, Input, Popover, Select, Space } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { WhenRead } from '../ui/page-frame.tsx';
import { SavedField } from '../ui/saved-field.tsx';
import { MembersField } from './members-field.tsx';
import { showInMiddle } from './question-place.ts';

type Unit = CallOutput<'catalog.read'>['units'][number];

/** Units and groups of units: names, other spellings, members; two names of one unit are put together here. */
export function UnitsEditor({ shown = [] }: { /** Units that the clerk was led to; the first is brought into view. */ readonly shown?: readonly string[] }) {

  const catalog = useRead('catalog.read', {});
  return (
    <WhenRead query={catalog}>
      {({ units, groups }) => {
        const target = units.find((unit) => shown.includes(unit.name))?.name;
        const indicators = groups.flatMap((group) => group.indicators).filter((indicator) => indicator.retired !== true);
        return (
          <div className="catalog-part">
            <AddUnit />
            <table className="grid-table catalog-units" data-testid="catalog-units">
              <thead>
                <tr>
                  <th scope="col">单位</th>
                  <th scope="col">别名（其他写法）</th>
                  <th scope="col">单位组成员</th>
                  <th scope="col">牵头</th>
                  <th scope="col">协办</th>
                  <th scope="col">操作</th>
                </tr>
              </thead>
              <tbody>
                {units.map((unit) => (
                  <UnitRow key={unit.name} unit={unit} shown={shown.includes(unit.name)} target={unit.name === target} units={units} leads={indicators.filter((indicator) => indicator.lead.includes(unit.name)).length} assists={indicators.filter((indicator) => indicator.assist.includes(unit.name)).length} />
                ))}
              </tbody>
            </table>
          </div>
        );
      }}
    </WhenRead>
  );
}

function AddUnit() {
  const { readOnly } = useArchive();
  const change = useChange();
  const [name, setName] = useState('');
  const add = async (kind: 'unit' | 'group'): Promise<void> => {
    const reply = await change('catalog.addUnit', { name, kind });
    if (reply.ok) setName('');
  };
  return (
    <Space.Compact className="catalog-add">
      <Input value={name} maxLength={200} placeholder="新单位的名称" aria-label="新单位的名称" disabled={readOnly} onChange={(event) => setName(event.target.value)} data-testid="new-unit" />
      <Button disabled={readOnly || name.trim() === ''} onClick={() => void add('unit')} data-testid="add-unit">
        增加单位
      </Button>
      <Button disabled={readOnly || name.trim() === ''} onClick={() => void add('group')}>
        增加单位组
      </Button>
    </Space.Compact>
  );
}

interface UnitRowProps {
  readonly unit: Unit;
  readonly shown: boolean;
  readonly target: boolean;
  readonly units: readonly Unit[];
  readonly leads: number;
  readonly assists: number;
}

function UnitRow({ unit, shown, target, units, leads, assists }: UnitRowProps) {
  const { readOnly } = useArchive();
  const change = useChange();
  const { name, aliases, kind, retired } = unit;
  return (
    <tr ref={target ? showInMiddle : null} className={`${retired === true ? 'catalog-retired' : ''}${shown ? ' catalog-shown' : ''}`} data-testid={`unit-${name}`}>
      <td>
        <SavedField label={`${name} 名称`} disabled={readOnly} value={name} check={(text) => (text === '' ? '名称不能空着' : '')} onSave={(text) => void change('catalog.changeUnit', { name, change: { name: text } })} />
      </td>
      <td>
        <Select<string[]> mode="tags" disabled={readOnly} value={[...aliases]} aria-label={`${name} 别名`} placeholder="无" open={false} suffixIcon={null} onChange={(list) => void change('catalog.changeUnit', { name, change: { aliases: list } })} style={{ width: '100%' }} />
      </td>
      <td>
        {kind === 'unit' ? (
          <span className="faint">—</span>
        ) : (
          <MembersField group={name} disabled={readOnly} />
        )}
      </td>
      <td className="figures">{leads}</td>
      <td className="figures">{assists}</td>
      <td>
        <Space>
          <MergeUnit unit={unit} units={units} />
          <Button size="small" type="text" disabled={readOnly} onClick={() => void change('catalog.retireUnit', { name, retired: retired !== true })}>
            {retired === true ? '恢复' : '停用'}
          </Button>
        </Space>
      </td>
    </tr>
  );
}

function MergeUnit({ unit, units }: { readonly unit: Unit; readonly units: readonly Unit[] }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const [into, setInto] = useState<string | null>(null);
  return (
    <Popover
      trigger="click"
      title={`“${unit.name}”与哪个单位是同一单位`}
      content={
        <div className="catalog-merge">
          <Select<string | null> value={into} placeholder="选择保留的名称" showSearch onChange={setInto} options={units.filter((other) => other.name !== unit.name && other.kind === unit.kind).map((other) => ({ value: other.name, label: other.name }))} data-testid="merge-into" />
          <p className="faint">“{unit.name}”记为别名；指标、签认、期限和证明一并归到保留的名称，可以撤销。</p>
          <Button type="primary" disabled={into === null} onClick={() => void (into === null ? undefined : change('catalog.mergeUnits', { from: unit.name, into }))} data-testid="merge-confirm">
            合并
          </Button>
        </div>
      }
    >
      <Button size="small" disabled={readOnly} data-testid="merge-unit">
        并入…
      </Button>
    </Popover>
  );
}
