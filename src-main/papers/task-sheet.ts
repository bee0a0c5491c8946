import type { Catalog, Indicator } from '../domain/catalog.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { tasksByUnit } from '../domain/unit-tasks.ts';
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
  const indicators = new Map<string, Indicator>(catalog.groups.flatMap((group) => group.indicators).map((indicator) => [indicator.code, indicator]));
  return [...tasksByUnit(catalog)].map(([unit, tasks]) => {
    const contact = contacts.get(unit);
    const rows = tasks.flatMap(({ code, role }): readonly TaskRow[] => {
      const indicator = indicators.get(code);
      if (indicator === undefined) return [];
      const signOff = snapshot.signOffs.find((each) => each.indicator === code && each.unit === unit);
      const state = signOff === undefined ? '' : signOff.kind === 'signed' ? '已签报' : '已声明无材料';
      const materials = indicator.requirements.map(({ name, per }) => `${name}${per === 'year' ? '（分年度）' : ''}`).join('；');
      return [{ code, name: indicator.name, role, target: indicator.target.text, materials, state }];
    });
    return { unit, person: contact?.person ?? '', phone: contact?.phone ?? '', due: contact?.due === undefined || contact.due === '' ? catalog.deadline : contact.due, rows };
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

/** 催办单: all that a unit still owes after its day, as requests to it. */
export interface ReminderModel {
  readonly unit: string;
  readonly person: string;
  readonly due: string;
  readonly today: string;
  /** Whether the task was ever given to the unit: only then does its letter blame it for being late. */
  readonly handedOut: boolean;
  readonly rows: readonly { readonly code: string; readonly name: string; readonly asks: readonly string[] }[];
  readonly from: string;
  readonly contact: string;
}

/** What each unit is asked for, by unit and indicator. */
export type Requests = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** One reminder for each unit whose day is past (`today`) and of which something is asked, most asked of first. `handedOut` names the units that were given their task. */
export const buildReminderModels = (
  sheets: readonly TaskSheetModel[],
  requests: Requests,
  today: string,
  handedOut: ReadonlySet<string>,
  office: { readonly applicant: string; readonly contact: string },
): readonly ReminderModel[] =>
  sheets
    .filter(({ due }) => due !== '' && due < today)
    .map(({ unit, person, due, rows }): ReminderModel => ({
      unit, person, due, today,
      handedOut: handedOut.has(unit),
      rows: rows.flatMap(({ code, name }) => {
        const asks = requests.get(unit)?.get(code) ?? [];
        return asks.length === 0 ? [] : [{ code, name, asks }];
      }),
      from: office.applicant,
      contact: office.contact,
    }))
    .filter(({ rows }) => rows.length > 0)
    .toSorted((a, b) => b.rows.length - a.rows.length);

/** Whole days from one `YYYY-MM-DD` to another. */
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

const listAsks = (asks: readonly string[]): string => (asks.length === 1 ? `${asks[0] ?? ''}。` : asks.map((ask, index) => `${index + 1}. ${ask}${index + 1 === asks.length ? '。' : '；'}`).join('\n'));

export function describeReminder(model: ReminderModel, profile: PaperProfile): Paper {
  const late = model.handedOut ? `应于${chineseDate(model.due)}前报送，现已逾期${daysBetween(model.due, model.today)}天` : `报送时限为${chineseDate(model.due)}，至今没有收到`;
  return describeList(
    {
      title: '催 办 单',
      page: 'form',
      note: `${model.unit}${model.person === '' ? '' : `（${model.person}）`}：\n你单位承担的下列事项${late}。请于      年    月    日前报送或办结，并在末栏填写完成时间。`,
      columns: [['编号', 14, 'center'], ['指标', 44, 'left'], ['请报送或办理', 86, 'left'], ['完成时间', 26, 'center']],
      rows: model.rows.map(({ code, name, asks }) => [code, name, listAsks(asks), '']),
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
