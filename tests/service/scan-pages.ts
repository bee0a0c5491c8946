import { resolve } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Canvas } from '@napi-rs/canvas';
import type { DrawnPage } from '../../src-main/domain/page-drawing.ts';
import { openRandom } from '../../src-main/sample/random.ts';
import { registerFonts, scanPage, withDensity } from '../../src-main/sample/raster.ts';
import { writeScanPdf } from '../../src-main/sample/scan-pdf.ts';
import { openBundledFonts } from '../../src-main/service/font-files.ts';

const resources = resolve(import.meta.dirname, '../../resources');
const DPI = 150;

/** A page that says the lines, in song type of 16 points. */
export const letter = (lines: readonly string[]): DrawnPage => ({ width: 210, height: 297, ops: lines.map((text, index) => ({ op: 'text' as const, x: 28, y: 45 + index * 11, text, font: 'song' as const, size: 16 })) });

export const emptySheet: DrawnPage = { width: 210, height: 297, ops: [] };

/** A sheet as a scanner sees it; another `pass` lays it elsewhere, a little askew. */
export async function scanSheet(sheet: DrawnPage, pass: string): Promise<Canvas> {
  const fonts = openBundledFonts(resources);
  registerFonts({ hei: fonts.fontOf('hei').path, song: fonts.fontOf('song').path, kai: fonts.fontOf('kai').path, xiaobiaosong: fonts.fontOf('xiaobiaosong').path });
  const image = await loadImage((await scanPage(sheet, DPI, openRandom(pass))).jpeg);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas;
}

/** The same picture turned clockwise. */
export function turnPicture(picture: Canvas, degrees: 90 | 180 | 270): Canvas {
  const [width, height] = degrees === 180 ? [picture.width, picture.height] : [picture.height, picture.width];
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.translate(width / 2, height / 2);
  pen.rotate((degrees * Math.PI) / 180);
  pen.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return canvas;
}

export const toJpeg = (picture: Canvas, quality = 80): Buffer => withDensity(picture.toBuffer('image/jpeg', quality), DPI);

/** A scanner's PDF of the pictures. */
export const toScanPdf = (pictures: readonly Canvas[]): Buffer => writeScanPdf(pictures.map((picture) => ({ jpeg: toJpeg(picture), width: picture.width, height: picture.height })), DPI, '扫描件', '2023-05-10');
