import { chineseNumber } from '../domain/chinese-number.ts';
import { verdictWords } from '../domain/target.ts';
import { cell, space, text, type Block, type ContentsEntry, type Paper, type Row } from './paper.ts';
import { textWidth, type PaperProfile } from './profile.ts';
import type { ReportIndicator, ReportModel } from './report.ts';
import { chineseDate, withoutStop } from './wording.ts';

/** The report as a paper: cover, contents with page numbers, then the body numbered from 1, in the layout of GB/T 9704-2012. */
export function describeReport(model: ReportModel, profile: PaperProfile): Paper {
  const width = textWidth(profile.pages.official);
  const body = [
    ...describeOverview(model, width),
    ...describeGroups(model, width),
    ...describeDeclarations(model, width),
    ...describeNotApplicable(model, width),
    ...describeVolumes(model, width),
  ];
  return {
    title: `${model.projectTitle} 自评估报告`,
    draft: model.draft,
    sections: [
      {
        page: 'official',
        numbering: 'none',
        blocks: [
          { kind: 'move-to', y: 90 },
          text('coverTitle', model.projectTitle),
          text('coverTitle', '自评估报告'),
          { kind: 'move-to', y: 215 },
          text('coverCategory', model.applicant),
          text('coverCategory', chineseDate(model.date)),
        ],
      },
      {
        page: 'official',
        numbering: 'none',
        blocks: [text('contentsTitle', '目  录'), { kind: 'contents', entries: body.flatMap(listInContents) }],
      },
      { page: 'official', numbering: 'restart', blocks: body },
    ],
  };
}

const levels = { heading1: 1, heading2: 2, heading3: 3 } as const;

function listInContents(block: Block): readonly ContentsEntry[] {
  if (block.kind !== 'text' || block.anchor === undefined) return [];
  const level = block.style === 'heading1' || block.style === 'heading2' || block.style === 'heading3' ? levels[block.style] : 1;
  return [{ anchor: block.anchor, text: block.text, level }];
}

const heading = (style: keyof typeof levels, anchor: string, content: string): Block => ({ kind: 'text', style, text: content, anchor });

function table(width: number, parts: readonly (readonly [string, number, 'left' | 'center'])[], rows: readonly Row[]): readonly Block[] {
  const sum = parts.reduce((total, [, part]) => total + part, 0);
  const ruled: Block = {
    kind: 'table',
    table: {
      columns: parts.map(([, part, align]) => ({ width: (width * part) / sum, align })),
      headers: parts.map(([header]) => header),
      rows,
      rowHeight: 8,
      leastRows: 0,
    },
  };
  return [space(1.5), ruled, space(2)];
}

const rowOf = (...texts: readonly string[]): Row => ({ cells: texts.map(cell) });

function describeOverview(model: ReportModel, width: number): readonly Block[] {
  const { counts } = model;
  const years = model.years.length === 0 ? '' : `${model.years[0]}年至${model.years.at(-1)}年`;
  const open = [
    ...(counts.verdicts.unmet > 0 ? [`${counts.verdicts.unmet}项未达标`] : []),
    ...(counts.verdicts.missing > 0 ? [`${counts.verdicts.missing}项资料不全`] : []),
    ...(counts.verdicts.judge > 0 ? [`${counts.verdicts.judge}项待人工判定`] : []),
  ];
  const indicators = model.groups.flatMap((group) => group.indicators);
  return [
    heading('heading1', 'overview', '一、自评估总体情况'),
    text('body', `根据${model.planNumber === '' ? '' : `《${model.planTitle}》（${model.planNumber}）`}要求，${model.region}对${years}各项指标逐项开展自评估。`),
    text(
      'body',
      `本次自评估共涉及指标${counts.assessed + counts.declarations + counts.notApplicable}项，其中考核指标${counts.assessed}项、申报条件声明${counts.declarations}项、不涉及指标${counts.notApplicable}项。考核指标中达标${counts.verdicts.met}项${open.length === 0 ? '' : `，${open.join('，')}`}。各项结论及佐证位置见下表，文中“卷–页”指装订案卷的卷号和页号，如“1–52”是第1卷第52页。`,
    ),
    ...table(
      width,
      [['序号', 12, 'center'], ['指标', 58, 'left'], ['目标', 40, 'left'], ['结论', 26, 'center'], ['首件佐证\n（卷–页）', 20, 'center']],
      indicators.map((indicator) => rowOf(indicator.code, indicator.name, indicator.target, verdictWords[indicator.overall], indicator.evidence.find(({ citation }) => citation !== '')?.citation ?? '')),
    ),
  ];
}

/** Each chapter and each indicator begins on a page of its own: it can be handed out and replaced alone, and its page number holds in any word processor. */
const pageBreak: Block = { kind: 'page-break' };

function describeGroups(model: ReportModel, width: number): readonly Block[] {
  return [
    pageBreak,
    heading('heading1', 'indicators', '二、各项指标完成情况'),
    ...model.groups.flatMap((group, index) => [
      ...(index === 0 ? [] : [pageBreak]),
      heading('heading2', `group-${index + 1}`, `（${chineseNumber(index + 1)}）${group.name}`),
      ...group.indicators.flatMap((indicator, place) => [...(place === 0 ? [] : [pageBreak]), ...describeIndicator(indicator, width)]),
    ]),
  ];
}

