import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../src-main/domain/catalog.ts';
import { readFigures, soughtQuantity } from '../../src-main/domain/figures.ts';
import { evidenceId, indicatorCode } from '../../src-main/domain/ids.ts';
import type { EvidenceFacts, Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Target } from '../../src-main/domain/target.ts';
import { proposeValues } from '../../src-main/domain/value-proposals.ts';
import type { ValueProposal } from '../../src-main/domain/value-proposals.ts';
import { evidence, indicator, link, value } from './facts.ts';

const rate: Target = { kind: 'value', text: '≥95%', op: '>=', value: 95, unit: '%', ratio: true };
const target = (unit: string, text = '稳定', ratio = false): Target => ({ kind: 'value', text, op: '>=', value: 0, unit, ratio });
const years = [2021, 2022, 2023];

interface Paper {
  readonly text: string;
  /** Year under which it is filed; null for the whole period. */
  readonly year?: number | null;
  readonly facts?: Partial<EvidenceFacts>;
  readonly page?: number;
  readonly requirement?: string;
}

/** What is proposed for an indicator where its filed papers read so. */
function proposed(papers: readonly Paper[], more: { readonly name?: string; readonly target?: Target; readonly entered?: Snapshot['values'] } = {}): readonly (readonly [number, readonly ValueProposal[]])[] {
  const asked = indicator(more.target ?? rate, { code: indicatorCode('5.1'), name: more.name ?? '县城污水处理率' });
  const catalog: Pick<Catalog, 'groups' | 'years' | 'region'> = { groups: [{ code: 'A', name: '甲', indicators: [asked] }], years, region: '青岛市市南区' };
  const sought = soughtQuantity(asked);
  const read = papers.map(({ text, page = 1 }, at) => readFigures(text, sought === null ? [] : [sought], years, { evidenceId: evidenceId(`e${at}`), page }));
  const snapshot: Snapshot = {
    evidence: papers.map(({ facts = {} }, at) => evidence(`e${at}`, { kind: 'data-table', title: `数据表${at}`, ...facts })),
    links: papers.map(({ year = 2022, requirement = 'data' }, at) => link(`e${at}`, '5.1', { year, requirement })),
    values: more.entered ?? [], reports: [], declarations: [], signOffs: [], waivers: [], reviewFindings: [], today: '2024-04-12',
    figures: read.flatMap(({ dated }) => dated), undatedFigures: read.flatMap(({ undated }) => undated),
  };
  return proposeValues(catalog, snapshot).map(({ year, choices }) => [year, choices]);
}

const figuresOf = (papers: readonly Paper[], more?: Parameters<typeof proposed>[1]): readonly (readonly [number, readonly number[]])[] => proposed(papers, more).map(([year, choices]) => [year, choices.map((choice) => choice.value)]);

