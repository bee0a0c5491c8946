import { parseArchivalCode } from './archival-code.ts';
import type { EvidenceId } from './ids.ts';
import type { ItemOrder } from './page-number.ts';
import type { BoundItemFacts, BoundVolumeFacts, StrayRowFacts } from './snapshot.ts';

/** What an office's own 案卷封面, 卷内目录 or 卷内备考表 states of its volume; null where it does not say, or nothing was understood. */
export interface StatedVolume {
  readonly rows: readonly StatedRow[] | null;
  readonly items: number | null;
  readonly pages: number | null;
  readonly archivalCode: string | null;
}

/**
 * A row of 卷内目录 as it is written. `last` is null where only the first page stands there, `first` where the number of pages does (GB/T 11822).
 * `after` is that of a late insert's range, 12-1–12-3; whether a lone 12-1 is one, only the item tells.
 */
export interface StatedRow extends ItemOrder {
  readonly title: string;
  readonly first: number | null;
  readonly last: number | null;
  readonly count: number | null;
  readonly after?: number;
}

export const nothingStated: StatedVolume = { rows: null, items: null, pages: null, archivalCode: null };

const plain = (text: string): string => text.normalize('NFKC').replace(/[\s[\]]/gu, '');

/** Columns of an index by their headings; null where a line is no heading of one. */
function columnsOf(cells: readonly string[]): { readonly order: number; readonly title: number; readonly page: number; readonly counts: boolean } | null {
  const names = cells.map(plain);
  const at = (name: RegExp): number => names.findIndex((cell) => name.test(cell));
  const [order, title, page] = [at(/^(?:顺序号|序号)$/u), at(/^(?:文件)?(?:题名|标题|名称|材料名称)$/u), at(/^(?:所在)?页(?:号|次|码|数)$/u)];
  return order < 0 || title < 0 || page < 0 ? null : { order, title, page, counts: /页数$/u.test(names[page] ?? '') };
}

function rowsOf(lines: readonly (readonly string[])[]): readonly StatedRow[] | null {
  let columns: ReturnType<typeof columnsOf> = null;
  const rows: StatedRow[] = [];
  for (const cells of lines) {
    const heading = columnsOf(cells);
    if (heading !== null) columns = heading;
    if (heading !== null || columns === null) continue;
    const [order, title, page] = [plain(cells[columns.order] ?? ''), plain(cells[columns.title] ?? ''), plain(cells[columns.page] ?? '')];
    const numbers = /^(\d{1,5})(?:[-–—~至到](\d{1,5}))?$/u.exec(page);
    const inserted = /^(\d{1,5})-(\d{1,5})[-–—~至到]\1-(\d{1,5})$/u.exec(page);
    const place = readOrder(order);
    if (place === null) continue;
    if (inserted !== null) rows.push({ ...place, title, first: Number(inserted[2]), last: Number(inserted[3]), count: null, after: Number(inserted[1]) });
    if (numbers === null) continue;
    const [first, last] = [Number(numbers[1]), numbers[2] === undefined ? null : Number(numbers[2])];
    rows.push({ ...place, title, ...(columns.counts ? { first: null, last: null, count: first } : { first, last, count: null }) });
  }
  return rows.length === 0 ? null : rows;
}

/** 顺序号: `12`, or `12-1` of a late insert. */
function readOrder(text: string): ItemOrder | null {
  const [, number, within] = /^(\d{1,5})(?:-(\d{1,5}))?$/u.exec(text) ?? [];
  if (number === undefined) return null;
  return within === undefined ? { order: Number(number) } : { order: Number(within), orderAfter: Number(number) };
}

const numberIn = (text: string, ...shapes: readonly RegExp[]): number | null => {
  const found = shapes.map((shape) => shape.exec(text)?.[1]).find((digits) => digits !== undefined);
  return found === undefined ? null : Number(found);
};

