import type { ValueFacts } from './snapshot.ts';
import type { Comparison, TrendDirection } from './target.ts';

/** A year's figure as the verdict uses it, or why it cannot be used. */
export type YearFigure =
  | { readonly state: 'known'; readonly value: number; readonly shown: string }
  | { readonly state: 'missing'; readonly because: string }
  | { readonly state: 'doubtful'; readonly fault: FigureFault; readonly because: string };

export type FigureFault = 'not-a-number' | 'unit' | 'no-unit' | 'no-denominator' | 'parts-disagree' | 'impossible';

const UNIT_WORDS: Readonly<Record<string, string>> = {
  百分比: '%', 百分之: '%', 百分率: '%', percent: '%', 千分之: '‰',
  '微克/立方米': 'μg/m3', '微克每立方米': 'μg/m3', 'ug/m3': 'μg/m3', '毫克/立方米': 'mg/m3',
};

/** One spelling for each unit: `％`, `百分比` → `%`; `微克/立方米`, `µg/m³` → `μg/m3`. */
export const normalizeUnit = (unit: string): string => {
  const plain = unit.normalize('NFKC').replace(/\s+/gu, '').replace(/[µ]/gu, 'μ');
  return UNIT_WORDS[plain.toLowerCase()] ?? plain;
};

const SCALE_TO_PERCENT: Readonly<Record<string, number>> = { '%': 1, '‰': 0.1 };

/** Decimal places as a person typed them: 96.3 has one. */
export const decimalsOf = (value: number): number => {
  const [digits = '', exponent = '0'] = String(value).toLowerCase().split('e');
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
};

const SLACK = 1e-9;
const slackFor = (bound: number): number => SLACK * Math.max(1, Math.abs(bound));

/** Whether `value op bound` holds; differences below a billionth are rounding of the machine, not of the office. */
export const compare = (value: number, op: Comparison, bound: number): boolean => {
  const slack = slackFor(bound);
  switch (op) {
    case '>=':
      return value >= bound - slack;
    case '<=':
      return value <= bound + slack;
    case '=':
      return Math.abs(value - bound) <= slack;
    case '>':
      return value > bound + slack;
    case '<':
      return value < bound - slack;
    default:
      return op satisfies never;
  }
};

/** Whether going from `before` to `now` is a step in the wanted direction. */
export const followsTrend = (before: number, now: number, direction: TrendDirection): boolean => {
  switch (direction) {
    case 'not-falling':
      return compare(now, '>=', before);
    case 'not-rising':
      return compare(now, '<=', before);
    case 'rising':
      return compare(now, '>', before);
    case 'falling':
      return compare(now, '<', before);
    default:
      return direction satisfies never;
  }
};

/** Result of numerator and denominator in the target's unit: per cent for `%`, the plain quotient otherwise. */
export const recompute = (numerator: number, denominator: number, unit: string): number => (normalizeUnit(unit) === '%' ? (numerator * 100) / denominator : numerator / denominator);

/** Whether a stated figure is the recomputed one rounded to the places in which it was stated. */
export const agreesWhenRounded = (stated: number, recomputed: number): boolean => Math.abs(stated - recomputed) <= 0.5 * 10 ** -decimalsOf(stated) + slackFor(stated);

/** A figure with its unit, without machine noise: `96.3%`, `31μg/m³`. */
export const showFigure = (value: number, unit: string): string => `${Number(value.toPrecision(12))}${unit}`;

/**
 * The figure of one year in the target's unit. Parts are recomputed where both are given, and then decide instead of the rounded
 * figure, so that 999 of 1000 is not "=100%".
 */
export const figureOfYear = (values: readonly ValueFacts[], year: number, target: { readonly unit: string; readonly ratio: boolean }): YearFigure => {
  const facts = values.find((value) => value.year === year);
  if (facts === undefined) return { state: 'missing', because: `${year}年没有填报数值` };
  if (!Number.isFinite(facts.value)) return { state: 'doubtful', fault: 'not-a-number', because: `${year}年填报的不是数` };
  const wanted = normalizeUnit(target.unit);
  const given = normalizeUnit(facts.unit);
  const percent = wanted === '%';
  let value = facts.value;
  if (given === '') {
    if (percent && value > 0 && value <= 1) return { state: 'doubtful', fault: 'no-unit', because: `${year}年填报${value}而没有单位，看不出是${value}%还是${showFigure(value * 100, '%')}` };
  } else if (percent && SCALE_TO_PERCENT[given] !== undefined) {
    value *= SCALE_TO_PERCENT[given];
  } else if (wanted !== '' && given !== wanted) {
    return { state: 'doubtful', fault: 'unit', because: `${year}年填报单位是“${facts.unit}”，目标的单位是“${target.unit}”` };
  }
  const declared = value;
  if (facts.numerator !== null && facts.denominator !== null && (target.ratio || percent)) {
    if (facts.denominator === 0) return { state: 'doubtful', fault: 'no-denominator', because: `${year}年分母为0，比率无从计算` };
    const recomputed = recompute(facts.numerator, facts.denominator, wanted);
    if (!agreesWhenRounded(declared, recomputed)) {
      return { state: 'doubtful', fault: 'parts-disagree', because: `${year}年填报${showFigure(declared, target.unit)}，按${facts.numerator}÷${facts.denominator}重算是${showFigure(Math.round(recomputed * 1e4) / 1e4, target.unit)}，两者不符` };
    }
    value = recomputed;
  }
  if (target.ratio && percent && !(compare(value, '>=', 0) && compare(value, '<=', 100))) {
    return { state: 'doubtful', fault: 'impossible', because: `${year}年填报${showFigure(value, target.unit)}，比率应在0%到100%之间` };
  }
  return { state: 'known', value, shown: value === declared ? showFigure(value, target.unit) : `${showFigure(Math.round(value * 1e6) / 1e6, target.unit)}（${facts.numerator}÷${facts.denominator}）` };
};
