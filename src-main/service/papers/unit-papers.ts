import { buildReminderModels, buildTaskSheetModels, describeReminder, describeTaskSheet } from '../../papers/index.ts';
import type { ReminderModel, TaskSheetModel, UnitContact } from '../../papers/index.ts';
import type { PaperKind, PaperMaterial } from './paper-kind.ts';

/** Contact and due day of each unit: those set for the whole unit, else the earliest of its indicators. */
function contactsOf({ unitTasks }: PaperMaterial): ReadonlyMap<string, UnitContact> {
  const contacts = new Map<string, UnitContact>();
  for (const task of unitTasks.toSorted((a, b) => Number(a.indicator !== '') - Number(b.indicator !== '') || (a.due < b.due ? -1 : 1))) {
    if (!contacts.has(task.unit)) contacts.set(task.unit, { person: task.contact, phone: task.phone, due: task.due });
  }
  return contacts;
}

export const taskSheets = (material: PaperMaterial): readonly TaskSheetModel[] => buildTaskSheetModels(material.catalog, material.snapshot, contactsOf(material));

const SHOWN = 2;

/** What the check still finds for each indicator, the first few of it. */
export function missingByIndicator({ check }: PaperMaterial): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  for (const { indicator, severity, message } of check.findings) {
    if (indicator !== null && severity === 'error') found.set(indicator, [...(found.get(indicator) ?? []), message]);
  }
  return new Map([...found].map(([code, messages]) => [code, `${messages.slice(0, SHOWN).map((message) => message.replace(/。$/u, '')).join('；')}${messages.length > SHOWN ? `；另有${messages.length - SHOWN}处` : ''}`]));
}

const reminders = (material: PaperMaterial): readonly ReminderModel[] => buildReminderModels(taskSheets(material), missingByIndicator(material), material.snapshot.today, material.office);

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
    says: '逾期仍未签报的单位各一张：逾期天数和尚缺的材料',
    formats: ['docx', 'pdf'],
    scopeName: '单位',
    replaceable: false,
    scopes: (material) => reminders(material).map(({ unit }) => ({ id: unit, name: unit })),
    make: (material, scope) => {
      const model = reminders(material).find(({ unit }) => unit === scope);
      return model === undefined ? null : { kind: 'paper', paper: describeReminder(model, material.profile) };
    },
  },
];
