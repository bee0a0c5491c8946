import { evidenceId, indicatorCode } from '../../domain/ids.ts';
import type { EvidenceId, IndicatorCode } from '../../domain/ids.ts';
import type { ReadableDb, Row } from '../database.ts';
import { number, text } from '../rows.ts';
import { foldText, normalizeForSearch, toPhraseQuery } from '../search-text.ts';
import { readCatalog } from './catalog.ts';

/** A piece of text around what was found. */
export interface Snippet {
  readonly text: string;
  /** What was found, as UTF-16 offsets in `text`. */
  readonly from: number;
  readonly to: number;
}

export type SearchHit =
  /** Title, 文号, issuer or file name has the words. */
  | { readonly kind: 'item'; readonly id: EvidenceId; readonly title: string; readonly snippet: Snippet; readonly indicators: readonly IndicatorCode[] }
  /** A page has them; `offset` is where in the page's text. */
  | {
      readonly kind: 'page';
      readonly id: EvidenceId;
      readonly title: string;
      readonly page: number;
      readonly offset: number;
      readonly snippet: Snippet;
      readonly indicators: readonly IndicatorCode[];
    }
  /** Its name has the words, or (`inPlan`) the plan's own sentence for it. */
  | { readonly kind: 'indicator'; readonly code: IndicatorCode; readonly name: string; readonly inPlan: boolean; readonly snippet: Snippet }
  | { readonly kind: 'unit'; readonly name: string; readonly snippet: Snippet };

const BEFORE = 24;
const AFTER = 56;

/** The place of the first of the terms in a text, with its surroundings; null where none is in it. */
const cutSnippet = (original: string, terms: readonly string[]): { readonly snippet: Snippet; readonly offset: number } | null => {
  const folded = foldText(original);
  for (const term of terms) {
    const at = folded.text.indexOf(term);
    const start = folded.starts[at];
    const end = folded.ends[at + term.length - 1];
    if (start === undefined || end === undefined) continue;
    const lead = original.slice(Math.max(0, start - BEFORE), start).replace(/\s+/g, ' ').trimStart();
    const found = original.slice(start, end).replace(/\s+/g, '');
    const tail = original.slice(end, end + AFTER).replace(/\s+/g, ' ').trimEnd();
    return { snippet: { text: lead + found + tail, from: lead.length, to: lead.length + found.length }, offset: start };
  }
  return null;
};

const indicatorsOf = (db: ReadableDb, id: string): readonly IndicatorCode[] =>
  db.all('SELECT indicator, min(position) AS place FROM links WHERE evidence_id = ? GROUP BY indicator ORDER BY indicator', id).map((row) => indicatorCode(text(row, 'indicator')));

const findInCatalog = (db: ReadableDb, terms: readonly string[]): readonly SearchHit[] => {
  const hits: SearchHit[] = [];
  const hasAll = (words: string): boolean => {
    const folded = normalizeForSearch(words);
    return terms.every((term) => folded.includes(term));
  };
  const catalog = readCatalog(db);
  const indicators = catalog.groups.flatMap((group) => group.indicators);
  const named = new Set(indicators.filter(({ name }) => hasAll(name)));
  const snippetOf = (words: string): Snippet => cutSnippet(words, terms)?.snippet ?? { text: words, from: 0, to: 0 };
  for (const { code, name } of named) hits.push({ kind: 'indicator', code, name, inPlan: false, snippet: snippetOf(name) });
  for (const indicator of indicators) {
    const { code, name, sentence, declarations } = indicator;
    const words = [sentence, ...declarations].find(hasAll);
    if (!named.has(indicator) && words !== undefined) hits.push({ kind: 'indicator', code, name, inPlan: true, snippet: snippetOf(words) });
  }
  for (const unit of catalog.units) {
    const words = [unit.name, ...unit.aliases].find(hasAll);
    if (words !== undefined) hits.push({ kind: 'unit', name: unit.name, snippet: cutSnippet(words, terms)?.snippet ?? { text: words, from: 0, to: 0 } });
  }
  return hits;
};

