import { format } from 'numfmt';
import { fail, ok, type Result } from '../../domain/result.ts';
import { childOf, childrenOf, readXmlTree, type XmlElement } from '../ofd/xml-tree.ts';
import { normalisePartName, withPackage, type Package } from '../package-reader.ts';
import { trouble, type IntakeTrouble } from '../trouble.ts';
import { plainParagraph, type FlowCell, type FlowDocument, type FlowParagraph, type FlowSection, type FlowTable } from './flow-model.ts';

/** A width of one is a digit of the usual font: 7 pixels and 5 of padding at 96 dpi. */
const widthOf = (characters: number): number => ((characters * 7 + 5) * 72) / 96;
const usualWidth = 8.43;
const mostRows = 20_000;
const mostColumns = 200;
const mostCells = 300_000;
const a4 = { width: 595.3, height: 841.9 } as const;

/** Formats that are known by number alone (ECMA-376 18.8.30), those of Chinese Excel among them. */
const builtIn: Readonly<Record<number, string>> = {
  1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00', 9: '0%', 10: '0.00%', 11: '0.00E+00', 12: '# ?/?', 13: '# ??/??', 14: 'yyyy/m/d', 15: 'd-mmm-yy', 16: 'd-mmm', 17: 'mmm-yy', 18: 'h:mm AM/PM', 19: 'h:mm:ss AM/PM',
  20: 'h:mm', 21: 'h:mm:ss', 22: 'yyyy/m/d h:mm', 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: 'm-d-yy', 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: '#,##0_);(#,##0)', 38: '#,##0_);(#,##0)',
  39: '#,##0.00_);(#,##0.00)', 40: '#,##0.00_);(#,##0.00)', 45: 'mm:ss', 46: '[h]:mm:ss', 47: 'mm:ss.0', 48: '##0.0E+0', 49: '@', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
};

/** Visible sheets of a workbook as they would be printed: each begins a page, turned where it is wider than an upright one. */
export async function readXlsxFlow(path: string): Promise<Result<FlowDocument, IntakeTrouble>> {
  return withPackage(path, async (parts) => {
    const workbook = await parts.xml('xl/workbook.xml');
    if (workbook === undefined) return fail(trouble('file-damaged', 'XLSX 缺少工作簿部分，请重新导出后再导入。'));
    const root = readXmlTree(workbook);
    const targets = new Map((await readRoot(parts, 'xl/_rels/workbook.xml.rels'))?.children.map((relation): [string, string] => [relation.attributes.get('Id') ?? '', relation.attributes.get('Target') ?? '']));
    const book = { strings: readStrings(await readRoot(parts, 'xl/sharedStrings.xml')), looks: new CellLooks(await readRoot(parts, 'xl/styles.xml')), from1904: childOf(root, 'workbookPr')?.attributes.get('date1904') === '1' };
    const losses = new Set<string>();
    if (parts.names.some((name) => name.startsWith('xl/charts/'))) losses.add('图表没有画出');
    if (parts.names.some((name) => name.startsWith('xl/media/'))) losses.add('图片没有画出');
    const sections: FlowSection[] = [];
    for (const sheet of childrenOf(childOf(root, 'sheets'), 'sheet')) {
      if ((sheet.attributes.get('state') ?? 'visible') !== 'visible') continue;
      const target = targets.get(sheet.attributes.get('id') ?? '') ?? '';
      const tree = await readRoot(parts, normalisePartName(target.startsWith('/') ? target : `xl/${target}`));
      if (tree === undefined || tree.name !== 'worksheet') continue;
      const table = readSheet(tree, book, losses);
      if (table.rows.length > 0) sections.push(toSection(tree, table));
    }
    return ok({ sections, losses: [...losses] });
  });
}

async function readRoot(parts: Package, name: string): Promise<XmlElement | undefined> {
  const xml = await parts.xml(name);
  return xml === undefined ? undefined : readXmlTree(xml);
}

function toSection(tree: XmlElement, table: FlowTable): FlowSection {
  const setup = childOf(tree, 'pageSetup')?.attributes;
  const stated = setup?.get('orientation');
  const wide = table.columns.reduce((sum, width) => sum + width, 0) > a4.width - 80;
  const across = stated === 'landscape' || (stated === undefined && wide);
  const margin = 40;
  return { width: across ? a4.height : a4.width, height: across ? a4.width : a4.height, margins: { top: margin, right: margin, bottom: margin, left: margin }, blocks: [table] };
}

interface Book {
  readonly strings: readonly string[];
  readonly looks: CellLooks;
  readonly from1904: boolean;
}

function readStrings(root: XmlElement | undefined): readonly string[] {
  return childrenOf(root, 'si').map(textOf);
}

