import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { joinIntoLines, normaliseText } from './normalise-text.ts';
import type { PageText, TextItem } from './worker-protocol.ts';

/** A page of dense small print has about 6,000 characters; more is an attack or a drawing. */
const mostCharactersOfPage = 200_000;

/** Text of one page with the place of each run, in PDF user space of the unrotated page. */
export async function readPdfPageText(pdf: PDFDocumentProxy, number: number): Promise<PageText> {
  const page = await pdf.getPage(number);
  try {
    const content = await page.getTextContent();
    const items: TextItem[] = [];
    let characters = 0;
    for (const entry of content.items) {
      if (!('str' in entry) || entry.str.trim() === '') continue;
      characters += entry.str.length;
      if (characters > mostCharactersOfPage) break;
      const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = entry.transform.map(Number);
      const upright = Math.abs(b) < 1e-3 && Math.abs(c) < 1e-3;
      const size = Math.hypot(c, d) || entry.height;
      const box = upright
        ? { x: a < 0 ? x - entry.width : x, y: y - size * 0.2, w: entry.width, h: size }
        : turnedBox(x, y, Math.atan2(b, a), entry.width, size);
      const str = normaliseText(entry.str);
      if (str !== '' && !isPrintedTwice(items, str, box)) items.push({ str, ...box });
    }
    return { page: number, text: joinIntoLines(inReadingDirection(items, page.rotate)), items };
  } finally {
    page.cleanup();
  }
}

/** Bold that a font lacks is made by printing a run again in the same place, or a hair beside it; it is read once. */
function isPrintedTwice(items: readonly TextItem[], str: string, box: Omit<TextItem, 'str'>): boolean {
  const near = Math.max(0.3, box.h * 0.12);
  return items.slice(-24).some((item) => item.str === str && Math.abs(item.x - box.x) <= near && Math.abs(item.y - box.y) <= near);
}

/** Smallest upright box about a run that is written at an angle. */
function turnedBox(x: number, y: number, angle: number, width: number, height: number): Omit<TextItem, 'str'> {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const xs = [0, width * cos, -height * sin, width * cos - height * sin];
  const ys = [0, width * sin, height * cos, width * sin + height * cos];
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  return { x: x + left, y: y + bottom, w: Math.max(...xs) - left, h: Math.max(...ys) - bottom };
}

/** Boxes as they lie when the page is turned for reading; a landscape table stored upright reads across, not up. */
function inReadingDirection(items: readonly TextItem[], rotate: number): readonly TextItem[] {
  switch (((rotate % 360) + 360) % 360) {
    case 90:
      return items.map(({ str, x, y, w, h }) => ({ str, x: y, y: -x - w, w: h, h: w }));
    case 180:
      return items.map(({ str, x, y, w, h }) => ({ str, x: -x - w, y: -y - h, w, h }));
    case 270:
      return items.map(({ str, x, y, w, h }) => ({ str, x: -y - h, y: x, w: h, h: w }));
    default:
      return items;
  }
}
