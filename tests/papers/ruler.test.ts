import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFonts, planBinding, writeVolume, type Section } from '../../src-main/binder/index.ts';
import { planBoxes } from '../../src-main/domain/box-plan.ts';
import type { DrawnPage } from '../../src-main/domain/page-drawing.ts';
import { buildSpineModel, defaultProfile, drawFilingStamp, layoutPaper, layoutSpines } from '../../src-main/papers/index.ts';
import { office } from './paper-fixture.ts';

const hasPoppler = spawnSync('pdftoppm', ['-v']).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), 'chuangdang-ruler-'));
const fontFolder = path.join(import.meta.dirname, '../../resources/fonts');
const fonts = loadFonts(Object.fromEntries(['hei', 'song', 'xiaobiaosong', 'kai'].map((role) => [role, path.join(fontFolder, `${role}.ttf`)])));
const pixelsPerMm = 10;

const stampPage: DrawnPage = {
  width: 210,
  height: 297,
  ops: drawFilingStamp({ fonds: 'Z109', year: 2024, item: 12, organ: 'STB', retention: '30年', pages: 15 }, 82.5, 6, defaultProfile, fonts.measure),
};
const boxes = planBoxes([20, 30, 40, 50].map((width, index) => ({ volume: index + 1, firstItem: 1, lastItem: 9, sheets: (width - 4) * 9, year: 2020 + index, organ: 'STB', retention: '30年' })), defaultProfile.box);
const spinePages = layoutSpines(boxes.map((box) => buildSpineModel(box, '创建办公室', office)), defaultProfile, fonts.measure);
const textPages = layoutPaper(
  { title: '', draft: false, sections: [{ page: 'official', numbering: 'none', blocks: [{ kind: 'text', style: 'addressee', text: '国'.repeat(28 * 22) }] }] },
  defaultProfile,
  fonts.measure,
);

beforeAll(async () => {
  const drawn = (key: string, pages: readonly DrawnPage[]): Section => ({ kind: 'drawn', key, labelPrefix: key, pages });
  const planned = await planBinding({
    info: { title: 'ruler', created: '2024-04-30T09:00:00+08:00' },
    fonts,
    numbering: {},
    onMissing: 'stop',
    sections: [drawn('stamp', [stampPage]), drawn('spines', spinePages), drawn('text', textPages)],
  });
  if (!planned.ok) throw new Error(JSON.stringify(planned.error));
  const written = await writeVolume(planned.value, path.join(folder, 'ruler.pdf'));
  if (!written.ok) throw new Error(JSON.stringify(written.error));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Raster {
  readonly width: number;
  readonly height: number;
  isInk(x: number, y: number): boolean;
}

/** A page of the bound file as another program draws it, at 0.1 mm a pixel. */
function rasterOf(page: number): Raster {
  execFileSync('pdftoppm', ['-r', String(25.4 * pixelsPerMm), '-f', String(page), '-l', String(page), '-gray', '-singlefile', path.join(folder, 'ruler.pdf'), path.join(folder, `p${page}`)]);
  const bytes = readFileSync(path.join(folder, `p${page}.pgm`));
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/u.exec(bytes.toString('latin1', 0, 40));
  if (head === null) throw new Error('not a grey raster');
  const [width, height] = [Number(head[1]), Number(head[2])];
  return { width, height, isInk: (x, y) => (bytes[head[0].length + y * width + x] ?? 255) < 160 };
}

/** Millimetres of the first and last inked pixel each way. */
function inkBox({ width, height, isInk }: Raster): { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number } {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isInk(x, y)) continue;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return { left: left / pixelsPerMm, top: top / pixelsPerMm, right: (right + 1) / pixelsPerMm, bottom: (bottom + 1) / pixelsPerMm };
}

const expectWithin = (actual: number, wanted: number): void => expect(Math.abs(actual - wanted), `${actual} mm for ${wanted} mm`).toBeLessThanOrEqual(0.5);

describe.skipIf(!hasPoppler)('printed sizes, measured on the bound PDF (needs pdftoppm)', { timeout: 60_000 }, () => {
  it('filing stamp is 45 × 16 mm where it was put (DA/T 22-2015 §5.4)', () => {
    const box = inkBox(rasterOf(1));
    expectWithin(box.left, 82.5);
    expectWithin(box.top, 6);
    expectWithin(box.right - box.left, 45);
    expectWithin(box.bottom - box.top, 16);
  });

  it('spines are 20, 30, 40 and 50 mm wide and 310 mm high', () => {
    expect(spinePages).toHaveLength(1);
    const raster = rasterOf(2);
    const y = Math.round((15 + 310 * 0.985) * pixelsPerMm);
    const edges: number[] = [];
    for (let x = 1; x < raster.width; x += 1) {
      const isFullHeight = [0.4, 0.5, 0.6].every((part) => [0, 1, -1].some((near) => raster.isInk(x + near, Math.round((15 + 310 * part) * pixelsPerMm))));
      if (isFullHeight && raster.isInk(x, y) && !raster.isInk(x - 1, y)) edges.push(x / pixelsPerMm);
    }
    const widths = [0, 2, 4, 6].map((index) => (edges[index + 1] ?? 0) - (edges[index] ?? 0));
    for (const [index, width] of [20, 30, 40, 50].entries()) expectWithin(widths[index] ?? 0, width);
    const rows = Array.from({ length: raster.height }, (_, row) => row).filter((row) => [17, 20, 25].every((x) => raster.isInk(x * pixelsPerMm, row)));
    expectWithin(((rows.at(-1) ?? 0) - (rows[0] ?? 0)) / pixelsPerMm, 310);
  });

  it('official text fills 156 × 225 mm inside the margins, with a line pitch of 28.95 pt (GB/T 9704-2012 §5.2)', () => {
    const box = inkBox(rasterOf(3));
    expect(box.left).toBeGreaterThanOrEqual(28);
    expect(box.left).toBeLessThanOrEqual(29);
    expect(box.right).toBeLessThanOrEqual(184.5);
    expect(box.right).toBeGreaterThan(182);
    expect(box.top).toBeGreaterThanOrEqual(37);
    expect(box.top).toBeLessThanOrEqual(40.5);
    expect(box.bottom).toBeLessThanOrEqual(262);
    const words = execFileSync('pdftotext', ['-f', '3', '-l', '3', '-bbox', path.join(folder, 'ruler.pdf'), '-'], { encoding: 'utf8' });
    const tops = [...words.matchAll(/yMin="([\d.]+)"/gu)].map((match) => Number(match[1]));
    expect(tops).toHaveLength(22);
    for (const [index, top] of tops.entries()) expect(top - (tops[0] ?? 0)).toBeCloseTo(index * 28.95, 1);
  });
});
