import { halfWidth } from './block.ts';

/** The number at a heading's beginning. `level` orders kinds of numbering from wide to narrow: 一、→ 1, （一）→ 2, 1. → 3, (1) → 4, ① → 5. */
export interface Marker {
  readonly level: 1 | 2 | 3 | 4 | 5;
  /** The number as an integer, from 1. */
  readonly number: number;
  /** `5.2` where the text itself numbers in that way; else empty. */
  readonly decimal: string;
  /** Length of the marker in the line. */
  readonly length: number;
}

const NUMERALS = '零一二三四五六七八九';

/** 一…九十九 as a number; 0 where the text is none. */
export const readNumeral = (formal: string): number => {
  const text = [...formal].map((sign) => '一二三四五六七八九十'.charAt('壹贰叁肆伍陆柒捌玖拾'.indexOf(sign)) || sign).join('');
  const parts = /^(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/u.exec(text);
  if (parts === null || text === '') return 0;
  const tens = parts[2] === undefined ? 0 : parts[1] === undefined ? 1 : NUMERALS.indexOf(parts[1]);
  return tens * 10 + (parts[3] === undefined ? 0 : NUMERALS.indexOf(parts[3]));
};

/** 1…99 in Chinese numerals. */
export const writeNumeral = (number: number): string => {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens > 1 ? NUMERALS.charAt(tens) : ''}${tens > 0 ? '十' : ''}${ones > 0 ? NUMERALS.charAt(ones) : ''}`;
};

const SHAPES: readonly (readonly [Marker['level'], RegExp])[] = [
  [1, /^第?([一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})(?:、|(?:部分|章|篇|部)[、:\s]?|\s*[..]\s*(?=[\u4e00-\u9fff]))\s*/u],
  [2, /^[(]\s*([一二三四五六七八九十]{1,3})\s*[)]\s*[、.]?\s*/u],
  [2, /^第([一二三四五六七八九十]{1,3})(?:[节条项]|阶段\s*[:、]?)\s*(?:[(](?:指标|任务)\d{1,3}[)])?\s*/u],
  [3, /^(?:指标|任务)\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[:、.]|\s(?=\S))\s*/u],
  [5, /^([一二三四五六七八九十]{1,2})是\s*/u],
  [3, /^(\d{1,2}(?:\.\d{1,2})+)\s*[、.]?\s*(?=[\u4e00-\u9fffA-Za-z△“《])/u],
  [3, /^(\d{1,2})\s*(?:[.、]|\.\s)\s*(?=\D|$|20\d{2}年)/u],
  // The dot was lost; `12 个` and `5 月` are figures.
  [3, /^(\d{1,2})\s+(?=[\u4e00-\u9fff]{2})(?![年月日号时天个项次家处件名人万亿元吨分岁级所座条户套米亩])/u],
  [4, /^[(]\s*(\d{1,2})\s*[)]\s*[、.]?\s*/u],
  [4, /^(\d{1,2})[)]\s*/u],
];
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';

/**
 * `4.15岁以上人群`: after item 3 this is item 4, not part 4.15. A decimal is a part's number only where it begins a row of parts
 * or goes on with one.
 */
export const settleDecimal = (marker: Marker, before: Marker | null): Marker => {
  const [item, part, ...deeper] = marker.decimal.split('.');
  if (item === undefined || part === undefined || deeper.length > 0 || part === '1') return marker;
  const goesOn = before?.decimal === `${item}.${Number(part) - 1}`;
  const isNext = before !== null && before.decimal === '' && before.number === Number(item) - 1;
  return goesOn || !isNext ? marker : { level: 3, number: Number(item), decimal: '', length: item.length + 1 };
};

/** The marker that a line begins with; null where it begins with none. */
export const readMarker = (line: string): Marker | null => {
  const plain = halfWidth(line);
  const circled = CIRCLED.indexOf(plain.charAt(0));
  if (plain !== '' && circled >= 0) return { level: 5, number: circled + 1, decimal: '', length: 1 };
  for (const [level, shape] of SHAPES) {
    const found = shape.exec(plain);
    const written = found?.[1];
    if (found === null || written === undefined) continue;
    if (written.includes('.')) return { level: 3, number: Number(written.split('.')[0]), decimal: written, length: found[0].length };
    const number = /^\d+$/u.test(written) ? Number(written) : readNumeral(written);
    if (number > 0) return { level, number, decimal: '', length: found[0].length };
  }
  return null;
};
