import type { SourcePage } from './page-tree.ts';
import type { PdfDict } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';
import type { XrefTable } from './xref-table.ts';

/** Where an intact file's objects and pages are, found when it was counted, so that it need not be looked for again. */
export interface SourceIndex {
  readonly table: XrefTable;
  readonly trailer: PdfDict;
  readonly pages: readonly SourcePage[];
}

/** Indexes beyond this are not kept: the memory of a plan does not grow with its pages. */
const SHELF_BYTES = 6 * 1024 * 1024;
/** Looking again costs little beside copying a source of so many pages. */
const MAX_PAGES = 40;
const ENTRY_BYTES = 1500;
const PAGE_BYTES = 120;

/** The indexes that a plan keeps until its volume is written. */
export class IndexShelf {
  private left = SHELF_BYTES;

  /** Null for a file that was repaired or decrypted, and when the shelf is full. */
  keep(source: PdfSource, pages: readonly SourcePage[]): SourceIndex | null {
    const found = source.crossReference();
    if (found === null || pages.length > MAX_PAGES) return null;
    const bytes = ENTRY_BYTES + found.table.bytes + pages.length * PAGE_BYTES;
    if (bytes > this.left) return null;
    this.left -= bytes;
    return { ...found, pages };
  }
}