/** Text of a string item: its runs, without the reading aids of Japanese and Chinese. */
function textOf(item: XmlElement | undefined): string {
  if (item === undefined) return '';
  return item.children.map((child) => (child.name === 't' ? child.text : child.name === 'r' ? textOf(child) : '')).join('');
}

interface CellLook {
  readonly font: string;
  readonly size: number;
  readonly bold: boolean;
  readonly colour: string;
  readonly align: FlowParagraph['align'] | null;
  readonly vertical: FlowCell['vertical'];
  readonly wraps: boolean;
  readonly bordered: boolean;
  readonly ground: string;
  readonly format: string;
}

const usualLook: CellLook = { font: '宋体', size: 11, bold: false, colour: '#000000', align: null, vertical: 'bottom', wraps: false, bordered: false, ground: '', format: '' };
const rgbOf = (element: XmlElement | undefined): string => {
  const value = element?.attributes.get('rgb') ?? '';
  return /^[0-9a-f]{8}$/iu.test(value) ? `#${value.slice(2)}` : '';
};
const aligns: Readonly<Record<string, FlowParagraph['align']>> = { left: 'left', center: 'center', centerContinuous: 'center', right: 'right', justify: 'both', distributed: 'both' };

/** Looks by style number. */
class CellLooks {
  readonly #looks: readonly CellLook[];

  constructor(root: XmlElement | undefined) {
    const formats = new Map(childrenOf(childOf(root, 'numFmts'), 'numFmt').map((one): [number, string] => [Number(one.attributes.get('numFmtId')), one.attributes.get('formatCode') ?? '']));
    const fonts = childrenOf(childOf(root, 'fonts'), 'font');
    const fills = childrenOf(childOf(root, 'fills'), 'fill');
    const borders = childrenOf(childOf(root, 'borders'), 'border');
    this.#looks = childrenOf(childOf(root, 'cellXfs'), 'xf').map((xf) => {
      const number = (name: string): number => Number(xf.attributes.get(name) ?? 0);
      const font = fonts[number('fontId')];
      const pattern = childOf(fills[number('fillId')], 'patternFill');
      const alignment = childOf(xf, 'alignment')?.attributes;
      const vertical = alignment?.get('vertical');
      const size = Number(childOf(font, 'sz')?.attributes.get('val') ?? usualLook.size);
      return {
        font: (childOf(font, 'name') ?? childOf(font, 'rFont'))?.attributes.get('val') ?? usualLook.font,
        size: size >= 1 && size <= 120 ? size : usualLook.size,
        bold: childOf(font, 'b') !== undefined && childOf(font, 'b')?.attributes.get('val') !== '0',
        colour: rgbOf(childOf(font, 'color')) || '#000000',
        align: aligns[alignment?.get('horizontal') ?? ''] ?? null,
        vertical: vertical === 'center' || vertical === 'distributed' || vertical === 'justify' ? 'middle' : vertical === 'top' ? 'top' : 'bottom',
        wraps: alignment?.get('wrapText') === '1',
        bordered: borders[number('borderId')]?.children.some((side) => side.attributes.get('style') !== undefined && side.attributes.get('style') !== 'none') === true,
        ground: pattern?.attributes.get('patternType') === 'solid' ? rgbOf(childOf(pattern, 'fgColor')) : '',
        format: formats.get(number('numFmtId')) ?? builtIn[number('numFmtId')] ?? '',
      };
    });
  }

  find(style: string | undefined): CellLook {
    return this.#looks[Number(style ?? 0)] ?? usualLook;
  }
}

