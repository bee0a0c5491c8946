import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useMemo, useState } from 'react';
import { findMatches } from './text-search.ts';

export interface Found {
  /** Page from 1, and which match of that page from 0. */
  readonly page: number;
  readonly ordinal: number;
}

export interface Find {
  readonly found: readonly Found[];
  /** Pages still to be looked through. */
  readonly remaining: number;
  readonly active: number;
  step(by: 1 | -1): void;
}

interface Search {
  readonly query: string;
  readonly found: readonly Found[];
  readonly remaining: number;
  readonly active: number;
}

/** The text runs of a page, in the order in which its text layer shows them. */
export async function readRuns(pdf: PDFDocumentProxy, page: number): Promise<string[]> {
  const content = await (await pdf.getPage(page)).getTextContent();
  return content.items.flatMap((item) => ('str' in item ? [item.str] : []));
}

/** Looks through a document page by page, beginning at once again when the words change. */
export function useFind(pdf: PDFDocumentProxy, query: string): Find {
  const [latest, setLatest] = useState<Search>({ query: '', found: [], remaining: 0, active: 0 });
  useEffect(() => {
    let wanted = true;
    const look = async (): Promise<void> => {
      const found: Found[] = [];
      for (let page = 1; page <= pdf.numPages && wanted; page += 1) {
        const matches = findMatches(await readRuns(pdf, page), query);
        matches.forEach((_, ordinal) => found.push({ page, ordinal }));
        if (wanted && (matches.length > 0 || page % 20 === 0 || page === pdf.numPages)) setLatest((before) => ({ query, found: [...found], remaining: pdf.numPages - page, active: before.query === query ? before.active : 0 }));
      }
    };
    // A page that cannot be read ends the search with what was found; the page itself shows the trouble.
    if (query.trim() !== '') look().catch(() => setLatest((before) => ({ ...before, remaining: 0 })));
    return () => {
      wanted = false;
    };
  }, [pdf, query]);
  return useMemo(() => {
    // What was found for other words is not shown while these are looked for.
    const search = latest.query === query ? latest : { found: [], remaining: query.trim() === '' ? 0 : pdf.numPages, active: 0 };
    return { ...search, step: (by) => setLatest((now) => (now.found.length === 0 ? now : { ...now, active: (now.active + by + now.found.length) % now.found.length })) };
  }, [latest, pdf, query]);
}
