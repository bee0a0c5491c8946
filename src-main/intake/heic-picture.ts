import { createCanvas, loadImage } from '@napi-rs/canvas';
import { fail, ok, type Result } from '../domain/result.ts';
import { readWhole } from './byte-window.ts';
import { placeOnSheet, writePictures } from './picture-to-pdf.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import type { Conversion } from './worker-protocol.ts';

const longestFile = 128 * 1048576;
/** A burst or a live photo holds several; more than these is no photo. */
const mostImages = 20;
const mostPixels = 120_000_000;

/**
 * Sets each picture of a HEIC file on a sheet of its own, turned as the camera says, as a JPEG of quality 92 (the HEVC bytes themselves
 * cannot stand in a PDF). The decoder is WebAssembly without access to anything. Runs in the worker.
 */
export async function convertHeic(path: string, out: string): Promise<Result<Conversion, IntakeTrouble>> {
  const bytes = await readWhole(path, longestFile);
  if (!bytes.ok) return bytes;
  // Loaded at first use: 3 MB that most workers never need.
  const { HeifDecoder } = (await import('libheif-js/wasm-bundle.js')).default;
  const images = new HeifDecoder().decode(bytes.value);
  try {
    if (images.length === 0) return fail(trouble('file-damaged', 'HEIC 照片无法解读，请在手机或相册里另存为 JPEG 后再导入。'));
    return await writePictures(out, { photos: true }, async (pdf) => {
      for (const image of images.slice(0, mostImages)) {
        const [width, height] = [image.get_width(), image.get_height()];
        if (width * height > mostPixels) return fail(trouble('file-too-large', `照片有 ${width} × ${height} 像素，超过能处理的上限，请缩小后再导入。`));
        const canvas = createCanvas(width, height);
        const pen = canvas.getContext('2d');
        const pixels = pen.createImageData(width, height);
        const shown = await new Promise<boolean>((resolve) => image.display(pixels, (data) => resolve(data !== null)));
        if (!shown) return fail(trouble('file-damaged', 'HEIC 照片不完整，请在手机或相册里另存为 JPEG 后再导入。'));
        pen.putImageData(pixels, 0, 0);
        placeOnSheet(pdf, await loadImage(canvas.toBuffer('image/jpeg', 92)));
      }
      return ok(undefined);
    });
  } finally {
    for (const image of images) image.free();
  }
}
