import { readFile, rename, writeFile } from 'node:fs/promises';
import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas';
import { fail, ok, type Result } from '../domain/result.ts';
import type { FileKind } from '../domain/snapshot.ts';
import { withPdf } from './pdf-document.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import type { PageImage } from './worker-protocol.ts';

const longestSideAllowed = 4096;

export interface PageToDraw {
  readonly path: string;
  readonly fileKind: FileKind;
  /** From 1. */
  readonly page: number;
  /** Pixels of the longer side, at most 4096. */
  readonly longestSide: number;
  /** EXIF orientation 1–8, for images. */
  readonly orientation: number;
}

/** A page of a PDF or an image as pixels on white, turned as a person reads it. */
export async function drawPage(task: PageToDraw): Promise<Result<Canvas, IntakeTrouble>> {
  const longest = Math.max(16, Math.min(longestSideAllowed, Math.round(task.longestSide)));
  switch (task.fileKind) {
    case 'pdf':
      return withPdf(task.path, async (pdf) => {
        if (task.page < 1 || task.page > pdf.numPages) return fail(trouble('file-no-pages', `文件没有第 ${task.page} 页。`));
        const page = await pdf.getPage(task.page);
        const natural = page.getViewport({ scale: 1 });
        const viewport = page.getViewport({ scale: longest / Math.max(natural.width, natural.height) });
        const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
        await page.render({ canvas, viewport, background: '#ffffff' }).promise;
        return ok(canvas);
      });
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'bmp':
      return drawImage(task, longest);
    default:
      return fail(trouble('file-unsupported', '这类文件没有可供预览的页面。'));
  }
}

async function drawImage(task: PageToDraw, longest: number): Promise<Result<Canvas, IntakeTrouble>> {
  let image;
  try {
    image = await loadImage(await readFile(task.path));
  } catch (error) {
    return fail(trouble('file-damaged', `图像无法解读（${error instanceof Error ? error.message.slice(0, 80) : '原因不明'}），请重新导出或扫描。`));
  }
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
  const sideways = task.orientation >= 5;
  const canvas = createCanvas(sideways ? height : width, sideways ? width : height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(...turnFor(task.orientation, width, height));
  pen.drawImage(image, 0, 0, width, height);
  return ok(canvas);
}

/** Matrix that shows stored pixels as EXIF 2.32 §4.6.4 orients them. */
function turnFor(orientation: number, w: number, h: number): readonly [number, number, number, number, number, number] {
  switch (orientation) {
    case 2: return [-1, 0, 0, 1, w, 0];
    case 3: return [-1, 0, 0, -1, w, h];
    case 4: return [1, 0, 0, -1, 0, h];
    case 5: return [0, 1, 1, 0, 0, 0];
    case 6: return [0, 1, -1, 0, h, 0];
    case 7: return [0, -1, -1, 0, h, w];
    case 8: return [0, -1, 1, 0, 0, w];
    default: return [1, 0, 0, 1, 0, 0];
  }
}

/** Writes the page as a JPEG beside `out` and renames it there, so that a half-written thumbnail is never shown. */
export async function writePageImage(task: PageToDraw, out: string): Promise<Result<PageImage, IntakeTrouble>> {
  const drawn = await drawPage(task);
  if (!drawn.ok) return drawn;
  const canvas = drawn.value;
  const part = `${out}.${process.pid}.part`;
  await writeFile(part, await canvas.encode('jpeg', 82));
  await rename(part, out);
  return ok({ path: out, width: canvas.width, height: canvas.height });
}

/**
 * Perceptual hash of a page or image: 64 bits as 16 hexadecimal digits (differences between neighbours of a 9 × 8 grey picture).
 * Two scans of one sheet differ in few bits, see `countDifferentBits`.
 */
export async function hashPage(task: PageToDraw): Promise<Result<string, IntakeTrouble>> {
  const drawn = await drawPage({ ...task, longestSide: 256 });
  if (!drawn.ok) return drawn;
  const small = createCanvas(9, 8);
  const pen = small.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  // Halving step by step averages all pixels; one jump from 256 to 9 would sample a few.
  let from = drawn.value;
  while (from.width > 36 && from.height > 32) {
    const half = createCanvas(Math.ceil(from.width / 2), Math.ceil(from.height / 2));
    half.getContext('2d').drawImage(from, 0, 0, half.width, half.height);
    from = half;
  }
  pen.drawImage(from, 0, 0, 9, 8);
  const { data } = pen.getImageData(0, 0, 9, 8);
  const grey = (x: number, y: number): number => {
    const at = (y * 9 + x) * 4;
    return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  };
  let hash = 0n;
  for (let y = 0; y < 8; y += 1) {
    for (let x = 0; x < 8; x += 1) hash = (hash << 1n) | (grey(x, y) > grey(x + 1, y) ? 1n : 0n);
  }
  return ok(hash.toString(16).padStart(16, '0'));
}
