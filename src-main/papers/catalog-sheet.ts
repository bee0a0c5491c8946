import { strToU8, zipSync, type Zippable } from 'fflate';
import type { ItemCatalogModel, ItemCatalogRow } from './item-catalog.ts';
import { cleanText } from './line-breaking.ts';

const columns: readonly { readonly header: string; readonly width: number; readonly value: (row: ItemCatalogRow) => string | number }[] = [
  { header: '序号', width: 6, value: (row) => row.order },
  { header: '档号', width: 28, value: (row) => row.archivalCode },
  { header: '文号', width: 22, value: (row) => row.documentNumber },
  { header: '责任者', width: 26, value: (row) => row.issuer },
  { header: '题名', width: 60, value: (row) => row.title },
  { header: '日期', width: 10, value: (row) => row.date },
  { header: '密级', width: 6, value: (row) => row.secrecy },
  { header: '页数', width: 6, value: (row) => row.pages },
  { header: '卷号', width: 6, value: (row) => row.volume },
  { header: '起始页号', width: 9, value: (row) => row.firstPage },
  { header: '备注', width: 16, value: (row) => row.note },
];

/** A spreadsheet holds at most so many characters in a cell. */
const cellLimit = 32_767;

/**
 * The catalogue as an XLSX workbook. Every text is stored as text, so that none of it can become a formula; numbers are numbers.
 * Equal models give equal bytes.
 */
export function renderCatalogXlsx(model: ItemCatalogModel): Uint8Array {
  const rows = [columns.map(({ header }) => header), ...model.rows.map((row) => columns.map(({ value }) => value(row)))];
  const sheet = rows.map((cells, r) => `<row r="${r + 1}">${cells.map((value, c) => renderCell(value, `${columnName(c)}${r + 1}`, r === 0)).join('')}</row>`).join('');
  const widths = columns.map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return zip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="归档文件目录" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">归档文件目录!$1:$1</definedName></definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="10.5"/><name val="宋体"/></font><font><b/><sz val="10.5"/><name val="黑体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" borderId="1" numFmtId="49" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf xfId="0" fontId="1" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>${sheet}</sheetData><pageMargins left="0.5" right="0.5" top="0.8" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape"/></worksheet>`,
  });
}

function renderCell(value: string | number, reference: string, isHeader: boolean): string {
  const style = isHeader ? 2 : 1;
  if (typeof value === 'number') return `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cleanText(value).slice(0, cellLimit))}</t></is></c>`;
}

const columnName = (index: number): string => String.fromCharCode(65 + index);

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function zip(parts: Readonly<Record<string, string>>): Uint8Array {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const entries: Zippable = {};
  for (const [name, xml] of Object.entries(parts)) entries[name] = [strToU8(head + xml), { mtime: '1980-01-01T00:00:00', level: 6 }];
  return zipSync(entries);
}

/**
 * The catalogue as CSV for Excel and WPS: UTF-8 with a byte order mark, CRLF. A text that a spreadsheet would take for a formula is
 * preceded by an apostrophe, which both programs show as text.
 */
export function renderCatalogCsv(model: ItemCatalogModel): string {
  const rows = [columns.map(({ header }) => header), ...model.rows.map((row) => columns.map(({ value }) => value(row)))];
  return `\uFEFF${rows.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const content = cleanText(value);
  const guarded = /^[\s]*[=+\-@＝＋－＠]/u.test(content) ? `'${content}` : content;
  return /[",\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