describe('a value that a filed paper states', () => {
  it.each<readonly [string, string]>([
    ['in a sentence', '2022年,县城污水处理率为96.3%。'],
    ['with its parts', '2022年，县城污水处理率为96.3%，其中处理量963吨，排放量1000吨。'],
    ['name first', '县城污水处理率2022年达到96.3%,比2021年提高0.2个百分点。'],
    ['with full-width digits', '２０２２年全区县城污水处理率达９６．３％'],
    ['under its region', '2022年,市南区县城污水处理率为96.3%，全市平均94%。'],
    ['in step', '2021—2023年，县城污水处理率分别为95.1%、96.3%、97.3%。'],
    ['year for year', '县城污水处理率2021年为95.1%、2022年为96.3%、2023年为97.3%。'],
    ['in a row of years', '指标 2021年 2022年 2023年\n县城污水处理率(%) 95.1 96.3 97.3'],
    ['in a row without years', '2022年污水处理情况\n项目 数值 单位 出处\n处理量 963 吨 月报\n县城污水处理率 96.3 % 经复核'],
    ['in a numbered row, the unit in brackets', '2022年指标完成情况\n1 绿化覆盖率(%) 41.2\n2 县城污水处理率（％） 96.3'],
    ['without a year anywhere', '县城污水处理率为96.3%。'],
  ])('is proposed: %s', (_, text) => expect(figuresOf([{ text }])).toEqual([[2022, [96.3]]]));

  it.each<readonly [string, string]>([
    ['a target', '2022年县城污水处理率≥96.3%'],
    ['a target in words', '2022年县城污水处理率目标为96.3%'],
    ['a hope', '到2022年,县城污水处理率达到96.3%。'],
    ['a demand', '要求2022年县城污水处理率达到96.3%'],
    ['a range', '2022年县城污水处理率为96.3%～97.1%。'],
    ['a range without the first sign', '2022年县城污水处理率为96.3-97.1%。'],
    ['about so much', '2022年县城污水处理率约为96.3%，近96.3%。'],
    ['left or right of it', '2022年县城污水处理率为96.3%左右。'],
    ['a change', '2022年县城污水处理率提高了6.3%。'],
    ['half a year', '2022年上半年,县城污水处理率为96.3%。'],
    ['a month', '2022年6月,县城污水处理率为96.3%。'],
    ['a mean of years', '2021-2022年,县城污水处理率为96.3%。'],
    ['another quantity', '2022年,农村县城污水处理率为96.3%；污水处理率为96.3%。'],
    ['a share of it', '2022年,县城污水处理率的贡献率为96.3%。'],
    ['another region', '2022年,李沧区县城污水处理率为96.3%。'],
    ['another region after the own', '市南区2022年,李沧区县城污水处理率为96.3%。'],
    ['two regions in step', '2022年,市南区、李沧区县城污水处理率分别为96.3%、95.1%。'],
    ['two values at once', '2022年县城污水处理率为96.3%、95.1%。'],
    ['per mille', '2022年县城污水处理率为96.3‰。'],
    ['a count', '2022年县城污水处理率96.3万吨。'],
    ['no unit', '2022年县城污水处理率为96.3。'],
    ['more than all', '2022年县城污水处理率为196.3%。'],
    ['last year\'s', '与2021年相比,2022年县城污水处理率提高,去年县城污水处理率为96.3%。'],
    ['no year, beside another', '2021年，工作启动。县城污水处理率为96.3%。'],
    ['a year for a value', '县城污水处理率 2022'],
    ['goal and result in one row', '2022年\n指标 目标值 完成值\n县城污水处理率 95% 96.3%'],
    ['only a goal in the row', '2022年\n指标 目标值 完成值\n县城污水处理率 96.3%'],
    ['only a goal in the row of a year', '年份 指标 目标值 完成值\n2022年 县城污水处理率 96.3%'],
    ['another one\'s row', '2022年\n绿化覆盖率 96.3 %\n县城污水处理率'],
    ['a row under several years', '指标 2021年 2023年\n县城污水处理率(%) 95.1 97.3'],
  ])('is not proposed: %s', (_, text) => expect(figuresOf([{ text }])).toEqual([]));

  it.each<readonly [string, string, Target, string, number]>([
    ['公顷 and thousands', '森林面积', target('公顷'), '2022年,森林面积为1,234.5公顷。', 1234.5],
    ['thousands in full-width digits', '森林面积', target('公顷'), '2022年，森林面积为１，２３４公顷。', 1234],
    ['per mille', '死亡率', target('‰'), '2022年,死亡率为6.2‰。', 6.2],
    ['a concentration', 'PM2.5浓度', target('μg/m³'), '2022年PM2.5年均浓度下降。2022年，PM2.5浓度为28微克/立方米。', 28],
    ['no unit at all', '绿色发展指数', target(''), '2022年,绿色发展指数为82.35。', 82.35],
    ['a change that falls', '生态质量指数(EQI)', target('', '△EQI>-1'), '2022年,△EQI为-0.12。', -0.12],
    ['a change by its name in a table', '生态质量指数(EQI)', target('', '△EQI>-1'), '2022年\n项目 数值 单位\n生态质量指数变化 0.21 —', 0.21],
  ])('is read in its unit: %s', (_, name, wanted, text, expected) => expect(figuresOf([{ text }], { name, target: wanted })).toEqual([[2022, [expected]]]));

  it.each<readonly [string, string, Target, string]>([
    ['ten thousand hectares', '森林面积', target('公顷'), '2022年,森林面积为1.2万公顷。'],
    ['another unit', '森林面积', target('公顷'), '2022年,森林面积为1234亩。'],
    ['a longer unit', '煤炭消费量', target('吨'), '2022年,煤炭消费量为12吨标准煤。'],
    ['the level instead of the change', '生态质量指数(EQI)', target('', '△EQI>-1'), '2022年,生态质量指数(EQI)为58.2。'],
    ['a figure with a unit where none is meant', '绿色发展指数', target(''), '2022年,绿色发展指数为82.35分。'],
    ['clauses that a full-width comma parts', '森林面积', target('公顷'), '2022年森林面积为1，234公顷。'],
  ])('is not read in another unit: %s', (_, name, wanted, text) => expect(figuresOf([{ text }], { name, target: wanted })).toEqual([]));
});

