import { readdirSync, readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { hasTool, runTool } from './tools.ts';
import { bindTo, makeFolder, planOf } from './workbench.ts';

const folder = makeFolder();
const poppler = hasTool('pdfimages');
if (!poppler) console.warn('poppler is not installed: pictures with opacity were bound but not looked at');

const WIDTH = 17;
const HEIGHT = 15;

interface Picture {
  /** Bytes of a sample. */
  readonly sample: number;
  readonly colors: number;
  readonly opaque: boolean;
}

/** Row by row, every byte of every sample; the last samples of a pixel are its opacity. */
function pixelsOf({ sample, colors, opaque }: Picture): readonly Buffer[] {
  let state = 12345;
  const next = (): number => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24;
  return Array.from({ length: HEIGHT }, () => {
    const row = Buffer.alloc(WIDTH * (colors + 1) * sample);
    for (let i = 0; i < row.length; i++) row[i] = opaque && Math.floor(i / sample) % (colors + 1) === colors ? 255 : next();
    return row;
  });
}

/** The rows as PNG writes them (PNG 1.2 §6): each filter in its turn. */
function filterRows(rows: readonly Buffer[], pixel: number): Buffer {
  return Buffer.concat(
    rows.map((row, line) => {
      const kind = line % 5;
      const out = Buffer.alloc(row.length + 1, kind);
      for (let i = 0; i < row.length; i++) {
        const left = i >= pixel ? (row[i - pixel] ?? 0) : 0;
        const up = rows[line - 1]?.[i] ?? 0;
        const corner = i >= pixel ? (rows[line - 1]?.[i - pixel] ?? 0) : 0;
        const near = [left, up, corner].toSorted((a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b));
        const guess = [0, left, up, (left + up) >> 1, near[0] ?? 0][kind] ?? 0;
        out[i + 1] = ((row[i] ?? 0) - guess) & 255;
      }
      return out;
    }),
  );
}

function png({ sample, colors }: Picture, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([sample * 8, colors === 3 ? 6 : 4, 0, 0, 0], 8);
  const chunk = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, body, Buffer.alloc(4)]);
  };
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** What poppler takes out of the file: each picture's bytes, colours before opacity. */
async function drawnOf(name: string, bytes: Buffer): Promise<readonly Buffer[]> {
  const out = `${folder.path}/${name}.pdf`;
  await bindTo(out, planOf([{ kind: 'source', key: 'a', path: folder.put(`${name}.png`, bytes), title: name, placement: { kind: 'full' } }], { numbering: {} }));
  if (!poppler) return [];
  runTool('pdfimages', [out, `${folder.path}/${name}`]);
  const files = readdirSync(folder.path).filter((file) => file.startsWith(`${name}-`)).toSorted();
  return files.map((file) => {
    const image = readFileSync(`${folder.path}/${file}`);
    const head = /^P[56]\s+\d+\s+\d+\s+255\s/.exec(image.toString('latin1', 0, 40))?.[0] ?? '';
    return image.subarray(head.length);
  });
}

/** One byte a pixel: poppler may write gray as three equal ones. */
const grayOf = (image: Buffer = Buffer.alloc(0)): readonly number[] => [...image].filter((_, i) => image.length === WIDTH * HEIGHT || i % 3 === 0);

const kinds: readonly (readonly [string, Picture])[] = [
  ['rgba8', { sample: 1, colors: 3, opaque: false }],
  ['rgba16', { sample: 2, colors: 3, opaque: false }],
  ['gray8', { sample: 1, colors: 1, opaque: false }],
  ['gray16', { sample: 2, colors: 1, opaque: false }],
  ['opaque8', { sample: 1, colors: 3, opaque: true }],
  ['opaque16', { sample: 2, colors: 1, opaque: true }],
];

describe('PNG with opacity', () => {
  it.each(kinds)('comes out with every pixel: %s', async (name, picture) => {
    const rows = pixelsOf(picture);
    const { sample, colors, opaque } = picture;
    const drawn = await drawnOf(name, png(picture, filterRows(rows, (colors + 1) * sample)));
    if (!poppler) return;
    // Of sixteen bits poppler gives the upper eight.
    const upper = (channels: readonly number[]): number[] => rows.flatMap((row) => Array.from({ length: WIDTH }, (_, x) => channels.map((channel) => row[(x * (colors + 1) + channel) * sample] ?? 0)).flat());
    expect(colors === 3 ? [...(drawn[0] ?? [])] : grayOf(drawn[0])).toEqual(upper(colors === 3 ? [0, 1, 2] : [0]));
    expect(drawn).toHaveLength(opaque ? 1 : 2);
    if (!opaque) expect(grayOf(drawn[1])).toEqual(upper([colors]));
  });

  it('is white and opaque where its rows end early', async () => {
    const picture: Picture = { sample: 1, colors: 3, opaque: true };
    const rows = pixelsOf(picture);
    const filtered = filterRows(rows, 4);
    const drawn = await drawnOf('early', png(picture, filtered.subarray(0, (WIDTH * 4 + 1) * 10)));
    if (!poppler) return;
    expect([...(drawn[0]?.subarray(WIDTH * 3 * 10) ?? [])]).toEqual(Array.from({ length: WIDTH * 3 * (HEIGHT - 10) }, () => 255));
    expect(drawn).toHaveLength(1);
  });
});
