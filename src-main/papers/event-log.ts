import type { DataSheet } from './data-sheet.ts';
import { describeList } from './form-paper.ts';
import type { Paper } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import { chineseDate } from './wording.ts';

/** 操作记录 of one day: who did what and when, earliest first. */
export interface EventLogModel {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly rows: readonly { /** `09:05`, by the clock of the office. */ readonly time: string; readonly actor: string; readonly text: string }[];
}

/** Entries that go to paper: a day on which thousands of files came in is read as a table. */
const MOST_PRINTED = 1000;

export function describeEventLog({ day, rows }: EventLogModel, profile: PaperProfile): Paper {
  const printed = rows.slice(-MOST_PRINTED);
  const left = rows.length - printed.length;
  return describeList(
    {
      title: '操作记录',
      page: 'form',
      note: `日期：${chineseDate(day)}    共 ${rows.length} 条${left === 0 ? '' : `，此处印最后 ${printed.length} 条，全部见表格`}`,
      columns: [['序号', 14, 'center'], ['时间', 16, 'center'], ['人员', 24, 'center'], ['操作', 110, 'left']],
      rows: printed.map(({ time, actor, text }, index) => [String(left + index + 1), time, actor, text]),
      empty: '这一天没有操作。',
      draft: false,
    },
    profile,
  );
}

/** All of the day, however much that is. */
export const eventLogSheet = ({ day, rows }: EventLogModel): DataSheet => ({
  name: `操作记录 ${day}`,
  columns: [{ header: '日期', width: 12 }, { header: '时间', width: 8 }, { header: '人员', width: 14 }, { header: '操作', width: 80 }],
  rows: rows.map(({ time, actor, text }) => [day, time, actor, text]),
});
