import type { Indicator } from './catalog.ts';
import { compare, figureOfYear, followsTrend, showFigure } from './quantity.ts';
import type { YearFigure } from './quantity.ts';
import { isProof } from './requirement-slots.ts';
import type { RequirementSlot } from './requirement-slots.ts';
import type { DeclarationFacts, RulingFacts, ValueFacts } from './snapshot.ts';
import type { Comparison, Judgement, Target, TrendDirection, Verdict, YearVerdict } from './target.ts';
import { issuersIn } from './unit-names.ts';

/** What is known of one indicator when it is judged. Values, declarations and rulings of other indicators must not be in it. */
export interface JudgeData {
  readonly values: readonly ValueFacts[];
  readonly slots: readonly RequirementSlot[];
  readonly declarations: readonly DeclarationFacts[];
  readonly rulings: readonly RulingFacts[];
  /** Application period that a document in force must cover, `YYYY-MM-DD`; empty where the plan names no days. */
  readonly inForce: { readonly issuedBy: string; readonly until: string };
  /** Canonical name of a unit, however it is spelled. */
  readonly resolveUnit: (name: string) => string;
}

type Ruled = { readonly verdict: Verdict; readonly because: string };
type TargetOf<Kind extends Target['kind']> = Extract<Target, { readonly kind: Kind }>;

const WEIGHT: Readonly<Record<Verdict, number>> = { met: 0, judge: 1, missing: 2, unmet: 3 };
const comparisonWords: Readonly<Record<Comparison, string>> = { '>=': '不低于', '<=': '不高于', '=': '等于', '>': '高于', '<': '低于' };
const trendWords: Readonly<Record<TrendDirection, string>> = { 'not-falling': '保持稳定或提高', 'not-rising': '保持稳定或下降', rising: '持续提高', falling: '持续下降' };

/**
 * Judges one indicator over `years` (ascending): a verdict for each year with its reason in Chinese, and the whole. One year unmet
 * makes the whole unmet; otherwise a year without data makes it missing; otherwise a year that a person must decide makes it `judge`.
 */
export const judge = (indicator: Indicator, data: JudgeData, years: readonly number[]): Judgement => {
  const judged = judgeTarget(indicator, data, years);
  const yearVerdicts: readonly YearVerdict[] = years.map((year, at) => ({ year, ...applyRuling(judged[at] ?? { verdict: 'missing', because: '没有数据' }, data.rulings, year) }));
  const { verdict: overall, because } = summarize(yearVerdicts);
  return { overall, because, years: yearVerdicts };
};

function judgeTarget(indicator: Indicator, data: JudgeData, years: readonly number[]): readonly Ruled[] {
  const { target } = indicator;
  switch (target.kind) {
    case 'value':
      return years.map((year) => judgeValue(target, data, year));
    case 'trend':
      return years.map((_, at) => judgeStep(data, years, at, target, () => target.direction));
    case 'conditional':
      return years.map((_, at) => judgeConditional(target, data, years, at));
    case 'superior-task':
      return years.map((_, at) => judgeSuperiorTask(target, data, years, at));
    case 'institutional':
      return years.map((year) => judgeInstitution(target, data, year));
    case 'declarations':
      return sameForAll(years, judgeDeclarations(indicator, data));
    case 'certificate':
      return sameForAll(years, judgeCertificate(indicator, data));
    default:
      return target satisfies never;
  }
}

const sameForAll = (years: readonly number[], ruled: Ruled): readonly Ruled[] => years.map(() => ruled);
const worse = (one: Ruled, other: Ruled): Ruled => (WEIGHT[other.verdict] > WEIGHT[one.verdict] ? other : one);

/** The verdict that a figure which cannot be used leads to. */
const unusable = (figure: Exclude<YearFigure, { readonly state: 'known' }>): Ruled => ({ verdict: figure.state === 'missing' ? 'missing' : 'judge', because: figure.because });

function judgeValue(target: TargetOf<'value'>, data: JudgeData, year: number): Ruled {
  const figure = figureOfYear(data.values, year, target);
  if (figure.state !== 'known') return unusable(figure);
  const bound = `${comparisonWords[target.op]}${showFigure(target.value, target.unit)}`;
  return compare(figure.value, target.op, target.value)
    ? { verdict: 'met', because: `${year}年${figure.shown}，${bound}，达标` }
    : { verdict: 'unmet', because: `${year}年${figure.shown}，未达到“${bound}”` };
}

