import { MM_PER_POINT, type MeasureText } from '../domain/page-drawing.ts';
import type { Steps } from '../domain/steps.ts';
import { breakLines, cleanText } from './line-breaking.ts';
import { wholeRows, type Cell, type Row, type StyleName, type Table } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import { baselineWithin, type Sheet } from './sheet.ts';

interface PlacedCell {
  readonly x: number;
  readonly width: number;
  readonly style: StyleName;
  readonly align: 'left' | 'center' | 'right';
  readonly vertical: 'top' | 'middle' | 'bottom';
  readonly lines: readonly string[];
}

interface PlacedRow {
  readonly cells: readonly PlacedCell[];
  readonly least: number;
  readonly toItem: string | undefined;
}

/**
 * Draws a table at the sheet's current height. Texts wrap within their cell; a row goes to the next page as a whole, and is broken
 * between lines only where it is taller than a page, so that nothing is ever cut. Headers stand again at each page's top. A step is a row.
 */
export function* layoutTable(table: Table, sheet: Sheet): Steps<void> {
  const total = table.columns.reduce((sum, { width }) => sum + width, 0);
  const left = sheet.setup.left + Math.max(0, sheet.area - total) / (table.place === 'right' ? 1 : 2);
  const framed = table.ruled !== 'below';
  const place = (row: Row): PlacedRow => placeRow(row, table, sheet, left);
  const header = table.headers.length === 0 ? undefined : place({ cells: table.headers.map((text) => ({ text, header: true })) });
  const blanks = Array.from({ length: countBlankRows(table, sheet) }, () => blankRow(table));
  const rows: PlacedRow[] = [];
  for (const row of [...table.rows, ...blanks]) {
    yield;
    rows.push(place(row));
  }
  const headerHeight = header === undefined ? 0 : heightOf(header, sheet);
  sheet.need(headerHeight + roomForBeginning(rows, sheet));
  let open = false;
  // Nothing but the header stands on the page yet.
  let fresh = false;
  const begin = (): void => {
    fresh = sheet.isFresh;
    if (framed) rule(sheet, left, total, sheet.y);
    if (header !== undefined) drawRow(header, 0, heightOf(header, sheet), sheet, left, total, framed);
    open = true;
  };
  /** A printed form has its rows down to the foot of the last page too. */
  const fillPage = (): void => {
    const blank = place(blankRow(table));
    const height = heightOf(blank, sheet);
    while (open && sheet.y + height <= sheet.bottom + 0.01) drawRow(blank, 0, height, sheet, left, total, framed);
  };
  for (const row of rows) {
    yield;
    let from = 0;
    const longest = Math.max(1, ...row.cells.map(({ lines }) => lines.length));
    while (from < longest) {
      if (!open) begin();
      const height = heightOf(row, sheet, from);
      const room = sheet.bottom - sheet.y;
      if (height <= room + 0.01) {
        drawRow(row, from, height, sheet, left, total, framed);
        fresh = false;
        break;
      }
      const fits = Math.floor((room - 2 * sheet.profile.table.padding + 0.01) / linePitch(row, sheet));
      const fullPage = sheet.bottom - sheet.setup.top - headerHeight;
      const taken = fresh ? Math.max(1, fits) : fits;
      if (height > fullPage && (taken >= 3 || fresh)) {
        drawRow(row, from, taken * linePitch(row, sheet) + 2 * sheet.profile.table.padding, sheet, left, total, framed, taken);
        from += taken;
      }
      sheet.turn();
      open = false;
    }
  }
  if (table.leastRows > 0 && table.rows.length > table.leastRows) fillPage();
}

export const blankRow = (table: Table): Row => ({ cells: table.columns.map(() => ({ text: '' })) });

/** Empty rows that fill a printed form up: as many as it asks for, but never so many that they need another page. */
export function countBlankRows(table: Table, sheet: Sheet): number {
  const missing = table.leastRows - table.rows.length;
  if (missing <= 0) return 0;
  const header: readonly Row[] = table.headers.length === 0 ? [] : [{ cells: table.headers.map((text) => ({ text, header: true })) }];
  const height = [...header, ...table.rows].reduce((sum, row) => sum + heightOf(placeRow(row, table, sheet, 0), sheet), 0);
  const each = heightOf(placeRow(blankRow(table), table, sheet, 0), sheet);
  return Math.min(missing, Math.max(0, Math.floor((sheet.bottom - sheet.y - height + 0.01) / each)));
}

/** A table of a few rows is not broken; of a longer one the first row stays with the header. */
function roomForBeginning(rows: readonly PlacedRow[], sheet: Sheet): number {
  const third = (sheet.bottom - sheet.setup.top) / 3;
  const whole = rows.length > wholeRows ? Number.POSITIVE_INFINITY : rows.reduce((sum, row) => sum + heightOf(row, sheet), 0);
  const first = rows[0] === undefined ? 0 : heightOf(rows[0], sheet);
  return whole <= third ? whole : Math.min(first, third);
}

