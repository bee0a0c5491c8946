import type { PlannedItem } from './volume-plan.ts';

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

/** `12–15`, or `12` for a single page. */
export const formatPageRange = (first: number, last: number): string => (first === last ? String(first) : `${first}–${last}`);

/** How reports cite a bound page: `2–15` is page 15 of volume 2 (卷–页). */
export const formatCitation = (volume: number, page: number): string => `${volume}–${page}`;

/**
 * The cell of the index that tells where an item stands. 页号 is the item's first page, and first–last for the last item;
 * GB/T 11822 prints the number of pages instead.
 */
export function formatIndexPage(item: PlannedItem, isLast: boolean, column: 'page' | 'count'): string {
  if (column === 'count') return String(item.lastPage - item.firstPage + 1);
  return isLast ? formatPageRange(item.firstPage, item.lastPage) : String(item.firstPage);
}

/** A date as catalogues print it: 8 digits, or the 4 of a year alone; empty stays empty. */
export const formatCatalogDate = (date: string): string => date.replaceAll('-', '');

/** Sheets of paper that pages of one item fill; an item begins on a sheet of its own. */
export const countSheets = (pages: number, duplex: boolean): number => (duplex ? Math.ceil(pages / 2) : pages);
