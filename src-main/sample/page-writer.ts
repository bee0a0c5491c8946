import { A4, MM_PER_POINT, type DrawnPage, type DrawOp, type FontRole, type MeasureText } from '../domain/page-drawing.ts';
import { breakLines, cleanText } from '../papers/index.ts';
import { splitWords } from '../papers/line-breaking.ts';
import { drawSeal, fullUnitName } from './seal.ts';

/** What a document consists of; `writePages` sets it as GB/T 9704 describes. */
export type Block =
  | { readonly block: 'letterhead'; readonly issuer: string; readonly number: string }
  | { readonly block: 'title'; readonly text: string }
  | { readonly block: 'heading'; readonly text: string; readonly level: 1 | 2 }
  | { readonly block: 'para'; readonly text: string; readonly flush?: true }
  | { readonly block: 'table'; readonly caption: string; readonly widths: readonly number[]; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly block: 'chart'; readonly caption: string; readonly unit: string; readonly bars: readonly { readonly label: string; readonly value: number }[] }
  | { readonly block: 'signature'; readonly units: readonly string[]; readonly date: string; readonly sealed: boolean }
  | { readonly block: 'page-break' };

const LEFT = 28;
const WIDTH = 156;
const TOP = 37;
const BOTTOM = 262;
const PITCH = 28.95 * MM_PER_POINT;
const RED = [0.86, 0.06, 0.06] as const;
const GREY = [0.55, 0.55, 0.55] as const;
/** These pages look like government papers; each says that it is none. */
export const NOTICE = '示例数据，非真实文件';

/** Sets blocks on A4 pages with page numbers and the sample's notice at the foot. */
export function writePages(blocks: readonly Block[], measure: MeasureText): readonly DrawnPage[] {
  const first = new PageWriter(measure);
  for (const block of blocks) first.write(block);
  if (!first.hasLonelySignature) return first.finish();
  // A signature never stands alone on a page (GB/T 9704-2012 §7.3.5.4): what precedes it goes along.
  const second = new PageWriter(measure);
  const signature = blocks.findIndex(({ block }) => block === 'signature');
  for (const [at, block] of blocks.entries()) {
    if (at === signature - 1) second.write({ block: 'page-break' });
    second.write(block);
  }
  return second.finish();
}

class PageWriter {
  readonly #measure: MeasureText;
  readonly #pages: DrawnPage[] = [];
  #ops: DrawOp[] = [];
  #y = TOP;
  hasLonelySignature = false;

  constructor(measure: MeasureText) {
    this.#measure = measure;
  }

  write(block: Block): void {
    switch (block.block) {
      case 'letterhead':
        return this.#letterhead(block.issuer, block.number);
      case 'title':
        return this.#title(block.text);
      case 'heading':
        // A heading stays with what it heads: two lines, or the beginning of a table.
        this.#need(44);
        return this.#lines(block.text, block.level === 1 ? 'hei' : 'kai', 2);
      case 'para':
        return this.#lines(block.text, 'fangsong', block.flush === true ? 0 : 2);
      case 'table':
        return this.#table(block.caption, block.widths, block.header, block.rows);
      case 'chart':
        return this.#chart(block.caption, block.unit, block.bars);
      case 'signature':
        return this.#signature(block.units, block.date, block.sealed);
      case 'page-break':
        return this.#turn();
      default:
        block satisfies never;
    }
  }

  finish(): readonly DrawnPage[] {
    if (this.#ops.length > 0 || this.#pages.length === 0) this.#turn();
    return this.#pages;
  }

  #turn(): void {
    const number = this.#pages.length + 1;
    const label = `— ${number} —`;
    const x = number % 2 === 1 ? LEFT + WIDTH - this.#measure(label, 'song', 14) - 5 : LEFT + 5;
    this.#text(x, 275, label, 'song', 14);
    this.#ops.push({ op: 'text', x: (A4.width - this.#measure(NOTICE, 'song', 8)) / 2, y: 288, text: NOTICE, font: 'song', size: 8, color: GREY });
    this.#pages.push({ ...A4, ops: this.#ops });
    this.#ops = [];
    this.#y = TOP;
  }

  #need(height: number): void {
    if (this.#y + height > BOTTOM + 0.01 && this.#ops.length > 0) this.#turn();
  }

