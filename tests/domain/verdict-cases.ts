import type { Comparison, Target, TrendDirection } from '../../src-main/domain/target.ts';

/** A year's entry: a figure, none, or a figure with unit and parts. */
export type Entry = number | null | { readonly v: number; readonly u?: string; readonly n?: number; readonly d?: number };

/**
 * What, the target, figures of 2021–2023 (with `before`: of 2020), and the verdicts expected: m met, u unmet, x missing, j judge;
 * one letter a year, then the whole.
 */
export interface FigureCase {
  readonly name: string;
  readonly target: Target;
  readonly entries: readonly Entry[];
  readonly before?: number;
  readonly expect: string;
}

const bound = (op: Comparison, value: number, unit = '%', ratio = true): Target => ({ kind: 'value', text: `${op}${value}${unit}`, op, value, unit, ratio });
const trend = (direction: TrendDirection, unit = '%', ratio = true): Target => ({ kind: 'trend', text: direction, direction, unit, ratio });
const conditional = (below: TrendDirection = 'rising', otherwise: TrendDirection = 'not-falling'): Target => ({ kind: 'conditional', text: '', threshold: 85, unit: '%', below, otherwise, superiorTask: false });

const c = (name: string, target: Target, entries: readonly Entry[], expect: string, before?: number): FigureCase => ({ name, target, entries, expect, ...(before === undefined ? {} : { before }) });

const atLeast: readonly FigureCase[] = [
  c('all above', bound('>=', 95), [96, 97, 98], 'mmmm'),
  c('exactly at the bound', bound('>=', 95), [95, 95, 95], 'mmmm'),
  c('one just below', bound('>=', 95), [95, 94.99, 96], 'mumu'),
  c('one millionth below', bound('>=', 95), [95, 94.999999, 96], 'mumu'),
  c('machine noise below', bound('>=', 95), [95, 94.99999999999, 95], 'mmmm'),
  c('all below', bound('>=', 95), [90, 91, 92], 'uuuu'),
  c('last year missing', bound('>=', 95), [96, 97, null], 'mmxx'),
  c('nothing there', bound('>=', 95), [null, null, null], 'xxxx'),
  c('unmet outweighs missing', bound('>=', 95), [90, null, 96], 'uxmu'),
  c('missing outweighs judge', bound('>=', 95), [{ v: 0.96, u: '' }, null, 96], 'jxmx'),
  c('unmet outweighs judge', bound('>=', 95), [{ v: 0.96, u: '' }, 90, 96], 'jumu'),
  c('zero is a figure', bound('>=', 95), [0, 96, 96], 'ummu'),
  c('bound zero', bound('>=', 0), [0, 0, 0], 'mmmm'),
  c('no ratio may exceed 100 per cent: a rate of change', bound('>=', 5, '%', false), [120, 6, 5], 'mmmm'),
  c('a ratio above 100 per cent', bound('>=', 95), [101, 96, 96], 'jmmj'),
  c('a ratio of exactly 100 per cent', bound('>=', 95), [100, 100, 100], 'mmmm'),
  c('a ratio a hair above 100 per cent', bound('>=', 95), [100.0001, 96, 96], 'jmmj'),
  c('a negative ratio', bound('>=', 95), [-1, 96, 96], 'jmmj'),
  c('a ratio of zero per cent is possible', bound('<=', 5), [0, 0, 0], 'mmmm'),
  c('a negative rate of change', bound('>=', -5, '%', false), [-4, -5, -6], 'mmuu'),
  c('not a number', bound('>=', 95), [Number.NaN, 96, 96], 'jmmj'),
  c('infinite', bound('>=', 95), [Number.POSITIVE_INFINITY, 96, 96], 'jmmj'),
];

