import { decodeText } from '../decode-text.ts';
import { paragraph } from './block.ts';
import type { Block } from './block.ts';
import { goesOn } from './join-open.ts';
import { readMarker } from './marker.ts';
import { isLabelLine } from './responsibility.ts';

/** Paragraphs of a text file; lines that were broken at a fixed width are put together again. Undefined where the bytes are no text. */
export const blocksOfText = (bytes: Uint8Array): readonly Block[] | undefined => {
  const decoded = decodeText(bytes);
  if (decoded === undefined) return undefined;
  const lines = dropFurniture(decoded.text.replace(/\f/gu, '\n').split(/\r\n|\r|\n/u));
  return joinTables(joinBroken(lines));
};

const PAGE_NUMBER = /^\s*(?:[-—–－]+\s*\d{1,3}\s*[-—–－]+|第\s*\d{1,3}\s*页(?:\s*[,\uff0c/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*\/\s*\d{1,3})\s*$/u;

/** Page numbers, and the heads and feet beside them that come again on other pages: what is left of the pages of a copied PDF. */
export const dropFurniture = (lines: readonly string[]): readonly string[] => {
  const numbers = lines.flatMap((line, at) => (PAGE_NUMBER.test(line) ? [at] : []));
  if (numbers.length < 2) return lines;
  const spoken = lines.flatMap((line, at) => (line.trim() === '' ? [] : [at]));
  const beside = (at: number): readonly number[] => {
    const place = spoken.indexOf(at);
    return [spoken[place - 1], spoken[place + 1]].filter((near) => near !== undefined);
  };
  const near = numbers.flatMap(beside).map((at) => lines[at]?.trim() ?? '');
  const heads = new Set(near.filter((text, at) => text.length <= 30 && near.indexOf(text) !== at && readMarker(text) === null && !isLabelLine(text)));
  const dropped = new Set([...numbers, ...lines.flatMap((line, at) => (heads.has(line.trim()) ? [at] : []))]);
  return lines.filter((_, at) => !dropped.has(at));
};

/** Lines all of about one width, most without a mark at their end, were broken by a typewriter's margin. */
export const joinBroken = (lines: readonly string[]): readonly string[] => {
  const lengths = lines.map((line) => line.trim().length).filter((length) => length > 0);
  const widest = lengths.toSorted((a, b) => b - a)[Math.floor(lengths.length / 50)] ?? 0;
  const full = (line: string): boolean => line.trim().length >= widest - 3;
  const broken = widest >= 16 && widest <= 64 && lines.filter((line) => full(line) && !/[。;\uff1b:\uff1a]$/u.test(line.trim())).length >= Math.max(4, lengths.length * 0.15);
  if (!broken) return lines;
  const joined: string[] = [];
  let open = false;
  for (const line of lines) {
    const text = line.trim();
    const starts = !(open && goesOn(joined.at(-1) ?? '', text)) && (text === '' || readMarker(text) !== null || isLabelLine(text) || /^[\u3000 ]{2,}/u.test(line));
    if (open && !starts) joined.push(`${joined.pop() ?? ''}${text}`);
    else joined.push(line);
    open = text !== '' && full(line) && !/[。;\uff1b]$/u.test(text);
  }
  return joined;
};

/** Rows written with tabs or bars, three or more in a row with as many cells, are a table. */
function joinTables(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let rows: string[][] = [];
  /** Rows that begin and end with a bar are a table's even where they have two cells only. */
  let barred = false;
  const flush = (): void => {
    if (rows.length >= 3 || (barred && rows.length >= 2)) blocks.push({ kind: 'table', rows, guessed: false });
    else for (const row of rows) blocks.push(paragraph(row.join(' ')));
    rows = [];
    barred = false;
  };
  for (const line of lines) {
    const cells = /\|/u.test(line) ? line.replace(/^\s*\||\|\s*$/gu, '').split('|') : line.split('\t');
    const bars = /^\s*\|.*\|\s*$/u.test(line);
    const least = bars ? 2 : 3;
    if (cells.length < least || (rows[0] !== undefined && rows[0].length !== cells.length)) {
      flush();
    }
    if (cells.length >= least) {
      barred = bars;
      if (!cells.every((cell) => /^[\s:-]*$/u.test(cell))) rows.push(cells.map((cell) => cell.trim()));
    } else blocks.push(paragraph(line));
  }
  flush();
  return blocks;
}
