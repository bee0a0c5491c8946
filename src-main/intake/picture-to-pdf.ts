import { readFile, writeFile } from 'node:fs/promises';
import { loadImage } from '@napi-rs/canvas';
import { fail, ok, type Result } from '../domain/result.ts';
import { createPdf } from './pdf-canvas.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import type { Conversion } from './worker-protocol.ts';

/** Points; a picture without a stated resolution fills what an A4 page leaves inside 20 mm margins. */
const sheet = { width: 595.28, height: 841.89, margin: 56.7 } as const;

/** Sets a WebP or BMP picture on an A4 page, upright or across as it is itself, pixels untouched. Runs in the worker. */
export async function convertPicture(path: string, out: string): Promise<Result<Conversion, IntakeTrouble>> {
  let image;
  try {
    image = await loadImage(await readFile(path));
  } catch (error) {
    return fail(trouble('file-damaged', `图像无法解读（${error instanceof Error ? error.message.slice(0, 80) : '原因不明'}），请重新导出或扫描。`));
  }
  const across = image.width > image.height;
  const [width, height] = across ? [sheet.height, sheet.width] : [sheet.width, sheet.height];
  const scale = Math.min((width - 2 * sheet.margin) / image.width, (height - 2 * sheet.margin) / image.height);
  const pdf = createPdf('创档');
  const pen = pdf.beginPage(width, height);
  pen.drawImage(image, (width - image.width * scale) / 2, (height - image.height * scale) / 2, image.width * scale, image.height * scale);
  await writeFile(out, pdf.close());
  return ok({ path: out, pages: 1, approximate: false, losses: [] });
}
