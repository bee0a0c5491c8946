import { writeFile } from 'node:fs/promises';
import type { Image, SKRSContext2D } from '@napi-rs/canvas';
import { createCanvas } from '@napi-rs/canvas';
import { fail, ok, type Result } from '../../domain/result.ts';
import { readPicture } from '../ofd/draw-objects.ts';
import { FontShelf, type ConversionFonts } from '../ofd/font-shelf.ts';
import { createPdf, type PdfCanvas } from '../pdf-canvas.ts';
import { trouble, type IntakeTrouble } from '../trouble.ts';
import type { Conversion } from '../worker-protocol.ts';
import type { FlowBlock, FlowDocument, FlowParagraph, FlowPicture, FlowRun, FlowSection, FlowTable } from './flow-model.ts';
import { layLines, type LaidLine, type LinePen } from './lay-lines.ts';

const mostPages = 2000;
const cellPadding = 4;

class TooManyPages extends Error {}

/**
 * Sets a document on pages and writes the PDF. The words, tables and pictures are the document's; where lines and pages break is ours, so
 * the result always counts as 近似转换. Runs in the worker.
 */
export async function drawFlow(document: FlowDocument, out: string, fonts: ConversionFonts): Promise<Result<Conversion, IntakeTrouble>> {
  const losses = new Set(document.losses);
  const prepared = await prepare(document, fonts, losses);
  const pdf = createPdf('创档', { photos: true });
  try {
    for (const section of document.sections) new SectionPages(pdf, section, prepared).draw();
  } catch (error) {
    if (error instanceof TooManyPages) return fail(trouble('file-too-large', `文档超过 ${mostPages} 页，请用原程序打印为 PDF 后再导入。`));
    throw error;
  }
  if (pdf.pages() === 0) return fail(trouble('file-no-pages', '文档里没有内容，请向提供单位索取完整文件。'));
  await writeFile(out, pdf.close());
  return ok({ path: out, pages: pdf.pages(), approximate: true, losses: [...losses] });
}

type Prepared = Pick<LinePen, 'fontOf' | 'imageOf'>;

/** Registers fonts and decodes pictures before the first page: drawing itself does not wait. */
async function prepare(document: FlowDocument, fonts: ConversionFonts, losses: Set<string>): Promise<Prepared> {
  const shelf = new FontShelf(fonts);
  const families = new Map<string, string>();
  const images = new Map<FlowPicture, Image>();
  const visit = async (paragraph: FlowParagraph): Promise<void> => {
    for (const piece of paragraph.pieces) {
      if (piece.kind === 'run') {
        const name = styleOf(piece);
        if (!families.has(name)) families.set(name, (await shelf.standIn(name)).family);
      } else {
        const image = await readPicture(piece.bytes);
        if (image === null) losses.add('有图片格式不支持，没有画出');
        else images.set(piece, image);
      }
    }
  };
  for (const section of document.sections) {
    for (const block of section.blocks) {
      if (block.kind === 'paragraph') await visit(block);
      else for (const row of block.rows) for (const cell of row.cells) for (const paragraph of cell.paragraphs) await visit(paragraph);
    }
  }
  return { fontOf: (run) => `${run.size}px "${families.get(styleOf(run)) ?? ''}"`, imageOf: (picture) => images.get(picture) ?? null };
}

/** Bold 宋 is a face of its own; emboldened outlines would not stay text. */
const styleOf = ({ font, bold }: FlowRun): string => (bold && !/黑|楷|hei|kai|arial|helvetica|sans|雅/iu.test(font) ? '小标宋' : font);

interface LaidCell {
  readonly x: number;
  readonly width: number;
  readonly lines: readonly LaidLine[];
  readonly height: number;
  readonly cell: FlowTable['rows'][number]['cells'][number];
}

const heightOf = (lines: readonly LaidLine[]): number => lines.reduce((sum, line) => sum + line.height, 0);

