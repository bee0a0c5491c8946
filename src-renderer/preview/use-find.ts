import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useMemo, useState } from 'react';

export interface Found {
  /** Page from 1, and which match of that page from 0. */
  readonly page: number;
  readonly ordinal: number;
  /** Whether it is marked on the page; else only the page is known. */
  readonly placed: boolean;
}

export interface Find {
  readonly found: readonly Found[];
  /** Pages still to be looked through. */
  readonly remaining: number;
  /** Scanned pages among those looked through that recognition has not read yet. */
  readonly unread: number;
  readonly active: number;
  step(by: 1 | -1): void;
}

/** What some words are found to be on a page: for each match whether its place is known. */
export interface PageFind {
  readonly matches: readonly boolean[];
  readonly unread: boolean;
}

interface Search {
  readonly query: string;
  readonly found: readonly Found[];
  readonly remaining: number;
  readonly unread: number;
  readonly active: number;
}

/** The text runs of a page, in the order in which its text layer shows them. */
export async function readRuns(pdf: PDFDocumentProxy, page: number): Promise<string[]> {
  const content = await (await pdf.getPage(page)).getTextContent();
  return content.items.flatMap((item) => ('str' in item ? [item.str] : []));
}

/** Looks through so many pages one by one, beginning at once again when the words change. `look` must stay the same while the document does. */
export function useFind(pages: number, look: (page: number, query: string) => Promise<PageFind>, query: string): Find {
  const [latest, setLatest] = useState<Search>({ query: '', found: [], remaining: 0, unread: 0, active: 0 });
  useEffect(() => {
    let wanted = true;
    const search = async (): Promise<void> => {
      const found: Found[] = [];
      let unread = 0;
      for (let page = 1; page <= pages && wanted; page += 1) {
        const { matches, unread: isUnread } = await look(page, query);
        matches.forEach((placed, ordinal) => found.push({ page, ordinal, placed }));
        if (isUnread) unread += 1;
        if (wanted && (matches.length > 0 || page % 20 === 0 || page === pages)) setLatest((before) => ({ query, found: [...found], remaining: pages - page, unread, active: before.query === query ? before.active : 0 }));
      }
    };
    // A page that cannot be read ends the search with what was found; the page itself shows the trouble.
    if (query.trim() !== '') search().catch(() => setLatest((before) => ({ ...before, remaining: 0 })));
    return () => {
      wanted = false;
    };
  }, [pages, look, query]);
  return useMemo(() => {
    // What was found for other words is not shown while these are looked for.
    const search = latest.query === query ? latest : { found: [], remaining: query.trim() === '' ? 0 : pages, unread: 0, active: 0 };
    return { ...search, step: (by) => setLatest((now) => (now.found.length === 0 ? now : { ...now, active: (now.active + by + now.found.length) % now.found.length })) };
  }, [latest, pages, query]);
}
