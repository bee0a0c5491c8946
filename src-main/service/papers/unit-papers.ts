import { kindOfRequest } from '../../domain/rules/rule-table.ts';
import { buildReminderModels, buildTaskSheetModels, describeReminder, describeTaskSheet, gapsOfReminder } from '../../papers/index.ts';
import type { ReminderModel, Request, Requests, TaskSheetModel } from '../../papers/index.ts';
import { contactsOf, standingOfUnits } from '../unit-duties.ts';
import type { UnitStanding } from '../unit-duties.ts';
import type { PaperKind, PaperMaterial } from './paper-kind.ts';

export const standings = (material: PaperMaterial): readonly UnitStanding[] => standingOfUnits({ ...material, findings: material.check.findings, today: material.snapshot.today });

export const taskSheets = (material: PaperMaterial): readonly TaskSheetModel[] => buildTaskSheetModels(material.catalog, material.snapshot, contactsOf(standings(material)));

/** Everything that the check still asks of each unit, whole. */
function requestsOf({ check }: PaperMaterial): Requests {
  const requests = new Map<string, Map<string, Request[]>>();
  for (const { rule, indicator, severity, units, asks } of check.findings) {
    if (indicator === null || severity !== 'error' || asks === '') continue;
    for (const unit of units) {
      const own = requests.get(unit) ?? new Map<string, Request[]>();
      own.set(indicator, [...(own.get(indicator) ?? []), { kind: kindOfRequest(rule), text: asks }]);
      requests.set(unit, own);
    }
  }
  return requests;
}

/** Who signs: the applicant, unless nobody wrote more than the region that the plan names, which is no office. */
const signatoryOf = ({ office, catalog }: PaperMaterial): { readonly from: string; readonly contact: string } => ({
  from: office.applicant.trim() === catalog.region ? '' : office.applicant.trim(),
  contact: office.contact.trim(),
});

const reminders = (material: PaperMaterial): readonly ReminderModel[] =>
  buildReminderModels(taskSheets(material), requestsOf(material), material.snapshot.today, new Set(standings(material).flatMap(({ name, handedOut }) => (handedOut === '' ? [] : [name]))), signatoryOf(material));

/** 单位: what goes to the units that lead and assist. */
export const unitPapers: readonly PaperKind[] = [
  {
    kind: 'task-sheet',
    name: '任务分解表',
    purpose: 'units',
    says: '每个单位一张：承担的指标、须交的材料、责任人和时限',
    formats: ['docx', 'pdf', 'xlsx', 'csv'],
    scopeName: '单位',
    replaceable: false,
    scopes: (material) => taskSheets(material).map(({ unit }) => ({ id: unit, name: unit })),
    make: (material, scope) => {
      const model = taskSheets(material).find(({ unit }) => unit === scope);
      return model === undefined ? null : { kind: 'paper', paper: describeTaskSheet(model, material.profile) };
    },
  },
  {
    kind: 'reminder',
    name: '催办单',
    purpose: 'units',
    says: '期限已过仍有欠缺的单位各一张：逐项列出请其报送或办理的事',
    formats: ['docx', 'pdf'],
    scopeName: '单位',
    replaceable: false,
    scopes: (material) => reminders(material).map(({ unit, rows }) => ({ id: unit, name: unit, note: `欠 ${rows.length} 项` })),
    make: (material, scope) => {
      const model = reminders(material).find(({ unit }) => unit === scope);
      return model === undefined ? null : { kind: 'paper', paper: describeReminder(model, material.profile) };
    },
    gaps: (material, scope) => {
      const model = reminders(material).find(({ unit }) => unit === scope);
      return model === undefined ? [] : gapsOfReminder(model);
    },
  },
];
