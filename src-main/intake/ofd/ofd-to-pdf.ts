import { writeFile } from 'node:fs/promises';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { fail, ok, type Result } from '../../domain/result.ts';
import { openPackage, withPackage, type Package } from '../package-reader.ts';
import { createPdf } from '../pdf-canvas.ts';
import { trouble, type IntakeTrouble } from '../trouble.ts';
import type { Conversion } from '../worker-protocol.ts';
import { drawBlock, makeWhiteClear, readPicture } from './draw-objects.ts';
import type { Drawing } from './drawing.ts';
import { FontShelf, type ConversionFonts } from './font-shelf.ts';
import { readOfdPages, type Box, type OfdPage } from './ofd-document.ts';
import { findSealPicture } from './seal-picture.ts';

const pointsPerMillimetre = 72 / 25.4;

interface Shared {
  readonly fonts: FontShelf;
  readonly losses: Set<string>;
  readonly count: { objects: number };
}

/**
 * Draws an OFD (GB/T 33190-2016) as a PDF at `out`: templates, layers, annotations and the pictures of its seals, text as text. Signatures are not
 * judged; the original keeps them. Runs in the worker.
 */
export async function convertOfd(path: string, out: string, fonts: ConversionFonts): Promise<Result<Conversion, IntakeTrouble>> {
  return withPackage(path, async (parts) => {
    const shared: Shared = { fonts: new FontShelf(fonts), losses: new Set(), count: { objects: 0 } };
    const pdf = createPdf('创档 OFD', { photos: parts.names.some((name) => /\.jpe?g$/u.test(name)) });
    for await (const { page } of readOfdPages(parts)) {
      const pen = pdf.beginPage(page.box.w * pointsPerMillimetre, page.box.h * pointsPerMillimetre);
      pen.scale(pointsPerMillimetre, pointsPerMillimetre);
      pen.translate(-page.box.x, -page.box.y);
      await drawPage(pen, parts, page, shared);
    }
    if (pdf.pages() === 0) return fail(trouble('file-no-pages', 'OFD 文件里一页也没有，请向提供单位索取完整文件。'));
    await writeFile(out, pdf.close());
    return ok({ path: out, pages: pdf.pages(), approximate: shared.losses.size > 0, losses: [...shared.losses] });
  });
}

async function drawPage(pen: SKRSContext2D, parts: Package, page: OfdPage, shared: Shared, nested = false): Promise<void> {
  const drawing: Drawing = { ...shared, pen, parts, resources: page.resources, pictures: new Map() };
  for (const layer of page.layers) await drawBlock(drawing, layer);
  for (const { box, appearance } of page.annotations) {
    pen.save();
    pen.translate(box.x, box.y);
    await drawBlock(drawing, appearance);
    pen.restore();
  }
  for (const seal of page.seals) {
    const der = await parts.bytes(seal.part);
    const picture = der === undefined ? undefined : findSealPicture(der);
    if (picture === undefined) {
      shared.losses.add('有印章图像读不出来，没有画出');
      continue;
    }
    pen.save();
    pen.translate(seal.box.x, seal.box.y);
    if (seal.clip !== null) {
      pen.beginPath();
      pen.rect(seal.clip.x, seal.clip.y, seal.clip.w, seal.clip.h);
      pen.clip();
    }
    // As ink on paper: the text under the seal stays readable.
    pen.globalCompositeOperation = 'multiply';
    if (picture.form === 'ofd') {
      if (nested) shared.losses.add('有印章图像读不出来，没有画出');
      else await drawSealDocument(pen, picture.bytes, seal.box, shared);
    } else {
      const image = await readPicture(picture.bytes);
      if (image === null) shared.losses.add('有印章图像读不出来，没有画出');
      else {
        pen.drawImage(makeWhiteClear(image), 0, 0, seal.box.w, seal.box.h);
      }
    }
    pen.restore();
  }
}

/** Seals of newer makers are small OFD files themselves; their first page is fitted into the seal's box. */
async function drawSealDocument(pen: SKRSContext2D, bytes: Uint8Array, box: Box, shared: Shared): Promise<void> {
  const drawn = await openPackage({ size: bytes.length, read: async (from, length) => bytes.subarray(from, from + length) }, async (parts) => {
    for await (const { page } of readOfdPages(parts)) {
      pen.scale(box.w / page.box.w, box.h / page.box.h);
      pen.translate(-page.box.x, -page.box.y);
      await drawPage(pen, parts, page, shared, true);
      break;
    }
    return ok(undefined);
  });
  if (!drawn.ok) shared.losses.add('有印章图像读不出来，没有画出');
}
