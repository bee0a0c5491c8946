import { Select } from 'antd';
import { useChange, useRead } from '../api/queries.ts';

interface MembersFieldProps {
  readonly group: string;
  readonly disabled: boolean;
}

/** Who belongs to a group of units: picked from the list, or typed where a unit is not in it yet. */
export function MembersField({ group, disabled }: MembersFieldProps) {
  const change = useChange();
  const catalog = useRead('catalog.read', {});
  const units = catalog.data?.units ?? [];
  const members = units.find(({ name }) => name === group)?.members ?? [];
  return (
    <Select<string[]>
      mode="tags"
      className="members-field"
      disabled={disabled || catalog.data === undefined}
      value={[...members]}
      aria-label={`${group} 成员`}
      placeholder="选择成员；单子里没有的直接打字，按回车加入"
      status={members.length === 0 ? 'warning' : ''}
      tokenSeparators={['、', '，', ',', '；', ';']}
      options={units.filter((unit) => unit.kind === 'unit' && unit.retired !== true).map(({ name }) => ({ value: name, label: name }))}
      onChange={(list) => void change('catalog.setMembers', { group, members: list.map((name) => name.trim()).filter((name) => name !== '') })}
      data-testid={`members-${group}`}
    />
  );
}