const others: readonly FigureCase[] = [
  c('at most: below', bound('<=', 5), [4, 3, 2], 'mmmm'),
  c('at most: exactly', bound('<=', 5), [5, 5, 5], 'mmmm'),
  c('at most: just above', bound('<=', 5), [5, 5.01, 5], 'mumu'),
  c('at most: a millionth above', bound('<=', 5), [5, 5.000001, 5], 'mumu'),
  c('at most: noise above', bound('<=', 5), [5, 5.00000000001, 5], 'mmmm'),
  c('equal: exactly', bound('=', 100), [100, 100, 100], 'mmmm'),
  c('equal: below', bound('=', 100), [100, 99.9, 100], 'mumu'),
  c('equal: not a ratio, above', bound('=', 100, '分', false), [{ v: 101, u: '分' }, { v: 100, u: '分' }, { v: 100, u: '分' }], 'ummu'),
  c('equal: a millionth off', bound('=', 100), [100, 99.999999, 100], 'mumu'),
  c('equal: noise', bound('=', 100), [100, 99.99999999999, 100], 'mmmm'),
  c('equal zero', bound('=', 0), [0, 0, 0], 'mmmm'),
  c('equal zero, one case', bound('=', 0, '起', false), [{ v: 0, u: '起' }, { v: 1, u: '起' }, { v: 0, u: '起' }], 'mumu'),
  c('above: over', bound('>', -1, '', false), [0, -0.5, 0.2].map((v) => ({ v, u: '' })), 'mmmm'),
  c('above: exactly is not above', bound('>', -1, '', false), [{ v: 0, u: '' }, { v: -1, u: '' }, { v: 0, u: '' }], 'mumu'),
  c('above: noise is not above', bound('>', -1, '', false), [{ v: 0, u: '' }, { v: -0.99999999999, u: '' }, { v: 0, u: '' }], 'mumu'),
  c('above: a millionth over', bound('>', -1, '', false), [{ v: -0.999999, u: '' }, { v: 0, u: '' }, { v: 0, u: '' }], 'mmmm'),
  c('above: under', bound('>', -1, '', false), [{ v: -1.2, u: '' }, { v: 0, u: '' }, { v: 0, u: '' }], 'ummu'),
  c('below: under', bound('<', 3), [2, 1, 2.99], 'mmmm'),
  c('below: exactly is not below', bound('<', 3), [2, 3, 2], 'mumu'),
  c('below: noise is not below', bound('<', 3), [2, 2.99999999999, 2], 'mumu'),
  c('below: over', bound('<', 3), [2, 3.5, 2], 'mumu'),
];

const parts = (v: number, n: number, d: number, u = '%'): Entry => ({ v, n, d, u });
const ratios: readonly FigureCase[] = [
  c('parts agree', bound('>=', 95), [parts(96, 96, 100), parts(97, 97, 100), parts(98, 98, 100)], 'mmmm'),
  c('parts agree when rounded', bound('>=', 95), [parts(96.3, 9634, 10004), 96, 96], 'mmmm'),
  c('rounded up to the bound, parts below it', bound('>=', 95), [parts(95, 94.6, 100), 96, 96], 'ummu'),
  c('999 of 1000 is not all', bound('=', 100), [parts(100, 999, 1000), 100, 100], 'ummu'),
  c('all of all', bound('=', 100), [parts(100, 12, 12), 100, 100], 'mmmm'),
  c('parts disagree', bound('>=', 95), [parts(96, 93, 100), 96, 96], 'jmmj'),
  c('parts disagree upwards', bound('>=', 95), [parts(96, 99, 100), 96, 96], 'jmmj'),
  c('parts disagree by half a place', bound('>=', 90), [parts(96, 96.6, 100), 96, 96], 'jmmj'),
  c('parts agree at exactly half a place', bound('>=', 90), [parts(96, 95.5, 100), 96, 96], 'mmmm'),
  c('one decimal: 0.06 off', bound('>=', 90), [parts(96.1, 96.16, 100), 96, 96], 'jmmj'),
  c('one decimal: 0.04 off', bound('>=', 90), [parts(96.1, 96.14, 100), 96, 96], 'mmmm'),
  c('nothing to divide by', bound('=', 100), [parts(100, 0, 0), 100, 100], 'jmmj'),
  c('numerator alone is no ratio', bound('>=', 95), [{ v: 96, u: '%', n: 10 }, 96, 96], 'mmmm'),
  c('denominator alone is no ratio', bound('>=', 95), [{ v: 96, u: '%', d: 10 }, 96, 96], 'mmmm'),
  c('parts above the whole', bound('>=', 95), [parts(110, 110, 100), 96, 96], 'jmmj'),
  c('zero numerator', bound('<=', 5), [parts(0, 0, 10), 0, 0], 'mmmm'),
  c('parts of what is no ratio and no per cent are not divided', bound('>=', 3, '个', false), [parts(3, 9, 10, '个'), { v: 3, u: '个' }, { v: 4, u: '个' }], 'mmmm'),
  c('a plain quotient', bound('>=', 2, '人/个', true), [parts(2, 10, 5, '人/个'), { v: 2, u: '人/个' }, { v: 2, u: '人/个' }], 'mmmm'),
  c('a plain quotient that disagrees', bound('>=', 2, '人/个', true), [parts(3, 10, 5, '人/个'), { v: 2, u: '人/个' }, { v: 2, u: '人/个' }], 'jmmj'),
];

