import { halfWidth } from './block.ts';
import { readNumeral } from './marker.ts';

/** First and last day of the span that words name, `YYYY-MM-DD`; `from` is empty for `…前`. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
  /** The year was not written and taken from the document. */
  readonly yearAssumed: boolean;
}

const POINT = String.raw`(?:(?<Y>20\d{2})\s*年\s*)?(?:(?:(?<M>\d{1,2})\s*月份?)(?:\s*(?<D>\d{1,2})\s*[日号]|\s*(?<P>底|末|初|上旬|中旬|下旬))?|(?<Q>第?[一二三四1-4]季度|[上下]半年|(?<=年\s*)(?=[底末内]))\s*(?<E>底|末|内|初)?)`;
const point = (suffix: string): string => POINT.replaceAll(/<([YMDPQE])>/gu, `<$1${suffix}>`);
const SPAN = new RegExp(`${point('1')}\\s*(?:[-—–~\uff5e至到]+)\\s*${point('2')}`, 'u');
/** `6—8月`: the month is written once. */
const MONTHS = /(?:(?<Y>20\d{2})\s*年\s*)?(?<A>\d{1,2})\s*[-—–~至到]+\s*(?<B>\d{1,2})\s*月(?!\s*\d)/u;
const DOTTED = /(20\d{2})[.\-/](\d{1,2})[.\-/](\d{1,2})\s*(?:[-—–~\uff5e至到]+)\s*(20\d{2})[.\-/](\d{1,2})[.\-/](\d{1,2})/u;
/** `5月10日至31日`: the month is written once. */
const DAYS = /(?:(?<Y>20\d{2})\s*年\s*)?(?<M>\d{1,2})\s*月\s*(?<A>\d{1,2})\s*日?\s*[-—–~至到]+\s*(?<B>\d{1,2})\s*日/u;
const DOTTED_DAY = /(20\d{2})[.\-/](\d{1,2})[.\-/](\d{1,2})(?!\d)/gu;
const BEFORE = new RegExp(`(?:于|在)?${point('')}\\s*(?:之?前|以前|止|前后)?`, 'u');

/** `即日起至3月15日` has no first day. */
const UNTIL = new RegExp(`(?:即日起|印发之日起?|现在起)\\s*[-—–~\uff5e至到]+\\s*${point('')}`, 'u');

const pad = (number: number): string => String(number).padStart(2, '0');
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The months of a named part of a year: first and last. */
function monthsOf(part: string, edge: string | undefined): readonly [number, number] {
  const quarter = '一二三四'.indexOf(/[一二三四]/u.exec(part)?.[0] ?? '') + 1 || Number(/[1-4]/u.exec(part)?.[0] ?? 0);
  const span: readonly [number, number] = quarter > 0 ? [quarter * 3 - 2, quarter * 3] : part.startsWith('上') ? [1, 6] : part.startsWith('下') ? [7, 12] : [1, 12];
  return edge === '底' || edge === '末' ? [span[1], span[1]] : edge === '初' ? [span[0], span[0]] : span;
}

const DIGITS = '〇一二三四五六七八九';
/** `二〇二三年六月三十日` in Arabic figures. */
const arabicDates = (text: string): string =>
  text
    .replace(/[二][〇零○O0][一二三四五六七八九〇零○]{2}(?=年)/gu, (year) => [...year].map((sign) => Math.max(0, DIGITS.indexOf(sign))).join(''))
    .replace(/([一二三四五六七八九十]{1,3})(?=[月日号])/gu, (whole) => (readNumeral(whole) > 0 ? String(readNumeral(whole)) : whole));

function day(year: number, month: number, written: string | undefined, part: string | undefined, end: boolean): string {
  const parts: Readonly<Record<string, readonly [number, number]>> = { 初: [1, 10], 上旬: [1, 10], 中旬: [11, 20], 下旬: [21, lastDay(year, month)], 底: [lastDay(year, month), lastDay(year, month)], 末: [lastDay(year, month), lastDay(year, month)] };
  const within = part === undefined ? undefined : parts[part];
  const number = written !== undefined ? Number(written) : within !== undefined ? within[end ? 1 : 0] : end ? lastDay(year, month) : 1;
  return month >= 1 && month <= 12 && number >= 1 && number <= lastDay(year, month) ? `${year}-${pad(month)}-${pad(number)}` : '';
}