  #text(x: number, y: number, text: string, font: FontRole, size: number, spacing = 0): void {
    if (text !== '') this.#ops.push({ op: 'text', x, y, text, font, size, ...(spacing === 0 ? {} : { spacing }) });
  }

  #centred(text: string, font: FontRole, size: number, baseline: number): void {
    this.#text(LEFT + (WIDTH - this.#measure(text, font, size)) / 2, baseline, text, font, size);
  }

  #letterhead(issuer: string, number: string): void {
    const head = `${fullUnitName(issuer)}文件`;
    const natural = this.#measure(head, 'xiaobiaosong', 40);
    const size = Math.min(40, (40 * (WIDTH - 2)) / natural);
    const width = this.#measure(head, 'xiaobiaosong', size);
    this.#ops.push({ op: 'text', x: LEFT + (WIDTH - width) / 2, y: 58, text: head, font: 'xiaobiaosong', size, color: RED });
    this.#centred(number, 'fangsong', 16, 80);
    this.#ops.push({ op: 'line', x1: LEFT, y1: 84, x2: LEFT + WIDTH, y2: 84, width: 0.7, color: RED });
    this.#y = 96;
  }

  #title(text: string): void {
    const lines = breakLines(cleanText(text), WIDTH - 22, (piece) => this.#measure(piece, 'xiaobiaosong', 22), 0, splitWords);
    for (const line of lines) {
      this.#need(12.5);
      this.#centred(line, 'xiaobiaosong', 22, this.#y + 9);
      this.#y += 12.5;
    }
    this.#y += 6;
  }

  #lines(text: string, font: FontRole, indent: number): void {
    const em = 16 * MM_PER_POINT;
    const lines = breakLines(cleanText(text), WIDTH, (piece) => this.#measure(piece, font, 16), indent * em);
    for (const [at, line] of lines.entries()) {
      this.#need(PITCH);
      const shift = at === 0 ? indent * em : 0;
      const free = WIDTH - shift - this.#measure(line, font, 16);
      const count = [...line].length;
      const spacing = at < lines.length - 1 && free > 0 && free < 2 * em && count > 1 ? free / (count - 1) / MM_PER_POINT : 0;
      this.#text(LEFT + shift, this.#y + 7.2, line, font, 16, spacing);
      this.#y += PITCH;
    }
  }

  #table(caption: string, widths: readonly number[], header: readonly string[], rows: readonly (readonly string[])[]): void {
    const scale = WIDTH / widths.reduce((sum, width) => sum + width, 0);
    const columns = widths.map((width) => width * scale);
    this.#need(32);
    this.#centred(caption, 'hei', 12, this.#y + 7);
    this.#y += 11;
    this.#row(columns, header, 'hei');
    for (const row of rows) {
      if (this.#y + this.#rowHeight(columns, row) > BOTTOM) {
        this.#turn();
        this.#row(columns, header, 'hei');
      }
      this.#row(columns, row, 'song');
    }
    this.#y += 5;
  }

  #cellLines(width: number, text: string, font: FontRole): readonly string[] {
    return breakLines(cleanText(text), width - 3, (piece) => this.#measure(piece, font, 10.5));
  }

  #rowHeight(columns: readonly number[], cells: readonly string[]): number {
    return Math.max(8, ...columns.map((width, at) => this.#cellLines(width, cells[at] ?? '', 'song').length * 5.4 + 2.6));
  }

  #row(columns: readonly number[], cells: readonly string[], font: FontRole): void {
    const height = this.#rowHeight(columns, cells);
    let x = LEFT;
    for (const [at, width] of columns.entries()) {
      const lines = this.#cellLines(width, cells[at] ?? '', font);
      this.#ops.push({ op: 'rect', x, y: this.#y, w: width, h: height, stroke: [0, 0, 0], strokeWidth: 0.2, ...(font === 'hei' ? { fill: [0.94, 0.95, 0.97] as const } : {}) });
      const top = this.#y + (height - lines.length * 5.4) / 2;
      // Long texts read from the left, figures and names stand in the middle.
      const centred = lines.length === 1;
      for (const [row, line] of lines.entries()) {
        const shift = centred ? (width - this.#measure(line, font, 10.5)) / 2 : 1.5;
        this.#text(x + shift, top + row * 5.4 + 4.1, line, font, 10.5);
      }
      x += width;
    }
    this.#y += height;
  }

  #chart(caption: string, unit: string, bars: readonly { readonly label: string; readonly value: number }[]): void {
    this.#need(82);
    const base = this.#y + 62;
    const most = Math.max(...bars.map(({ value }) => Math.abs(value)), 0.0001);
    const step = WIDTH / (bars.length + 1);
    for (const line of [0, 0.25, 0.5, 0.75, 1]) this.#ops.push({ op: 'line', x1: LEFT + 12, y1: base - line * 50, x2: LEFT + WIDTH - 12, y2: base - line * 50, width: 0.1, color: [0.75, 0.75, 0.75] });
    for (const [at, { label, value }] of bars.entries()) {
      const middle = LEFT + step * (at + 1);
      const height = Math.max(0.6, (Math.abs(value) / most) * 50);
      this.#ops.push({ op: 'rect', x: middle - 9, y: base - height, w: 18, h: height, fill: value < 0 ? [0.76, 0.45, 0.3] : [0.23, 0.45, 0.68] });
      const figure = `${value}${unit}`;
      this.#text(middle - this.#measure(figure, 'song', 10.5) / 2, base - height - 1.8, figure, 'song', 10.5);
      this.#text(middle - this.#measure(label, 'song', 10.5) / 2, base + 5, label, 'song', 10.5);
    }
    this.#ops.push({ op: 'line', x1: LEFT + 12, y1: base, x2: LEFT + WIDTH - 12, y2: base, width: 0.3 });
    this.#centred(caption, 'hei', 11, base + 13);
    this.#y = base + 20;
  }

  #signature(units: readonly string[], date: string, sealed: boolean): void {
    const block = units.length * 22 + 26;
    this.#need(block);
    this.hasLonelySignature ||= this.#y === TOP && this.#pages.length > 0;
    this.#y += 18;
    for (const [at, unit] of units.entries()) {
      const name = fullUnitName(unit);
      const width = this.#measure(name, 'fangsong', 16);
      const x = LEFT + WIDTH - width - 16;
      this.#text(x, this.#y, name, 'fangsong', 16);
      const isLast = at === units.length - 1;
      const shown = chineseDate(date);
      const middle = x + width / 2;
      if (isLast) this.#text(middle - this.#measure(shown, 'fangsong', 16) / 2, this.#y + PITCH, shown, 'fangsong', 16);
      if (sealed) this.#ops.push(...drawSeal(name, middle, this.#y + 1.5, this.#measure));
      this.#y += isLast ? PITCH + 8 : 44;
    }
  }
}

/** 2022-03-09 as 2022年3月9日. */
export function chineseDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}
