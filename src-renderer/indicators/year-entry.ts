import type { CallOutput } from '../../src-main/contract/index.ts';
import { formatFigure } from '../ui/words.ts';

/** One year's figures as they stand in the fields. */
export interface YearEntry {
  readonly value: string;
  readonly unit: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly source: string | null;
  /** Page of the source on which the value stands. */
  readonly page: string;
}

export type EntryField = 'value' | 'numerator' | 'denominator';

export type EntryReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'read'; readonly value: { readonly value: number; readonly unit: string; readonly numerator: number | null; readonly denominator: number | null; readonly sourcePage: number | null } }
  | { readonly kind: 'wrong'; readonly fields: readonly string[]; readonly says: string };

export const emptyEntry = (unit: string): YearEntry => ({ value: '', unit, numerator: '', denominator: '', source: null, page: '' });

export function entryOf(saved: CallOutput<'indicator.read'>['values'][number]): YearEntry {
  const text = (value: number | null): string => (value === null ? '' : formatFigure(value));
  return { value: text(saved.value), unit: saved.unit, numerator: text(saved.numerator), denominator: text(saved.denominator), source: saved.sourceEvidence, page: text(saved.sourcePage) };
}

/** A figure as clerks type it: full-width digits, thousands separators and a trailing % are understood. Null when there is none, NaN when it is none. */
function readFigure(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replaceAll(',', '').replace(/%$/, '');
  if (plain === '') return null;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

/** Says that the source has no such page, as soon as it is typed; null where it has, or where its pages are not known. */
export function pageBeyond({ source, page }: YearEntry, evidence: CallOutput<'indicator.read'>['evidence']): string | null {
  const item = source === null ? undefined : evidence.find(({ id }) => id === source);
  const typed = readFigure(page);
  if (item === undefined || item.pages === 0 || typed === null || !(typed > item.pages)) return null;
  return `《${item.title}》只有 ${item.pages} 页，没有第 ${formatFigure(typed)} 页，请改正页码。`;
}

const words: Readonly<Record<EntryField, string>> = { value: '数值', numerator: '分子', denominator: '分母' };

/** What the fields say. Without a value there is nothing to save, but figures already typed are not thrown away. */
export function readEntry(entry: YearEntry): EntryReading {
  const figures = { value: readFigure(entry.value), numerator: readFigure(entry.numerator), denominator: readFigure(entry.denominator) };
  const wrong = (['value', 'numerator', 'denominator'] as const).filter((field) => Number.isNaN(figures[field]));
  if (wrong.length > 0) return { kind: 'wrong', fields: wrong, says: `${wrong.map((field) => words[field]).join('、')}要填数字` };
  if (figures.denominator === 0) return { kind: 'wrong', fields: ['denominator'], says: '分母不能是 0' };
  if (figures.value === null) {
    return figures.numerator === null && figures.denominator === null ? { kind: 'empty' } : { kind: 'wrong', fields: ['value'], says: '请填数值，分子、分母用来核对它' };
  }
  if ((figures.numerator === null) !== (figures.denominator === null)) {
    return { kind: 'wrong', fields: [figures.numerator === null ? 'numerator' : 'denominator'], says: '分子和分母要一起填' };
  }
  const sourcePage = entry.source === null ? null : readFigure(entry.page);
  if (sourcePage !== null && !(Number.isInteger(sourcePage) && sourcePage >= 1)) return { kind: 'wrong', fields: ['page'], says: '来源页码要填 1 以上的整数' };
  return { kind: 'read', value: { value: figures.value, unit: entry.unit.trim(), numerator: figures.numerator, denominator: figures.denominator, sourcePage } };
}
