import { fail, ok, type Result } from '../domain/result.ts';
import { withPackage, type Package } from './package-reader.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import { scanXml } from './xml-scan.ts';

const mostCharacters = 20_000_000;
const mostCells = 2_000_000;

/** Text of a DOCX in reading order: body, then headers, footers, notes; a table row is one line, its cells parted by tabs. */
export async function readDocxText(path: string): Promise<Result<string, IntakeTrouble>> {
  return withPackage(path, async (parts) => {
    const main = (await parts.xml('word/document.xml')) ?? (await parts.xml((await findMainPart(parts, 'word/')) ?? ''));
    if (main === undefined) return fail(trouble('file-damaged', 'DOCX 缺少正文，请重新导出后再导入。'));
    const texts = [textOfWordPart(main)];
    for (const name of parts.names.filter((candidate) => /^word\/(header|footer|footnotes|endnotes)\d*\.xml$/u.test(candidate)).toSorted()) {
      const xml = await parts.xml(name);
      if (xml !== undefined) texts.push(textOfWordPart(xml));
    }
    return ok([...new Set(texts)].filter((text) => text !== '').join('\n').slice(0, mostCharacters));
  });
}

async function findMainPart(parts: Package, folder: string): Promise<string | undefined> {
  const relations = await parts.xml('_rels/.rels');
  if (relations === undefined) return undefined;
  for (const part of scanXml(relations)) {
    if (part.kind === 'open' && part.attributes.get('Type')?.endsWith('/officeDocument') === true) return part.attributes.get('Target') ?? `${folder}document.xml`;
  }
  return undefined;
}

/** Text of a Word part piece by piece, and where paragraphs, rows, cells and tables begin and end. */
function* scanWordPart(xml: string): Generator<{ readonly text: string } | { readonly name: 'p' | 'tr' | 'tc' | 'tbl'; readonly opens: boolean }> {
  let inText = false;
  let deleted = 0;
  for (const part of scanXml(xml)) {
    if (part.kind === 'text') {
      if (inText && deleted === 0) yield { text: part.text };
      continue;
    }
    const opens = part.kind === 'open';
    switch (part.name) {
      case 't':
        inText = opens && !part.empty;
        break;
      // Struck out by change tracking: no longer part of the document.
      case 'del':
      case 'moveFrom':
        deleted += opens ? 1 : -1;
        break;
      case 'tab':
        if (opens) yield { text: '\t' };
        break;
      case 'br':
      case 'cr':
        if (opens) yield { text: '\n' };
        break;
      case 'p':
      case 'tr':
      case 'tc':
      case 'tbl':
        yield { name: part.name, opens };
        if (opens && part.empty) yield { name: part.name, opens: false };
        break;
    }
  }
}

function textOfWordPart(xml: string): string {
  let text = '';
  let rows = 0;
  for (const piece of scanWordPart(xml)) {
    if ('text' in piece) text += piece.text;
    else if (piece.name === 'tr') {
      rows += piece.opens ? 1 : -1;
      if (!piece.opens) text += '\n';
    } else if (piece.name === 'tc' && !piece.opens) text += '\t';
    else if (piece.name === 'p' && !piece.opens && rows === 0) text += '\n';
    if (text.length > mostCharacters) break;
  }
  return text.replace(/[ \t]+\n/gu, '\n').replace(/\n{3,}/gu, '\n\n').trim();
}

/** Rows of a DOCX's tables, cell by cell with their line breaks, an empty row after each table; a table within a cell is text of that cell. */
export async function readDocxTables(path: string): Promise<Result<readonly (readonly string[])[], IntakeTrouble>> {
  return withPackage(path, async (parts) => {
    const main = (await parts.xml('word/document.xml')) ?? (await parts.xml((await findMainPart(parts, 'word/')) ?? ''));
    return main === undefined ? fail(trouble('file-damaged', 'DOCX 缺少正文，请重新导出后再导入。')) : ok(tablesOfWordPart(main));
  });
}

function tablesOfWordPart(xml: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let depth = 0;
  let characters = 0;
  for (const piece of scanWordPart(xml)) {
    if ('text' in piece) {
      if (depth > 0) cell += piece.text;
      characters += piece.text.length;
      if (characters > mostCharacters) break;
      continue;
    }
    if (piece.name === 'tbl') {
      depth += piece.opens ? 1 : -1;
      if (depth === 0) rows.push([]);
    } else if (piece.name === 'p' && !piece.opens) cell += '\n';
    else if (depth !== 1) continue;
    else if (piece.name === 'tc') {
      if (!piece.opens) row.push(cell.trim());
      cell = '';
    } else if (piece.name === 'tr') {
      if (!piece.opens) rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** Text of an XLSX: each visible sheet's name, then its rows, cells parted by tabs, stored values as they are. */
export async function readXlsxText(path: string): Promise<Result<string, IntakeTrouble>> {
  return withPackage(path, async (parts) => {
    const workbook = await parts.xml('xl/workbook.xml');
    if (workbook === undefined) return fail(trouble('file-damaged', 'XLSX 缺少工作簿部分，请重新导出后再导入。'));
    const targets = new Map<string, string>();
    for (const part of scanXml((await parts.xml('xl/_rels/workbook.xml.rels')) ?? '')) {
      if (part.kind === 'open' && part.name === 'Relationship') targets.set(part.attributes.get('Id') ?? '', part.attributes.get('Target') ?? '');
    }
    const shared = readSharedStrings((await parts.xml('xl/sharedStrings.xml')) ?? '');
    const texts: string[] = [];
    for (const part of scanXml(workbook)) {
      if (part.kind !== 'open' || part.name !== 'sheet' || (part.attributes.get('state') ?? 'visible') !== 'visible') continue;
      const target = targets.get(part.attributes.get('id') ?? '');
      const xml = target === undefined ? undefined : await parts.xml(target.startsWith('/') ? target : `xl/${target}`);
      if (xml !== undefined) texts.push(`${part.attributes.get('name') ?? ''}\n${textOfSheet(xml, shared)}`);
    }
    return ok(texts.join('\n\n').slice(0, mostCharacters));
  });
}

function readSharedStrings(xml: string): readonly string[] {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let phonetic = false;
  for (const part of scanXml(xml)) {
    if (part.kind === 'text') {
      if (inText && !phonetic) current += part.text;
    } else if (part.name === 't') inText = part.kind === 'open' && !part.empty;
    else if (part.name === 'rPh') phonetic = part.kind === 'open';
    else if (part.name === 'si') {
      if (part.kind === 'close') strings.push(current);
      current = '';
    }
  }
  return strings;
}

function textOfSheet(xml: string, shared: readonly string[]): string {
  const rows: string[] = [];
  let cells: string[] = [];
  let type = '';
  let value = '';
  let inValue = false;
  let count = 0;
  for (const part of scanXml(xml)) {
    if (part.kind === 'text') {
      if (inValue) value += part.text;
      continue;
    }
    const opens = part.kind === 'open';
    if (part.name === 'v' || part.name === 't') inValue = opens && !part.empty;
    else if (part.name === 'c' && opens) {
      type = part.attributes.get('t') ?? 'n';
      value = '';
    }
    if (part.name === 'c' && (!opens || part.empty) && value !== '') {
      cells.push(type === 's' ? (shared[Number(value)] ?? '') : value);
      value = '';
      count += 1;
    }
    if (part.name === 'row' && !opens && cells.length > 0) {
      rows.push(cells.join('\t'));
      cells = [];
    }
    if (count > mostCells) break;
  }
  return rows.join('\n');
}
