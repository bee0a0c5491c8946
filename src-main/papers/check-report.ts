import type { Finding } from '../domain/finding.ts';
import { kindOfFinding } from '../domain/rules/rule-table.ts';
import type { WaiverFacts } from '../domain/snapshot.ts';
import { describeList } from './form-paper.ts';
import type { PaperOffice } from './office.ts';
import type { Paper } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import { chineseDate } from './wording.ts';

const STATES = { error: '错误', pending: '待补', warning: '提醒', waived: '已免' } as const;
const ORDER: readonly string[] = Object.values(STATES);

/** 核查报告: every finding of the check as it stands now, contradictions first, then what is still to come; and what was waived, by whom and why. */
export interface CheckReportModel {
  readonly errors: number;
  readonly pending: number;
  readonly warnings: number;
  readonly date: string;
  readonly rows: readonly { readonly state: (typeof STATES)[keyof typeof STATES]; readonly message: string; readonly basis: string; readonly waiver: string }[];
}

export function buildCheckReportModel(findings: readonly Finding[], waivers: readonly WaiverFacts[], office: Pick<PaperOffice, 'date'>): CheckReportModel {
  const waiverOf = ({ rule, indicator, evidence }: Finding): string => {
    const given = waivers.find((waiver) => waiver.rule === rule && waiver.indicator === indicator && waiver.evidenceId === evidence);
    return given === undefined ? '' : `${given.reason}（${given.by}，${given.at.slice(0, 10)}）`;
  };
  const rows = findings.map((finding) => ({ state: STATES[finding.waived ? 'waived' : kindOfFinding(finding)], message: finding.message, basis: finding.basis, waiver: finding.waived ? waiverOf(finding) : '' }));
  const count = (wanted: string): number => rows.filter(({ state }) => state === wanted).length;
  return {
    errors: count(STATES.error),
    pending: count(STATES.pending),
    warnings: count(STATES.warning),
    date: office.date,
    rows: rows.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state)),
  };
}

export const describeCheckReport = (model: CheckReportModel, profile: PaperProfile): Paper =>
  describeList(
    {
      title: '核查报告',
      page: 'landscape',
      note: `核查日期：${chineseDate(model.date)}    错误 ${model.errors} 处，待补 ${model.pending} 项，提醒 ${model.warnings} 条`,
      columns: [['序号', 14, 'center'], ['类别', 16, 'center'], ['问题和处理要求', 112, 'left'], ['依据', 60, 'left'], ['免予处理的理由', 54, 'left']],
      rows: model.rows.map(({ state, message, basis, waiver }, index) => [String(index + 1), state, message, basis, waiver]),
      empty: '没有错误、待补和提醒。',
      draft: false,
    },
    profile,
  );
