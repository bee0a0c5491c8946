import { halfWidth } from './block.ts';

/** First and last day of the span that words name, `YYYY-MM-DD`; `from` is empty for `…前`. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
  /** The year was not written and taken from the document. */
  readonly yearAssumed: boolean;
}

const POINT = String.raw`(?:(?<Y>20\d{2})\s*年\s*)?(?:(?<M>\d{1,2})\s*月)(?:\s*(?<D>\d{1,2})\s*[日号]|\s*(?<P>底|末|初|上旬|中旬|下旬))?`;
const point = (suffix: string): string => POINT.replaceAll(/<([YMDP])>/gu, `<$1${suffix}>`);
const SPAN = new RegExp(`${point('1')}\\s*(?:[-—–~\uff5e至到]+)\\s*${point('2')}`, 'u');
/** `6—8月`: the month is written once. */
const MONTHS = /(?:(?<Y>20\d{2})\s*年\s*)?(?<A>\d{1,2})\s*[-—–~至到]+\s*(?<B>\d{1,2})\s*月(?!\s*\d)/u;
const DOTTED = /(20\d{2})[.\-/](\d{1,2})[.\-/](\d{1,2})\s*(?:[-—–~\uff5e至到]+)\s*(20\d{2})[.\-/](\d{1,2})[.\-/](\d{1,2})/u;
const BEFORE = new RegExp(`(?:于|在)?${point('')}\\s*(?:之?前|以前|止|前后)?`, 'u');

const pad = (number: number): string => String(number).padStart(2, '0');
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function day(year: number, month: number, written: string | undefined, part: string | undefined, end: boolean): string {
  const parts: Readonly<Record<string, readonly [number, number]>> = { 初: [1, 10], 上旬: [1, 10], 中旬: [11, 20], 下旬: [21, lastDay(year, month)], 底: [lastDay(year, month), lastDay(year, month)], 末: [lastDay(year, month), lastDay(year, month)] };
  const within = part === undefined ? undefined : parts[part];
  const number = written !== undefined ? Number(written) : within !== undefined ? within[end ? 1 : 0] : end ? lastDay(year, month) : 1;
  return month >= 1 && month <= 12 && number >= 1 && number <= lastDay(year, month) ? `${year}-${pad(month)}-${pad(number)}` : '';
}

/** The first span of days in a text; null where it has none. `year` serves where no year is written. */
export const findSpan = (text: string, year: number): DateSpan | null => {
  const plain = halfWidth(text);
  const span = SPAN.exec(plain)?.groups;
  if (span !== undefined) {
    const first = Number(span['Y1'] ?? year);
    const second = Number(span['Y2'] ?? first);
    return { from: day(first, Number(span['M1']), span['D1'], span['P1'], false), to: day(second, Number(span['M2']), span['D2'], span['P2'], true), yearAssumed: span['Y1'] === undefined };
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
  const to = day(at, Number(found['M']), found['D'], found['P'], true);
  if (to === '') return null;
  const until = /(?:之?前|以前|止)$/u.test(whole[0].trim()) || found['D'] !== undefined || /底|末/u.test(found['P'] ?? '');
  return { from: until ? '' : day(at, Number(found['M']), found['D'], found['P'], false), to, yearAssumed: found['Y'] === undefined };
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
