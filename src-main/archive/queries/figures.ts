import type { Catalog } from '../../domain/catalog.ts';
import { readFigures, soughtQuantity } from '../../domain/figures.ts';
import type { SoughtQuantity } from '../../domain/figures.ts';
import { evidenceId } from '../../domain/ids.ts';
import type { FigureFacts, UndatedFigure } from '../../domain/snapshot.ts';
import type { ReadableDb, Row } from '../database.ts';
import { number, text } from '../rows.ts';

type PageFigure = Omit<FigureFacts, 'evidenceId'> | Omit<UndatedFigure, 'evidenceId'>;

/** Figures of the filed evidence: those with a year of the catalog, and those that name none. */
export interface ListedFigures {
  readonly dated: readonly FigureFacts[];
  readonly undated: readonly UndatedFigure[];
}

/** Figures found in one object, as long as its text is the one that was read at `at`. */
interface ReadObject {
  readonly at: string;
  readonly figures: PageFigure[];
}

/** What was found so far in an open archive, for one set of names and years: texts do not change, so each is read once. */
interface Shelf {
  readonly sought: string;
  readonly named: RegExp;
  readonly objects: Map<string, ReadObject>;
}

const shelves = new WeakMap<ReadableDb, Shelf>();

/** A superior's order sets goals, it does not state what was reached: links that file one are passed over. */
const LINKED = `SELECT DISTINCT e.id, e.sha256, s.at FROM links l JOIN evidence e ON e.id = l.evidence_id JOIN texts.text_states s ON s.sha256 = e.sha256
  WHERE e.trashed_at IS NULL AND s.state = 'done' AND l.requirement <> 'task' ORDER BY e.rowid`;

const PAGES_OF_ONE = 'SELECT sha256, page, body FROM texts.page_texts WHERE sha256 = ? ORDER BY page';
const PAGES_OF_LINKED = 'SELECT sha256, page, body FROM texts.page_texts ORDER BY sha256, page';

/**
 * Figures that the filed evidence states for the catalog's quantities, each with item, page and sentence. Every object is searched once
 * while the archive is open.
 */
export const listFigures = (db: ReadableDb, catalog: Catalog): ListedFigures => {
  const quantities = catalog.groups
    .flatMap((group) => group.indicators)
    .filter((indicator) => indicator.retired !== true)
    .flatMap((indicator) => soughtQuantity(indicator) ?? []);
  const shelf = openShelf(db, JSON.stringify([quantities, catalog.years]), quantities);
  const linked = db.all(LINKED).map((row) => ({ id: evidenceId(text(row, 'id')), sha: text(row, 'sha256'), at: text(row, 'at') }));
  const unread = linked.filter(({ sha, at }) => shelf.objects.get(sha)?.at !== at);
  for (const { sha, at } of unread) shelf.objects.set(sha, { at, figures: [] });
  const read = (page: Row): void => {
    const known = shelf.objects.get(text(page, 'sha256'));
    const body = text(page, 'body');
    if (known !== undefined && shelf.named.test(body)) known.figures.push(...searchPage(body, number(page, 'page'), quantities, catalog.years));
  };
  // One walk over all texts where all are new, as after opening: asking for each object takes ten times as long.
  if (unread.length > linked.length / 4) {
    const wanted = new Set(unread.map(({ sha }) => sha));
    for (const page of db.each(PAGES_OF_LINKED)) if (wanted.has(text(page, 'sha256'))) read(page);
  } else {
    for (const { sha } of new Map(unread.map((item) => [item.sha, item])).values()) for (const page of db.all(PAGES_OF_ONE, sha)) read(page);
  }
  const all = linked.flatMap(({ id, sha }) => (shelf.objects.get(sha)?.figures ?? []).map((figure) => ({ ...figure, evidenceId: id })));
  return { dated: all.filter((figure) => 'year' in figure), undated: all.filter((figure) => 'beside' in figure) };
};

function openShelf(db: ReadableDb, sought: string, quantities: readonly SoughtQuantity[]): Shelf {
  const known = shelves.get(db);
  if (known?.sought === sought) return known;
  const shelf: Shelf = { sought, named: namesAny(quantities), objects: new Map() };
  shelves.set(db, shelf);
  return shelf;
}

/** Finds the beginnings of names in a text as it is stored, line ends and blanks between their signs allowed: most pages name no quantity, and one pass tells. */
const namesAny = (quantities: readonly SoughtQuantity[]): RegExp => {
  const words = quantities.flatMap(({ names }) => names.map((name) => (/[\u4e00-\u9fff]{2,}/u.exec(name)?.[0] ?? name).slice(0, 3)));
  return words.length === 0 ? /(?!)/u : new RegExp([...new Set(words)].map((word) => [...word].map((sign) => sign.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&')).join('\\s*')).join('|'), 'u');
};

function searchPage(body: string, page: number, quantities: readonly SoughtQuantity[], years: readonly number[]): readonly PageFigure[] {
  const whole = joinWrappedLines(body);
  const plain = whole.normalize('NFKC');
  const named = quantities.filter(({ names }) => names.some((name) => plain.includes(name)));
  if (named.length === 0) return [];
  const { dated, undated } = readFigures(whole, named, years, { evidenceId: null, page });
  return [...dated.map(({ evidenceId: _, ...figure }) => figure), ...undated.map(({ evidenceId: _, ...figure }) => figure)];
}

/** Characters from which on a line of print counts as full, so that its sentence goes on in the next. */
const FULL_LINE = 18;
const isFull = (line: string): boolean => line.length >= FULL_LINE && !/[。;；:：!！?？\s]$/u.test(line) && !/\s/u.test(line);
const isRow = (line: string): boolean => (line.match(/\s+/gu)?.length ?? 0) >= 2;

/** Prose as it was before it was set in lines. Rows of tables, which hold blanks, stay rows. */
function joinWrappedLines(body: string): string {
  const lines = body.split(/\r?\n/u).map((line) => line.trim());
  let joined = '';
  lines.forEach((line, at) => {
    const before = lines[at - 1];
    const goesOn = before !== undefined && isFull(before) && line !== '' && !isRow(line);
    joined += at === 0 || goesOn ? line : `\n${line}`;
  });
  return joined;
}
