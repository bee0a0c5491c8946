import { finish, type Steps } from '../domain/steps.ts';
import { BindFailure } from './bind-error.ts';
import { isArray, nameOf, PdfDict, PdfRef, type PdfValue } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';

/** A page as the tree leads to it. */
export interface SourcePage {
  /** Object number, −1 for a page written directly into its parent. */
  readonly num: number;
  /** The dictionary of a page without a number; the others are read again when they are bound. */
  readonly direct: PdfDict | null;
  readonly inherited: ReadonlyMap<string, PdfValue>;
}

const INHERITABLE = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;
const MAX_PAGES = 200_000;
const MAX_DEPTH = 1000;
/** Inner nodes may list each other many times over without a single page. */
const MAX_VISITS = 1_000_000;
const NOTHING: ReadonlyMap<string, PdfValue> = new Map();

/**
 * The pages in order. A node that was seen on its own path is a loop and is left out; a page listed twice counts twice, as readers
 * show it. The walk keeps only numbers, so a tree of 30,000 pages costs little.
 */
export function listPages(source: PdfSource): readonly SourcePage[] {
  const pages: SourcePage[] = [];
  const keep = (page: SourcePage): void => void pages.push(page);
  if (finish(walkPages(source, source.catalog.get('Pages'), keep)) > 0) return pages;
  // The tree leads nowhere: take the pages that lie about in the file.
  const loose = source.findLoosePages();
  if (loose !== null) finish(walkPages(source, loose, keep));
  return pages;
}

/** How many pages the tree leads to; `isPage` tells a page's object by less than reading it. A step is a node with its pages. */
export const countTreePages = (source: PdfSource, isPage: (num: number) => boolean): Steps<number> => walkPages(source, source.catalog.get('Pages'), () => undefined, isPage);

function* walkPages(source: PdfSource, root: PdfValue, onPage: (page: SourcePage) => void, isPage = (num: number): boolean => source.peekType(num) === 'Page'): Steps<number> {
  let pages = 0;
  const found = (page: SourcePage): void => {
    if (pages >= MAX_PAGES) throw new BindFailure('too-large', `more than ${MAX_PAGES} pages`);
    pages++;
    onPage(page);
  };
  const path = new Set<number>();
  let visits = 0;
  const visit = function* (value: PdfValue, inherited: ReadonlyMap<string, PdfValue>, depth: number): Steps<void> {
    const num = value instanceof PdfRef ? value.num : -1;
    if (++visits > MAX_VISITS) throw new BindFailure('damaged', 'the page tree does not end');
    if (num >= 0 && path.has(num)) {
      source.repaired = true;
      return;
    }
    if (num >= 0 && isPage(num)) {
      found({ num, direct: null, inherited });
      return;
    }
    yield;
    const dict = source.resolve(value);
    if (!(dict instanceof PdfDict)) {
      source.repaired = true;
      return;
    }
    if (!isInnerNode(source, dict)) {
      found({ num, direct: num < 0 ? dict : null, inherited });
      return;
    }
    if (depth > MAX_DEPTH) throw new BindFailure('damaged', 'the page tree is too deep');
    const listed = source.resolve(dict.get('Kids'));
    // A lone kid without its brackets is a kid all the same.
    const kids = isArray(listed) ? listed : listed instanceof PdfDict ? [dict.get('Kids')] : [];
    if (num >= 0) path.add(num);
    const passed = inheritFrom(dict, inherited);
    for (const kid of kids) yield* visit(kid, passed, depth + 1);
    if (num >= 0) path.delete(num);
  };
  yield* visit(root, NOTHING, 0);
  return pages;
}

function isInnerNode(source: PdfSource, dict: PdfDict): boolean {
  const type = nameOf(source.resolve(dict.get('Type')));
  if (dict.has('Kids') && type !== 'Page') return true;
  return type === 'Pages' && !dict.has('Contents') && !dict.has('MediaBox');
}

function inheritFrom(dict: PdfDict, inherited: ReadonlyMap<string, PdfValue>): ReadonlyMap<string, PdfValue> {
  let own: Map<string, PdfValue> | null = null;
  for (const key of INHERITABLE) {
    if (!dict.has(key)) continue;
    own ??= new Map(inherited);
    own.set(key, dict.get(key));
  }
  return own ?? inherited;
}

const EMPTY_PAGE = new PdfDict(NOTHING);

export function pageDict(source: PdfSource, page: SourcePage): PdfDict {
  if (page.direct !== null) return page.direct;
  const dict = source.getObject(page.num);
  return dict instanceof PdfDict ? dict : EMPTY_PAGE;
}

/** A page's entry, its own or an inherited one; not resolved. */
export function pageEntry(page: SourcePage, dict: PdfDict, key: string): PdfValue {
  return dict.has(key) ? dict.get(key) : (page.inherited.get(key) ?? null);
}

/** The part of the page that a reader shows, in user space, and how it is turned. */
export interface PageGeometry {
  readonly media: Box;
  readonly crop: Box;
  /** 0, 90, 180, 270 clockwise. */
  readonly rotate: number;
  /** Points per unit of user space. */
  readonly userUnit: number;
}

export interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

const LETTER: Box = { x1: 0, y1: 0, x2: 612, y2: 792 };

/** Boxes as readers take them: corners in any order, crop cut to media, US letter where there is none. */
export function pageGeometry(source: PdfSource, page: SourcePage): PageGeometry {
  const dict = pageDict(source, page);
  const media = readBox(source, pageEntry(page, dict, 'MediaBox')) ?? LETTER;
  const wanted = readBox(source, pageEntry(page, dict, 'CropBox')) ?? media;
  const cut = { x1: Math.max(media.x1, wanted.x1), y1: Math.max(media.y1, wanted.y1), x2: Math.min(media.x2, wanted.x2), y2: Math.min(media.y2, wanted.y2) };
  const rotate = source.resolve(pageEntry(page, dict, 'Rotate'));
  const unit = source.resolve(dict.get('UserUnit'));
  return {
    media,
    crop: cut.x2 > cut.x1 && cut.y2 > cut.y1 ? cut : media,
    rotate: typeof rotate === 'number' ? (((Math.round(rotate / 90) * 90) % 360) + 360) % 360 : 0,
    userUnit: typeof unit === 'number' && unit > 0 ? unit : 1,
  };
}

function readBox(source: PdfSource, value: PdfValue): Box | null {
  const array = source.resolve(value);
  if (!isArray(array) || array.length < 4) return null;
  const a = source.resolve(array[0] ?? null);
  const b = source.resolve(array[1] ?? null);
  const c = source.resolve(array[2] ?? null);
  const d = source.resolve(array[3] ?? null);
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return null;
  const box = { x1: Math.min(a, c), y1: Math.min(b, d), x2: Math.max(a, c), y2: Math.max(b, d) };
  return box.x2 > box.x1 && box.y2 > box.y1 ? box : null;
}
