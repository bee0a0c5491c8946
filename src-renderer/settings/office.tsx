import { Checkbox, Select } from 'antd';
import type { CallInput, CallOutput } from '../../src-main/contract/index.ts';
import { useChange, useRead } from '../api/queries.ts';
import { useArchive } from '../app/archive-context.tsx';
import { WhenRead } from '../ui/page-frame.tsx';
import { SavedField } from '../ui/saved-field.tsx';

type OfficeInfo = CallOutput<'office.read'>;
type OfficeChange = CallInput<'office.change'>['change'];
type TextField = Exclude<keyof OfficeInfo, 'retention' | 'retentions'>;

/** Where each statement is printed stands beside it: a clerk sees at once what stays blank on paper. */
const fields: readonly { readonly name: TextField; readonly label: string; readonly printed: string; readonly code?: boolean }[] = [
  { name: 'applicant', label: '申报单位', printed: '报告封面、申请、催办单落款' },
  { name: 'fondsName', label: '全宗名称', printed: '案卷封面' },
  { name: 'fondsCode', label: '全宗号', printed: '档号、归档章、盒脊', code: true },
  { name: 'category', label: '类目名称', printed: '案卷封面、归档章' },
  { name: 'organ', label: '机构（问题）代码', printed: '档号', code: true },
  { name: 'compiler', label: '立卷人', printed: '卷内备考表' },
  { name: 'inspector', label: '检查人', printed: '卷内备考表' },
  { name: 'superior', label: '受理机关', printed: '创建申请、验收申请' },
  { name: 'contact', label: '联系人', printed: '申请、催办单' },
];

const terms = ['永久', '30年', '10年'] as const;
const retentions = [{ value: '' as const, label: '未定' }, ...terms.map((term) => ({ value: term, label: term }))];

const checkCode = (text: string): string => (/^[A-Za-z0-9]*$/.test(text) ? '' : '只用字母和数字');

/** What covers, stamps and 档号 need to know of the office; saved as each line is left. */
export function Office() {
  const office = useRead('office.read', {});
  return <WhenRead query={office}>{(info) => <OfficeTable info={info} />}</WhenRead>;
}

function OfficeTable({ info }: { readonly info: OfficeInfo }) {
  const { readOnly } = useArchive();
  const send = useChange();
  const save = (change: OfficeChange): void => void send('office.change', { change });
  return (
    <table className="grid-table office-table" data-testid="office-table">
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">内容</th>
          <th scope="col">印在哪里</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, label, printed, code }) => (
          <tr key={name}>
            <th scope="row">{label}</th>
            <td>
              <SavedField label={label} testId={`office-${name}`} disabled={readOnly} value={info[name]} {...(code === true ? { check: checkCode } : {})} onSave={(text) => save({ [name]: text })} />
            </td>
            <td>{printed}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">保管期限</th>
          <td>
            <Select aria-label="保管期限" disabled={readOnly} value={info.retention} options={retentions} onChange={(retention) => save({ retention })} style={{ width: '100%' }} />
          </td>
          <td>档号、封面；程序从不代为确定</td>
        </tr>
        <tr>
          <th scope="row">保管期限表</th>
          <td>
            <Checkbox.Group
              aria-label="保管期限表"
              data-testid="office-retentions"
              disabled={readOnly}
              value={[...info.retentions]}
              options={[...terms]}
              onChange={(chosen) => save({ retentions: terms.filter((term) => chosen.includes(term)) })}
            />
          </td>
          <td>不印；材料的保管期限不在表中时，核查会提醒</td>
        </tr>
      </tbody>
    </table>
  );
}
