import type { Indicator } from '../../src-main/domain/catalog.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import type { judge as judgeOfSource } from '../../src-main/domain/judge.ts';
import type { JudgeData } from '../../src-main/domain/judge.ts';
import { fillRequirements } from '../../src-main/domain/requirement-slots.ts';
import type { DeclarationFacts, EvidenceFacts, LinkFacts, RulingFacts } from '../../src-main/domain/snapshot.ts';
import type { Target, Verdict } from '../../src-main/domain/target.ts';
import { evidence, indicator, link, value } from './facts.ts';
import { figureCases } from './verdict-cases.ts';
import type { Entry } from './verdict-cases.ts';

export const years = [2021, 2022, 2023];
export const none: JudgeData = { values: [], slots: [], declarations: [], rulings: [], inForce: { issuedBy: '2024-04-30', until: '2024-05-30' }, resolveUnit: (name) => name };

/** One row of the table: its name, what must come out (a letter a year, then the whole), and how to ask a judge for it. */
export interface VerdictCase {
  readonly name: string;
  readonly expect: string;
  readonly ask: (judge: typeof judgeOfSource) => string;
}

const letters: Readonly<Record<Verdict, string>> = { met: 'm', unmet: 'u', missing: 'x', judge: 'j' };

const verdictsOf = (judge: typeof judgeOfSource, asked: Indicator, data: Partial<JudgeData>): string => {
  const judgement = judge(asked, { ...none, ...data }, years);
  return [...judgement.years.map((year) => year.verdict), judgement.overall].map((verdict) => letters[verdict]).join('');
};

const valueOf = (entry: Entry, year: number): readonly ReturnType<typeof value>[] => {
  if (entry === null) return [];
  if (typeof entry === 'number') return [value('1', year, entry)];
  return [value('1', year, entry.v, { unit: entry.u ?? '%', numerator: entry.n ?? null, denominator: entry.d ?? null })];
};

interface PaperCase {
  readonly name: string;
  readonly target: Target;
  readonly papers?: readonly (readonly [Partial<EvidenceFacts>, Partial<LinkFacts>])[];
  readonly data?: Partial<JudgeData>;
  readonly change?: Partial<Indicator>;
  readonly expect: string;
}

const superior: Target = { kind: 'superior-task', text: '完成任务', alsoTrend: null, unit: '%' };
const superiorTrend: Target = { ...superior, alsoTrend: 'not-falling' };
const noise: Target = { kind: 'conditional', text: '', threshold: 85, unit: '%', below: 'rising', otherwise: 'not-falling', superiorTask: true };
const institution: Target = { kind: 'institutional', text: '建立制度', document: '制度文件', inForce: false };
const inForce: Target = { ...institution, inForce: true };
const certificate: Target = { kind: 'certificate', text: '≥93%' };
const declared: Target = { kind: 'declarations', text: '不得申请' };

const paper = (requirement: string, year: number | null, change: Partial<EvidenceFacts> = {}): readonly [Partial<EvidenceFacts>, Partial<LinkFacts>] => [change, { requirement, year }];
const both = (year: number): readonly (readonly [Partial<EvidenceFacts>, Partial<LinkFacts>])[] => [paper('task', year), paper('result', year)];
const allYears = years.flatMap(both);
const practice = years.map((year) => paper('practice', year));
const answer = (number: number, said: 'yes' | 'no'): DeclarationFacts => ({ indicator: indicatorCode('1'), number, answer: said, signedBy: '甲', certificate: null });
const ruling = (year: number | null, verdict: 'met' | 'unmet'): RulingFacts => ({ indicator: indicatorCode('1'), year, verdict, reason: '已核实', by: '王五', at: '2024-01-01' });
const figures = [value('1', 2021, 90), value('1', 2022, 91), value('1', 2023, 92)];
const plan = (change: Partial<EvidenceFacts>): readonly (readonly [Partial<EvidenceFacts>, Partial<LinkFacts>])[] => [paper('document', null, { title: '规划', ...change }), paper('approval', null)];

