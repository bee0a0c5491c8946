import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFonts, planBinding, writeVolume, type Section } from '../../src-main/binder/index.ts';
import { planBoxes } from '../../src-main/domain/box-plan.ts';
import type { DrawnPage } from '../../src-main/domain/page-drawing.ts';
import {
  buildApplicationLetterModel, buildCertificateModels, buildClosingNoteModel, buildCoverModel, buildItemCatalogModel, buildRectificationModel, buildReportModel, buildSeparatorModel, buildSpineModel,
  buildTaskSheetModels, buildVolumeIndexModel, defaultProfile, describeApplicationLetter, describeCertificate, describeClosingNote, describeCover, describeItemCatalog, describeRectification,
  describeSeparator, describeTaskSheet, describeVolumeIndex,
  filingStampRows, layoutPaper, layoutSpines, type Paper,
} from '../../src-main/papers/index.ts';
import { numbering } from '../domain/volume-plan-fixture.ts';
import { catalog, judgements, office, plan, snapshot } from './paper-fixture.ts';

const hasPoppler = spawnSync('pdftoppm', ['-v']).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), 'chuangdang-ruler-'));
const fontFolder = path.join(import.meta.dirname, '../../resources/fonts');
const fonts = loadFonts(Object.fromEntries(['hei', 'song', 'xiaobiaosong', 'kai'].map((role) => [role, path.join(fontFolder, `${role}.ttf`)])));
const pixelsPerMm = 10;

const blankPage: DrawnPage = { width: 210, height: 297, ops: [] };
const { filingStamp } = defaultProfile;
const stampRows = filingStampRows({ fonds: 'Z109', year: 2024, item: { order: 12 }, organ: 'STB', retention: '30年', pages: 15 }, defaultProfile);
const boxes = planBoxes([20, 30, 40, 50].map((width, index) => ({ volume: index + 1, firstItem: 1, lastItem: 9, sheets: (width - 4) * 9, year: 2020 + index, organ: 'STB', retention: '30年' })), defaultProfile.box);
const spinePages = layoutSpines(boxes.map((box) => buildSpineModel(box, '创建办公室', office)), defaultProfile, fonts.measure);
const textPages = layoutPaper(
  { title: '', draft: false, sections: [{ page: 'official', numbering: 'none', blocks: [{ kind: 'text', style: 'addressee', text: '国'.repeat(28 * 22) }] }] },
  defaultProfile,
  fonts.measure,
);
const volume = plan.volumes[0] ?? (() => { throw new Error('the plan has no volume'); })();
function first<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new Error('the fixture lacks a paper');
  return item;
}
const withoutLinks = (page: DrawnPage | undefined): DrawnPage => (page === undefined ? blankPage : { ...page, ops: page.ops.filter(({ op }) => op !== 'link') });
const firstPage = (paper: Paper): readonly DrawnPage[] => [withoutLinks(layoutPaper(paper, defaultProfile, fonts.measure)[0])];
const indexPages = firstPage(describeVolumeIndex(buildVolumeIndexModel(snapshot, volume, false), defaultProfile));
const catalogPages = firstPage(describeItemCatalog(buildItemCatalogModel(snapshot, plan, numbering, '', false), defaultProfile));
const notePages = firstPage(describeClosingNote(buildClosingNoteModel(volume, office, '', false), defaultProfile));
const report = buildReportModel({ catalog, snapshot, plan, judgements, office, draft: false });
const letterPages = firstPage(describeApplicationLetter(buildApplicationLetterModel('acceptance', report, ['自评估报告', '佐证档案'], office)));
const certificatePages = firstPage(describeCertificate(first(buildCertificateModels(catalog, new Map(), '2024-04-12'))));
const taskPages = firstPage(describeTaskSheet(first(buildTaskSheetModels(catalog, snapshot, new Map())), defaultProfile));
const ledgerPages = firstPage(describeRectification(buildRectificationModel(catalog, { reviewFindings: [], waivers: snapshot.waivers }, new Map(), new Map(), office), defaultProfile));
const separatorPages = firstPage(describeSeparator(buildSeparatorModel(catalog, snapshot, volume, first(volume.sections), false), defaultProfile));
const coverPages = firstPage(describeCover(buildCoverModel(catalog, plan, volume, office, false), defaultProfile));

