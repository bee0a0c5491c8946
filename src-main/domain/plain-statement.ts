import { normalizeUnit } from './quantity.ts';

/** Where a figure stands in its sentence, and the name of the quantity before it. */
export interface StatedFigure {
  readonly sentence: string;
  /** First sign of the name, and its length. */
  readonly start: number;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Null where no year stands before it. */
  readonly year: number | null;
}

const YEAR = /(?<!\d)20\d{2}(?!\d)/gu;

/** Years that a text names anywhere; those of document numbers and of full dates say when something was written, not what was counted. */
export const yearsIn = (text: string): readonly number[] =>
  [...text.replace(/[〔[(]20\d{2}[〕\])]\s*\d*\s*号?|20\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|20\d{2}[-./]\d{1,2}[-./]\d{1,2}/gu, '').matchAll(YEAR)].map(([year]) => Number(year));

/** What was wanted or counted otherwise: another year's figure, a part of a year, a mark in an assessment. */
const NOT_THE_YEARS = /目标|计划|规划|要求|任务|力争|争取|预计|预期|拟|应当|须|确保|满分|得分|[上下]半年|季度|月|同期|去年|上年|前年|历年|近.年|三年|连续|十[二三四五]五|期[末初]|(?<!截|截止)[至到]\s*20\d{2}/u;

/** Words between the last comma and the name that do not make it another quantity. */
const OWN_WORDS = /^(?:其中|此外|截至|截止|我[区县市]|本[区县市]|辖区内?|区域内?|全域|全年|年均|年平均|实际|当年|本年度?|年度|年末|底|末|内)/u;
const SCOPE = /^(?:[\u4e00-\u9fff]{2,8}(?:省|市|区|县)|全(?:省|市|区|县|国|州|镇))$/u;
const YEAR_PHRASE = /^(?:20\d{2}\s*年?度?\s*(?:[-—–~至到]\s*)?)+/u;

/** `为`, `达到`, `2022年为`, `(%)为`: what may stand between the name and the figure. */
const CONNECTION = /^\s*(?:\([^)]*\)\s*)?[,:]?\s*(?:20\d{2}\s*年度?(?:底|末)?\s*,?\s*)?(?:已|实际|平均|最终|经核定){0,2}(?:值|数值)?(?:为|是|达到?了?|=|:)?\s*$/u;
const IN_STEP = /(?:分别|依次)(?=为|是|达)/u;
const EARLIER_IN_LIST = /(?:20\d{2}\s*年度?\s*(?:为|是|达到?)?\s*)?[-+−]?\d+(?:\.\d+)?\s*(?:%|‰|[^\d,、;\s]{1,8})?\s*[、,;和及与]\s*/gu;

/** What may follow: an end, a bracket; not `以上`, `左右`, `~97%`, `的目标`. */
const ENDS = /^\s*(?:$|[;:。)(]|[,、](?!\s*[-+−]?\d+(?:\.\d+)?\s*[%‰]))/u;
const ENDS_IN_LIST = /^\s*(?:$|[,、;:。)(]|[和及与])/u;

/**
 * Tells whether a sentence says of the quantity that it was so much in that year and can mean nothing else: nothing but year, region and
 * words as 为 or 达到 stands around name and figure. Answers the region that stands before the name (empty where none does), null where
 * it can mean something else. `listed`: years and figures stand in step (分别为).
 */
export const plainScope = ({ sentence, start, name, from, to, year }: StatedFigure, listed: boolean): string | null => {
  const before = sentence.slice(0, start);
  const between = sentence.slice(start + name.length, from);
  if (NOT_THE_YEARS.test(listed ? sentence.slice(0, to).replace(/20\d{2}\s*年?\s*[至到]/gu, '') : sentence.slice(0, to))) return null;
  const scope = scopeBefore(before);
  if (scope === null || (listed && !IN_STEP.test(between))) return null;
  const stepwise = listed || yearsIn(between).length > 1;
  const rest = stepwise ? between.replace(EARLIER_IN_LIST, '').replace(listed ? IN_STEP : /(?!)/u, '') : between;
  // A blank alone is the border of two cells, whose heads may say anything; without a year a word must tie the figure to the name.
  if (/^\s+$/u.test(rest) || (year === null && !/[为是达=:]/u.test(rest))) return null;
  if (!CONNECTION.test(rest) || !(stepwise ? ENDS_IN_LIST : ENDS).test(sentence.slice(to))) return null;
  if (listed) return scope;
  const named = new Set([...before.matchAll(YEAR), ...rest.matchAll(YEAR)].map(([stated]) => Number(stated)));
  return (year === null ? named.size === 0 : named.size === 1 && named.has(year)) ? scope : null;
};