/** One year against the year before it. The first year is the base, unless a figure of the year before was entered too. */
function judgeStep(data: JudgeData, years: readonly number[], at: number, target: { readonly unit: string; readonly ratio: boolean }, directionFor: (value: number) => TrendDirection): Ruled {
  const year = years[at];
  if (year === undefined) return { verdict: 'missing', because: '没有考核年度' };
  const now = figureOfYear(data.values, year, target);
  if (now.state !== 'known') return unusable(now);
  const earlier = years[at - 1] ?? (data.values.some((value) => value.year === year - 1) ? year - 1 : undefined);
  if (earlier === undefined) {
    return years.length > 1 ? { verdict: 'met', because: `${year}年${now.shown}，作为比较的起点` } : { verdict: 'missing', because: `只有${year}年一年的数值，看不出趋势；请补报${year - 1}年数值` };
  }
  const before = figureOfYear(data.values, earlier, target);
  if (before.state === 'missing') return { verdict: 'missing', because: `${year}年${now.shown}，但缺${earlier}年数值，无从比较` };
  if (before.state === 'doubtful') return { verdict: 'judge', because: `${year}年${now.shown}，但${before.because}，无从比较` };
  const direction = directionFor(now.value);
  const words = `${earlier}年${before.shown}，${year}年${now.shown}`;
  return followsTrend(before.value, now.value, direction)
    ? { verdict: 'met', because: `${words}，符合“${trendWords[direction]}”` }
    : { verdict: 'unmet', because: `${words}，不符合“${trendWords[direction]}”` };
}

function judgeConditional(target: TargetOf<'conditional'>, data: JudgeData, years: readonly number[], at: number): Ruled {
  const step = judgeStep(data, years, at, { unit: target.unit, ratio: target.unit === '%' }, (value) => (compare(value, '<', target.threshold) ? target.below : target.otherwise));
  const year = years[at] ?? 0;
  if (!target.superiorTask) return step;
  // The task need not exist; but where its document is filed, its result must be too, and the other way round.
  const [task, result] = [proofsOf(data, 'task', year), proofsOf(data, 'result', year)];
  return task.length === 0 && result.length === 0 ? step : worse(step, judgeTaskPapers(data, year));
}

function judgeSuperiorTask(target: TargetOf<'superior-task'>, data: JudgeData, years: readonly number[], at: number): Ruled {
  const papers = judgeTaskPapers(data, years[at] ?? 0);
  if (target.alsoTrend === null) return papers;
  const direction = target.alsoTrend;
  return worse(papers, judgeStep(data, years, at, { unit: target.unit, ratio: false }, () => direction));
}

const FAILED = /未完成|没有完成|不合格|未达|不达标|未通过/u;

function judgeTaskPapers(data: JudgeData, year: number): Ruled {
  const [task, result] = [proofsOf(data, 'task', year), proofsOf(data, 'result', year)];
  const lacking = [task.length === 0 ? '上级下达任务的文件' : '', result.length === 0 ? '上级考核结果' : ''].filter((name) => name !== '');
  if (lacking.length > 0) return { verdict: 'missing', because: `${year}年缺${lacking.join('和')}` };
  const failed = result.find(({ title }) => FAILED.test(title));
  if (failed !== undefined) return { verdict: 'judge', because: `${year}年考核结果《${failed.title}》像是没有完成任务，请人工判定` };
  return { verdict: 'met', because: `${year}年上级任务文件和考核结果齐全` };
}

const proofsOf = (data: JudgeData, requirement: string, year: number): RequirementSlot['evidence'] =>
  data.slots.filter((slot) => slot.requirement.id === requirement && slot.year === year).flatMap((slot) => slot.evidence.filter(isProof));

