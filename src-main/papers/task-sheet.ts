import type { Catalog } from '../domain/catalog.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { text, type Paper } from './paper.ts';
import { describeList } from './form-paper.ts';
import type { PaperProfile } from './profile.ts';
import { chineseDate } from './wording.ts';

/** 任务分解表: what one unit owes, with the person and the day. */
export interface TaskSheetModel {
  readonly unit: string;
  readonly person: string;
  readonly phone: string;
  /** `YYYY-MM-DD` or empty. */
  readonly due: string;
  readonly rows: readonly TaskRow[];
}

export interface TaskRow {
  readonly code: string;
  readonly name: string;
  readonly role: '牵头' | '协办';
  readonly target: string;
  /** What to hand in. */
  readonly materials: string;
  /** 已签报, 已声明无材料 or empty. */
  readonly state: string;
}

export interface UnitContact {
  readonly person: string;
  readonly phone: string;
  readonly due: string;
}

/**
 * One sheet for each unit that leads or assists, in the order of their first task. A group of units
 * whose members are known is taken apart. Without a due day of its own a unit has the plan's.
 */
export function buildTaskSheetModels(catalog: Catalog, snapshot: Pick<Snapshot, 'signOffs'>, contacts: ReadonlyMap<string, UnitContact>): readonly TaskSheetModel[] {
  const rows = new Map<string, TaskRow[]>();
  const groups = new Map(catalog.units.filter(({ kind, members }) => kind === 'group' && members.length > 0).map(({ name, members }) => [name, members]));
  const membersOf = (unit: string): readonly string[] => groups.get(unit) ?? [unit];
  for (const indicator of catalog.groups.flatMap(({ indicators }) => indicators)) {
    const leads = [...new Set(indicator.lead.flatMap(membersOf))];
    // A unit that leads does not assist itself, as it would where a group names all units.
    const assists = [...new Set(indicator.assist.flatMap(membersOf))].filter((unit) => !leads.includes(unit));
    const roles = [...leads.map((unit) => ({ unit, role: '牵头' as const })), ...assists.map((unit) => ({ unit, role: '协办' as const }))];
    for (const { unit, role } of roles) {
      const signOff = snapshot.signOffs.find((each) => each.indicator === indicator.code && each.unit === unit);
      const state = signOff === undefined ? '' : signOff.kind === 'signed' ? '已签报' : '已声明无材料';
      const materials = indicator.requirements.map(({ name, per }) => `${name}${per === 'year' ? '（分年度）' : ''}`).join('；');
      rows.set(unit, [...(rows.get(unit) ?? []), { code: indicator.code, name: indicator.name, role, target: indicator.target.text, materials, state }]);
    }
  }
  return [...rows].map(([unit, tasks]) => {
    const contact = contacts.get(unit);
    return { unit, person: contact?.person ?? '', phone: contact?.phone ?? '', due: contact?.due === undefined || contact.due === '' ? catalog.deadline : contact.due, rows: tasks };
  });
}

export function describeTaskSheet(model: TaskSheetModel, profile: PaperProfile): Paper {
  return describeList(
    {
      title: `任务分解表（${model.unit}）`,
      page: 'landscape',
      note: `责任人：${model.person === '' ? '________' : model.person}    联系电话：${model.phone === '' ? '____________' : model.phone}    完成时限：${chineseDate(model.due)}`,
      columns: [['编号', 14, 'center'], ['指标', 60, 'left'], ['分工', 14, 'center'], ['目标', 56, 'left'], ['须提交的材料', 76, 'left'], ['进展', 24, 'center'], ['备注', 14, 'left']],
      rows: model.rows.map(({ code, name, role, target, materials, state }) => [code, name, role, target, materials, state, '']),
      empty: '没有分配任务。',
      draft: false,
    },
    profile,
  );
}

/** 催办单: what a unit still owes after its day. */
export interface ReminderModel {
  readonly unit: string;
  readonly person: string;
  readonly due: string;
  readonly today: string;
  readonly rows: readonly { readonly code: string; readonly name: string; readonly missing: string }[];
  readonly from: string;
  readonly contact: string;
}

/**
 * One reminder for each unit whose day is past (`snapshot.today`) and whose sign-off is missing. `missing` says for an indicator what
 * the check still finds; units with nothing open get none.
 */
export function buildReminderModels(
  sheets: readonly TaskSheetModel[],
  missing: ReadonlyMap<string, string>,
  today: string,
  office: { readonly applicant: string; readonly contact: string },
): readonly ReminderModel[] {
  return sheets
    .filter(({ due }) => due !== '' && due < today)
    .map((sheet): ReminderModel => ({
      unit: sheet.unit,
      person: sheet.person,
      due: sheet.due,
      today,
      rows: sheet.rows.filter(({ state }) => state === '').map(({ code, name }) => ({ code, name, missing: withoutName(missing.get(code) ?? '尚未签报', `${code} ${name}`) })),
      from: office.applicant,
      contact: office.contact,
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** Findings name their indicator, which stands in the column beside them here. */
const withoutName = (findings: string, indicator: string): string =>
  findings.split('；').map((finding) => (finding.startsWith(indicator) ? finding.slice(indicator.length).replace(/^的/u, '') : finding)).join('；');

/** Whole days from one `YYYY-MM-DD` to another. */
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

export function describeReminder(model: ReminderModel, profile: PaperProfile): Paper {
  return describeList(
    {
      title: '催 办 单',
      page: 'form',
      note: `${model.unit}${model.person === '' ? '' : `（${model.person}）`}：\n你单位承担的下列指标材料应于${chineseDate(model.due)}前报送，现已逾期${daysBetween(model.due, model.today)}天，请尽快补齐。`,
      columns: [['编号', 14, 'center'], ['指标', 58, 'left'], ['尚缺', 70, 'left'], ['补齐时间', 28, 'center']],
      rows: model.rows.map(({ code, name, missing }) => [code, name, missing, '']),
      empty: '没有逾期事项。',
      after: [
        ...(model.contact === '' ? [] : [text('formNote', `联系人及电话：${model.contact}`)]),
        text('formSignature', model.from),
        text('formSignature', chineseDate(model.today)),
      ],
      draft: false,
    },
    profile,
  );
}
