import { OPS, PasswordException } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { openPdf } from '../pdf-document.ts';
import type { Block } from './block.ts';
import { layOutPages } from './pdf-layout.ts';
import { blanksOf, closeGaps } from './pdf-lines.ts';
import type { PageRuns, Rule, Run } from './pdf-lines.ts';

/** A plan of more pages is no plan. */
const MOST_PAGES = 300;
const MOST_RUNS = 20_000;

/** Paragraphs and tables of a PDF, columns one after another. Refused: locked, damaged, or without text (a scan). */
export async function blocksOfPdf(bytes: Uint8Array): Promise<Result<readonly Block[], { readonly message: string }>> {
  const loading = openPdf(Uint8Array.from(bytes));
  try {
    const pdf = await loading.promise;
    if (pdf.numPages > MOST_PAGES) return fail({ message: `这份PDF有${pdf.numPages}页，不像一份方案（最多${MOST_PAGES}页）；请只留方案正文。` });
    const pages: PageRuns[] = [];
    for (let number = 1; number <= pdf.numPages; number += 1) pages.push(await readPage(await pdf.getPage(number)));
    if (pages.every((page) => page.runs.length === 0)) return fail({ message: '这份PDF没有文字（是扫描件），请换成有文字的PDF或DOCX。' });
    return ok(layOutPages(pages));
  } catch (error) {
    if (error instanceof PasswordException) return fail({ message: 'PDF有打开密码，请去掉密码后再试。' });
    return fail({ message: `PDF 无法解读（${error instanceof Error ? error.message.slice(0, 80) : '原因不明'}），请重新导出。` });
  } finally {
    await loading.destroy();
  }
}

/** Fonts give radicals and compatibility forms for ideographs (⽂ for 文); signs such as Ⅲ and full-width commas stay as the plan has them. */
const plainIdeographs = (text: string): string => text.replace(/[\u2e80-\u2fdf\uf900-\ufaff]/gu, (sign) => sign.normalize('NFKC'));

async function readPage(page: PDFPageProxy): Promise<PageRuns> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const place = (x: number, y: number): readonly [number, number] => [(transform[0] ?? 1) * x + (transform[2] ?? 0) * y + (transform[4] ?? 0), (transform[1] ?? 0) * x + (transform[3] ?? -1) * y + (transform[5] ?? 0)];
  const { rules, blanks } = await readDrawing(page, place);
  const content = await page.getTextContent();
  const runs: Run[] = [];
  const items = content.items.filter((item) => 'str' in item);
  const texts = closeGaps(items.map((item) => plainIdeographs(item.str)), blanks);
  for (const [at, item] of items.entries()) {
    if (runs.length >= MOST_RUNS) break;
    const text = texts[at] ?? '';
    const before = runs.at(-1);
    if (text.trim() === '') {
      if (before !== undefined && text !== '') runs[runs.length - 1] = { ...before, text: `${before.text} ` };
      continue;
    }
    const [x, y] = place(Number(item.transform[4]), Number(item.transform[5]));
    const size = Math.hypot(Number(item.transform[2]), Number(item.transform[3])) || item.height;
    runs.push({ text, x, y, width: item.width, size });
  }
  page.cleanup();
  return { width, height, runs, rules };
}

interface Drawing {
  /** Straight lines and thin boxes, in viewport coordinates: the lines of its tables. */
  readonly rules: readonly Rule[];
  /** Signs on both sides of each blank that the page writes; what else is reported as a blank is air. */
  readonly blanks: ReadonlySet<string>;
}