/** Reads the text of one of a volume's papers, the cells of its tables parted by tabs. */
export function readStatedVolume(text: string): StatedVolume {
  const whole = plain(text);
  const code = text.normalize('NFKC').split(/[\s:,;，；。：]+/u).find((word) => parseArchivalCode(word) !== undefined);
  return {
    rows: rowsOf(text.split('\n').map((line) => line.split('\t'))),
    items: numberIn(whole, /文件件数(\d{1,5})件/u, /本卷共(?:有)?(?:文件)?(?:材料)?(\d{1,5})件/u),
    pages: numberIn(whole, /文件页数(\d{1,6})页/u, /本卷共(?:有)?(?:文件)?(?:材料)?\d{1,5}件[、,和]?(?:共)?(\d{1,6})页/u),
    archivalCode: code ?? null,
  };
}

/** What all of a volume's papers state: the rows of its index, the counts of its closing note before those of its cover, the first 档号 from the cover on. */
export const mergeStated = ({ cover, index, closing }: { readonly cover: StatedVolume; readonly index: StatedVolume; readonly closing: StatedVolume }): StatedVolume => ({
  rows: index.rows,
  items: closing.items ?? cover.items,
  pages: closing.pages ?? cover.pages,
  archivalCode: cover.archivalCode ?? index.archivalCode ?? closing.archivalCode,
});

/** Pages that a row names for an item that is stamped `stamped`: what it leaves open agrees. */
function indexedOf({ first, last, count, after }: StatedRow, { stamped, stampedAfter }: BoundItemFacts): Pick<BoundItemFacts, 'indexed' | 'indexedAfter'> {
  const behind = (page: number | undefined): Pick<BoundItemFacts, 'indexedAfter'> => (page === undefined ? {} : { indexedAfter: page });
  if (count !== null) return { indexed: [stamped[0], stamped[0] + count - 1], ...behind(stampedAfter) };
  if (first === null) return { indexed: stamped, ...behind(stampedAfter) };
  // The row of a late insert: its 12-1 is a page, not a range.
  const [from, to, page] = stampedAfter !== undefined && after === undefined && last !== null ? [last, null, first] : [first, last, after];
  return { indexed: [from, to ?? (from === stamped[0] ? stamped[1] : from)], ...behind(page) };
}

/**
 * What was bound, with what the office's own papers state in place of the generated ones. A row belongs to the item of its title, and
 * where no item has it, to the one in its place; an item that no row names has pages 0–0, a row that names none is told as a stray.
 */
export function withStated(bound: BoundVolumeFacts, { rows, items, pages, archivalCode }: StatedVolume, titleOf: (id: EvidenceId) => string): BoundVolumeFacts {
  const stated = { ...bound, archivalCode: archivalCode ?? bound.archivalCode, closing: { ...bound.closing, items: items ?? bound.closing.items, pages: pages ?? bound.closing.pages } };
  if (rows === null) return stated;
  const left = new Set(rows);
  const takeRow = (test: (row: StatedRow) => boolean): StatedRow | undefined => {
    const row = [...left].find(test);
    if (row !== undefined) left.delete(row);
    return row;
  };
  const titled = bound.items.map(({ evidenceId }) => takeRow(({ title }) => title === plain(titleOf(evidenceId))));
  const matched = bound.items.map((_, at) => titled[at] ?? takeRow((row) => row === rows[at]));
  const strays = [...left].map(({ order, title, first, count }): StrayRowFacts => ({ order, title, page: first ?? count ?? 0 }));
  return {
    ...stated,
    items: bound.items.map((item, at) => {
      const row = matched[at];
      const { order, orderAfter, indexedAfter: _generated, ...rest } = item;
      if (row === undefined) return { ...rest, order, ...(orderAfter === undefined ? {} : { orderAfter }), indexed: [0, 0] };
      return { ...rest, order: row.order, ...(row.orderAfter === undefined ? {} : { orderAfter: row.orderAfter }), ...indexedOf(row, item) };
    }),
    ...(strays.length === 0 ? {} : { strays }),
  };
}