function judgeInstitution(target: TargetOf<'institutional'>, data: JudgeData, year: number): Ruled {
  const asked = data.slots.filter((slot) => slot.requirement.optional !== true && (slot.year === null || slot.year === year));
  if (asked.length === 0) return { verdict: 'judge', because: '没有规定要归档的材料，请人工判定' };
  const lacking = asked.filter((slot) => !slot.evidence.some(isProof)).map((slot) => slot.requirement.name);
  if (lacking.length > 0) return { verdict: 'missing', because: `${year}年缺：${lacking.join('、')}` };
  const papers: Ruled = { verdict: 'met', because: `${year}年材料齐全` };
  if (!target.inForce) return papers;
  const documents = asked.filter((slot) => slot.requirement.id === 'document').flatMap((slot) => slot.evidence.filter(isProof));
  return documents.map((document) => judgeValidity(document, data.inForce)).toSorted((a, b) => WEIGHT[a.verdict] - WEIGHT[b.verdict])[0] ?? papers;
}

/** Whether a document was issued before the application and is in force until its end (管理规程: 正式印发并在有效期内). */
export const judgeValidity = ({ title, date, validUntil }: { readonly title: string; readonly date: string; readonly validUntil: string }, period: JudgeData['inForce']): Ruled => {
  if (date === '' || validUntil === '') return { verdict: 'judge', because: `《${title}》没有填明${date === '' ? '印发日期' : '有效期'}，看不出是否在有效期内` };
  if (period.issuedBy !== '' && date > period.issuedBy) return { verdict: 'unmet', because: `《${title}》${date}才印发，晚于${period.issuedBy}` };
  if (validUntil < period.until) return { verdict: 'unmet', because: `《${title}》有效期到${validUntil}，没有覆盖到${period.until}` };
  return { verdict: 'met', because: `《${title}》${date}印发，有效期到${validUntil}` };
};

function judgeDeclarations({ declarations }: Indicator, data: JudgeData): Ruled {
  const answers = new Map(data.declarations.map((item) => [item.number, item.answer]));
  const numbers = declarations.map((_, at) => at + 1);
  const admitted = numbers.filter((number) => answers.get(number) === 'yes');
  if (admitted.length > 0) return { verdict: 'unmet', because: `存在第${admitted.join('、')}种不得申请的情形` };
  const open = numbers.filter((number) => !answers.has(number));
  if (open.length > 0) return { verdict: 'missing', because: `第${open.join('、')}种情形还没有回答` };
  return { verdict: 'met', because: `${numbers.length}种情形都回答为无` };
}

function judgeCertificate({ lead }: Indicator, data: JudgeData): Ruled {
  const certificates = data.slots.flatMap((slot) => (slot.requirement.kind === 'certificate' ? slot.evidence.filter(isProof) : []));
  if (certificates.length === 0) return { verdict: 'missing', because: `缺${lead.join('、')}出具的证明` };
  const owed = lead.filter((unit) => !certificates.some(({ issuer }) => issuersIn(issuer, data.resolveUnit).includes(unit)));
  if (owed.length > 0) return { verdict: certificates.some(({ issuer }) => issuer === '') ? 'judge' : 'missing', because: `没有看到${owed.join('、')}出具的证明` };
  const unsealed = certificates.find(({ sealed }) => !sealed);
  if (unsealed === undefined) return { verdict: 'met', because: `${lead.join('、')}已出具盖章证明` };
  return unsealed.sealStated === true ? { verdict: 'missing', because: `《${unsealed.title}》没有盖章` } : { verdict: 'judge', because: `《${unsealed.title}》没有标明是否盖章，请看原件后标明` };
}

/** A person's ruling settles what was left to a person, and may always withdraw a pass; it never makes up for missing data. */
function applyRuling(ruled: Ruled, rulings: readonly RulingFacts[], year: number): Ruled {
  const ruling = rulings.find((item) => item.year === year) ?? rulings.find((item) => item.year === null);
  if (ruling === undefined) return ruled;
  const counts = ruled.verdict === 'judge' || (ruled.verdict === 'met' && ruling.verdict === 'unmet');
  return counts ? { verdict: ruling.verdict, because: `${ruling.by}判定${ruling.verdict === 'met' ? '达标' : '未达标'}：${ruling.reason}` } : ruled;
}

/** The heaviest verdict of all years decides; its reasons are told, each once. */
function summarize(years: readonly YearVerdict[]): Ruled {
  if (years.length === 0) return { verdict: 'missing', because: '目录没有规定考核年度' };
  const { verdict } = years.reduce<Ruled>(worse, { verdict: 'met', because: '' });
  const reasons = [...new Set(years.filter((year) => year.verdict === verdict).map((year) => year.because))];
  return { verdict, because: reasons.join('；') };
}
