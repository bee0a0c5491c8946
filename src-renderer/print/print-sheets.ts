import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { openPdf } from '../preview/pdf-source.ts';
import './print-sheets.css';

/** What the shell waits for before it asks the system to print: sheets of `width` × `height` millimetres, or why there are none. */
export type SheetsPrepared = { readonly ok: true; readonly pages: number; readonly width: number; readonly height: number } | { readonly ok: false; readonly message: string };

declare global {
  interface Window {
    sheetsPrepared?: Promise<SheetsPrepared>;
  }
}

const MM_PER_POINT = 25.4 / 72;
/** Fine enough for 5-point figures on a laser printer; an A4 page is 35 MB while it is drawn. */
const DOTS_PER_INCH = 300;
const MOST_PAGES = 500;
/** A scan's page is smaller as JPEG; text stays PNG, sharp and small. */
const LARGE_PNG = 3_000_000;

const sizeOf = (page: PDFPageProxy, rotation = page.rotate): { readonly width: number; readonly height: number } => {
  const { width, height } = page.getViewport({ scale: MM_PER_POINT, rotation });
  return { width, height };
};

const toBlob = (canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> =>
  new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error('the page could not be drawn')) : resolve(blob)), type, quality));

/** Draws one page on a sheet: turned where it lies across, made smaller only where it is larger than the sheet. */
async function drawSheet(page: PDFPageProxy, sheet: { readonly width: number; readonly height: number }, canvas: HTMLCanvasElement): Promise<HTMLElement> {
  const upright = sizeOf(page);
  const lies = upright.width > upright.height !== sheet.width > sheet.height;
  const rotation = (page.rotate + (lies ? 90 : 0)) % 360;
  const { width, height } = sizeOf(page, rotation);
  // Half a millimetre is the cut of a paper, not another format.
  const shrink = Math.min(1, (sheet.width + 0.5) / width, (sheet.height + 0.5) / height);
  const viewport = page.getViewport({ scale: (DOTS_PER_INCH / 72) * shrink, rotation });
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvas, viewport, intent: 'print', background: '#ffffff' }).promise;
  const png = await toBlob(canvas, 'image/png');
  const image = new Image();
  image.src = URL.createObjectURL(png.size > LARGE_PNG ? await toBlob(canvas, 'image/jpeg', 0.92) : png);
  image.alt = '';
  image.style.width = `${width * shrink}mm`;
  image.style.height = `${height * shrink}mm`;
  await image.decode();
  const frame = document.createElement('div');
  frame.className = 'sheet-to-print';
  frame.style.width = `${sheet.width}mm`;
  frame.style.height = `${sheet.height}mm`;
  frame.append(image);
  return frame;
}

/** The sheet that most of the pages have, so that a few odd ones do not set the printer's paper. */
async function chooseSheet(pdf: PDFDocumentProxy, first: number, last: number): Promise<{ readonly width: number; readonly height: number }> {
  const counts = new Map<string, { readonly width: number; readonly height: number; count: number }>();
  for (let number = first; number <= last; number += 1) {
    const { width, height } = sizeOf(await pdf.getPage(number));
    const key = `${Math.round(width)}×${Math.round(height)}`;
    const seen = counts.get(key) ?? { width: Math.round(width * 10) / 10, height: Math.round(height * 10) / 10, count: 0 };
    counts.set(key, { ...seen, count: seen.count + 1 });
  }
  const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
  return most ?? { width: 210, height: 297 };
}

async function prepareSheets(asked: URLSearchParams): Promise<SheetsPrepared> {
  try {
    const task = await openPdf(new URL(`/paper/${encodeURIComponent(asked.get('paper') ?? '')}`, location.href).href, () => undefined);
    const pdf = await task.promise;
    const first = Math.max(1, Number(asked.get('first') ?? 1));
    const last = Math.min(pdf.numPages, Number(asked.get('last') ?? pdf.numPages));
    if (!(first <= last)) return { ok: false, message: `只有 ${pdf.numPages} 页，没有第 ${first} 页` };
    if (last - first + 1 > MOST_PAGES) return { ok: false, message: `一次最多打印 ${MOST_PAGES} 页，请分几次打印` };
    const sheet = await chooseSheet(pdf, first, last);
    const style = document.createElement('style');
    style.textContent = `@page { size: ${sheet.width}mm ${sheet.height}mm; margin: 0; }`;
    document.head.append(style);
    const canvas = document.createElement('canvas');
    for (let number = first; number <= last; number += 1) {
      const page = await pdf.getPage(number);
      document.body.append(await drawSheet(page, sheet, canvas));
      page.cleanup();
    }
    await task.destroy();
    return { ok: true, pages: last - first + 1, width: sheet.width, height: sheet.height };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

window.sheetsPrepared = prepareSheets(new URLSearchParams(location.search));