const units: readonly FigureCase[] = [
  c('full-width per cent', bound('>=', 95), [{ v: 96, u: '％' }, 96, 96], 'mmmm'),
  c('per cent in words', bound('>=', 95), [{ v: 96, u: '百分比' }, 96, 96], 'mmmm'),
  c('per mille is converted', bound('>=', 95), [{ v: 960, u: '‰' }, 96, 96], 'mmmm'),
  c('per mille below', bound('>=', 95), [{ v: 96, u: '‰' }, 96, 96], 'ummu'),
  c('another unit', bound('>=', 95), [{ v: 96, u: '吨' }, 96, 96], 'jmmj'),
  c('no unit, plainly per cent', bound('>=', 95), [{ v: 96, u: '' }, 96, 96], 'mmmm'),
  c('no unit, 0.96 could be either', bound('>=', 95), [{ v: 0.96, u: '' }, 96, 96], 'jmmj'),
  c('no unit, 1 could be either', bound('>=', 95), [{ v: 1, u: '' }, 96, 96], 'jmmj'),
  c('no unit, 1.01 cannot be a share', bound('>=', 95), [{ v: 1.01, u: '' }, 96, 96], 'ummu'),
  c('no unit, zero is zero', bound('>=', 95), [{ v: 0, u: '' }, 96, 96], 'ummu'),
  c('no unit, negative is plainly wrong', bound('>=', 95), [{ v: -0.5, u: '' }, 96, 96], 'jmmj'),
  c('0.96 with its unit', bound('>=', 95), [{ v: 0.96, u: '%' }, 96, 96], 'ummu'),
  c('micrograms in two spellings', bound('<=', 35, 'μg/m³', false), [{ v: 30, u: 'ug/m3' }, { v: 30, u: '微克/立方米' }, { v: 30, u: 'µg/m³' }], 'mmmm'),
  c('milligrams are not micrograms', bound('<=', 35, 'μg/m³', false), [{ v: 0.03, u: 'mg/m³' }, { v: 30, u: 'μg/m³' }, { v: 30, u: 'μg/m³' }], 'jmmj'),
  c('a target without unit takes any', bound('>', -1, '', false), [{ v: 0, u: '分' }, { v: 0, u: '' }, { v: 0, u: '' }], 'mmmm'),
  c('no unit where it is not per cent', bound('<=', 35, 'μg/m³', false), [{ v: 0.5, u: '' }, { v: 30, u: '' }, { v: 30, u: '' }], 'mmmm'),
];

