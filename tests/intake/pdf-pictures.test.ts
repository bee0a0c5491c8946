import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withPages } from '../../src-main/intake/drawable-pages.ts';
import { JpegDecoder } from '../../src-main/intake/pdf-pictures.ts';
import { writeScanPdf } from '../../src-main/sample/scan-pdf.ts';
import { makeFolder } from '../archive/archive-fixture.ts';

const [width, height] = [600, 800];

/** A sheet with a red field at the upper left and a blue one at the lower right. */
function paintSheet(): Buffer {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = '#ff0000';
  pen.fillRect(0, 0, width / 2, height / 2);
  pen.fillStyle = '#0000ff';
  pen.fillRect(width / 2, height / 2, width / 2, height / 2);
  return canvas.toBuffer('image/jpeg', 92);
}

/** The JPEG with a segment more behind its first marker. */
const withSegment = (jpeg: Buffer, marker: number, body: Buffer): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body, jpeg.subarray(2)]);

/** EXIF that says: turn me by a quarter. */
const turned = Buffer.concat([Buffer.from('Exif\0\0MM\0*', 'latin1'), Buffer.from([0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0])]);

/** Draws each page of a scanner's PDF with one of the JPEGs a page: its resolution, and the colour in the middle of each quarter, left to right, top to bottom. */
async function draw(jpegs: readonly Buffer[]): Promise<readonly (readonly [number | null, string])[]> {
  const path = join(makeFolder(), '扫描.pdf');
  await writeFile(path, writeScanPdf(jpegs.map((jpeg) => ({ jpeg, width, height })), 150, '扫描件', '2023-05-10'));
  const drawn = await withPages({ path, fileKind: 'pdf' }, async (pages) => {
    const all: (readonly [number | null, string])[] = [];
    for (let page = 1; page <= pages.count; page += 1) {
      const one = await pages.measure(page, 400);
      if (!one.ok) return one;
      const { canvas, dpi } = one.value;
      const colours = [[75, 100], [225, 100], [75, 300], [225, 300]].map(([x = 0, y = 0]) => nameColour(canvas.getContext('2d').getImageData(x, y, 1, 1).data));
      all.push([dpi, colours.join(' ')]);
    }
    return { ok: true, value: all };
  });
  if (!drawn.ok) throw new Error(drawn.error.message);
  return drawn.value;
}

const nameColour = ([red = 0, green = 0, blue = 0]: Uint8ClampedArray): string => (green > 200 ? 'white' : red > 200 ? 'red' : blue > 200 ? 'blue' : `${red},${green},${blue}`);
const sheet = [150, 'red white white blue'] as const;

let decode = vi.spyOn(JpegDecoder.prototype, 'decode');
beforeEach(() => {
  decode = vi.spyOn(JpegDecoder.prototype, 'decode');
});
afterEach(() => decode.mockRestore());
const unpacked = async (): Promise<readonly string[]> => (await Promise.allSettled(decode.mock.results.map(({ value }) => value))).map(({ status }) => status);

it('unpacks the pictures of scans by the canvas, each once to draw the page and to tell its resolution', async () => {
  expect(await draw([paintSheet(), paintSheet()])).toEqual([sheet, sheet]);
  expect(await unpacked()).toEqual(['fulfilled', 'fulfilled']);
});

it('goes by the document, not by what a camera wrote into the picture', async () => {
  expect(await draw([withSegment(paintSheet(), 0xe1, turned), withSegment(paintSheet(), 0xe2, Buffer.from('ICC_PROFILE\0\x01\x01 no profile', 'latin1'))])).toEqual([sheet, sheet]);
  expect(await unpacked()).toEqual(['fulfilled', 'fulfilled']);
});

// Attack: a picture that is harmless by the document's words and gigabytes by its own.
it('leaves to pdf.js what is cut off, and what is larger than it says', async () => {
  const huge = Buffer.from(paintSheet());
  const frame = huge.indexOf(Buffer.from([0xff, 0xc0]));
  huge.writeUInt16BE(60_000, frame + 5);
  huge.writeUInt16BE(60_000, frame + 7);
  const decoder = new JpegDecoder({ data: huge });
  await expect(decoder.decode()).rejects.toThrow('left to pdf.js');
  const [cut] = await draw([paintSheet().subarray(0, 400)]);
  expect(cut?.[1]).toBe('white white white white');
  expect((await unpacked()).at(-1)).toBe('rejected');
});