const photoMargin = 25;

beforeAll(async () => {
  const photo = createCanvas(1000, 1500);
  photo.getContext('2d').fillRect(0, 0, 1000, 1500);
  writeFileSync(path.join(folder, 'photo.png'), photo.toBuffer('image/png'));
  const drawn = (key: string, pages: readonly DrawnPage[]): Section => ({ kind: 'drawn', key, labelPrefix: key, pages });
  const blank = await planBinding({ info: { title: 'blank', created: '2024-04-30T09:00:00+08:00' }, fonts, numbering: {}, onMissing: 'stop', sections: [drawn('blank', [blankPage])] });
  if (!blank.ok) throw new Error(JSON.stringify(blank.error));
  await writeVolume(blank.value, path.join(folder, 'blank.pdf'));
  const stamped: Section = {
    kind: 'source', key: 'stamp', path: path.join(folder, 'blank.pdf'), title: 'stamp', numbering: { kind: 'none' },
    filingStamp: { rows: stampRows, position: 'top-center', width: filingStamp.width, height: filingStamp.height, offsetY: filingStamp.fromTop, font: filingStamp.font, size: filingStamp.size, color: filingStamp.color },
  };
  const planned = await planBinding({
    info: { title: 'ruler', created: '2024-04-30T09:00:00+08:00' },
    fonts,
    numbering: { perVolume: { place: 'upper-right', offsetX: defaultProfile.pageStamp.fromSide, offsetY: defaultProfile.pageStamp.fromEdge, font: 'song', size: defaultProfile.pageStamp.size } },
    onMissing: 'stop',
    sections: [
      stamped, drawn('spines', spinePages), drawn('text', textPages), drawn('index', indexPages), drawn('catalog', catalogPages), drawn('note', notePages), drawn('cover', coverPages),
      { kind: 'source', key: 'numbered', path: path.join(folder, 'blank.pdf'), title: 'numbered', numbering: { kind: 'from', first: 7 } },
      drawn('letter', letterPages), drawn('certificate', certificatePages), drawn('task', taskPages), drawn('ledger', ledgerPages), drawn('separator', separatorPages),
      { kind: 'source', key: 'photo', path: path.join(folder, 'photo.png'), title: 'photo', numbering: { kind: 'none' }, placement: { kind: 'a4', margin: photoMargin, caption: ['照片', '时间：2023年5月6日'] } },
    ],
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

/** Millimetres of the first and last inked pixel each way, of what stands `below` that many millimetres. */
function inkBox({ width, height, isInk }: Raster, below = 0): { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number } {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = Math.round(below * pixelsPerMm); y < height; y += 1) {
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
    expectWithin(box.left, (210 - 45) / 2);
    expectWithin(box.top, filingStamp.fromTop);
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

  /** Millimetres at which lines over the whole height between two heights begin. */
  const verticalLines = (raster: Raster, from: number, to: number): readonly number[] => {
    const rows = Array.from({ length: 24 }, (_, step) => Math.round((from + ((to - from) * (step + 0.5)) / 24) * pixelsPerMm));
    const isLine = (x: number): boolean => rows.every((y) => raster.isInk(x, y));
    return Array.from({ length: raster.width - 1 }, (_, x) => x + 1).filter((x) => isLine(x) && !isLine(x - 1)).map((x) => x / pixelsPerMm);
  };
  const edgesOf = (left: number, area: number, widths: readonly number[]): readonly number[] => {
    const start = left + (area - widths.reduce((sum, width) => sum + width, 0)) / 2;
    return [start, ...widths.map((_, index) => start + widths.slice(0, index + 1).reduce((sum, width) => sum + width, 0))];
  };
  const expectEdges = (actual: readonly number[], wanted: readonly number[]): void => {
    expect(actual).toHaveLength(wanted.length);
    for (const [index, edge] of wanted.entries()) expectWithin(actual[index] ?? 0, edge);
  };
  const { form, landscape } = defaultProfile.pages;

  it('index and item catalogue have the columns of the profile inside the margins', () => {
    const index = rasterOf(4);
    // Below title and note, within the header row.
    expectEdges(verticalLines(index, 52, 61), edgesOf(form.left, 210 - form.left - form.right, defaultProfile.volumeIndex.columns.map(({ width }) => width)));
    const catalogue = rasterOf(5);
    expect([catalogue.width, catalogue.height].map((pixels) => Math.round(pixels / pixelsPerMm))).toEqual([297, 210]);
    expectEdges(verticalLines(catalogue, 43.5, 51), edgesOf(landscape.left, 297 - landscape.left - landscape.right, defaultProfile.itemCatalog.columns.map(({ width }) => width)));
    expect(inkBox(index).bottom).toBeLessThanOrEqual(297 - form.bottom + 0.5);
    expect(inkBox(index).top).toBeGreaterThanOrEqual(form.top - 0.5);
  });

  it('closing note and cover stand within the margins, their frames as wide as the text area', () => {
    const area = 210 - form.left - form.right;
    const note = verticalLines(rasterOf(6), 100, 170);
    expectEdges([note[0] ?? 0, note.at(-1) ?? 0], [form.left, form.left + area]);
    const cover = rasterOf(7);
    expectEdges(verticalLines(cover, 210, 228), [0, 0.52, 0.72, 1].map((part) => form.left + area * part));
    expect(inkBox(cover).bottom).toBeLessThanOrEqual(297 - form.bottom + 0.5);
  });

  it('页号 stands in the upper right corner at the distances of the profile (DA/T 22-2015 §5.5)', () => {
    const box = inkBox(rasterOf(8));
    expectWithin(210 - box.right, defaultProfile.pageStamp.fromSide);
    expect(box.top).toBeGreaterThanOrEqual(defaultProfile.pageStamp.fromEdge - 0.5);
    expect(box.top).toBeLessThanOrEqual(defaultProfile.pageStamp.fromEdge + 1.5);
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

  interface Word {
    readonly text: string;
    readonly left: number;
    readonly right: number;
    readonly top: number;
  }
  /** Lines of a page as poppler reads them, in millimetres. */
  const wordsOf = (page: number): readonly Word[] => {
    const mm = (points: string | undefined): number => (Number(points) * 25.4) / 72;
    const xml = execFileSync('pdftotext', ['-f', String(page), '-l', String(page), '-bbox', path.join(folder, 'ruler.pdf'), '-'], { encoding: 'utf8' });
    return [...xml.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</gu)].map(([, left, top, right, text = '']) => ({ text: text.normalize('NFKC'), left: mm(left), right: mm(right), top: mm(top) }));
  };
  const wordWith = (page: number, text: string): Word => first(wordsOf(page).filter((word) => word.text.includes(text)));
  const em = (16 * 25.4) / 72;
  const official = defaultProfile.pages.official;

  it('letters stand as GB/T 9704-2012 has it: margins, centred title, addressee at the edge, pitch, signature over the date, page number', () => {
    const page = 9;
    const title = wordWith(page, '青岛市市南区人民政府');
    expectWithin((title.left + title.right) / 2, official.left + 78);
    const addressee = wordWith(page, '青岛市生态环境局');
    expectWithin(addressee.left, official.left);
    const body = wordWith(page, '高度重视');
    expectWithin(body.left, official.left + 2 * (em - (0.25 * 25.4) / 72));
    expectWithin(body.top - addressee.top, (28.95 * 25.4) / 72);
    const date = wordWith(page, '2024年4月28日');
    expectWithin(date.right, 210 - official.right - 4 * em);
    const signer = wordsOf(page).findLast(({ text }) => text === '青岛市市南区人民政府');
    expectWithin(((signer?.left ?? 0) + (signer?.right ?? 0)) / 2, (date.left + date.right) / 2);
    // The dashes of — 1 — are 7 mm under the text area and end one character from its edge (§7.5).
    const raster = rasterOf(page);
    const box = inkBox(raster, official.top + 225);
    expectWithin(box.right, 210 - official.right - (14 * 25.4) / 72);
    const dash = Array.from({ length: 150 }, (_, row) => Math.round((official.top + 225) * pixelsPerMm) + row).find((row) => Array.from({ length: 10 }, (_, x) => Math.round((box.right - 2.5) * pixelsPerMm) + x).every((x) => raster.isInk(x, row)));
    expectWithin((dash ?? 0) / pixelsPerMm, official.top + 225 + 7);
  });

  it('certificates stand within the text area, the unit over the date', () => {
    const page = 10;
    const box = inkBox(rasterOf(page));
    expect(box.left).toBeGreaterThanOrEqual(official.left - 0.1);
    expect(box.right).toBeLessThanOrEqual(210 - official.right + 0.5);
    expect(box.bottom).toBeLessThanOrEqual(official.top + 225);
    const title = wordWith(page, '关于不涉及有关指标的证明');
    expectWithin((title.left + title.right) / 2, official.left + 78);
    const [unit, date] = [wordWith(page, '（盖章）'.normalize('NFKC')), wordWith(page, '2024年4月12日')];
    expectWithin(date.right, 210 - official.right - 4 * em);
    expectWithin((unit.left + unit.right) / 2, (date.left + date.right) / 2);
  });

  const shares = (parts: readonly number[], width: number): readonly number[] => parts.map((part) => (width * part) / parts.reduce((sum, each) => sum + each, 0));
  const landscapeArea = 297 - landscape.left - landscape.right;

  it('task sheets and ledgers lie on landscape A4, their columns over the whole text area', () => {
    const task = rasterOf(11);
    expect([task.width, task.height].map((pixels) => Math.round(pixels / pixelsPerMm))).toEqual([297, 210]);
    expectEdges(verticalLines(task, 50, 57), edgesOf(landscape.left, landscapeArea, shares([14, 60, 14, 56, 76, 24, 14], landscapeArea)));
    const ledger = rasterOf(12);
    expectEdges(verticalLines(ledger, 50, 57), edgesOf(landscape.left, landscapeArea, shares([13, 20, 33, 44, 28, 25, 28, 44, 28, 28, 17], landscapeArea)));
    for (const raster of [task, ledger]) expect(inkBox(raster).top).toBeGreaterThanOrEqual(landscape.top - 0.5);
  });

  it('separators have their list as wide as the text area', () => {
    const area = 210 - form.left - form.right;
    const raster = rasterOf(13);
    const { bottom } = inkBox(raster);
    expectEdges(verticalLines(raster, bottom - 8, bottom - 0.5), [form.left, form.left + 18, form.left + area - 26, form.left + area]);
    const words = wordsOf(13);
    const heading = words.filter(({ top }) => Math.abs(top - (words.find(({ text }) => text.startsWith('指标'))?.top ?? 0)) < 1);
    expectWithin((Math.min(...heading.map(({ left }) => left)) + Math.max(...heading.map(({ right }) => right))) / 2, form.left + area / 2);
  });

  it('photos stand in the middle of an A4 sheet, margins free', () => {
    const raster = rasterOf(14);
    expect([raster.width, raster.height].map((pixels) => Math.round(pixels / pixelsPerMm))).toEqual([210, 297]);
    const box = inkBox(raster);
    expectWithin((box.left + box.right) / 2, 105);
    expect(box.left).toBeGreaterThanOrEqual(photoMargin - 0.5);
    expect(box.top).toBeGreaterThanOrEqual(photoMargin - 0.5);
    expect(box.bottom).toBeLessThanOrEqual(297 - photoMargin + 0.5);
    // The picture keeps its shape, 2 to 3.
    const middle = Math.round(box.top + 50) * pixelsPerMm;
    const inked = Array.from({ length: raster.width }, (_, x) => x).filter((x) => raster.isInk(x, middle)).length / pixelsPerMm;
    const height = Array.from({ length: raster.height }, (_, y) => y).filter((y) => raster.isInk(Math.round((105 - inked / 2 + 2) * pixelsPerMm), y)).length / pixelsPerMm;
    expectWithin(height, inked * 1.5);
  });
});
