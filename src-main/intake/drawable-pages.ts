import { readFile } from 'node:fs/promises';
import { createCanvas, loadImage, type Canvas, type Image } from '@napi-rs/canvas';
import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { fail, ok, type Result } from '../domain/result.ts';
import type { FileKind } from '../domain/snapshot.ts';
import { readBmpHeader, readJpegHeader, readPngHeader, readWebpHeader } from './image-header.ts';
import { withPdf } from './pdf-document.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import type { PageFrame } from './worker-protocol.ts';

const longestSideAllowed = 4096;
/** A0 at 400 dpi has 240 million; what is larger than this is a bomb, or a map that belongs on paper. */
const mostPixels = 120_000_000;
const longSideOfA4 = 297 / 25.4;

/** A file whose pages can be drawn. */
export interface DrawableFile {
  readonly path: string;
  readonly fileKind: FileKind;
}

export interface PageDrawing {
  /** The page on white, turned as a person reads it. */
  readonly canvas: Canvas;
  readonly frame: PageFrame;
}

export interface MeasuredDrawing extends PageDrawing {
  /** Resolution of the page's largest picture, as printed; for an image file as printed on A4. Null where the page has no picture. */
  readonly dpi: number | null;
}

export interface DrawablePages {
  readonly count: number;
  /** Draws a page, from 1, its longer side at most `longestSide` pixels (4096 at most). Images are not enlarged. */
  readonly draw: (page: number, longestSide: number) => Promise<Result<PageDrawing, IntakeTrouble>>;
  /** Draws a page and tells its resolution. */
  readonly measure: (page: number, longestSide: number) => Promise<Result<MeasuredDrawing, IntakeTrouble>>;
}

/** Opens a PDF or an image for drawing, hands its pages to `use` and closes it. Runs in the worker only. */
export async function withPages<Value>(file: DrawableFile, use: (pages: DrawablePages) => Promise<Result<Value, IntakeTrouble>>): Promise<Result<Value, IntakeTrouble>> {
  switch (file.fileKind) {
    case 'pdf':
      return withPdf(file.path, (pdf) => {
        const withPage = async <Drawing>(number: number, draw: (page: PDFPageProxy) => Promise<Drawing>): Promise<Result<Drawing, IntakeTrouble>> => {
          if (number < 1 || number > pdf.numPages) return noSuchPage(number);
          const page = await pdf.getPage(number);
          try {
            return ok(await draw(page));
          } finally {
            page.cleanup();
          }
        };
        return use({
          count: pdf.numPages,
          draw: (number, longestSide) => withPage(number, (page) => drawPdfPage(page, bounded(longestSide))),
          measure: (number, longestSide) => withPage(number, async (page) => ({ ...(await drawPdfPage(page, bounded(longestSide))), dpi: await measureDpi(page) })),
        });
      });
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'bmp': {
      const image = await openImage(file);
      if (!image.ok) return image;
      const draw = async (number: number, longestSide: number): Promise<Result<MeasuredDrawing, IntakeTrouble>> => (number === 1 ? ok(drawImage(image.value, bounded(longestSide))) : noSuchPage(number));
      return use({ count: 1, draw, measure: draw });
    }
    default:
      return fail(trouble('file-unsupported', '这类文件没有可供预览的页面。'));
  }
}

const bounded = (longestSide: number): number => Math.max(16, Math.min(longestSideAllowed, Math.round(longestSide)));
const noSuchPage = (page: number): Result<never, IntakeTrouble> => fail(trouble('file-no-pages', `文件没有第 ${page} 页。`));

async function drawPdfPage(page: PDFPageProxy, longest: number): Promise<PageDrawing> {
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: longest / Math.max(natural.width, natural.height) });
  const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
  await page.render({ canvas, viewport, background: '#ffffff' }).promise;
  return { canvas, frame: frameOfPage(page) };
}

/** Where the words of a page lie, for whoever draws on it. */
export function frameOfPage(page: PDFPageProxy): PageFrame {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  return { width, height, transform: transform.map(Number) };
}

/** Of a page that was just drawn. The largest picture is taken to fill it, as in a scan. */
async function measureDpi(page: PDFPageProxy): Promise<number | null> {
  const { width, height } = page.getViewport({ scale: 1 });
  const inches = Math.max(width, height) / 72;
  const pixels = longestPictureDrawn(page) || (await longestPictureNamed(page));
  return pixels === 0 || inches <= 0 ? null : Math.round(pixels / inches);
}

const sidesOf = (picture: object): readonly unknown[] => [Reflect.get(picture, 'width'), Reflect.get(picture, 'height')];
const longestOf = (sides: readonly unknown[]): number => sides.reduce((most: number, side) => (typeof side === 'number' && side > most ? side : most), 0);

/** Pixels of the longest side among the pictures that were unpacked to draw the page; 0 where there are none of its own. */
function longestPictureDrawn(page: PDFPageProxy): number {
  let pixels = 0;
  for (const [, data] of page.objs) if (typeof data === 'object' && data !== null && !Array.isArray(data)) pixels = Math.max(pixels, longestOf(sidesOf(data)));
  return pixels;
}

/** The same by the page's operators, where pictures stand in the page's own text or are shared by several pages. To list them unpacks every picture once more. */
async function longestPictureNamed(page: PDFPageProxy): Promise<number> {
  const { fnArray, argsArray } = await page.getOperatorList();
  let pixels = 0;
  for (const [at, operator] of fnArray.entries()) {
    if (operator !== OPS.paintImageXObject && operator !== OPS.paintImageMaskXObject && operator !== OPS.paintInlineImageXObject) continue;
    const args: unknown = argsArray[at];
    if (!Array.isArray(args)) continue;
    // Name, width and height, or one object that holds them.
    const [first]: readonly unknown[] = args;
    pixels = Math.max(pixels, longestOf(typeof first === 'object' && first !== null ? sidesOf(first) : args.slice(1, 3)));
  }
  return pixels;
}

const headerReaders: Partial<Record<FileKind, (bytes: Uint8Array) => { readonly width: number; readonly height: number } | undefined>> = { jpeg: readJpegHeader, png: readPngHeader, webp: readWebpHeader, bmp: readBmpHeader };

/** The header is asked before the picture is unpacked: a few kilobytes may hold a picture of gigabytes. */
async function openImage({ path, fileKind }: DrawableFile): Promise<Result<Image, IntakeTrouble>> {
  const bytes = await readFile(path);
  const size = headerReaders[fileKind]?.(bytes);
  if (size !== undefined && size.width * size.height > mostPixels) return fail(trouble('file-too-large', `图像有 ${size.width} × ${size.height} 像素，超过能解读的上限（1.2亿像素），请缩小后再导入。`));
  try {
    return ok(await loadImage(bytes));
  } catch (error) {
    return fail(trouble('file-damaged', `图像无法解读（${error instanceof Error ? error.message.slice(0, 80) : '原因不明'}），请重新导出或扫描。`));
  }
}

/** The canvas has turned the picture as its EXIF data say. */
function drawImage(image: Image, longest: number): MeasuredDrawing {
  const { width, height } = image;
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  // A picture's own space is its pixels as shown, counted from the lower left corner as a PDF's points are.
  return { canvas, frame: { width, height, transform: [1, 0, 0, -1, 0, height] }, dpi: Math.round(Math.max(width, height) / longSideOfA4) };
}
