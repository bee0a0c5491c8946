import type { PaperOffice } from './office.ts';
import { signature, space, text, type Paper } from './paper.ts';
import type { ReportCounts, ReportModel } from './report.ts';
import { chineseDate } from './wording.ts';

/** 创建申请 or 验收申请: the letter by which the region applies to the body above it. */
export interface ApplicationLetterModel {
  readonly kind: 'creation' | 'acceptance';
  /** What is applied for: 国家生态文明建设示范区. */
  readonly title: string;
  readonly region: string;
  readonly projectTitle: string;
  readonly applicant: string;
  readonly superior: string;
  readonly years: readonly number[];
  readonly counts: ReportCounts;
  /** All situations that forbid an application are denied. */
  readonly declarationsClear: boolean;
  readonly attachments: readonly string[];
  readonly date: string;
  readonly contact: string;
  readonly draft: boolean;
}

export const buildApplicationLetterModel = (
  kind: ApplicationLetterModel['kind'],
  report: ReportModel,
  attachments: readonly string[],
  office: PaperOffice,
): ApplicationLetterModel => ({
  kind,
  title: /国家[^，。]*?示范[区县市]/u.exec(report.planTitle)?.[0] ?? report.projectTitle,
  region: report.region,
  projectTitle: report.projectTitle,
  applicant: office.applicant,
  superior: office.superior,
  years: report.years,
  counts: report.counts,
  declarationsClear: report.declarations.length > 0 && report.declarations.every(({ answer }) => answer === 'no'),
  attachments,
  date: office.date,
  contact: office.contact,
  draft: report.draft,
});

/** What the office's own template of the letter may name, `{{单位名称}}` and so on. */
export function applicationLetterFields(model: ApplicationLetterModel): Readonly<Record<string, string>> {
  const { counts } = model;
  return {
    标题: subjectOf(model),
    单位名称: model.applicant,
    受理机关: model.superior,
    申请名称: model.title,
    地区: model.region,
    工作名称: model.projectTitle,
    年份: yearsOf(model),
    指标总数: String(counts.assessed + counts.declarations + counts.notApplicable),
    考核指标数: String(counts.assessed),
    达标数: String(counts.verdicts.met),
    未达标数: String(counts.assessed - counts.verdicts.met),
    不涉及指标数: String(counts.notApplicable),
    自评结论: resultOf(model),
    附件: model.attachments.map((name, index) => `${index + 1}. ${name}`).join('\n'),
    日期: chineseDate(model.date),
    联系人: model.contact,
  };
}

const yearsOf = ({ years }: ApplicationLetterModel): string => (years.length === 0 ? '' : `${years[0]}年至${years.at(-1)}年`);

const subjectOf = (model: ApplicationLetterModel): string => (model.kind === 'creation' ? `关于申请创建${model.title}的请示` : `关于申请对${model.title}创建工作进行验收的请示`);

function resultOf(model: ApplicationLetterModel): string {
  const { counts } = model;
  const total = counts.assessed + counts.declarations + counts.notApplicable;
  const open = counts.assessed - counts.verdicts.met;
  return `经自评估，${yearsOf(model)}，${total}项指标中考核指标${counts.assessed}项，达标${counts.verdicts.met}项${open === 0 ? '，全部达到建设要求' : `，尚有${open}项未达标或资料不全`}；不涉及指标${counts.notApplicable}项，均由责任单位出具证明${model.declarationsClear ? '；近三年未发生不得申报的情形' : ''}。`;
}

export function describeApplicationLetter(model: ApplicationLetterModel): Paper {
  const subject = subjectOf(model);
  const request =
    model.kind === 'creation'
      ? `对照有关管理规程和建设指标，我单位认为${model.region}已基本具备申报条件，现申请创建${model.title}。`
      : `目前创建任务已经完成，档案资料已整理装订，现申请组织对${model.region}创建工作进行技术评估和考核验收。`;
  return {
    title: subject,
    draft: model.draft,
    sections: [
      {
        page: 'official',
        numbering: 'restart',
        blocks: [
          text('title', `${model.applicant}\n${subject}`),
          space(4),
          text('addressee', `${model.superior}：`),
          text('body', `${model.region}高度重视${model.projectTitle}工作，成立领导机构，逐项分解指标任务，压实各牵头、协办单位责任，扎实推进各项建设工作。`),
          text('body', resultOf(model)),
          text('body', request),
          text('body', '妥否，请批示。'),
          space(8),
          ...model.attachments.map((name, index) => text('body', `${index === 0 ? '附件：' : '　　　'}${index + 1}. ${name}`)),
          space(12),
          ...signature(model.applicant, chineseDate(model.date)),
          // 附注 stands on the line after the date (GB/T 9704-2012 §7.3.7).
          ...(model.contact === '' ? [] : [text('body', `（联系人及电话：${model.contact}）`)]),
        ],
      },
    ],
  };
}