const paperCases: readonly PaperCase[] = [
  { name: 'task: both papers each year', target: superior, papers: allYears, expect: 'mmmm' },
  { name: 'task: nothing', target: superior, expect: 'xxxx' },
  { name: 'task: results alone', target: superior, papers: years.map((year) => paper('result', year)), expect: 'xxxx' },
  { name: 'task: task alone', target: superior, papers: years.map((year) => paper('task', year)), expect: 'xxxx' },
  { name: 'task: one result lacking', target: superior, papers: allYears.slice(0, 5), expect: 'mmxx' },
  { name: 'task: a draft result is none', target: superior, papers: [...allYears.slice(0, 5), paper('result', 2023, { draft: true })], expect: 'mmxx' },
  { name: 'task: an unreadable result is none', target: superior, papers: [...allYears.slice(0, 5), paper('result', 2023, { integrity: 'unreadable' })], expect: 'mmxx' },
  { name: 'task: an encrypted result is none', target: superior, papers: [...allYears.slice(0, 5), paper('result', 2023, { integrity: 'encrypted' })], expect: 'mmxx' },
  { name: 'task: a changed result is none', target: superior, papers: [...allYears.slice(0, 5), paper('result', 2023, { integrity: 'changed' })], expect: 'mmxx' },
  { name: 'task: the result says it failed', target: superior, papers: [...allYears.slice(0, 5), paper('result', 2023, { title: '关于未完成任务的通报' })], expect: 'mmjj' },
  { name: 'task: a person ruled that it is met', target: superior, papers: [...allYears.slice(0, 5), paper('result', 2023, { title: '考核不合格情况' })], data: { rulings: [ruling(2023, 'met')] }, expect: 'mmmm' },
  { name: 'task with trend: papers and figures', target: superiorTrend, papers: allYears, data: { values: figures }, expect: 'mmmm' },
  { name: 'task with trend: figures fall', target: superiorTrend, papers: allYears, data: { values: [...figures.slice(0, 2), value('1', 2023, 89)] }, expect: 'mmuu' },
  { name: 'task with trend: no figures', target: superiorTrend, papers: allYears, expect: 'xxxx' },
  { name: 'task with trend: figures without papers', target: superiorTrend, data: { values: figures }, expect: 'xxxx' },
  { name: 'task with trend: unmet outweighs missing papers', target: superiorTrend, data: { values: [...figures.slice(0, 2), value('1', 2023, 80)] }, expect: 'xxuu' },
  { name: 'noise: no task, figures hold', target: noise, data: { values: figures }, expect: 'mmmm' },
  { name: 'noise: a task without its result', target: noise, papers: [paper('task', 2022)], data: { values: figures }, expect: 'mxmx' },
  { name: 'noise: a result without its task', target: noise, papers: [paper('result', 2022)], data: { values: figures }, expect: 'mxmx' },
  { name: 'noise: both', target: noise, papers: both(2022), data: { values: figures }, expect: 'mmmm' },
  { name: 'institution: document and every year’s practice', target: institution, papers: [paper('document', null), ...practice], expect: 'mmmm' },
  { name: 'institution: no document', target: institution, papers: practice, expect: 'xxxx' },
  { name: 'institution: one year’s practice lacking', target: institution, papers: [paper('document', null), ...practice.slice(0, 2)], expect: 'mmxx' },
  { name: 'institution: a draft document', target: institution, papers: [paper('document', null, { draft: true }), ...practice], expect: 'xxxx' },
  { name: 'institution: nothing asked for', target: institution, change: { requirements: [] }, expect: 'jjjj' },
  { name: 'in force', target: inForce, papers: plan({ date: '2023-12-29', validUntil: '2030-12-31' }), expect: 'mmmm' },
  { name: 'in force to the last day', target: inForce, papers: plan({ date: '2024-04-30', validUntil: '2024-05-30' }), expect: 'mmmm' },
  { name: 'in force to the day before', target: inForce, papers: plan({ date: '2023-12-29', validUntil: '2024-05-29' }), expect: 'uuuu' },
  { name: 'expired', target: inForce, papers: plan({ date: '2018-01-01', validUntil: '2022-12-31' }), expect: 'uuuu' },
  { name: 'issued too late', target: inForce, papers: plan({ date: '2024-05-01', validUntil: '2030-12-31' }), expect: 'uuuu' },
  { name: 'validity unknown', target: inForce, papers: plan({ date: '2023-12-29' }), expect: 'jjjj' },
  { name: 'date unknown', target: inForce, papers: plan({ validUntil: '2030-12-31' }), expect: 'jjjj' },
  { name: 'no approval', target: inForce, papers: plan({ date: '2023-12-29', validUntil: '2030-12-31' }).slice(0, 1), expect: 'xxxx' },
  { name: 'a second edition is in force', target: inForce, papers: [...plan({ date: '2018-01-01', validUntil: '2022-12-31' }), paper('document', null, { date: '2023-01-01', validUntil: '2030-12-31' })], expect: 'mmmm' },
  { name: 'certificate sealed', target: certificate, papers: [[{ kind: 'certificate' }, {}]], expect: 'mmmm' },
  { name: 'certificate lacking', target: certificate, expect: 'xxxx' },
  { name: 'certificate of which nobody said whether it is sealed', target: certificate, papers: [[{ kind: 'certificate', sealed: false }, {}]], expect: 'jjjj' },
  { name: 'certificate said not to be sealed', target: certificate, papers: [[{ kind: 'certificate', sealed: false, sealStated: true }, {}]], expect: 'xxxx' },
  { name: 'certificate of another unit', target: certificate, papers: [[{ kind: 'certificate', issuer: '乙局' }, {}]], expect: 'xxxx' },
  { name: 'certificate of nobody', target: certificate, papers: [[{ kind: 'certificate', issuer: '' }, {}]], expect: 'jjjj' },
  { name: 'two leads, one certificate', target: certificate, change: { lead: ['甲局', '乙局'] }, papers: [[{ kind: 'certificate' }, {}]], expect: 'xxxx' },
  { name: 'two leads, one certificate of both', target: certificate, change: { lead: ['甲局', '乙局'] }, papers: [[{ kind: 'certificate', issuer: '甲局、乙局' }, {}]], expect: 'mmmm' },
  { name: 'certificate as a draft', target: certificate, papers: [[{ kind: 'certificate', draft: true }, {}]], expect: 'xxxx' },
  { name: 'all answered no', target: declared, data: { declarations: [answer(1, 'no'), answer(2, 'no'), answer(3, 'no')] }, expect: 'mmmm' },
  { name: 'one yes', target: declared, data: { declarations: [answer(1, 'no'), answer(2, 'yes'), answer(3, 'no')] }, expect: 'uuuu' },
  { name: 'one unanswered', target: declared, data: { declarations: [answer(1, 'no'), answer(3, 'no')] }, expect: 'xxxx' },
  { name: 'a yes outweighs an open one', target: declared, data: { declarations: [answer(1, 'yes')] }, expect: 'uuuu' },
  { name: 'none answered', target: declared, expect: 'xxxx' },
  { name: 'a ruling settles what is doubtful', target: { kind: 'value', text: '', op: '=', value: 100, unit: '%', ratio: true }, data: { values: [value('1', 2021, 100, { numerator: 0, denominator: 0 }), value('1', 2022, 100), value('1', 2023, 100)], rulings: [ruling(null, 'met')] }, expect: 'mmmm' },
  { name: 'a ruling never fills in data', target: { kind: 'value', text: '', op: '>=', value: 95, unit: '%', ratio: true }, data: { rulings: [ruling(null, 'met')] }, expect: 'xxxx' },
  { name: 'a ruling never lifts what is unmet', target: { kind: 'value', text: '', op: '>=', value: 95, unit: '%', ratio: true }, data: { values: figures, rulings: [ruling(null, 'met')] }, expect: 'uuuu' },
  { name: 'a ruling may withdraw a pass', target: { kind: 'value', text: '', op: '>=', value: 90, unit: '%', ratio: true }, data: { values: figures, rulings: [ruling(2022, 'unmet')] }, expect: 'mumu' },
  { name: 'a ruling of the year outweighs one of all years', target: { kind: 'value', text: '', op: '>=', value: 90, unit: '%', ratio: true }, data: { values: figures, rulings: [ruling(null, 'unmet'), ruling(2022, 'met')] }, expect: 'umuu' },
];

