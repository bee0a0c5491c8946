/** A date as it is written in Chinese documents. `iso` is `YYYY-MM-DD`. */
export interface WrittenDate {
  readonly iso: string;
  /** As it stands in the text. */
  readonly text: string;
  readonly index: number;
}

const digit = '〇○◯零O0一二三四五六七八九';
const values: ReadonlyMap<string, number> = new Map([...'〇○◯零O0'].map((character): [string, number] => [character, 0]).concat([...'一二三四五六七八九'].map((character, index): [string, number] => [character, index + 1])));

const arabic = /((?:19|20)\d\s?\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/gu;
const chinese = new RegExp(`([一二]\\s?[${digit}]\\s?[${digit}]\\s?[${digit}])\\s*年\\s*([元正一二三四五六七八九十]{1,2})\\s*月\\s*([一二三四五六七八九十廿卅]{1,3})\\s*日`, 'gu');
const compact = /(?<![\d.])((?:19|20)\d{2})(?:([-./])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))(?![\d.])/gu;

/** Dates in a text, in order: 2023年4月9日 and 二〇二三年四月九日; with `loose` also 2023-04-09, 2023.4.9 and 20230409. */
export function findDates(text: string, options: { readonly loose?: boolean } = {}): readonly WrittenDate[] {
  const found: WrittenDate[] = [];
  const add = (match: RegExpExecArray, year: number, month: number, day: number): void => {
    const iso = toIso(year, month, day);
    if (iso !== undefined) found.push({ iso, text: match[0], index: match.index });
  };
  for (const match of text.matchAll(arabic)) add(match, Number((match[1] ?? '').replace(/\s/gu, '')), Number(match[2]), Number(match[3]));
  for (const match of text.matchAll(chinese)) {
    const year = [...(match[1] ?? '').replace(/\s/gu, '')].reduce((sum, character) => sum * 10 + (values.get(character) ?? 0), 0);
    add(match, year, readNumeral(match[2] ?? ''), readNumeral(match[3] ?? ''));
  }
  if (options.loose === true) {
    for (const match of text.matchAll(compact)) add(match, Number(match[1]), Number(match[3] ?? match[5]), Number(match[4] ?? match[6]));
  }
  return found.toSorted((a, b) => a.index - b.index);
}

/** 1–31 in Chinese numerals: 元月, 十二, 二十九, 廿三, 卅一. */
function readNumeral(text: string): number {
  const plain = text.replace(/[元正]/u, '一').replace('廿', '二十').replace('卅', '三十');
  const ten = plain.indexOf('十');
  if (ten === -1) return values.get(plain) ?? 0;
  return (ten === 0 ? 1 : (values.get(plain.slice(0, ten)) ?? 0)) * 10 + (ten === plain.length - 1 ? 0 : (values.get(plain.slice(ten + 1)) ?? 0));
}

function toIso(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1949 || year > 2100 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}
