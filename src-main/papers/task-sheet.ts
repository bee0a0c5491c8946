import type { Catalog, Indicator } from '../domain/catalog.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { tasksByUnit } from '../domain/unit-tasks.ts';
import type { Paper } from './paper.ts';
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