/** The region between the last comma and the name. Null where the name is only the end of a longer one, as 农村 before 污水处理率 would make it. */
function scopeBefore(before: string): string | null {
  let rest = (before.split(/[,、:()]/u).at(-1) ?? '').replace(/^\s*(?:[一二三四五六七八九十]+|\d{1,2}(?:\.\d{1,2})?(?!\d)(?!\s*年))?\s*\.?\s*/u, '');
  for (let shorter = strip(rest); shorter !== rest; shorter = strip(rest)) rest = shorter;
  return rest === '' || SCOPE.test(rest) ? rest : null;
}

const strip = (text: string): string => text.trim().replace(YEAR_PHRASE, '').replace(OWN_WORDS, '').replace(/的$/u, '').trim();

/** The two counts that `其中甲231分,乙1000分` names after a figure; null where there are not two, or of two units. */
export const partsAfter = (rest: string): readonly [number, number] | null => {
  const listed = /^\s*[,(]?\s*其中[:,]?(.+?)\)?\s*$/u.exec(rest)?.[1];
  if (listed === undefined) return null;
  const counts = listed.replace(/\([^)]*\)/gu, '').split(/[,、]/u).map((clause) => /^[^\d]*?(\d+(?:\.\d+)?)\s*([^\d\s]{0,8})$/u.exec(clause.trim()));
  const [one, other] = counts;
  if (counts.length !== 2 || one === null || one === undefined || other === null || other === undefined || one[2] !== other[2]) return null;
  return [Number(one[1]), Number(other[1])];
};

/** A row that begins with the name, after a running number at most. Answers what follows the name; null where something else does. */
export const afterNameInRow = (line: string, name: string): string | null => {
  const at = line.indexOf(name);
  if (at < 0 || !/^\s*(?:(?:\d{1,2}(?:\.\d{1,2})?|[一二三四五六七八九十]+)[.、)]?[\s|]+)?$/u.test(line.slice(0, at))) return null;
  const rest = line.slice(at + name.length);
  return /^[\s|(]/u.test(rest) ? rest : null;
};

const OTHER_COLUMN = /目标|计划|规划|要求|预期|上年|去年|同期|[上下]半年|季度|\d\s*月|基[期数]/u;
const WHOLE_DATE = /20\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日/gu;

/** Whether the lines over a row speak of no goals, other years or parts of a year: else its only figure may be one of those. */
export const isPlainHead = (above: readonly string[]): boolean => !above.some((line) => OTHER_COLUMN.test(line.replace(WHOLE_DATE, '')));

const NUMBER = /^(?<number>[-+−]?\d+(?:\.\d+)?)(?<unit>(?:[^\d.].{0,7})?)$/u;
const NO_UNIT = /^(?:[-—–/]|无|无量纲)$/u;

/** The figure of a row without years, as `污水处理率 98.4 % 经复核`: its only number, in the unit that is sought. Null where there are more, or another unit. */
export const onlyFigureOfRow = (rest: string, unit: string): number | null => {
  const bracket = /^\s*\(([^)]*)\)/u.exec(rest);
  const cells = rest.slice(bracket?.[0].length ?? 0).split(/[\s|]+/u).filter((cell) => cell !== '');
  const at = cells.findIndex((cell) => /\d/u.test(cell) && normalizeUnit(cell) !== unit);
  const read = NUMBER.exec(cells[at] ?? '');
  if (read === null || cells.some((cell, index) => index !== at && /\d/u.test(cell) && normalizeUnit(cell) !== unit)) return null;
  const own = normalizeUnit(read.groups?.['unit'] ?? '');
  const around = [bracket?.[1] ?? '', cells[at - 1] ?? '', cells[at + 1] ?? ''].map(normalizeUnit);
  const fits = unit === '' ? own === '' && bracket === null && at === 0 && (cells[1] === undefined || NO_UNIT.test(cells[1])) : own === unit || (own === '' && around.includes(unit));
  return fits ? Number((read.groups?.['number'] ?? '').replace('−', '-')) : null;
};