const atLeast: Target = { kind: 'value', text: '≥95%', op: '>=', value: 95, unit: '%', ratio: true };
const falling: Target = { kind: 'trend', text: '持续下降', direction: 'falling', unit: '%', ratio: true };
const planOf = (change: Partial<EvidenceFacts>): JudgeData['slots'] =>
  fillRequirements(indicator(inForce), years, plan(change).map(([facts, where], at) => ({ facts: evidence(`e${at}`, facts), link: link(`e${at}`, '1', { order: at, ...where }) })));

/** What is said, word for word, and over which years it is asked. */
const wordCases: readonly { readonly name: string; readonly target: Target; readonly data: Partial<JudgeData>; readonly over?: readonly number[]; readonly expect: string }[] = [
  { name: 'figure and bound', target: atLeast, data: { values: [value('1', 2022, 96.3)] }, over: [2022], expect: '2022年96.3%，不低于95%，达标' },
  { name: 'parts that decide', target: atLeast, data: { values: [value('1', 2022, 95, { numerator: 946, denominator: 1000 })] }, over: [2022], expect: '2022年94.6%（946÷1000），未达到“不低于95%”' },
  { name: 'parts that agree', target: atLeast, data: { values: [value('1', 2022, 94.6, { numerator: 946, denominator: 1000 })] }, over: [2022], expect: '2022年94.6%，未达到“不低于95%”' },
  { name: 'only the years that weigh most', target: atLeast, data: { values: [value('1', 2021, 96), value('1', 2022, 90)] }, expect: '2022年90%，未达到“不低于95%”' },
  { name: 'one year shows no trend', target: falling, data: { values: [value('1', 2023, 5)] }, over: [2023], expect: '只有2023年一年的数值，看不出趋势；请补报2022年数值' },
  { name: 'papers before figures where both lack', target: superiorTrend, data: {}, over: [2021, 2022], expect: '2021年缺上级下达任务的文件和上级考核结果；2022年缺上级下达任务的文件和上级考核结果' },
  { name: 'the day of issue is unknown', target: inForce, data: { slots: planOf({ validUntil: '2030-12-31' }) }, expect: '《规划》没有填明印发日期，看不出是否在有效期内' },
  { name: 'the last day is unknown', target: inForce, data: { slots: planOf({ date: '2023-12-29' }) }, expect: '《规划》没有填明有效期，看不出是否在有效期内' },
  { name: 'a ruling against', target: { ...atLeast, value: 90 }, data: { values: figures, rulings: [ruling(2022, 'unmet')] }, expect: '王五判定未达标：已核实' },
  { name: 'a ruling that cannot stand in for papers', target: institution, data: { rulings: [ruling(null, 'met')] }, over: [2022], expect: '2022年缺：制度文件、当年工作开展情况材料' },
];

/** The whole table. */
export const verdictCases: readonly VerdictCase[] = [
  ...figureCases.map((item): VerdictCase => ({
    name: `${item.target.text} ${item.name}`,
    expect: item.expect,
    ask: (judge) => verdictsOf(judge, indicator(item.target), { values: [...(item.before === undefined ? [] : [value('1', 2020, item.before)]), ...item.entries.flatMap((entry, at) => valueOf(entry, years[at] ?? 0))] }),
  })),
  ...paperCases.map(({ name, target, papers = [], data = {}, change = {}, expect }): VerdictCase => ({
    name, expect,
    ask: (judge) => {
      const asked = indicator(target, change);
      const linked = papers.map(([facts, where], at) => ({ facts: evidence(`e${at}`, facts), link: link(`e${at}`, '1', { order: at, ...where }) }));
      return verdictsOf(judge, asked, { ...data, slots: fillRequirements(asked, years, linked) });
    },
  })),
  ...wordCases.map(({ name, target, data, over = years, expect }): VerdictCase => ({
    name: `words: ${name}`, expect,
    ask: (judge) => judge(indicator(target), { ...none, slots: fillRequirements(indicator(target), over, []), ...data }, over).because,
  })),
];
