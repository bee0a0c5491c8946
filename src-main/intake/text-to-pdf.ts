import { writeFile } from 'node:fs/promises';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { fail, ok, type Result } from '../domain/result.ts';
import { readWhole } from './byte-window.ts';
import { decodeText } from './decode-text.ts';
import { FontShelf, type ConversionFonts } from './ofd/font-shelf.ts';
import { createPdf } from './pdf-canvas.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import type { Conversion } from './worker-protocol.ts';

/** A4 with the margins of an office letter, points; 小四 with room between lines, so that a page holds what Notepad prints. */
const page = { width: 595.28, height: 841.89, left: 79, right: 74, top: 79, bottom: 72 } as const;
const size = 12;
const pitch = 19;
const mostPages = 5000;
const longestFile = 32 * 1048576;
/** Marks that may not begin a line; they hang with the character before them. */
const closing = /[，。、；：！？）】》〉」』”’…,.;:!?)\]}%％‰℃]/u;

/** Sets a text file on A4 pages, paragraphs and line breaks as they are. Tabs are four characters wide. Runs in the worker. */
export async function convertText(path: string, out: string, fonts: ConversionFonts): Promise<Result<Conversion, IntakeTrouble>> {
  const bytes = await readWhole(path, longestFile);
  if (!bytes.ok) return bytes;
  const decoded = decodeText(bytes.value);
  if (decoded === undefined) return fail(trouble('file-damaged', '文本的编码无法辨认，请另存为 UTF-8 后再导入。'));
  const font = await new FontShelf(fonts).standIn('');
  const pdf = createPdf('创档');
  const perPage = Math.floor((page.height - page.top - page.bottom) / pitch);
  let pen: SKRSContext2D | undefined;
  let row = perPage;
  const turnPage = (): SKRSContext2D => {
    row = 0;
    const next = pdf.beginPage(page.width, page.height);
    next.font = `${size}px "${font.family}"`;
    next.fillStyle = '#000000';
    return next;
  };
  for (const paragraph of decoded.text.replace(/^\ufeff/u, '').split(/\r\n?|\n|\f/u)) {
    pen ??= turnPage();
    for (const line of breakLines(paragraph.trimEnd(), pen)) {
      if (row >= perPage) {
        if (pdf.pages() >= mostPages) return fail(trouble('file-too-large', `文本超过 ${mostPages} 页，请拆分后再导入。`));
        pen = turnPage();
      }
      pen.fillText(line, page.left, page.top + row * pitch + size);
      row += 1;
    }
  }
  if (pdf.pages() === 0) return fail(trouble('file-empty', '文本文件里没有文字。'));
  await writeFile(out, pdf.close());
  return ok({ path: out, pages: pdf.pages(), approximate: false, losses: [] });
}

/** Lines that fit between the margins. Latin words stay whole unless longer than a line. */
function breakLines(paragraph: string, pen: SKRSContext2D): readonly string[] {
  const room = page.width - page.left - page.right;
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const word of paragraph.replaceAll('\t', '    ').match(/[!-~]{1,60}|[\s\S]/gu) ?? []) {
    const wide = pen.measureText(word).width;
    if (width + wide > room && line !== '' && !(closing.test(word) && [...word].length === 1)) {
      lines.push(line.trimEnd());
      line = '';
      width = 0;
    }
    if (line === '' && lines.length > 0 && word === ' ') continue;
    line += word;
    width += wide;
  }
  lines.push(line);
  return lines;
}
