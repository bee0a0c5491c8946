import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectSource } from '../../src-main/binder/index.ts';
import { hasTool, runTool } from './tools.ts';
import { bindTo, makeFolder, planOf, readPdf } from './workbench.ts';

const folder = makeFolder();
const poppler = hasTool('pdftoppm');
if (!poppler) console.warn('poppler is not installed: pictures were bound but not looked at');

/** A fax page of 16 × 4 pixels: G4 codes for two white lines, then lines that are black in their left half. */
function faxTiff(options: { readonly pages: number; readonly photometric: number }): Buffer {
  // V0 | V0 | horizontal: white 0, black 8, then V0 to the end | V0 V0
  const bits = ['1', '1', '001', '00110101', '000101', '1', '111', '000000000001', '000000000001'].join('');
  const data = Buffer.from(bits.match(/.{1,8}/g)?.map((part) => Number.parseInt(part.padEnd(8, '0'), 2)) ?? []);
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])];
  let position = 8;
  for (let page = 0; page < options.pages; page++) {
    const entries: readonly (readonly [number, number, number, number])[] = [
      [256, 3, 1, 16],
      [257, 3, 1, 4],
      [258, 3, 1, 1],
      [259, 3, 1, 4],
      [262, 3, 1, options.photometric],
      [273, 4, 1, position + 2 + 9 * 12 + 4],
      [277, 3, 1, 1],
      [278, 4, 1, 4],
      [279, 4, 1, data.length],
    ];
    const directory = Buffer.alloc(2 + entries.length * 12 + 4);
    directory.writeUInt16LE(entries.length, 0);
    entries.forEach(([tag, type, count, value], i) => {
      directory.writeUInt16LE(tag, 2 + i * 12);
      directory.writeUInt16LE(type, 4 + i * 12);
      directory.writeUInt32LE(count, 6 + i * 12);
      directory.writeUInt32LE(value, 10 + i * 12);
    });
    position += directory.length + data.length;
    directory.writeUInt32LE(page + 1 < options.pages ? position : 0, directory.length - 4);
    parts.push(directory, data);
  }
  return Buffer.concat(parts);
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body, Buffer.alloc(4)]);
}

function png(colorType: number, bits: number, rows: Buffer, more: readonly Buffer[] = [], interlace = 0): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(2, 0);
  header.writeUInt32BE(2, 4);
  header.set([bits, colorType, 0, 0, interlace], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), chunk('IHDR', header), ...more, chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** The page's pixels, upper left and upper right, as poppler draws them: 2 × 2 dots of one point each blown up. */
function cornersOf(path: string, page: number): readonly (readonly number[])[] {
  const out = `${folder.path}/shot`;
  runTool('pdftoppm', ['-r', '3000', '-f', String(page), '-l', String(page), '-singlefile', path, out]);
  const bytes = readFileSync(`${out}.ppm`);
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 40));
  const width = Number(header?.[1]);
  const height = Number(header?.[2]);
  const start = header?.[0].length ?? 0;
  const at = (x: number, y: number): readonly number[] => [...bytes.subarray(start + (Math.floor(y * height) * width + Math.floor(x * width)) * 3).subarray(0, 3)];
  return [at(0.2, 0.8), at(0.8, 0.8)];
}

const bind = async (name: string, bytes: Buffer): Promise<string> => {
  const out = `${folder.path}/${name}.out.pdf`;
  await bindTo(out, planOf([{ kind: 'source', key: 'a', path: folder.put(name, bytes), title: name, placement: { kind: 'full' } }], { numbering: {} }));
  return out;
};

describe('pictures', () => {
  it('passes fax pages of a TIFF through, each as a page', async () => {
    const bytes = faxTiff({ pages: 3, photometric: 0 });
    const facts = inspectSource(folder.put('facts.tif', bytes));
    expect(facts.ok && facts.value).toMatchObject({ kind: 'tiff', pages: 3 });
    const out = await bind('fax.tif', bytes);
    expect((await readPdf(out)).document.numPages).toBe(3);
    expect(readFileSync(out).toString('latin1')).toContain('/CCITTFaxDecode');
    if (!poppler) return;
    expect(cornersOf(out, 2)).toEqual([[0, 0, 0], [255, 255, 255]]);
    expect(cornersOf(await bind('inverted.tif', faxTiff({ pages: 1, photometric: 1 })), 1)).toEqual([[255, 255, 255], [0, 0, 0]]);
  });

  it('draws PNG of every kind', async () => {
    const palette = chunk('PLTE', Buffer.from([255, 0, 0, 0, 0, 255]));
    const kinds: readonly (readonly [string, Buffer])[] = [
      ['rgb', png(2, 8, Buffer.from([0, 255, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0, 0, 255]))],
      ['palette', png(3, 8, Buffer.from([0, 0, 1, 0, 0, 1]), [palette])],
      ['alpha', png(6, 8, Buffer.from([0, 255, 0, 0, 255, 0, 0, 255, 255, 0, 255, 0, 0, 255, 0, 0, 255, 255]))],
      ['transparent palette', png(3, 8, Buffer.from([0, 0, 1, 0, 0, 1]), [palette, chunk('tRNS', Buffer.from([255, 255]))])],
      ['interlaced', png(2, 8, Buffer.from([0, 255, 0, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0, 0, 255]), [], 1)],
      ['sixteen bits', png(2, 16, Buffer.from([0, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]))],
    ];
    for (const [name, bytes] of kinds) {
      const out = await bind(`${name.replace(' ', '-')}.png`, bytes);
      if (poppler) expect(cornersOf(out, 1), name).toEqual([[255, 0, 0], [0, 0, 255]]);
    }
  });

  it('refuses what it cannot pass through, with a reason', () => {
    const tiff = faxTiff({ pages: 1, photometric: 0 });
    tiff.writeUInt32LE(34712, 8 + 2 + 3 * 12 + 8);
    const result = inspectSource(folder.put('jpeg2000.tif', tiff));
    expect(result.ok ? 'bound' : result.error.code).toBe('image-unsupported');
  });
});
