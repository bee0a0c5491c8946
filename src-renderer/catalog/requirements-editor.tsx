import { Button, Select } from 'antd';
import type { CallInput } from '../../src-main/contract/index.ts';
import { SavedField } from '../ui/saved-field.tsx';
import { evidenceKindWords } from '../ui/words.ts';
import type { CatalogIndicator } from './target-draft.ts';

type Requirement = NonNullable<CallInput<'catalog.changeIndicator'>['change']['requirements']>[number];

interface RequirementsEditorProps {
  readonly requirements: CatalogIndicator['requirements'];
  readonly disabled: boolean;
  readonly onSave: (requirements: Requirement[]) => void;
}

const kinds = Object.entries(evidenceKindWords).map(([value, label]) => ({ value, label }));
const isKind = (value: string): value is Requirement['kind'] => Object.hasOwn(evidenceKindWords, value);

/** What must be filed for an indicator; the checker asks for each, every year or once. */
export function RequirementsEditor({ requirements, disabled, onSave }: RequirementsEditorProps) {
  const list: readonly Requirement[] = requirements;
  const replace = (at: number, part: Partial<Requirement>): void => onSave(list.map((item, nth) => (nth === at ? { ...item, ...part } : item)));
  return (
    <>
      <table className="grid-table requirements-table" data-testid="requirements-editor">
        <thead>
          <tr>
            <th scope="col">材料</th>
            <th scope="col">种类</th>
            <th scope="col">份数</th>
            <th scope="col">
              <span className="visually-hidden">操作</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.map((item, at) => (
            <tr key={item.id}>
              <td>
                <SavedField label={`第 ${at + 1} 项材料`} disabled={disabled} value={item.name} check={(text) => (text === '' ? '名称不能空着' : '')} onSave={(name) => replace(at, { name })} />
              </td>
              <td>
                <Select aria-label={`第 ${at + 1} 项种类`} disabled={disabled} value={item.kind} options={kinds} onChange={(kind: string) => (isKind(kind) ? replace(at, { kind }) : undefined)} style={{ width: '100%' }} />
              </td>
              <td>
                <Select aria-label={`第 ${at + 1} 项份数`} disabled={disabled} value={item.per} options={[{ value: 'year', label: '每年' }, { value: 'period', label: '整个期间' }]} onChange={(per) => replace(at, { per })} style={{ width: '100%' }} />
              </td>
              <td>
                <Button size="small" type="text" disabled={disabled} onClick={() => onSave(list.filter((_, nth) => nth !== at))}>
                  删除
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="small" disabled={disabled} onClick={() => onSave([...list, { id: freeId(list), name: '佐证材料', kind: 'report', per: 'year' }])} data-testid="add-requirement">
        增加材料
      </Button>
    </>
  );
}

/** Filed items hang on a requirement's id: it must not be one that was used. */
function freeId(list: readonly Requirement[]): string {
  let number = list.length + 1;
  while (list.some((item) => item.id === `extra-${number}`)) number += 1;
  return `extra-${number}`;
}
