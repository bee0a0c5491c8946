import type { ItemOrder } from './page-number.ts';

/** 保管期限 and the letters that stand for it in an archival code (DA/T 13). */
export type Retention = '永久' | '30年' | '10年';

const retentionLetters: Readonly<Record<Retention, string>> = { 永久: 'Y', '30年': 'D30', '10年': 'D10' };

/**
 * How 档号 are written. DA/T 22-2015 joins its parts `Z109-WS·2011-Y-BGS-0001`, DA/T 13-2022 `Z109-WS·2011·Y·BGS-0001`. `retention`
 * is the office's decision and never guessed: while it is empty there is no code.
 */
export interface ArchivalNumbering {
  readonly style: 'DA/T 22-2015' | 'DA/T 13-2022';
  /** 全宗号. */
  readonly fonds: string;
  /** 门类代码, `WS` for 文书档案. */
  readonly category: string;
  readonly year: number;
  readonly retention: Retention | '';
  /** 机构(问题)代码. */
  readonly organ: string;
  /** Digits of 件号 or 案卷号. */
  readonly digits: 3 | 4;
}

/** 件号 or 案卷号 with leading zeros. A number that needs more digits keeps them all. */
export const formatItemNumber = (no: number, digits: 3 | 4): string => String(no).padStart(digits, '0');

/** 档号 of the item or volume with that number, or an empty text while a part is not known. */
export function formatArchivalCode(numbering: ArchivalNumbering, no: number): string {
  const { style, fonds, category, year, retention, organ, digits } = numbering;
  if (retention === '' || fonds === '' || category === '' || organ === '') return '';
  const number = formatItemNumber(no, digits);
  const letters = retentionLetters[retention];
  switch (style) {
    case 'DA/T 22-2015':
      return `${fonds}-${category}·${year}-${letters}-${organ}-${number}`;
    case 'DA/T 13-2022':
      return `${fonds}-${category}·${year}·${letters}·${organ}-${number}`;
    default:
      return style satisfies never;
  }
}

/** 件号 of an item in its volume; a late insert's is that of the item before it and its own: 0012-1. */
export const formatItemOrder = ({ order, orderAfter }: ItemOrder, digits: 3 | 4): string => (orderAfter === undefined ? formatItemNumber(order, digits) : `${formatItemNumber(orderAfter, digits)}-${order}`);

/** 档号 of an item bound in a volume: the volume's own, then the item's 件号 in it (DA/T 13-2022, 按卷整理); empty where the volume has none. */
export const formatItemCode = (volumeCode: string, item: ItemOrder, digits: 3 | 4): string => (volumeCode === '' ? '' : `${volumeCode}-${formatItemOrder(item, digits)}`);

const codePattern = /^(?<fonds>[A-Za-z0-9]+)-(?<category>[A-Z]+)·(?<year>\d{4})(?<mark>[-·])(?<retention>Y|D30|D10)\k<mark>(?<organ>[A-Za-z0-9]+)-(?<no>\d{3,})$/u;

/** Takes a code apart, or answers undefined where it follows neither standard. */
export function parseArchivalCode(code: string): { readonly numbering: ArchivalNumbering; readonly no: number } | undefined {
  const parts = codePattern.exec(code)?.groups;
  const retention = (['永久', '30年', '10年'] as const).find((term) => retentionLetters[term] === parts?.retention);
  if (parts === undefined || retention === undefined) return undefined;
  return {
    numbering: {
      style: parts.mark === '-' ? 'DA/T 22-2015' : 'DA/T 13-2022',
      fonds: parts.fonds ?? '',
      category: parts.category ?? '',
      year: Number(parts.year),
      retention,
      organ: parts.organ ?? '',
      digits: parts.no?.length === 3 ? 3 : 4,
    },
    no: Number(parts.no),
  };
}

/** What breaks the rule that 件号 run from 1 without gaps and are unique. Both lists ascend. */
export function findNumberingFaults(numbers: readonly number[]): { readonly missing: readonly number[]; readonly repeated: readonly number[] } {
  const seen = new Set<number>();
  const repeated = new Set<number>();
  for (const no of numbers) (seen.has(no) ? repeated : seen).add(no);
  const last = numbers.reduce((most, no) => Math.max(most, no), 0);
  const missing = Array.from({ length: last }, (_, index) => index + 1).filter((no) => !seen.has(no));
  return { missing, repeated: [...repeated].toSorted((a, b) => a - b) };
}