async function readDrawing(page: PDFPageProxy, place: (x: number, y: number) => readonly [number, number]): Promise<Drawing> {
  const list = await page.getOperatorList();
  const rules: Rule[] = [];
  let written = '';
  let matrix: readonly number[] = [1, 0, 0, 1, 0, 0];
  const stack: (readonly number[])[] = [];
  list.fnArray.forEach((operator, at) => {
    const args: unknown = list.argsArray[at];
    if (operator === OPS.showText) written += glyphsOf(args);
    else if (operator === OPS.save) stack.push(matrix);
    else if (operator === OPS.restore) matrix = stack.pop() ?? matrix;
    else if (operator === OPS.transform && isNumbers(args)) matrix = multiply(matrix, args);
    else if (operator === OPS.constructPath && Array.isArray(args) && args[0] !== OPS.endPath) {
      for (const box of boxesOf(args)) {
        const [a, b] = [box.slice(0, 2), box.slice(2)].map(([x = 0, y = 0]) => {
          const [m0 = 1, m1 = 0, m2 = 0, m3 = 1, m4 = 0, m5 = 0] = matrix;
          return place(m0 * x + m2 * y + m4, m1 * x + m3 * y + m5);
        });
        if (a === undefined || b === undefined) continue;
        const [left, right] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
        const [top, bottom] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])];
        if (right - left > 12 && bottom - top < 3) rules.push({ across: true, at: (top + bottom) / 2, from: left, to: right });
        else if (bottom - top > 6 && right - left < 3) rules.push({ across: false, at: (left + right) / 2, from: top, to: bottom });
        else if (bottom - top > 6 && right - left > 12) {
          rules.push({ across: true, at: top, from: left, to: right }, { across: true, at: bottom, from: left, to: right }, { across: false, at: left, from: top, to: bottom }, { across: false, at: right, from: top, to: bottom });
        }
      }
    }
  });
  return { rules, blanks: blanksOf(plainIdeographs(written)) };
}

/** The signs that a text operator of pdf.js shows: its glyphs, without the numbers between them that only move the pen. */
const glyphsOf = (args: unknown): string => {
  const glyphs: unknown = Array.isArray(args) ? args[0] : undefined;
  return Array.isArray(glyphs) ? glyphs.map((glyph: unknown) => (typeof glyph === 'object' && glyph !== null && 'unicode' in glyph && typeof glyph.unicode === 'string' ? glyph.unicode : '')).join('') : '';
};

const isNumbers = (value: unknown): value is readonly number[] => Array.isArray(value) && value.length === 6 && value.every((item) => typeof item === 'number');

const multiply = (m: readonly number[], n: readonly number[]): readonly number[] => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
};

/** Bounding boxes of the pieces of a path as pdf.js hands it over: one flat list of operators (0 move, 1 line, 2 curve, 4 close) and coordinates. */
function boxesOf(args: readonly unknown[]): readonly (readonly number[])[] {
  const parts = Array.isArray(args[1]) ? args[1][0] : undefined;
  if (!(parts instanceof Float32Array)) return [];
  const boxes: number[][] = [];
  let last: readonly [number, number] = [0, 0];
  let first: readonly [number, number] = last;
  for (let at = 0; at < parts.length; ) {
    const operator = parts[at];
    const [x = 0, y = 0] = [parts[at + 1], parts[at + 2]];
    if (operator === 0) {
      first = last = [x, y];
      at += 3;
    } else if (operator === 1) {
      boxes.push([...last, x, y]);
      last = [x, y];
      at += 3;
    } else if (operator === 2) {
      last = [parts[at + 5] ?? 0, parts[at + 6] ?? 0];
      at += 7;
    } else if (operator === 3) {
      last = [parts[at + 3] ?? 0, parts[at + 4] ?? 0];
      at += 5;
    } else {
      boxes.push([...last, ...first]);
      last = first;
      at += 1;
    }
  }
  return mergeThin(boxes);
}

/** The four sides of a filled hairline are one rule. */
function mergeThin(boxes: readonly (readonly number[])[]): readonly (readonly number[])[] {
  if (boxes.length < 3 || boxes.length > 5) return boxes;
  const xs = boxes.flatMap(([a = 0, , c = 0]) => [a, c]);
  const ys = boxes.flatMap(([, b = 0, , d = 0]) => [b, d]);
  const [x1, x2, y1, y2] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return x2 - x1 < 3 || y2 - y1 < 3 ? [[x1, y1, x2, y2]] : boxes;
}
