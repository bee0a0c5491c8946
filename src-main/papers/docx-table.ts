import {
  AlignmentType, BorderStyle, HeightRule, Paragraph, Table as DocxTable, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType,
} from 'docx';
import { blankRow, linesOfCell } from './layout-table.ts';
import { lineBreaks, paragraphLook, textRun, twips } from './docx-text.ts';
import { wholeRows, type Cell, type Row, type Table } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import type { Sheet } from './sheet.ts';

/** The table with `blankRows` empty rows at its end, fixed column widths, ruled cells and a header row that stands again on each page. */
export function renderTable(table: Table, profile: PaperProfile, blankRows: number, sheet: Sheet): DocxTable {
  const header: readonly Row[] = table.headers.length === 0 ? [] : [{ cells: table.headers.map((text) => ({ text, header: true })) }];
  const body = [...table.rows, ...Array.from({ length: blankRows }, () => blankRow(table))];
  const size = Math.max(2, Math.round((profile.table.lineWidth / 25.4) * 72 * 8));
  const padding = twips(profile.table.padding);
  const line = { style: BorderStyle.SINGLE, size, color: '000000' } as const;
  const frame = table.ruled === 'below' ? ({ style: BorderStyle.NONE, size: 0, color: 'auto' } as const) : line;
  return new DocxTable({
    layout: TableLayoutType.FIXED,
    alignment: table.place === 'right' ? AlignmentType.RIGHT : AlignmentType.CENTER,
    width: { size: twips(table.columns.reduce((sum, { width }) => sum + width, 0)), type: WidthType.DXA },
    margins: { top: padding, bottom: padding, left: padding, right: padding },
    columnWidths: table.columns.map(({ width }) => twips(width)),
    borders: { top: frame, bottom: line, left: frame, right: frame, insideHorizontal: line, insideVertical: frame },
    rows: [...header.map((row) => renderRow(row, table, sheet, true, true)), ...body.map((row, index) => renderRow(row, table, sheet, false, body.length <= wholeRows && index < body.length - 1))],
  });
}

function renderRow(row: Row, table: Table, sheet: Sheet, isHeader: boolean, keepNext: boolean): TableRow {
  let column = 0;
  const children = row.cells.map((cell) => {
    const span = cell.span ?? 1;
    const columns = table.columns.slice(column, column + span);
    column += span;
    return renderCell(cell, columns[0]?.align ?? 'left', columns.reduce((sum, { width }) => sum + width, 0), sheet, keepNext);
  });
  // A row longer than a page must be allowed to break; 1,500 characters fill a good part of one.
  const isLong = row.cells.some(({ text }) => text.length > 1500);
  return new TableRow({
    tableHeader: isHeader,
    cantSplit: !isLong,
    height: { value: twips(row.height ?? table.rowHeight), rule: HeightRule.ATLEAST },
    children,
  });
}

function renderCell(cell: Cell, columnAlign: 'left' | 'center' | 'right', width: number, sheet: Sheet, keepNext: boolean): TableCell {
  const { profile } = sheet;
  const name = cell.style ?? (cell.header === true ? 'cellHeader' : 'cell');
  const align = cell.align ?? (cell.header === true ? 'center' : columnAlign);
  // Titles break where their sense does; other lines wrap by themselves.
  const lines = cell.style !== undefined && profile.styles[cell.style].align === 'center' ? linesOfCell(cell, width, sheet) : lineBreaks(cell.text);
  return new TableCell({
    width: { size: twips(width), type: WidthType.DXA },
    columnSpan: cell.span ?? 1,
    verticalAlign: { top: VerticalAlignTable.TOP, middle: VerticalAlignTable.CENTER, bottom: VerticalAlignTable.BOTTOM }[cell.vertical ?? 'middle'],
    children: lines.map((line) => new Paragraph({ ...paragraphLook(profile, name, align), ...(profile.styles[name].indent > 0 ? { indent: { firstLine: 0 } } : {}), keepNext, children: [textRun(line)] })),
  });
}