/** Row and column of `AB12`, both from 0. */
function placeOf(reference: string): { readonly row: number; readonly column: number } | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/u.exec(reference);
  if (match === null) return undefined;
  const column = [...(match[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(match[2]) - 1, column };
}

function readSheet(tree: XmlElement, book: Book, losses: Set<string>): FlowTable {
  const merges = new Map<string, { readonly span: number; readonly rows: number }>();
  const hidden = new Set<string>();
  for (const merge of childrenOf(childOf(tree, 'mergeCells'), 'mergeCell')) {
    const [from, to] = (merge.attributes.get('ref') ?? '').split(':').map(placeOf);
    if (from === undefined || to === undefined || (to.row - from.row + 1) * (to.column - from.column + 1) > 100_000) continue;
    merges.set(`${from.row},${from.column}`, { span: to.column - from.column + 1, rows: to.row - from.row + 1 });
    for (let row = from.row; row <= to.row; row += 1) for (let column = from.column; column <= to.column; column += 1) if (row !== from.row || column !== from.column) hidden.add(`${row},${column}`);
  }
  const rows = new Map<number, { readonly height: number; readonly cells: Map<number, FlowCell> }>();
  let lastRow = -1;
  let lastColumn = -1;
  let count = 0;
  let nextRow = 0;
  for (const row of childrenOf(childOf(tree, 'sheetData'), 'row')) {
    const index = Number(row.attributes.get('r') ?? nextRow + 1) - 1;
    nextRow = index + 1;
    if (row.attributes.get('hidden') === '1') continue;
    const cells = new Map<number, FlowCell>();
    let nextColumn = 0;
    for (const cell of childrenOf(row, 'c')) {
      const column = placeOf(cell.attributes.get('r') ?? '')?.column ?? nextColumn;
      nextColumn = column + 1;
      if (hidden.has(`${index},${column}`)) continue;
      count += 1;
      if (count > mostCells || column >= mostColumns || index >= mostRows) {
        losses.add('表格过大，超出的行列没有画出');
        continue;
      }
      const look = book.looks.find(cell.attributes.get('s'));
      const { text, numeric } = readValue(cell, look, book);
      if (text === '' && !look.bordered && look.ground === '') continue;
      const { span, rows: tall } = merges.get(`${index},${column}`) ?? { span: 1, rows: 1 };
      cells.set(column, { column, span, rows: tall, paragraphs: paragraphsOf(text, look, numeric), bordered: look.bordered, ground: look.ground, vertical: look.vertical, wraps: look.wraps || text.includes('\n') });
      if (text !== '' || look.bordered) {
        lastRow = Math.max(lastRow, index + (look.bordered || text !== '' ? tall - 1 : 0));
        lastColumn = Math.max(lastColumn, column + span - 1);
      }
    }
    rows.set(index, { height: Number(row.attributes.get('ht') ?? 0) || 0, cells });
  }
  const usualHeight = Number(childOf(tree, 'sheetFormatPr')?.attributes.get('defaultRowHeight') ?? 15) || 15;
  return {
    kind: 'table',
    shrinks: true,
    align: childOf(tree, 'printOptions')?.attributes.get('horizontalCentered') === '1' ? 'center' : 'left',
    columns: readColumns(tree, Math.min(mostColumns, lastColumn + 1)),
    rows: Array.from({ length: Math.min(mostRows, lastRow + 1) }, (_, index) => ({ height: rows.get(index)?.height || usualHeight, cells: [...(rows.get(index)?.cells.values() ?? [])].filter(({ column }) => column <= lastColumn), repeats: false })),
  };
}

function readColumns(tree: XmlElement, count: number): readonly number[] {
  const usual = Number(childOf(tree, 'sheetFormatPr')?.attributes.get('defaultColWidth') ?? usualWidth) || usualWidth;
  const columns = Array.from({ length: count }, () => widthOf(usual));
  for (const column of childrenOf(childOf(tree, 'cols'), 'col')) {
    const from = Number(column.attributes.get('min') ?? 1) - 1;
    const to = Math.min(count, Number(column.attributes.get('max') ?? 0));
    const width = column.attributes.get('hidden') === '1' ? 0 : widthOf(Math.min(255, Number(column.attributes.get('width') ?? usual) || usual));
    for (let at = Math.max(0, from); at < to; at += 1) columns[at] = width;
  }
  return columns;
}

/** What a cell shows; stored results of formulas as they are, nothing is computed. */
function readValue(cell: XmlElement, look: CellLook, book: Book): { readonly text: string; readonly numeric: boolean } {
  const stored = childOf(cell, 'v')?.text ?? '';
  switch (cell.attributes.get('t') ?? 'n') {
    case 's':
      return { text: book.strings[Number(stored)] ?? '', numeric: false };
    case 'inlineStr':
      return { text: textOf(childOf(cell, 'is')), numeric: false };
    case 'b':
      return { text: stored === '1' ? 'TRUE' : 'FALSE', numeric: false };
    case 'n': {
      const value = Number(stored);
      if (stored === '' || !Number.isFinite(value)) return { text: stored, numeric: true };
      return { text: formatNumber(value, look.format, book.from1904), numeric: true };
    }
    default:
      return { text: stored, numeric: false };
  }
}

/** A format that cannot be read shows the number as it is. */
function formatNumber(value: number, pattern: string, from1904: boolean): string {
  const plain = String(Number(value.toPrecision(12)));
  if (pattern === '' || pattern === 'General') return plain;
  try {
    return format(pattern, from1904 && /[ymdhs]/iu.test(pattern) ? value + 1462 : value, { locale: 'zh-CN', throws: true }).replace(/\s+$/u, '');
  } catch {
    return plain;
  }
}

function paragraphsOf(text: string, look: CellLook, numeric: boolean): readonly FlowParagraph[] {
  if (text === '') return [];
  const run = { kind: 'run', font: look.font, size: look.size, bold: look.bold, underline: false, colour: look.colour } as const;
  return text.replaceAll('\r', '').split('\n').map((line) => ({ ...plainParagraph, line: { rule: 'times', value: 1 }, align: look.align ?? (numeric ? 'right' : 'left'), pieces: [{ ...run, text: line }] }));
}
