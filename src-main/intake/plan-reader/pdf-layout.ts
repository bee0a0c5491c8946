import { paragraph } from './block.ts';
import type { Block } from './block.ts';
import { readMarker } from './marker.ts';
import { linesOf } from './pdf-lines.ts';
import type { Line, PageRuns, Run } from './pdf-lines.ts';
import { tablesOnPage } from './pdf-table.ts';
import { goesOn as awaitsMore } from './join-open.ts';
import { isLabelLine, readStandard } from './responsibility.ts';

/** Paragraphs and tables of all pages in reading order. Page numbers and repeated heads are left out. */
export const layOutPages = (pages: readonly PageRuns[]): readonly Block[] => {
  const blocks: Block[] = [];
  const repeated = repeatedTexts(pages);
  for (const page of pages) {
    const tables = tablesOnPage(page);
    const inTable = new Set(tables.flatMap((table) => table.runs));
    const free = page.runs.filter((run) => !inTable.has(run) && !isFurniture(run, page, repeated));
    // Text above, between and below the tables, each stretch in its own columns.
    const cuts = [0, ...tables.flatMap((table) => [table.top, table.bottom]), page.height + 1e4];
    for (let at = 0; at < cuts.length - 1; at += 2) {
      const stretch = free.filter((run) => run.y >= (cuts[at] ?? 0) && run.y < (cuts[at + 1] ?? 0));
      for (const column of columnsOf(joinRuns(stretch), page)) appendParagraphs(blocks, column.lines, column.until);
      const table = tables[at / 2];
      if (table !== undefined) appendTable(blocks, table.rows, table.guessed);
    }
  }
  return blocks;
};

/** A table that goes on over the page's end goes on in the same block; its repeated header is dropped by who reads it. */
function appendTable(blocks: Block[], rows: readonly (readonly string[])[], guessed: boolean): void {
  const before = blocks.at(-1);
  if (before?.kind === 'table' && before.rows[0]?.length === rows[0]?.length) blocks[blocks.length - 1] = { kind: 'table', rows: continueRows(before.rows, rows), guessed: before.guessed || guessed };
  else blocks.push({ kind: 'table', rows, guessed });
}

/** Rows of a table's next page: one that its page's end broke goes on in the last, and cells merged over the end keep their text. */
function continueRows(before: readonly (readonly string[])[], rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [header, last, above] = [before[0], before.at(-1), before.at(-2)];
  const body = before.slice(1);
  const own = header !== undefined && rows[0]?.join() === header.join() ? rows.slice(1) : rows;
  const first = own[0];
  if (last === undefined || first === undefined) return [...before, ...own];
  const blanks = first.filter((cell) => cell === '').length;
  if (blanks * 2 >= first.length && blanks < first.length) return continueRows([...before.slice(0, -1), last.map((cell, at) => `${cell}${first[at] ?? ''}`)], own.slice(1));
  // Merged for certain where the rows above share the text; else likely where the column has no empty cell.
  const merged = last.map((cell, at) => cell !== '' && (cell === above?.[at] || body.every((row) => row[at] !== '')) && own.some((row) => row[at] !== ''));
  const filled = own.map((row, nth) => row.map((cell, at) => (cell === '' && merged[at] === true && own.slice(0, nth).every((earlier) => earlier[at] === '') ? (last[at] ?? '') : cell)));
  return [...before, ...filled];
}