describe('the parts of a ratio', () => {
  const parts = (text: string): readonly (number | null)[] => proposed([{ text }]).flatMap(([, [choice]]) => [choice?.numerator ?? null, choice?.denominator ?? null]);
  it.each<readonly [string, string, readonly (number | null)[]]>([
    ['numerator first', '2022年,县城污水处理率为96.3%,其中处理量963吨,排放量1000吨。', [963, 1000]],
    ['denominator first', '2022年,县城污水处理率为96.3%,其中排放量1000吨,处理量(含再生)963吨。', [963, 1000]],
    ['with thousands', '2022年,县城污水处理率为96.3%,其中处理量9,630吨,排放量10,000吨。', [9630, 10000]],
    ['that do not give the value', '2022年,县城污水处理率为96.3%,其中处理量900吨,排放量1000吨。', [null, null]],
    ['of two units', '2022年,县城污水处理率为96.3%,其中处理量963吨,排放量1000立方米。', [null, null]],
    ['three of them', '2022年,县城污水处理率为96.3%,其中处理量963吨,排放量1000吨,回用量96吨。', [null, null]],
  ])('%s', (_, text, expected) => expect(parts(text)).toEqual(expected));
});

describe('where papers speak together', () => {
  const states = (figure: number): string => `2022年,县城污水处理率为${figure}%。`;
  it('a table counts before a letter, where both agree', () => {
    const [[, [choice] = []] = []] = proposed([{ text: states(96.3), facts: { kind: 'official-document', title: '关于报送的函' } }, { text: `总则\n${states(96.3)}` }]);
    expect(choice).toMatchObject({ value: 96.3, unit: '%', evidence: 'e1', page: 1 });
  });
  it('each value is offered with its source where they differ, up to three', () => {
    expect(figuresOf([{ text: states(96.3) }, { text: states(94.1) }])).toEqual([[2022, [96.3, 94.1]]]);
    expect(figuresOf([96.3, 94.1, 92, 90].map((figure) => ({ text: states(figure) })))).toEqual([]);
  });
  it('none is offered where the same table holds a figure that may mean another value', () => {
    expect(figuresOf([{ text: `${states(96.3)}2022年县城污水处理率经测算约93.1%。` }, { text: '2022年县城污水处理率经测算约93.1%。' }])).toEqual([]);
  });
  it('only what is filed under the year, or for the whole period, counts', () => {
    expect(figuresOf([{ text: states(96.3), year: 2021 }])).toEqual([]);
    expect(figuresOf([{ text: states(96.3), year: null }])).toEqual([[2022, [96.3]]]);
    expect(figuresOf([{ text: '县城污水处理率为96.3%。', year: null }])).toEqual([]);
  });
  it('a later page must name its year', () => {
    expect(figuresOf([{ text: '县城污水处理率为96.3%。', page: 2 }])).toEqual([]);
    expect(figuresOf([{ text: '2022年情况\n县城污水处理率为96.3%。', page: 2 }])).toEqual([[2022, [96.3]]]);
  });
  it('drafts, files that changed and a superior\'s orders are no source', () => {
    expect(figuresOf([{ text: states(96.3), facts: { draft: true } }, { text: states(96.3), facts: { integrity: 'changed' } }, { text: states(96.3), requirement: 'task' }])).toEqual([]);
  });
  it('a year that has its value is left alone', () => {
    expect(figuresOf([{ text: states(96.3) }], { entered: [value('5.1', 2022, 90)] })).toEqual([]);
  });
});
