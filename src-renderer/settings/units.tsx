import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { checkDate, readDate } from '../ui/date-text.ts';
import { lateWords } from '../ui/late-words.ts';
import { WhenRead } from '../ui/page-frame.tsx';
import { SavedField } from '../ui/saved-field.tsx';

type Unit = CallOutput<'overview.read'>['units'][number];

/** Contact, telephone and due date of each unit; saved as they are left. */
export function Units() {
  const overview = useRead('overview.read', {});
  return (
    <WhenRead query={overview}>
      {({ units, deadline }) => (
        <table className="grid-table units-table" data-testid="units-table">
          <thead>
            <tr>
              <th scope="col">单位</th>
              <th scope="col">牵头</th>
              <th scope="col">协办</th>
              <th scope="col">尚欠</th>
              <th scope="col">联系人</th>
              <th scope="col">电话</th>
              <th scope="col">交齐时限</th>
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <UnitRow key={unit.name} unit={unit} planned={deadline} />
            ))}
          </tbody>
        </table>
      )}
    </WhenRead>
  );
}

/** A due date is a whole day or nothing. */
const checkDue = (text: string): string => (/^\d{4}$/.test(text) ? '写作 2024-04-30' : checkDate(readDate(text)));

/** `planned`: the plan's day, which holds where the unit has none of its own. */
function UnitRow({ unit, planned }: { readonly unit: Unit; readonly planned: string }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const save = (part: Partial<Pick<Unit, 'due' | 'contact' | 'phone'>>): void => void change('unit.setDue', { unit: unit.name, ...part });
  return (
    <tr>
      <th scope="row">{unit.name}</th>
      <td className="figures">{unit.leads}</td>
      <td className="figures">{unit.assists}</td>
      <td className="figures">
        {unit.owes}
        {unit.overdue ? <small className="units-late">{lateWords(unit.handedOut)}</small> : null}
      </td>
      <td>
        <SavedField label={`${unit.name}联系人`} disabled={readOnly} value={unit.contact} onSave={(contact) => save({ contact })} />
      </td>
      <td>
        <SavedField label={`${unit.name}电话`} disabled={readOnly} value={unit.phone} onSave={(phone) => save({ phone })} />
      </td>
      <td>
        <SavedField label={`${unit.name}交齐时限`} disabled={readOnly} value={unit.due} placeholder={planned === '' ? '未定' : '同方案时限'} check={checkDue} onSave={(due) => save({ due: readDate(due) })} />
      </td>
    </tr>
  );
}