function repeatedTexts(pages: readonly PageRuns[]): ReadonlySet<string> {
  const seen = new Map<string, number>();
  for (const page of pages) {
    for (const text of new Set(page.runs.filter((run) => run.y < page.height * 0.07 || run.y > page.height * 0.93).map((run) => run.text.trim()))) seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  return new Set([...seen].filter(([, times]) => times > 2 && times > pages.length / 2).map(([text]) => text));
}

const isFurniture = (run: Run, page: PageRuns, repeated: ReadonlySet<string>): boolean =>
  (run.y < page.height * 0.07 || run.y > page.height * 0.93) && (repeated.has(run.text.trim()) || /^[-—–\s]*\d{1,3}[-—–\s]*$/u.test(run.text) || /^第\s*\d+\s*页/u.test(run.text.trim()));

/** Runs of one baseline that follow one another closely as one: writers split a line wherever the font changes. */
function joinRuns(runs: readonly Run[]): readonly Run[] {
  const joined: Run[] = [];
  for (const run of runs.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const at = joined.findLastIndex((other) => Math.abs(other.y - run.y) < Math.max(2, run.size * 0.3) && run.x - other.x - other.width < run.size * 1.1 && run.x >= other.x);
    const before = joined[at];
    if (before === undefined) joined.push(run);
    else joined[at] = { text: run.x - before.x - before.width > run.size * 0.9 ? `${before.text} ${run.text}` : `${before.text}${run.text}`, x: before.x, y: before.y, width: Math.max(before.width, run.x + run.width - before.x), size: Math.max(before.size, run.size) };
  }
  return joined;
}

/** The columns of a stretch, left to right; lines across all columns part what stands above from what stands below. */
interface Column {
  readonly lines: readonly Line[];
  /** Where the column's room ends: the gutter, or the page's edge. */
  readonly until: number;
}

function columnsOf(runs: readonly Run[], page: PageRuns): readonly Column[] {
  const gutter = findGutter(runs, page);
  if (gutter === null) return runs.length === 0 ? [] : [{ lines: linesOf(runs), until: page.width }];
  const across = runs.filter((run) => run.x < gutter - 2 && run.x + run.width > gutter + 2);
  const edges = [...new Set(across.map((run) => run.y))].toSorted((a, b) => a - b);
  const parts: Column[] = [];
  let top = -1e4;
  for (const edge of [...edges, 1e5]) {
    const between = runs.filter((run) => run.y > top && run.y < edge && !across.includes(run));
    const isLeft = (run: Run): boolean => run.x + run.width / 2 < gutter;
    for (const [side, until] of [[between.filter(isLeft), gutter], [between.filter((run) => !isLeft(run)), page.width]] as const) if (side.length > 0) parts.push({ lines: linesOf(side), until });
    const own = runs.filter((run) => run.y === edge);
    if (own.length > 0) parts.push({ lines: linesOf(own), until: page.width });
    top = edge;
  }
  return parts;
}

/** The x of a gap down the page's middle that nearly nothing crosses and that text stands on both sides of, line beside line. */
function findGutter(runs: readonly Run[], page: PageRuns): number | null {
  let best: { readonly x: number; readonly crossing: number } | null = null;
  for (let x = page.width * 0.35; x <= page.width * 0.65; x += 3) {
    const crossing = runs.filter((run) => run.x < x && run.x + run.width > x).length;
    if (best === null || crossing < best.crossing) best = { x, crossing };
  }
  if (best === null || best.crossing > runs.length * 0.06) return null;
  const { x } = best;
  const left = linesOf(runs.filter((run) => run.x + run.width <= x + 1));
  const right = linesOf(runs.filter((run) => run.x >= x - 1));
  const beside = right.filter((line) => left.some((other) => Math.abs(other.y - line.y) < line.size * 0.8)).length;
  const wide = (lines: readonly Line[]): number => lines.filter((line) => line.right - line.x > page.width * 0.2).length;
  if (wide(left) >= 4 && wide(right) >= 4 && beside >= 3) return x;
  return isLastColumn(left, right) ? x : null;
}

/** A second column that ends after a few lines: it begins at the first one's height, its lines stand under one another without a gap, and the first column is longer. */
function isLastColumn(left: readonly Line[], right: readonly Line[]): boolean {
  const [top, edge] = [right[0], Math.min(...right.map((line) => line.x))];
  if (top === undefined || right.length < 2 || left.length < right.length + 3 || isLabelLine(top.text)) return false;
  const aligned = right.filter((line) => line.x - edge < line.size * 2.5).length === right.length && right.filter((line) => line.x - edge < 2).length * 2 >= right.length;
  const close = right.every((line, at) => at === 0 || line.y - (right[at - 1]?.y ?? 0) < line.size * 2.6);
  return aligned && close && left.slice(0, 3).some((line) => Math.abs(line.y - top.y) < line.size * 1.6);
}

const ENDS = /[。;\uff1b:\uff1a!?]$|[.]$/u;

/** Lines into paragraphs: a new one begins at a number, a label, an indent, or after a line that stops short of the margin. */
function appendParagraphs(blocks: Block[], lines: readonly Line[], until: number): void {
  const left = quantile(lines.map((line) => line.x), 0.2);
  let before: Line | null = null;
  for (const [at, line] of lines.entries()) {
    if (line.text === '') continue;
    const size = line.size;
    const right = marginOf(lines, at, until);
    const indented = line.x > left + size * 1.2;
    const centred = indented && Math.abs(line.x - left - (right - line.right)) < size * 2.5 && right - line.right > size * 2;
    // A figure or a Latin word that did not fit leaves a gap at the end of the line before it.
    const word = /^[\dA-Za-z.%‰≥≤+-]+/u.exec(line.text)?.[0].length ?? 0;
    const short: boolean = before !== null && before.right < right - size * (1.6 + word * 0.65);
    const changed: boolean = before !== null && Math.abs(before.size - size) > size * 0.12;
    const far: boolean = before !== null && line.y - before.y > size * 3.2;
    const goesOn: boolean = before === null && !indented && blocks.at(-1)?.kind === 'paragraph' && readMarker(line.text) === null && !isLabelLine(line.text) && !ENDS.test(textOf(blocks.at(-1)));
    const starts = before === null ? !goesOn : awaitsMore(textOf(blocks.at(-1)), line.text) ? false : short || changed || far || centred || indented || NUMBER_LINE.test(line.text) || (before !== null && NUMBER_LINE.test(before.text)) || readMarker(line.text) !== null || isLabelLine(line.text) || readStandard(line.text) !== null;
    const last = blocks.at(-1);
    // Lines of one heading that are centred each belong together only where the first is full.
    if (starts || last?.kind !== 'paragraph') blocks.push(paragraph(line.text));
    else blocks[blocks.length - 1] = paragraph(joinLines(last.text, line.text));
    before = line;
  }
}

const textOf = (block: Block | undefined): string => (block?.kind === 'paragraph' ? block.text : '');
const joinLines = (one: string, other: string): string => (/[A-Za-z0-9]$/u.test(one) && /^[A-Za-z]/u.test(other) ? `${one} ${other}` : `${one}${other}`);

const WINDOW = 9;
/** A column of text holds more signs than this; narrower runs of lines are names and labels, each ending where it ends. */
const NARROWEST = 15;

/**
 * Where full lines end around a line: the farthest place at which two lines of the neighbourhood end, within a sign or two, or one
 * that cannot end there. Infinite where lines there end anywhere, so that each is a paragraph.
 */
function marginOf(lines: readonly Line[], at: number, until: number): number {
  const near = lines.slice(Math.max(0, at - WINDOW), at + WINDOW);
  const size = lines[at]?.size ?? 0;
  const wide = near.filter((line) => line.right - line.x > line.size * NARROWEST).toSorted((a, b) => b.right - a.right);
  const alike = (line: Line): number => wide.filter((other) => Math.abs(other.right - line.right) < size * 1.7).length;
  // Far from the edge, a few lines of one length are chance.
  const full = wide.find((line) => (line.right < until * 0.62 ? alike(line) > 3 : alike(line) > 1 || isBroken(line, lines[lines.indexOf(line) + 1])));
  if (full === undefined) return Number.POSITIVE_INFINITY;
  return quantile(wide.map((line) => line.right).filter((right) => Math.abs(right - full.right) < size * 1.7), 0.5);
}

const isBroken = (line: Line, next: Line | undefined): boolean => next !== undefined && !ENDS.test(line.text) && Math.abs(next.x - line.x) < line.size * 2.5 && readMarker(next.text) === null && !isLabelLine(next.text) && !NUMBER_LINE.test(next.text);

/** A line that is nothing but a document's number. */
const NUMBER_LINE = /^[\u4e00-\u9fff ]{2,14} *[〔[(\uff08] *20\d{2} *[〕\])\uff09] *\d{1,4} *号$/u;

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
