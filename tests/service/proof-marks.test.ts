import { createCanvas } from '@napi-rs/canvas';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { degrees, PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

/** A page that a scanner laid on its side: 400 × 300 points, turned by 90° and cropped, so that no two coordinate systems agree by chance. */
async function makeTurnedPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([440, 330]);
  page.setCropBox(20, 10, 400, 300);
  page.setRotation(degrees(90));
  page.drawText('proof', { x: 60, y: 204, size: 20 });
  return document.save();
}

const makePicture = (): Buffer => {
  const canvas = createCanvas(400, 200);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, 400, 200);
  return canvas.toBuffer('image/jpeg');
};

/** The box of red on a page as a reader sees it, in parts of its width and height, or null. Drawn by pdf.js. */
async function findRed(path: string, number: number): Promise<{ readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } | null> {
  const task = getDocument({ data: new Uint8Array(await readFile(path)), verbosity: 0 });
  const document = await task.promise;
  const page = await document.getPage(number);
  const viewport = page.getViewport({ scale: 2 });
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  await page.render({ canvas, viewport }).promise;
  const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  await task.destroy();
  const xs: number[] = [];
  const ys: number[] = [];
  for (let at = 0; at < data.length; at += 4) {
    if ((data[at] ?? 0) > 180 && (data[at + 1] ?? 255) < 90 && (data[at + 2] ?? 255) < 90) {
      xs.push((at / 4) % width);
      ys.push(Math.floor(at / 4 / width));
    }
  }
  return xs.length === 0 ? null : { left: Math.min(...xs) / width, right: Math.max(...xs) / width, top: Math.min(...ys) / height, bottom: Math.max(...ys) / height };
}

let bench: Workbench;
let turned: CallOutput<'evidence.import'>['imported'][number];
let picture: CallOutput<'evidence.import'>['imported'][number];

beforeAll(async () => {
  bench = await openWorkbench();
  const files = join(bench.folder, 'files');
  await mkdir(files);
  await writeFile(join(files, 'a-turned.pdf'), await makeTurnedPdf());
  await writeFile(join(files, 'b-picture.jpg'), makePicture());
  await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  const { imported } = await bench.ask('evidence.import', { jobId: 'import', paths: [files], indicator: '1', year: 2023 });
  const [first, second] = imported;
  if (first === undefined || second === undefined) throw new Error('both files are taken in');
  [turned, picture] = [first, second];
}, 60_000);
afterAll(() => bench.close());

const exportDraft = async (): Promise<{ readonly volume: string; readonly result: CallOutput<'binding.export'> }> => {
  const result = await bench.ask('binding.export', { jobId: 'export', draft: true });
  return { volume: join(result.folder, result.files.find((file) => file.kind === 'volume')?.path ?? ''), result };
};

it('draws a mark under the passage on a turned page, and on a picture, in the bound copy alone', async () => {
  const before = await exportDraft();
  const opening = getDocument({ data: new Uint8Array(await readFile(before.volume)), verbosity: 0 });
  const numbers = (await (await opening.promise).getPageLabels()) ?? [];
  await opening.destroy();
  const [turnedPage, picturePage] = [numbers.indexOf('1') + 1, numbers.indexOf('2') + 1];
  expect(await findRed(before.volume, turnedPage)).toBeNull();

  // An upright reader's stroke runs along the file's y axis; a second one, beside text that lies on its side, along its x axis.
  const mark = await bench.ask('mark.add', { id: turned.id, page: 1, lines: [{ x1: 196, y1: 60, x2: 196, y2: 120 }] });
  await bench.ask('mark.add', { id: picture.id, page: 1, lines: [{ x1: 0.25, y1: 0.5, x2: 0.75, y2: 0.5 }] });
  const marked = await exportDraft();
  // Another red line is another sheet to print, though the file is the same.
  expect(marked.result.reprint).toEqual([{ volume: 1, sheets: ['换 1', '换 2'] }]);

  // Turned by 90°, the reader's x is the file's y − 10 of the crop's 300 points, the reader's y its x − 20 of 400.
  const red = await findRed(marked.volume, turnedPage);
  expect([red?.left, red?.right]).toEqual([expect.closeTo((60 - 10) / 300, 2), expect.closeTo((120 - 10) / 300, 2)]);
  expect([red?.top, red?.bottom]).toEqual([expect.closeTo((196 - 20) / 400, 2), expect.closeTo((196 - 20) / 400, 2)]);
  await bench.ask('mark.remove', { id: turned.id, mark: mark.id });
  const sideways = await bench.ask('mark.add', { id: turned.id, page: 1, lines: [{ x1: 60, y1: 200, x2: 120, y2: 200 }] });
  const again = await findRed((await exportDraft()).volume, turnedPage);
  expect([again?.top, again?.bottom]).toEqual([expect.closeTo((60 - 20) / 400, 2), expect.closeTo((120 - 20) / 400, 2)]);
  expect([again?.left, again?.right]).toEqual([expect.closeTo((200 - 10) / 300, 2), expect.closeTo((200 - 10) / 300, 2)]);

  const onPicture = await findRed(marked.volume, picturePage);
  // A picture of 2 : 1 fills the text width of a landscape sheet: half of it, in its middle.
  expect((onPicture?.left ?? 0) + (onPicture?.right ?? 0)).toBeCloseTo(1, 1);
  expect((onPicture?.right ?? 0) - (onPicture?.left ?? 0)).toBeCloseTo(0.5 * ((297 - 40) / 297), 1);

  const kept = await readFile(join(bench.archive, 'objects', turned.sha256.slice(0, 2), turned.sha256));
  expect(createHash('sha256').update(kept).digest('hex')).toBe(turned.sha256);
  expect(await bench.ask('mark.list', { id: turned.id })).toEqual([sideways]);
}, 120_000);

it('is taken back by undo and by removing, and refused where there is no such page or mark', async () => {
  const [mark] = await bench.ask('mark.list', { id: picture.id });
  await bench.ask('mark.remove', { id: picture.id, mark: mark?.id });
  expect(await bench.ask('mark.list', { id: picture.id })).toEqual([]);
  expect((await bench.ask('history.undo', {})).text).toContain('取消');
  expect(await bench.ask('mark.list', { id: picture.id })).toEqual([mark]);
  expect(await bench.refuse('mark.add', { id: picture.id, page: 2, lines: [{ x1: 0, y1: 0, x2: 1, y2: 0 }] })).toBe('wrong-input');
  expect(await bench.refuse('mark.remove', { id: picture.id, mark: 'none' })).toBe('evidence-unknown');
  expect(await bench.refuse('mark.list', { id: 'none' })).toBe('evidence-unknown');
});