const trends: readonly FigureCase[] = [
  c('not falling: rising', trend('not-falling'), [60, 61, 62], 'mmmm'),
  c('not falling: level', trend('not-falling'), [60, 60, 60], 'mmmm'),
  c('not falling: a dip', trend('not-falling'), [60, 59.9, 61], 'mumu'),
  c('not falling: a dip in the last year', trend('not-falling'), [60, 61, 60.9], 'mmuu'),
  c('not falling: noise', trend('not-falling'), [60, 59.99999999999, 60], 'mmmm'),
  c('not falling: below the first year but up on the last', trend('not-falling'), [60, 50, 55], 'mumu'),
  c('not rising: falling', trend('not-rising', 'μg/m³', false), [35, 34, 33].map((v) => ({ v, u: 'μg/m³' })), 'mmmm'),
  c('not rising: level', trend('not-rising'), [35, 35, 35], 'mmmm'),
  c('not rising: a rise', trend('not-rising'), [35, 36, 34], 'mumu'),
  c('not rising: noise', trend('not-rising'), [35, 35.00000000001, 35], 'mmmm'),
  c('rising: each year', trend('rising'), [1, 2, 3], 'mmmm'),
  c('rising: level is not rising', trend('rising'), [2, 2, 3], 'mumu'),
  c('rising: noise is not rising', trend('rising'), [2, 2.00000000001, 3], 'mumu'),
  c('rising: a fall', trend('rising'), [2, 3, 2], 'mmuu'),
  c('rising: by a little', trend('rising'), [2, 2.01, 2.02], 'mmmm'),
  c('falling: each year', trend('falling'), [3, 2, 1], 'mmmm'),
  c('falling: level is not falling', trend('falling'), [3, 3, 2], 'mumu'),
  c('falling: noise is not falling', trend('falling'), [3, 2.99999999999, 2], 'mumu'),
  c('falling: a rise', trend('falling'), [3, 2, 3], 'mmuu'),
  c('trend: first year missing', trend('not-falling'), [null, 61, 62], 'xxmx'),
  c('trend: middle year missing', trend('not-falling'), [60, null, 62], 'mxxx'),
  c('trend: last year missing', trend('not-falling'), [60, 61, null], 'mmxx'),
  c('trend: all missing', trend('not-falling'), [null, null, null], 'xxxx'),
  c('trend: earlier year doubtful', trend('not-falling'), [{ v: 60, u: '吨' }, 61, 62], 'jjmj'),
  c('trend: later year doubtful', trend('not-falling'), [60, 61, { v: 62, u: '吨' }], 'mmjj'),
  c('trend: the year before is entered', trend('rising'), [2, 3, 4], 'ummu', 5),
  c('trend: the year before is entered and lower', trend('rising'), [2, 3, 4], 'mmmm', 1),
  c('trend: parts decide', trend('not-falling'), [parts(60, 60.4, 100), parts(60, 59.6, 100), 61], 'mumu'),
];

const conditionals: readonly FigureCase[] = [
  c('above throughout, holding', conditional(), [90, 90, 90], 'mmmm'),
  c('above throughout, rising', conditional(), [86, 87, 88], 'mmmm'),
  c('above, falling but still above', conditional(), [92, 90, 91], 'mumu'),
  c('below, rising', conditional(), [80, 81, 82], 'mmmm'),
  c('below, level', conditional(), [80, 80, 82], 'mumu'),
  c('below, falling', conditional(), [80, 79, 82], 'mumu'),
  c('rising over the threshold', conditional(), [84, 85, 86], 'mmmm'),
  c('falling below it', conditional(), [85, 84.9, 85], 'mumu'),
  c('exactly at it counts as reached: level', conditional(), [85, 85, 85], 'mmmm'),
  c('just below it: level', conditional(), [84.99, 84.99, 85], 'mumu'),
  c('missing', conditional(), [80, null, 82], 'mxxx'),
  c('doubtful', conditional(), [80, { v: 0.8, u: '' }, 82], 'mjjj'),
  c('impossible', conditional(), [80, 101, 82], 'mjjj'),
  c('parts decide', conditional(), [parts(85, 84.6, 100), parts(85, 84.6, 100), 86], 'mumu'),
  c('the other way round', conditional('falling', 'not-rising'), [80, 79, 78], 'mmmm'),
  c('the other way round, rising', conditional('falling', 'not-rising'), [80, 81, 78], 'mumu'),
];

const edge = (v: number): readonly Entry[] => [{ v, u: '' }, { v: v * 5, u: '' }, { v: v * 5, u: '' }];
/** Exactly a billionth off zero: the last difference that counts as none. */
const edges: readonly FigureCase[] = [
  c('at least: exactly the slack below', bound('>=', 0, '', false), edge(-1e-9), 'muuu'),
  c('at most: exactly the slack above', bound('<=', 0, '', false), edge(1e-9), 'muuu'),
  c('equal: exactly the slack off', bound('=', 0, '', false), edge(1e-9), 'muuu'),
  c('above: exactly the slack above', bound('>', 0, '', false), edge(1e-9), 'ummu'),
  c('below: exactly the slack below', bound('<', 0, '', false), edge(-1e-9), 'ummu'),
  c('rounding: exactly half a place and the slack', bound('>=', 0, '人/个', true), [parts(0, 0.500000001, 1, '人/个'), parts(0, 0.50000001, 1, '人/个'), { v: 0, u: '人/个' }], 'mjmj'),
];

export const figureCases: readonly FigureCase[] = [...edges, ...atLeast, ...others, ...ratios, ...units, ...trends, ...conditionals];