function placeRow(row: Row, table: Table, sheet: Sheet, left: number): PlacedRow {
  const cells: PlacedCell[] = [];
  let x = left;
  let column = 0;
  for (const cell of row.cells) {
    const span = cell.span ?? 1;
    const width = table.columns.slice(column, column + span).reduce((sum, each) => sum + each.width, 0);
    cells.push(placeCell(cell, table.columns[column]?.align ?? 'left', x, width, sheet));
    x += width;
    column += span;
  }
  return { cells, least: row.height ?? table.rowHeight, toItem: row.toItem };
}

function placeCell(cell: Cell, align: 'left' | 'center' | 'right', x: number, width: number, sheet: Sheet): PlacedCell {
  const style: StyleName = cell.style ?? (cell.header === true ? 'cellHeader' : 'cell');
  return {
    x,
    width,
    style,
    align: cell.align ?? (cell.header === true ? 'center' : align),
    vertical: cell.vertical ?? 'middle',
    lines: linesOfCell(cell, width, sheet),
  };
}

interface BrokenCell {
  readonly width: number;
  readonly lines: readonly string[];
}

/** Cells by who measured them and for which profile: to settle its pages, a table of thousands of rows is laid out dozens of times. */
const broken = new WeakMap<MeasureText, WeakMap<PaperProfile, WeakMap<Cell, BrokenCell>>>();

function brokenWith({ measure, profile }: Sheet): WeakMap<Cell, BrokenCell> {
  const measured = broken.get(measure) ?? new WeakMap<PaperProfile, WeakMap<Cell, BrokenCell>>();
  const known = measured.get(profile) ?? new WeakMap<Cell, BrokenCell>();
  broken.set(measure, measured.set(profile, known));
  return known;
}

export function linesOfCell(cell: Cell, width: number, sheet: Sheet): readonly string[] {
  const known = brokenWith(sheet);
  const before = known.get(cell);
  if (before?.width === width) return before.lines;
  const lines = breakCell(cell, width, sheet);
  known.set(cell, { width, lines });
  return lines;
}

/** A cell that is set like a title breaks like one. */
function breakCell(cell: Cell, width: number, sheet: Sheet): readonly string[] {
  const room = width - 2 * sheet.profile.table.padding;
  if (cell.style !== undefined && sheet.profile.styles[cell.style].align === 'center') return sheet.wrapCentred(cell.style, cell.text, room);
  const style = cell.style ?? (cell.header === true ? 'cellHeader' : 'cell');
  return breakLines(cleanText(cell.text), room, (piece) => sheet.width(style, piece));
}

const linePitch = (row: PlacedRow, sheet: Sheet): number => Math.max(...row.cells.map(({ style }) => sheet.profile.styles[style].pitch)) * MM_PER_POINT;

function heightOf(row: PlacedRow, sheet: Sheet, from = 0): number {
  const lines = Math.max(1, ...row.cells.map((cell) => cell.lines.length - from));
  return Math.max(from === 0 ? row.least : 0, lines * linePitch(row, sheet) + 2 * sheet.profile.table.padding);
}

function drawRow(row: PlacedRow, from: number, height: number, sheet: Sheet, left: number, total: number, framed: boolean, most = Number.POSITIVE_INFINITY): void {
  const { padding, lineWidth } = sheet.profile.table;
  const top = sheet.y;
  for (const cell of row.cells) {
    const style = sheet.profile.styles[cell.style];
    const pitch = style.pitch * MM_PER_POINT;
    const lines = cell.lines.slice(from, from + most);
    const free = height - 2 * padding - lines.length * pitch;
    let y = top + padding + Math.max(0, free) * { top: 0, middle: 0.5, bottom: 1 }[cell.vertical];
    for (const line of lines) {
      const width = sheet.width(cell.style, line);
      const room = cell.width - 2 * padding - width;
      const x = cell.x + padding + (cell.align === 'center' ? room / 2 : cell.align === 'right' ? room : 0);
      if (line !== '') {
        sheet.draw({ op: 'text', x, y: y + baselineWithin(style.pitch, style.size), text: line, font: style.font, size: style.size, ...(style.spacing === 0 ? {} : { spacing: style.spacing }) });
      }
      y += pitch;
    }
    if (framed) sheet.draw({ op: 'line', x1: cell.x, y1: top, x2: cell.x, y2: top + height, width: lineWidth });
  }
  if (framed) sheet.draw({ op: 'line', x1: left + total, y1: top, x2: left + total, y2: top + height, width: lineWidth });
  if (row.toItem !== undefined) sheet.draw({ op: 'link', x: left, y: top, w: total, h: height, toItem: row.toItem });
  sheet.advance(height);
  rule(sheet, left, total, sheet.y);
}

function rule(sheet: Sheet, left: number, total: number, y: number): void {
  sheet.draw({ op: 'line', x1: left, y1: y, x2: left + total, y2: y, width: sheet.profile.table.lineWidth });
}