/** Wider than any page: a line that is not to be broken. */
const unbroken = 20_000;

/** A line that was laid without a margin, moved to where its cell wants it. */
const alignLine = (line: LaidLine, align: FlowParagraph['align'], room: number): LaidLine => {
  const shift = align === 'center' ? (room - line.width) / 2 : align === 'right' ? room - line.width : 0;
  return { ...line, draw: (x, y) => line.draw(x + shift, y) };
};

/** Pages of one section, filled from the top. */
class SectionPages {
  readonly #pdf: PdfCanvas;
  readonly #section: FlowSection;
  readonly #prepared: Prepared;
  /** Measures before there is a page. */
  readonly #ruler: SKRSContext2D = createCanvas(8, 8).getContext('2d');
  #page: SKRSContext2D | null = null;
  #y = 0;

  constructor(pdf: PdfCanvas, section: FlowSection, prepared: Prepared) {
    this.#pdf = pdf;
    this.#section = section;
    this.#prepared = prepared;
  }

  draw(): void {
    this.#turn();
    for (const block of this.#section.blocks) this.#put(block);
  }

  #put(block: FlowBlock): void {
    if (block.kind === 'table') this.#putTable(block);
    else this.#putParagraph(block);
  }

  get #bottom(): number {
    return this.#section.height - this.#section.margins.bottom;
  }

  get #full(): number {
    return this.#bottom - this.#section.margins.top;
  }

  get #width(): number {
    return this.#section.width - this.#section.margins.left - this.#section.margins.right;
  }

  #turn(): void {
    if (this.#pdf.pages() >= mostPages) throw new TooManyPages();
    this.#page = this.#pdf.beginPage(this.#section.width, this.#section.height);
    this.#y = this.#section.margins.top;
  }

  /** Lines drawn with the pen of the page that is open when they are drawn. */
  #lay(paragraph: FlowParagraph, width: number): readonly LaidLine[] {
    const current = (): SKRSContext2D => this.#page ?? this.#ruler;
    return layLines(paragraph, width, {
      ...this.#prepared,
      get pen() {
        return current();
      },
    });
  }

  #putParagraph(paragraph: FlowParagraph): void {
    if (paragraph.breakBefore && this.#y > this.#section.margins.top) this.#turn();
    if (this.#y > this.#section.margins.top) this.#y += paragraph.before;
    for (const line of this.#lay(paragraph, this.#width)) {
      if (this.#y + line.height > this.#bottom + 0.5 && this.#y > this.#section.margins.top) this.#turn();
      line.draw(this.#section.margins.left, this.#y);
      this.#y += line.height;
    }
    this.#y += paragraph.after;
  }

  #putTable(table: FlowTable): void {
    const whole = table.columns.reduce((sum, width) => sum + width, 0);
    const scale = whole > this.#width ? this.#width / whole : 1;
    const edges = [0];
    for (const width of table.columns) edges.push((edges.at(-1) ?? 0) + width * scale);
    const written = (paragraph: FlowParagraph): FlowParagraph => (table.shrinks && scale < 1 ? { ...paragraph, pieces: paragraph.pieces.map((piece) => (piece.kind === 'run' ? { ...piece, size: piece.size * scale } : piece)) } : paragraph);
    const slack = this.#width - whole * scale;
    const left = this.#section.margins.left + (table.align === 'center' ? slack / 2 : table.align === 'right' ? slack : 0);
    const laid = table.rows.map((row) => row.cells.map((cell): LaidCell => {
      const x = edges[cell.column] ?? 0;
      const width = (edges[Math.min(table.columns.length, cell.column + cell.span)] ?? x) - x;
      const room = cell.wraps ? Math.max(10, width - 2 * cellPadding) : Math.max(width - 2 * cellPadding, unbroken);
      const lines = cell.paragraphs.flatMap((paragraph) => this.#lay(cell.wraps ? written(paragraph) : { ...written(paragraph), align: 'left' }, room)).map((line) => (cell.wraps ? line : alignLine(line, cell.paragraphs[0]?.align ?? 'left', width - 2 * cellPadding)));
      return { x, width, lines, height: heightOf(lines) + 2 * (cellPadding / 2), cell };
    }));
    const heights = table.rows.map((row, index) => Math.max(row.height * scale, table.shrinks ? 2 : 10, ...(laid[index] ?? []).filter(({ cell }) => cell.rows === 1).map(({ height }) => height)));
    for (const [index, cells] of laid.entries()) {
      for (const { cell, height } of cells) {
        if (cell.rows === 1) continue;
        const covered = heights.slice(index, index + cell.rows).reduce((sum, one) => sum + one, 0);
        const last = index + cell.rows - 1;
        if (height > covered && heights[last] !== undefined) heights[last] += height - covered;
      }
    }
    const head = table.rows.findIndex((row) => !row.repeats);
    for (const [index, cells] of laid.entries()) {
      const height = heights[index] ?? 0;
      if (this.#y + Math.min(height, this.#full) > this.#bottom + 0.5 && this.#y > this.#section.margins.top) {
        this.#turn();
        if (head > 0 && index >= head) for (let at = 0; at < head; at += 1) this.#putRow(laid[at] ?? [], heights, at, left);
      }
      this.#putRow(cells, heights, index, left);
    }
  }

  /** A row at the place reached; one taller than a page goes on over the next. */
  #putRow(cells: readonly LaidCell[], heights: readonly number[], index: number, left: number): void {
    const height = heights[index] ?? 0;
    if (height > this.#full) {
      this.#putTallRow(cells, left);
      return;
    }
    for (const { x, width, lines, cell, height: own } of cells) {
      const covered = heights.slice(index, index + cell.rows).reduce((sum, one) => sum + one, 0);
      const tall = Math.min(covered, this.#bottom - this.#y);
      this.#box(left + x, this.#y, width, tall, cell.ground, cell.bordered);
      const spare = Math.max(0, tall - own);
      let y = this.#y + cellPadding / 2 + (cell.vertical === 'middle' ? spare / 2 : cell.vertical === 'bottom' ? spare : 0);
      for (const line of lines) {
        line.draw(left + x + cellPadding, y);
        y += line.height;
      }
    }
    this.#y += height;
  }

  #putTallRow(cells: readonly LaidCell[], left: number): void {
    const rest = cells.map(({ lines }) => [...lines]);
    while (rest.some((lines) => lines.length > 0)) {
      const space = this.#bottom - this.#y - cellPadding;
      let used = 0;
      const shown = rest.map((lines) => {
        const part: LaidLine[] = [];
        let sum = 0;
        for (let line = lines[0]; line !== undefined && (sum + line.height <= space || (part.length === 0 && this.#y === this.#section.margins.top)); line = lines[0]) {
          part.push(line);
          lines.shift();
          sum += line.height;
        }
        used = Math.max(used, sum);
        return part;
      });
      for (const [at, { x, width, cell }] of cells.entries()) {
        this.#box(left + x, this.#y, width, used + cellPadding, cell.ground, cell.bordered);
        let y = this.#y + cellPadding / 2;
        for (const line of shown[at] ?? []) {
          line.draw(left + x + cellPadding, y);
          y += line.height;
        }
      }
      this.#y += used + cellPadding;
      if (rest.some((lines) => lines.length > 0)) this.#turn();
    }
  }

  #box(x: number, y: number, width: number, height: number, ground: string, bordered: boolean): void {
    const pen = this.#page;
    if (pen === null) return;
    if (ground !== '') {
      pen.fillStyle = ground;
      pen.fillRect(x, y, width, height);
    }
    if (!bordered) return;
    pen.strokeStyle = '#000000';
    pen.lineWidth = 0.5;
    pen.strokeRect(x, y, width, height);
  }
}
