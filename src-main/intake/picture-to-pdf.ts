import { readFile, writeFile } from 'node:fs/promises';
import { loadImage, type Canvas, type Image } from '@napi-rs/canvas';
import { fail, ok, type Result } from '../domain/result.ts';
import { readWhole } from './byte-window.ts';
import { createPdf, type PdfCanvas } from './pdf-canvas.ts';
import { decodeTiff } from './tiff-pixels.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import type { Conversion } from './worker-protocol.ts';

/** Points; a picture without a stated resolution fills what an A4 page leaves inside 20 mm margins. */
const sheet = { width: 595.28, height: 841.89, margin: 56.7 } as const;

const longestTiff = 512 * 1048576;

/** Sets a WebP or BMP picture on an A4 page, upright or across as it is itself, pixels untouched. Runs in the worker. */
export async function convertPicture(path: string, out: string): Promise<Result<Conversion, IntakeTrouble>> {
  let image;
  try {
    image = await loadImage(await readFile(path));
  } catch (error) {
    return fail(trouble('file-damaged', `图像无法解读（${error instanceof Error ? error.message.slice(0, 80) : '原因不明'}），请重新导出或扫描。`));
  }
  return writePictures(out, {}, async (pdf) => {
    placeOnSheet(pdf, image);
    return ok(undefined);
  });
}

/** Sets each page of a TIFF that the binder cannot take as it is on a sheet of its own. Runs in the worker. */
export async function convertTiff(path: string, out: string): Promise<Result<Conversion, IntakeTrouble>> {
  const bytes = await readWhole(path, longestTiff);
  if (!bytes.ok) return bytes;
  return writePictures(out, {}, async (pdf) => {
    for (const picture of decodeTiff(bytes.value)) {
      if (picture === null) return fail(trouble('file-unsupported', '这种编码的 TIFF 图像不能转换，请另存为 PDF、PNG 或 JPEG 后再导入。'));
      placeOnSheet(pdf, picture);
    }
    return ok(undefined);
  });
}

/** Writes a PDF of the pictures that `draw` places; one without any is refused. */
export async function writePictures(out: string, options: { readonly photos?: boolean }, draw: (pdf: PdfCanvas) => Promise<Result<undefined, IntakeTrouble>>): Promise<Result<Conversion, IntakeTrouble>> {
  const pdf = createPdf('创档', options);
  const drawn = await draw(pdf);
  if (!drawn.ok) return drawn;
  if (pdf.pages() === 0) return fail(trouble('file-no-pages', '文件里没有图像，请向提供单位索取完整文件。'));
  await writeFile(out, pdf.close());
  return ok({ path: out, pages: pdf.pages(), approximate: false, losses: [] });
}

/** One picture on an A4 sheet that lies as it does. */
export function placeOnSheet(pdf: PdfCanvas, image: Canvas | Image): void {
  const across = image.width > image.height;
  const [width, height] = across ? [sheet.height, sheet.width] : [sheet.width, sheet.height];
  const scale = Math.min((width - 2 * sheet.margin) / image.width, (height - 2 * sheet.margin) / image.height);
  const pen = pdf.beginPage(width, height);
  pen.drawImage(image, (width - image.width * scale) / 2, (height - image.height * scale) / 2, image.width * scale, image.height * scale);
}
