import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { frameOfPage } from './drawable-pages.ts';
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
    const angles: number[] = [];
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
      if (str === '' || isPrintedTwice(items, str, box)) continue;
      items.push({ str, ...box });
      angles.push(((Math.round((Math.atan2(b, a) * 180) / Math.PI) % 360) + 360) % 360);
    }
    return { page: number, text: joinByDirection(items, angles, page.rotate), items, frame: frameOfPage(page) };
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

/**
 * Text that runs in the page's main direction in lines, then what runs otherwise: the letters around a seal would else break into
 * the signature and the date beneath it.
 */
function joinByDirection(items: readonly TextItem[], angles: readonly number[], rotate: number): string {
  const weights = new Map<number, number>();
  for (const [index, angle] of angles.entries()) weights.set(angle, (weights.get(angle) ?? 0) + (items[index]?.str.length ?? 0));
  const main = [...weights].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  const along = items.filter((_, index) => angles[index] === main);
  const across = items.filter((_, index) => angles[index] !== main);
  // Turned by the page's own rotation or, where a table was set sideways on an upright page, by its letters'.
  const lines = joinIntoLines(inReadingDirection(along, rotate === 0 ? main % 90 === 0 ? (360 - main) % 360 : 0 : rotate));
  return [lines, across.map(({ str }) => str.trim()).join('')].filter((part) => part !== '').join('\n');
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