const findItems = (db: ReadableDb, terms: readonly string[], limit: number): readonly SearchHit[] => {
  const where = terms.map(() => 'instr(search_text, ?) > 0').join(' AND ');
  const rows = db.all(
    `SELECT id, title, document_number, issuer, file_name FROM evidence WHERE trashed_at IS NULL AND ${where} ORDER BY rowid LIMIT ?`,
    ...terms, limit,
  );
  return rows.map((row) => {
    const words = ['title', 'document_number', 'issuer', 'file_name'].map((column) => text(row, column));
    let snippet: Snippet = { text: text(row, 'title'), from: 0, to: 0 };
    for (const field of words) {
      const cut = cutSnippet(field, terms);
      if (cut === null) continue;
      snippet = cut.snippet;
      break;
    }
    const id = evidenceId(text(row, 'id'));
    return { kind: 'item', id, title: text(row, 'title'), snippet, indicators: indicatorsOf(db, id) };
  });
};

const toPageHit = (db: ReadableDb, row: Row, terms: readonly string[]): SearchHit => {
  const cut = cutSnippet(text(row, 'body'), terms) ?? { snippet: { text: '', from: 0, to: 0 }, offset: 0 };
  const id = evidenceId(text(row, 'id'));
  return { kind: 'page', id, title: text(row, 'title'), page: number(row, 'page'), offset: cut.offset, snippet: cut.snippet, indicators: indicatorsOf(db, id) };
};

/**
 * Finds words anywhere: catalog first, then items by title, then pages in the order of import. Words separated by white space
 * must all be there, but a run of single characters is one word; punctuation, width and case do not matter (`〔2024〕10号` = `[2024]10号`). At most `limit` hits. Items in
 * 回收站 are left out. Any part of a word is found from two characters on; one character is found too, but more slowly.
 */
export const searchArchive = (db: ReadableDb, query: string, limit: number): readonly SearchHit[] => {
  const words = query.split(/\s+/).map(normalizeForSearch).filter((word) => word !== '');
  if (words.length === 0) return [];
  const joined = joinLoneCharacters(words);
  const hits = joined === null ? [] : findTerms(db, [...new Set(joined)], limit);
  return hits.length > 0 ? hits : findTerms(db, [...new Set(words)], limit);
};

/** Words typed with a space between characters (`生 态 环 境`) as the one that is meant; null where no character stands alone. */
const joinLoneCharacters = (words: readonly string[]): readonly string[] | null => {
  const joined: string[] = [];
  let alone = false;
  for (const word of words) {
    const lone = /^\p{Script=Han}$/u.test(word);
    if (lone && alone) joined.push(`${joined.pop() ?? ''}${word}`);
    else joined.push(word);
    alone = lone;
  }
  return joined.length === words.length ? null : joined;
};

const findTerms = (db: ReadableDb, terms: readonly string[], limit: number): readonly SearchHit[] => {
  const hits = [...findInCatalog(db, terms), ...findItems(db, terms, limit)].slice(0, limit);
  if (hits.length === limit) return hits;
  const match = terms.map(toPhraseQuery).filter((phrase) => phrase !== null).join(' AND ');
  // CROSS JOIN keeps the index outermost: rows come in its order and the search ends with the last one wanted.
  const pages = db.all(
    `SELECT e.id, e.title, p.page, p.body FROM texts.page_index i CROSS JOIN texts.page_texts p ON p.id = i.rowid CROSS JOIN evidence e ON e.sha256 = p.sha256
     WHERE i.page_index MATCH ? AND e.trashed_at IS NULL ORDER BY i.rowid LIMIT ?`,
    match, limit - hits.length,
  );
  return [...hits, ...pages.map((row) => toPageHit(db, row, terms))];
};
