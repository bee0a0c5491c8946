import { decodeText } from '../decode-text.ts';
import { paragraph } from './block.ts';
import type { Block } from './block.ts';
import { readMarker } from './marker.ts';
import { isLabelLine } from './responsibility.ts';

/** Paragraphs of a text file; lines that were broken at a fixed width are put together again. Undefined where the bytes are no text. */
export const blocksOfText = (bytes: Uint8Array): readonly Block[] | undefined => {
  const decoded = decodeText(bytes);
  if (decoded === undefined) return undefined;
  const lines = decoded.text.replace(/\f/gu, '\n').split(/\r\n|\r|\n/u);
  return joinTables(joinBroken(lines));
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
    const starts = text === '' || readMarker(text) !== null || isLabelLine(text) || /^[\u3000 ]{2,}/u.test(line);
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
  const flush = (): void => {
    if (rows.length >= 3) blocks.push({ kind: 'table', rows, guessed: false });
    else for (const row of rows) blocks.push(paragraph(row.join(' ')));
    rows = [];
  };
  for (const line of lines) {
    const cells = /\|/u.test(line) ? line.replace(/^\s*\||\|\s*$/gu, '').split('|') : line.split('\t');
    if (cells.length < 3 || (rows[0] !== undefined && rows[0].length !== cells.length)) {
      flush();
    }
    if (cells.length >= 3) {
      if (!cells.every((cell) => /^[\s:-]*$/u.test(cell))) rows.push(cells.map((cell) => cell.trim()));
    } else blocks.push(paragraph(line));
  }
  flush();
  return blocks;
}
