import {
  AlignmentType, BorderStyle, HeightRule, Paragraph, Table as DocxTable, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType,
} from 'docx';
import { blankRow, linesOfCell } from './layout-table.ts';
import { lineBreaks, paragraphLook, textRun, twips } from './docx-text.ts';
import type { TablePart } from './docx-body.ts';
import { wholeRows, type Row, type StyleName, type Table } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import type { Sheet } from './sheet.ts';

/** The table with `blankRows` empty rows at its end, fixed column widths, ruled cells and a header row that stands again on each page. */
export function renderTable(table: Table, profile: PaperProfile, blankRows: number, sheet: Sheet): TablePart {
  const header: readonly Row[] = table.headers.length === 0 ? [] : [{ cells: table.headers.map((text) => ({ text, header: true })) }];
  const body = [...table.rows, ...Array.from({ length: blankRows }, () => blankRow(table))];
  const size = Math.max(2, Math.round((profile.table.lineWidth / 25.4) * 72 * 8));
  const padding = twips(profile.table.padding);
  const line = { style: BorderStyle.SINGLE, size, color: '000000' } as const;
  const frame = table.ruled === 'below' ? ({ style: BorderStyle.NONE, size: 0, color: 'auto' } as const) : line;
  return {
    kind: 'table',
    look: JSON.stringify(['table', table.place, table.ruled, table.columns]),
    rows: [...header.map((row) => renderRow(row, table, sheet, true, true)), ...body.map((row, index) => renderRow(row, table, sheet, false, body.length <= wholeRows && index < body.length - 1))],
    make: (rows) =>
      new DocxTable({
        layout: TableLayoutType.FIXED,
        alignment: table.place === 'right' ? AlignmentType.RIGHT : AlignmentType.CENTER,
        width: { size: twips(table.columns.reduce((sum, { width }) => sum + width, 0)), type: WidthType.DXA },
        margins: { top: padding, bottom: padding, left: padding, right: padding },
        columnWidths: table.columns.map(({ width }) => twips(width)),
        borders: { top: frame, bottom: line, left: frame, right: frame, insideHorizontal: line, insideVertical: frame },
        rows: [...rows],
      }),
  };
}

type RowPart = TablePart['rows'][number];

function renderRow(row: Row, table: Table, sheet: Sheet, isHeader: boolean, keepNext: boolean): RowPart {
  const { profile } = sheet;
  let column = 0;
  const cells = row.cells.map((cell) => {
    const span = cell.span ?? 1;
    const columns = table.columns.slice(column, column + span);
    column += span;
    const name = cell.style ?? (cell.header === true ? 'cellHeader' : 'cell');
    const width = columns.reduce((sum, each) => sum + each.width, 0);
    return {
      name,
      span,
      width,
      align: cell.align ?? (cell.header === true ? ('center' as const) : (columns[0]?.align ?? 'left')),
      vertical: cell.vertical ?? 'middle',
      // Titles break where their sense does; other lines wrap by themselves.
      lines: cell.style !== undefined && profile.styles[cell.style].align === 'center' ? linesOfCell(cell, width, sheet) : lineBreaks(cell.text),
    };
  });
  // A row longer than a page must be allowed to break; 1,500 characters fill a good part of one.
  const isLong = row.cells.some(({ text }) => text.length > 1500);
  const height = twips(row.height ?? table.rowHeight);
  return {
    look: JSON.stringify(['row', isHeader, keepNext, isLong, height, cells.map(({ name, span, width, align, vertical, lines }) => [name, span, width, align, vertical, lines.length])]),
    words: cells.flatMap(({ lines }) => lines),
    make: (words) => {
      let next = 0;
      return new TableRow({
        tableHeader: isHeader,
        cantSplit: !isLong,
        height: { value: height, rule: HeightRule.ATLEAST },
        children: cells.map(({ lines, ...cell }) => renderCell(cell, words.slice(next, (next += lines.length)), profile, keepNext)),
      });
    },
  };
}

interface CellLook {
  readonly name: StyleName;
  readonly span: number;
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
  readonly vertical: 'top' | 'middle' | 'bottom';
}

const renderCell = ({ name, span, width, align, vertical }: CellLook, lines: readonly string[], profile: PaperProfile, keepNext: boolean): TableCell =>
  new TableCell({
    width: { size: twips(width), type: WidthType.DXA },
    columnSpan: span,
    verticalAlign: { top: VerticalAlignTable.TOP, middle: VerticalAlignTable.CENTER, bottom: VerticalAlignTable.BOTTOM }[vertical],
    children: lines.map((line) => new Paragraph({ ...paragraphLook(profile, name, align), ...(profile.styles[name].indent > 0 ? { indent: { firstLine: 0 } } : {}), keepNext, children: [textRun(line)] })),
  });
