import writeXlsxFile from 'write-excel-file/node';
import { settlePackage } from './docx-package.ts';
import type { ItemCatalogModel, ItemCatalogRow } from './item-catalog.ts';
import { cleanText } from './line-breaking.ts';
import type { Paper } from './paper.ts';

/** A list as data: what a spreadsheet holds of a paper. */
export interface DataSheet {
  /** At most 31 characters go on the tab. */
  readonly name: string;
  readonly columns: readonly { readonly header: string; /** In characters. */ readonly width: number }[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const catalogColumns: readonly { readonly header: string; readonly width: number; readonly value: (row: ItemCatalogRow) => string | number }[] = [
  { header: '序号', width: 6, value: (row) => row.order },
  { header: '档号', width: 28, value: (row) => row.archivalCode },
  { header: '文号', width: 22, value: (row) => row.documentNumber },
  { header: '责任者', width: 26, value: (row) => row.issuer },
  { header: '题名', width: 60, value: (row) => row.title },
  { header: '日期', width: 10, value: (row) => row.date },
  { header: '密级', width: 6, value: (row) => row.secrecy },
  { header: '页数', width: 6, value: (row) => row.pages },
  { header: '卷号', width: 6, value: (row) => row.volume },
  { header: '起始页号', width: 9, value: (row) => asValue(row.firstPage) },
  { header: '备注', width: 16, value: (row) => row.note },
];

/** A whole number as a number, all else as text. */
const asValue = (text: string): string | number => (/^(?:0|[1-9]\d{0,8})$/u.test(text) ? Number(text) : text);

/** 归档文件目录 with two columns more than its printed form: the volume and the page where an item begins. */
export const catalogSheet = (model: ItemCatalogModel): DataSheet => ({
  name: '归档文件目录',
  columns: catalogColumns.map(({ header, width }) => ({ header, width })),
  rows: model.rows.map((row) => catalogColumns.map(({ value }) => value(row))),
});

/** Millimetres that a character takes in a spreadsheet's usual font. */
const mmPerCharacter = 2;

/** The ruled lists of a paper, each a sheet of its own; whole numbers become numbers. Forms without a header row have no data. */
export const sheetsOfPaper = (paper: Paper): readonly DataSheet[] =>
  paper.sections.flatMap(({ blocks }) => {
    const title = blocks.flatMap((block) => (block.kind === 'text' && block.style === 'formTitle' ? [block.text] : []))[0] ?? paper.title;
    return blocks.flatMap((block): DataSheet[] => {
      if (block.kind !== 'table' || block.table.headers.length === 0) return [];
      const { columns, headers, rows } = block.table;
      return [
        {
          name: title.replaceAll(' ', ''),
          columns: headers.map((header, index) => ({ header, width: Math.max(6, Math.round((columns[index]?.width ?? 12) / mmPerCharacter)) })),
          rows: rows.map(({ cells }) => cells.map(({ text }) => asValue(text))),
        },
      ];
    });
  });

/** A spreadsheet holds at most so many characters in a cell. */
const cellLimit = 32_767;

/**
 * Lists as an XLSX workbook. Every text is stored as text, so that none of it can become a formula; numbers are numbers. Equal
 * lists give equal bytes.
 */
export async function renderXlsx(sheets: readonly DataSheet[]): Promise<Uint8Array> {
  const taken = new Set<string>();
  const ruled = { borderStyle: 'thin', borderColor: '#000000', alignVertical: 'center' } as const;
  const tabs = sheets.map((sheet) => nameTab(sheet.name, taken));
  const bytes = await writeXlsxFile(
    sheets.map((sheet, index) => ({
      sheet: tabs[index] ?? sheet.name,
      orientation: 'landscape' as const,
      stickyRowsCount: 1,
      columns: sheet.columns.map(({ width }) => ({ width })),
      data: [
        sheet.columns.map(({ header }) => ({ value: header, type: String, fontFamily: '黑体', align: 'center' as const, ...ruled })),
        ...sheet.rows.map((row) =>
          row.map((value) =>
            typeof value === 'number' ? { value, type: Number, ...ruled } : { value: cleanText(value).slice(0, cellLimit), type: String, format: '@', wrap: true, ...ruled },
          ),
        ),
      ],
    })),
    { fontFamily: '宋体', fontSize: 10.5, features: [{ files: { transform: { 'xl/workbook.xml': { transform: (workbook) => repeatHeaders(workbook, tabs) }, 'xl/styles.xml': { transform: orderFonts } } } }] },
  ).toBuffer();
  return settlePackage(bytes);
}

/** The header row stands again at the top of each printed page. */
const repeatHeaders = (workbook: string, tabs: readonly string[]): string =>
  workbook.replace(
    /<definedNames\s*\/>|<definedNames>\s*<\/definedNames>/u,
    () => `<definedNames>${tabs.map((tab, index) => `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${tab}'!$1:$1</definedName>`).join('')}</definedNames>`,
  );

/** Order of a font's parts in the schema; the library writes them otherwise, which a strict reader refuses. */
const fontParts = ['b', 'i', 'strike', 'u', 'sz', 'color', 'name', 'family', 'charset', 'scheme'];
const orderFonts = (styles: string): string =>
  styles.replace(/<font>(.*?)<\/font>/gsu, (_all, parts: string) => {
    const rank = (part: string): number => fontParts.indexOf(/^<(\w+)/u.exec(part)?.[1] ?? '');
    return `<font>${(parts.match(/<[^>]+\/>/gu) ?? []).toSorted((one, other) => rank(one) - rank(other)).join('')}</font>`;
  });

/** Makes a workbook of the library's fit the schemas. */
export const soundFonts = { files: { transform: { 'xl/styles.xml': { transform: orderFonts } } } } as const;

/** Excel takes at most 31 characters without `[]:*?/\`, and no two tabs alike. */
function nameTab(title: string, taken: Set<string>): string {
  const clean = cleanText(title).replace(/[[\]:*?/\\'"<>&\n]/gu, '').slice(0, 27);
  const base = clean === '' ? '表' : clean;
  let name = base;
  for (let copy = 2; taken.has(name); copy += 1) name = `${base}-${copy}`;
  taken.add(name);
  return name;
}

/**
 * A list as CSV for Excel and WPS: UTF-8 with a byte order mark, CRLF. A text that a spreadsheet would take for a formula is
 * preceded by an apostrophe, which both programs show as text. Several lists follow one another after an empty line.
 */
export const renderCsv = (sheets: readonly DataSheet[]): string =>
  `\uFEFF${sheets
    .map(({ columns, rows }) => [columns.map(({ header }) => header), ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join(''))
    .join('\r\n')}`;

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const content = cleanText(value);
  const guarded = /^\s*[=+\-@＝＋－＠]/u.test(content) || /^[\t\r]/u.test(value) ? `'${content}` : content;
  return /[",\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
