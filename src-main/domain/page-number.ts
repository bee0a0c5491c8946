/**
 * The numbers that an item's pages bear: `firstPage` … `lastPage`. The pages of a late insert (插页) bear `after`-`firstPage` …
 * instead, as in 12-1, 12-2: they lie behind page `after`, and the numbers behind them stay as they were printed; 0 is before page 1.
 */
export interface PageSpan {
  readonly firstPage: number;
  readonly lastPage: number;
  readonly after?: number;
}

/** 顺序号 in the volume (件号 on the 归档章): `order`, or for a late insert `orderAfter`-`order`. */
export interface ItemOrder {
  readonly order: number;
  readonly orderAfter?: number;
}

/** Numbers one after the other, both ends included. */
export type NumberRun = readonly [first: number, last: number];

const formatNumber = (number: number, after: number | undefined): string => (after === undefined ? String(number) : `${after}-${number}`);

export const countPages = ({ firstPage, lastPage }: PageSpan): number => lastPage - firstPage + 1;

/** The number on a page of an item, counted from 0: `12` or `12-1`. */
export const formatPage = ({ firstPage, after }: PageSpan, at = 0): string => formatNumber(firstPage + at, after);

/** The numbers on all pages of an item, in order. */
export const pageNumbersOf = (span: PageSpan): readonly string[] => Array.from({ length: countPages(span) }, (_, at) => formatPage(span, at));

export const formatOrder = ({ order, orderAfter }: ItemOrder): string => formatNumber(order, orderAfter);

/** Where 页号 stand. Single-sided pages are all fronts. */
export interface PageNumbering {
  readonly duplex: boolean;
  /** `DA/T 22`: upper right on fronts, upper left on backs; `GB/T 11822`: lower right, lower left. */
  readonly corner: 'upper' | 'lower';
}

/** Corner of the stamp on the page with that number (from 1). */
export function cornerOf(numbering: PageNumbering, pageInItem: number): { readonly vertical: 'upper' | 'lower'; readonly horizontal: 'left' | 'right' } {
  const back = numbering.duplex && pageInItem % 2 === 0;
  return { vertical: numbering.corner, horizontal: back ? 'left' : 'right' };
}

/** `12–15`, or `12` where both are the same. */
export const formatPageRange = (first: number | string, last: number | string): string => (first === last ? String(first) : `${first}–${last}`);

/** `12–15`, `12` for a single page, `12-1–12-3` for a late insert. */
export const formatPages = (span: PageSpan): string => formatPageRange(formatPage(span), formatPage(span, countPages(span) - 1));

/** How reports cite a bound page: `2–15` is page 15 of volume 2 (卷–页), `2–12-1` a late insert behind its page 12. `at` counts pages of the item from 0. */
export const formatCitation = (volume: number, span: PageSpan, at = 0): string => `${volume}–${formatPage(span, at)}`;

/** The same in words, where a reader might take `1–52` for a range of pages: `第1卷第52页`. */
export const describePlace = (volume: number, span: PageSpan, at = 0): string => `第${volume}卷第${formatPage(span, at)}页`;

/**
 * The cell of the index that tells where an item stands. 页号 is the item's first page, and first–last for the last item;
 * GB/T 11822 prints the number of pages instead.
 */
export function formatIndexPage(item: PageSpan, isLast: boolean, column: 'page' | 'count'): string {
  if (column === 'count') return String(countPages(item));
  return isLast ? formatPages(item) : formatPage(item);
}

/** A date as catalogues print it: 8 digits, or the 4 of a year alone; empty stays empty. */
export const formatCatalogDate = (date: string): string => date.replaceAll('-', '');

/** Sheets of paper that pages of one item fill; an item begins on a sheet of its own. */
export const countSheets = (pages: number, duplex: boolean): number => (duplex ? Math.ceil(pages / 2) : pages);
