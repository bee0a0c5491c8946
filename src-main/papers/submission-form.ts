import { verdictWords } from '../domain/target.ts';
import { text, type Paper } from './paper.ts';
import { describeForm } from './form-paper.ts';
import type { PaperProfile } from './profile.ts';
import type { ReportIndicator, ReportModel } from './report.ts';
import { withoutStop } from './wording.ts';

/** 提交表: one for each smallest indicator, with its conclusion; each claim cites 卷–页. */
export interface SubmissionFormModel {
  readonly projectTitle: string;
  readonly group: string;
  readonly indicator: ReportIndicator;
  readonly draft: boolean;
}

export const buildSubmissionFormModels = (report: ReportModel): readonly SubmissionFormModel[] =>
  report.groups.flatMap((group) => group.indicators.map((indicator) => ({ projectTitle: report.projectTitle, group: group.name, indicator, draft: report.draft })));

export function describeSubmissionForm(model: SubmissionFormModel, profile: PaperProfile): Paper {
  const { indicator } = model;
  const years = indicator.years
    .map(({ year, value, ratio, verdict, source }) => `${year}年：${value === '' ? '无数据' : value}${ratio === '' ? '' : `（${ratio}）`}，${verdictWords[verdict]}${source === '' ? '' : `，见${source}`}`)
    .join('\n');
  const evidence = indicator.evidence.map(({ title, citation }, index) => `${index + 1}. ${title}${citation === '' ? '（未装订）' : `（${citation}）`}`).join('\n');
  return describeForm(
    '指标佐证材料提交表',
    model.projectTitle,
    [
      { name: '指标编号', value: indicator.code },
      { name: '指标名称', value: indicator.name },
      { name: '所属领域', value: model.group },
      { name: '目标', value: indicator.target },
      { name: '牵头单位', value: indicator.lead.join('、') },
      { name: '协办单位', value: indicator.assist.join('、') },
      { name: '分年度数据', value: years },
      { name: '自评结论', value: `${verdictWords[indicator.overall]}${indicator.because === '' ? '' : `：${withoutStop(indicator.because)}。`}` },
      { name: '达标情况说明', value: `${indicator.text}${indicator.citations.length === 0 ? '' : `\n（引用佐证：${indicator.citations.join('、')}）`}`, height: 45 },
      { name: '佐证材料清单\n（卷–页）', value: evidence === '' ? '尚未挂接' : evidence, height: 30 },
      { name: '提交单位意见', value: '负责人签字：\n\n单位（盖章）：                    年   月   日', height: 26 },
    ],
    [text('formNote', '填写说明：每个最小指标填一张；表中数据、结论与达标情况说明、佐证材料应当一致。佐证位置写作“卷–页”，如“1–52”是第1卷第52页。')],
    model.draft,
    profile,
  );
}
