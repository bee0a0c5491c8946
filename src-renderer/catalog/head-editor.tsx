import { Button, Select } from 'antd';
import type { HTMLAttributes } from 'react';
import type { CallInput, CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { checkDate, readDate } from '../ui/date-text.ts';
import { WhenRead } from '../ui/page-frame.tsx';
import { SavedField } from '../ui/saved-field.tsx';
import { showInMiddle } from './question-place.ts';
import type { HeadField } from './question-place.ts';

type Head = CallInput<'catalog.changeHead'>['change'];
type Milestone = CallOutput<'catalog.read'>['milestones'][number];

/** A whole day or nothing. */
const checkDay = (text: string): string => (/^\d{4}$/.test(text.trim()) ? '写作 2024-04-30' : checkDate(readDate(text)));

/** Title, region, number, years, deadline and phases; each is saved as it is left. */
export function HeadEditor({ shown = null }: { /** The field that the clerk was led to. */ readonly shown?: HeadField | null }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const catalog = useRead('catalog.read', {});
  const mark = (field: HeadField): HTMLAttributes<HTMLDivElement> & { ref?: typeof showInMiddle } => (field === shown ? { className: 'catalog-shown', ref: showInMiddle } : {});
  const save = (part: Head): void => void change('catalog.changeHead', { change: part });
  return (
    <WhenRead query={catalog}>
      {({ title, region, documentNumber, years, deadline, milestones }) => (
        <div className="catalog-part catalog-head">
          <div {...mark('title')}>
            <SavedField label="名称" disabled={readOnly} value={title} check={(text) => (text === '' ? '名称不能空着' : '')} onSave={(text) => save({ title: text })} testId="head-title" />
          </div>
          <div {...mark('region')}>
            <SavedField label="地区" disabled={readOnly} value={region} onSave={(text) => save({ region: text })} testId="head-region" />
          </div>
          <SavedField label="方案文号" disabled={readOnly} value={documentNumber} onSave={(text) => save({ documentNumber: text })} />
          <div {...mark('years')}>
            <label className="saved-field">
              <span className="saved-label">考核年度</span>
              <Select<string[]>
                mode="tags"
                disabled={readOnly}
                value={years.map(String)}
                onChange={(list) => {
                  const chosen = list.map(Number).filter((year) => Number.isInteger(year) && year >= 1949 && year <= 2200);
                  if (chosen.length > 0) save({ years: chosen });
                }}
                tokenSeparators={['、', ',', ' ']}
                data-testid="head-years"
              />
            </label>
          </div>
          <div {...mark('deadline')}>
            <SavedField label="归档截止日" disabled={readOnly} value={deadline} placeholder="如 2024-04-30" check={checkDay} onSave={(text) => save({ deadline: readDate(text) })} testId="head-deadline" />
          </div>
          <div {...mark('phases')}>
            <Phases milestones={milestones} onSave={(list) => save({ milestones: list })} disabled={readOnly} />
          </div>
        </div>
      )}
    </WhenRead>
  );
}

interface PhasesProps {
  readonly milestones: readonly Milestone[];
  readonly disabled: boolean;
  readonly onSave: (milestones: Milestone[]) => void;
}

function Phases({ milestones, disabled, onSave }: PhasesProps) {
  const replace = (at: number, part: Partial<Milestone>): void => onSave(milestones.map((milestone, nth) => (nth === at ? { ...milestone, ...part } : milestone)));
  return (
    <section aria-label="工作阶段">
      <h3>工作阶段</h3>
      <table className="grid-table phases-table" data-testid="phases">
        <thead>
          <tr>
            <th scope="col" className="head-phase">
              阶段
            </th>
            <th scope="col">开始</th>
            <th scope="col">结束</th>
            <th scope="col">
              <span className="visually-hidden">操作</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {milestones.map((milestone, at) => (
            <tr key={`${at}:${milestone.name}`}>
              <td>
                <SavedField label={`第 ${at + 1} 阶段名称`} disabled={disabled} value={milestone.name} check={(text) => (text === '' ? '名称不能空着' : '')} onSave={(name) => replace(at, { name })} />
              </td>
              <td>
                <SavedField label={`第 ${at + 1} 阶段开始`} disabled={disabled} value={milestone.from} placeholder="不限" check={checkDay} onSave={(from) => replace(at, { from: readDate(from) })} />
              </td>
              <td>
                <SavedField label={`第 ${at + 1} 阶段结束`} disabled={disabled} value={milestone.to} placeholder="如 2024-04-30" check={checkDay} onSave={(to) => replace(at, { to: readDate(to) })} />
              </td>
              <td>
                <Button size="small" type="text" disabled={disabled} onClick={() => onSave(milestones.filter((_, nth) => nth !== at))}>
                  删除
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="small" disabled={disabled} onClick={() => onSave([...milestones, { name: `阶段${milestones.length + 1}`, from: '', to: '' }])} data-testid="add-phase">
        增加阶段
      </Button>
    </section>
  );
}
