import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { ByteWindow } from '../byte-window.ts';
import { normalisePartName } from '../package-reader.ts';
import { decodeXml, scanXml, XmlDamaged, XmlForbidden } from '../xml-scan.ts';
import { readZipDirectory, readZipEntry, ZipTrouble } from '../zip-directory.ts';
import { paragraph } from './block.ts';
import type { Block } from './block.ts';
import { ListCounter, readNumbering } from './docx-numbering.ts';

const LARGEST_PART = 64 * 1048576;

/** Paragraphs and tables of a DOCX in reading order, list numbers written out. A damaged or hostile file is refused with the reason. */
export async function blocksOfDocx(bytes: Uint8Array): Promise<Result<readonly Block[], { readonly message: string }>> {
  const file: ByteWindow = { size: bytes.length, read: async (from, length) => bytes.subarray(from, Math.min(bytes.length, from + length)) };
  try {
    const entries = await readZipDirectory(file);
    if (entries === undefined) return fail({ message: '文件不完整，请重新下载或另存后再试。' });
    const part = async (name: string): Promise<string | undefined> => {
      const entry = entries.find((candidate) => normalisePartName(candidate.name) === name);
      return entry === undefined ? undefined : decodeXml(await readZipEntry(file, entry, LARGEST_PART));
    };
    const main = await part('word/document.xml');
    if (main === undefined) return fail({ message: '这不是 Word 文档（没有正文），请用 Word 或 WPS 另存为 DOCX。' });
    return ok(readBody(main, new ListCounter(readNumbering((await part('word/numbering.xml')) ?? '', (await part('word/styles.xml')) ?? ''))));
  } catch (error) {
    if (error instanceof XmlForbidden) return fail({ message: '文件里的 XML 声明了自定义实体，正常的办公软件不会这样写，已拒绝。' });
    if (error instanceof XmlDamaged) return fail({ message: '文件内部的 XML 已损坏，请重新另存后再试。' });
    if (error instanceof ZipTrouble) return fail({ message: error.reason === 'too-large' ? '压缩内容展开后异常巨大，已拒绝。' : '文件的压缩结构已损坏，请重新另存后再试。' });
    throw error;
  }
}

interface Cell {
  text: string[];
  span: number;
  merge: 'none' | 'restart' | 'continue';
}

interface OpenTable {
  readonly rows: Cell[][];
}

interface OpenParagraph {
  text: string;
  style: string;
  list: string;
  level: number;
  listed: boolean;
}

/** Content that must not be read twice or at all: struck out text, and what stands in for a drawing where drawings are not known. */
const SKIPPED: ReadonlySet<string> = new Set(['del', 'moveFrom', 'Fallback', 'instrText']);

function readBody(xml: string, lists: ListCounter): readonly Block[] {
  const blocks: Block[] = [];
  const tables: OpenTable[] = [];
  const paragraphs: OpenParagraph[] = [];
  let skipped = 0;
  let inText = false;
  const write = (text: string): void => {
    const open = paragraphs.at(-1);
    if (open !== undefined && skipped === 0) open.text += text;
  };
  for (const piece of scanXml(xml)) {
    if (piece.kind === 'text') {
      if (inText) write(piece.text);
      continue;
    }
    if (SKIPPED.has(piece.name)) {
      skipped += piece.kind === 'open' ? 1 : -1;
      continue;
    }
    const open = piece.kind === 'open' ? piece : null;
    const table = tables.at(-1);
    const paragraphNow = paragraphs.at(-1);
    const cell = table?.rows.at(-1)?.at(-1);
    switch (piece.name) {
      case 'p':
        if (open !== null) paragraphs.push({ text: '', style: '', list: '', level: 0, listed: false });
        else {
          const done = paragraphs.pop();
          if (done === undefined || skipped > 0) break;
          const lines = `${lists.markerFor(done)}${done.text}`.split('\n');
          const holder = paragraphs.length === 0 ? cell : undefined;
          if (holder !== undefined) holder.text.push(...lines);
          else for (const line of lines) blocks.push(paragraph(line));
        }
        break;
      case 't':
        inText = open !== null && !open.empty;
        break;
      case 'tab':
        if (open !== null && inRun(paragraphNow)) write(' ');
        break;
      case 'br':
      case 'cr':
        if (open !== null) write(open.attributes.get('type') === 'page' ? '' : '\n');
        break;
      case 'noBreakHyphen':
        if (open !== null) write('-');
        break;
      case 'pStyle':
        if (open !== null && paragraphNow !== undefined) paragraphNow.style = open.attributes.get('val') ?? '';
        break;
      case 'numId':
        if (open !== null && paragraphNow !== undefined) {
          paragraphNow.list = open.attributes.get('val') ?? '';
          paragraphNow.listed = true;
        }
        break;
      case 'ilvl':
        if (open !== null && paragraphNow !== undefined) paragraphNow.level = Number(open.attributes.get('val') ?? 0);
        break;
      case 'tbl':
        if (open !== null) tables.push({ rows: [] });
        else {
          const done = tables.pop();
          const outer = tables.at(-1)?.rows.at(-1)?.at(-1);
          if (done === undefined) break;
          const rows = spreadMerged(done.rows);
          if (outer !== undefined) outer.text.push(rows.map((row) => row.join(' ')).join('\n'));
          else blocks.push({ kind: 'table', rows, guessed: false });
        }
        break;
      case 'tr':
        if (open !== null) table?.rows.push([]);
        break;
      case 'tc':
        if (open !== null) table?.rows.at(-1)?.push({ text: [], span: 1, merge: 'none' });
        break;
      case 'gridSpan':
        if (open !== null && cell !== undefined) cell.span = Math.min(63, Math.max(1, Number(open.attributes.get('val') ?? 1)));
        break;
      case 'vMerge':
        if (open !== null && cell !== undefined) cell.merge = open.attributes.get('val') === 'restart' ? 'restart' : 'continue';
        break;
      default:
        break;
    }
  }
  return blocks;
}

/** Tab stops are declared outside runs too; those carry no text. */
const inRun = (open: OpenParagraph | undefined): boolean => open !== undefined && open.text !== '';

/** A cell that spans columns or rows says its text in each place that it covers. */
function spreadMerged(rows: readonly (readonly Cell[])[]): readonly (readonly string[])[] {
  const grid: string[][] = [];
  for (const row of rows) {
    const line: string[] = [];
    const above = grid.at(-1);
    for (const cell of row) {
      const text = cell.text.map((part) => part.trim()).filter((part) => part !== '').join('\n');
      for (let nth = 0; nth < cell.span; nth += 1) line.push(cell.merge === 'continue' ? (above?.[line.length] ?? text) : text);
    }
    grid.push(line);
  }
  return grid;
}