function describeIndicator(indicator: ReportIndicator, width: number): readonly Block[] {
  const units = [
    ...(indicator.lead.length === 0 ? [] : [`牵头单位：${indicator.lead.join('、')}`]),
    ...(indicator.assist.length === 0 ? [] : [`协办单位：${indicator.assist.join('、')}`]),
  ].join('；');
  const conclusion = indicator.because === '' ? '' : `：${withoutStop(indicator.because)}`;
  return [
    heading('heading3', `indicator-${indicator.code}`, `${indicator.code}. ${indicator.name}`),
    text('body', `目标：${withoutStop(indicator.target)}。${units === '' ? '' : `${units}。`}`),
    ...(indicator.note === '' ? [] : [text('body', `分工说明：${withoutStop(indicator.note)}。`)]),
    ...table(
      width,
      [['年度', 16, 'center'], ['指标值', 24, 'center'], ['分子/分母', 28, 'center'], ['判定', 26, 'center'], ['说明', 42, 'left'], ['数据来源', 20, 'center']],
      indicator.years.map((year) => rowOf(`${year.year}`, year.value, year.ratio, verdictWords[year.verdict], year.because, year.source)),
    ),
    ...describeTrend(indicator, width),
    text('body', `结论：${verdictWords[indicator.overall]}${conclusion}。`),
    ...(indicator.text === '' ? [] : indicator.text.split(/\n+/u).filter((line) => line.trim() !== '').map((line) => text('body', line.trim()))),
    ...(indicator.citations.length === 0 ? [] : [text('body', `引用佐证（卷–页）：${indicator.citations.join('、')}。`)]),
    ...(indicator.evidence.length === 0
      ? [text('body', '佐证材料：尚未挂接。')]
      : table(
          width,
          [['佐证材料', 74, 'left'], ['文号', 44, 'left'], ['年度', 20, 'center'], ['卷–页', 18, 'center']],
          indicator.evidence.map((each) => rowOf(each.title, each.documentNumber, each.year, each.citation)),
        )),
  ];
}

/** A chart of the figures, where there are at least two to compare. */
function describeTrend(indicator: ReportIndicator, width: number): readonly Block[] {
  const points = indicator.years.map(({ year, figure }) => ({ label: `${year}`, value: figure }));
  if (points.filter(({ value }) => value !== null).length < 2) return [];
  const caption = `${indicator.name}变化情况${indicator.unit === '' ? '' : `（单位：${indicator.unit}）`}`;
  return [{ kind: 'chart', chart: { caption, unit: indicator.unit, points, threshold: indicator.threshold, width: Math.min(120, width), height: 48 } }, space(2)];
}

function describeDeclarations(model: ReportModel, width: number): readonly Block[] {
  if (model.declarations.length === 0) return [];
  const words = { yes: '是', no: '否', '': '未答复' } as const;
  return [
    pageBreak,
    heading('heading1', 'declarations', '三、不得申报情形声明'),
    text('body', '近三年内是否发生下列情形，逐项声明如下：'),
    ...table(
      width,
      [['序号', 12, 'center'], ['情形', 76, 'left'], ['是否发生', 20, 'center'], ['声明单位（人）', 24, 'center'], ['证明\n（卷–页）', 24, 'center']],
      model.declarations.map((row) => rowOf(`${row.number}`, row.situation, words[row.answer], row.signedBy, row.certificate)),
    ),
  ];
}

function describeNotApplicable(model: ReportModel, width: number): readonly Block[] {
  if (model.notApplicable.length === 0) return [];
  const ordinal = model.declarations.length === 0 ? 3 : 4;
  return [
    pageBreak,
    heading('heading1', 'not-applicable', `${chineseNumber(ordinal)}、不涉及指标`),
    text('body', `下列${model.notApplicable.length}项指标本地区不涉及，由责任单位出具证明：`),
    ...table(
      width,
      [['序号', 14, 'center'], ['指标', 70, 'left'], ['出具证明单位', 46, 'left'], ['证明\n（卷–页）', 26, 'center']],
      model.notApplicable.map((row) => rowOf(row.code, row.name, row.units.join('、'), row.certificates.join('、'))),
    ),
  ];
}

function describeVolumes(model: ReportModel, width: number): readonly Block[] {
  const ordinal = 3 + (model.declarations.length === 0 ? 0 : 1) + (model.notApplicable.length === 0 ? 0 : 1);
  return [
    pageBreak,
    heading('heading1', 'volumes', `${chineseNumber(ordinal)}、佐证案卷一览`),
    ...(model.volumes.length === 0
      ? [text('body', '尚无装订的案卷。')]
      : table(
          width,
          [['卷号', 14, 'center'], ['案卷题名', 58, 'left'], ['档号', 56, 'left'], ['件数', 14, 'center'], ['页数', 14, 'center']],
          model.volumes.map((volume) => rowOf(`${volume.no}`, volume.title, volume.archivalCode, `${volume.items}`, `${volume.pages}`)),
        )),
  ];
}