/** The first span of days in a text; null where it has none. `year` serves where no year is written. */
export const findSpan = (text: string, year: number): DateSpan | null => {
  const plain = arabicDates(halfWidth(text)).replace(DOTTED_DAY, (whole, y: string, m: string, d: string, _at: number, all: string) => (DOTTED.test(all) ? whole : `${y}年${m}月${d}日`));
  const end = (groups: Readonly<Record<string, string | undefined>>, suffix: string, of: number, last: boolean): string => {
    const named = groups[`Q${suffix}`];
    const [from, to] = named === undefined ? [0, 0] : monthsOf(named, groups[`E${suffix}`]);
    return named === undefined ? day(of, Number(groups[`M${suffix}`]), groups[`D${suffix}`], groups[`P${suffix}`], last) : day(of, last ? to : from, undefined, undefined, last);
  };
  const days = DAYS.exec(plain)?.groups;
  const span = SPAN.exec(plain);
  if (days !== undefined && (span === null || !/月[^月]*月/u.test(span[0]))) {
    const at = Number(days['Y'] ?? year);
    return { from: day(at, Number(days['M']), days['A'], undefined, false), to: day(at, Number(days['M']), days['B'], undefined, true), yearAssumed: days['Y'] === undefined };
  }
  const ends = span?.groups;
  if (ends !== undefined) {
    const first = Number(ends['Y1'] ?? year);
    const second = Number(ends['Y2'] ?? first);
    return { from: end(ends, '1', first, false), to: end(ends, '2', second, true), yearAssumed: ends['Y1'] === undefined };
  }
  const open = UNTIL.exec(plain);
  if (open?.groups !== undefined) {
    const at = Number(open.groups['Y'] ?? year);
    return { from: '', to: end(open.groups, '', at, true), yearAssumed: open.groups['Y'] === undefined };
  }
  const dotted = DOTTED.exec(plain);
  if (dotted !== null) return { from: `${dotted[1]}-${pad(Number(dotted[2]))}-${pad(Number(dotted[3]))}`, to: `${dotted[4]}-${pad(Number(dotted[5]))}-${pad(Number(dotted[6]))}`, yearAssumed: false };
  const months = MONTHS.exec(plain)?.groups;
  if (months !== undefined) {
    const at = Number(months['Y'] ?? year);
    return { from: day(at, Number(months['A']), undefined, undefined, false), to: day(at, Number(months['B']), undefined, undefined, true), yearAssumed: months['Y'] === undefined };
  }
  const whole = BEFORE.exec(plain);
  const found = whole?.groups;
  if (whole === null || found === undefined) return null;
  const at = Number(found['Y'] ?? year);
  const to = end(found, '', at, true);
  if (to === '') return null;
  const until = /(?:之?前|以前|止)$/u.test(whole[0].trim()) || found['D'] !== undefined || /底|末/u.test(`${found['P'] ?? ''}${found['E'] ?? ''}`);
  return { from: until ? '' : end(found, '', at, false), to, yearAssumed: found['Y'] === undefined };
};

/** Years over which data is asked: 2021—2023年, 2021年、2022年和2023年. Answers none where no sentence speaks of data and years. */
export const findYears = (sentences: readonly string[]): { readonly years: readonly number[]; readonly sentence: string } | null => {
  const telling = sentences.filter((sentence) => /自查|达标|数据|考核|指标|档案|资料|材料|梳理|年度/u.test(sentence) && !/规划期|十四五|中长期/u.test(sentence));
  for (const sentence of telling) {
    const plain = halfWidth(sentence);
    const span = /(20\d{2})\s*年?\s*[-—–~\uff5e至到]+\s*(20\d{2})\s*年/u.exec(plain);
    const [first, last] = [Number(span?.[1]), Number(span?.[2])];
    if (span !== null && last > first && last - first <= 6) return { years: Array.from({ length: last - first + 1 }, (_, at) => first + at), sentence };
    const list = /20\d{2}\s*年?\s*(?:[、,和及]\s*20\d{2}\s*年?){1,5}/u.exec(plain);
    const years = [...new Set([...(list?.[0] ?? '').matchAll(/20\d{2}/gu)].map(([year]) => Number(year)))].toSorted((a, b) => a - b);
    if (years.length > 1) return { years, sentence };
  }
  return null;
};
