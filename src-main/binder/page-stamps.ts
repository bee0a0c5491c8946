import { MM_PER_POINT, type Color } from '../domain/page-drawing.ts';
import type { BindPlan, FilingStamp, HeaderLine, NumberStamp, ProofMark, Watermark } from './bind-plan.ts';
import { ContentPainter } from './drawn-content.ts';
import type { FontBook } from './font-book.ts';
import type { Fonts } from './fonts.ts';
import type { PageGeometry } from './page-tree.ts';
import { chooseFree, CLEARANCE, type Area } from './free-place.ts';
import { formatNumber } from './serialize.ts';

const RED: Color = [0.85, 0, 0];
const GRAY: Color = [0.5, 0.5, 0.5];

/** What is drawn over one page. */
export interface PageStamps {
  /** Text of the running number, null for none. */
  readonly volumeNumber: string | null;
  readonly itemNumber: string | null;
  /** Decides the side of duplex corners: odd is a front. */
  readonly oddSide: boolean;
  readonly total: number;
  readonly itemTotal: number;
  readonly filingStamp: FilingStamp | null;
  readonly proofMarks: readonly ProofMark[];
  readonly header: HeaderLine | null;
  readonly watermark: Watermark | null;
}

export interface StampContent {
  readonly text: string;
  readonly fonts: ReadonlySet<number>;
  /** Opacity of the watermark's graphics state, null without one. */
  readonly opacity: number | null;
}

/** Size of the page as a reader sees it, millimetres. */
export function visibleSize(geometry: PageGeometry): { readonly width: number; readonly height: number } {
  const { crop, rotate, userUnit } = geometry;
  const width = (crop.x2 - crop.x1) * userUnit * MM_PER_POINT;
  const height = (crop.y2 - crop.y1) * userUnit * MM_PER_POINT;
  return rotate === 90 || rotate === 270 ? { width: height, height: width } : { width, height };
}

/** Matrix from points on the page as it is seen (origin lower left) to the page's user space. */
export function uprightMatrix(geometry: PageGeometry): readonly [number, number, number, number, number, number] {
  const { crop, rotate } = geometry;
  const s = 1 / geometry.userUnit;
  if (rotate === 90) return [0, s, -s, 0, crop.x2, crop.y1];
  if (rotate === 180) return [-s, 0, 0, -s, crop.x2, crop.y2];
  if (rotate === 270) return [0, -s, s, 0, crop.x1, crop.y2];
  return [s, 0, 0, s, crop.x1, crop.y1];
}

/** Draws a page's stamps upright for the reader, whatever the page's rotation, crop and unit. */
export function drawStamps(plan: BindPlan, stamps: PageStamps, geometry: PageGeometry, book: FontBook, prefix: string, content: readonly Area[] = []): StampContent {
  const size = visibleSize(geometry);
  const taken = [...content];
  const painter = new ContentPainter(book, size.height, prefix);
  let opacity: number | null = null;
  if (stamps.watermark !== null) {
    opacity = stamps.watermark.opacity ?? 0.15;
    painter.text += `q /${prefix}G gs\n`;
    drawWatermark(painter, stamps.watermark, size, plan.fonts);
    painter.text += 'Q\n';
  }
  if (stamps.header !== null) taken.push(drawHeader(painter, stamps.header, size, plan.fonts));
  if (stamps.filingStamp !== null) taken.push(drawFilingStamp(painter, stamps.filingStamp, size, plan.fonts, taken));
  for (const mark of stamps.proofMarks) drawProofMark(painter, mark, size, geometry);
  const { perVolume, perItem } = plan.numbering;
  if (perVolume !== undefined && stamps.volumeNumber !== null) drawNumber(painter, perVolume, stamps.volumeNumber, stamps.total, stamps.oddSide, size, plan.fonts, taken);
  if (perItem !== undefined && stamps.itemNumber !== null) drawNumber(painter, perItem, stamps.itemNumber, stamps.itemTotal, stamps.oddSide, size, plan.fonts, taken);
  if (painter.text === '') return { text: '', fonts: painter.usedFonts, opacity };
  const matrix = uprightMatrix(geometry).map(formatNumber).join(' ');
  return { text: `q ${matrix} cm\n${painter.text}Q\n`, fonts: painter.usedFonts, opacity };
}

/** How far from the page's upper and lower edge a stamp that keeps off content may come, mm; 0 where none does. */
export interface StampReach {
  readonly upper: number;
  readonly lower: number;
}

const NO_REACH: StampReach = { upper: 0, lower: 0 };
/** Beside the clearance, for what is rounded. */
const REACH_MARGIN = 1;

export function stampReach(plan: BindPlan, stamps: PageStamps): StampReach {
  const { perVolume, perItem } = plan.numbering;
  let reach = NO_REACH;
  const add = (stamp: NumberStamp | undefined, number: string | null): void => {
    if (stamp === undefined || number === null || stamp.avoidContent === false) return;
    const wanted = stamp.offsetY + stamp.size * MM_PER_POINT * DIGIT_HEIGHT + CLEARANCE + REACH_MARGIN;
    reach = isUpper(stamp) ? { ...reach, upper: Math.max(reach.upper, wanted) } : { ...reach, lower: Math.max(reach.lower, wanted) };
  };
  add(perVolume, stamps.volumeNumber);
  add(perItem, stamps.itemNumber);
  const { filingStamp } = stamps;
  if (filingStamp === null) return reach;
  const lowest = Math.max(...filingOffsets(filingStamp)) + (filingStamp.height ?? FILING_HEIGHT);
  return { ...reach, upper: Math.max(reach.upper, lowest + CLEARANCE + REACH_MARGIN) };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function drawNumber(painter: ContentPainter, stamp: NumberStamp, number: string, total: number, odd: boolean, page: Size, fonts: Fonts, taken: readonly Area[]): void {
  const text = (stamp.format ?? '{n}').replace('{n}', number).replace('{total}', String(total));
  const width = fonts.measure(text, stamp.font, stamp.size);
  const height = stamp.size * MM_PER_POINT * DIGIT_HEIGHT;
  const wanted = placeNumber(stamp, width, odd, page);
  const area = stamp.avoidContent === false || taken.length === 0 ? wanted : chooseFree(shiftsOf(wanted, page), taken, page);
  painter.drawText({ x: area.x, y: area.y + height, text, font: stamp.font, size: stamp.size, ...(stamp.color === undefined ? {} : { color: stamp.color }) });
}

/** Digits are about this much of their size high. */
const DIGIT_HEIGHT = 0.72;

const isUpper = ({ place }: NumberStamp): boolean => place === 'duplex-upper' || place === 'upper-right' || place === 'upper-center';

/** The area that a number takes by profile. */
export function placeNumber(stamp: NumberStamp, width: number, odd: boolean, page: Size): Area {
  const upper = isUpper(stamp);
  const duplex = stamp.place === 'duplex-upper' || stamp.place === 'duplex-lower';
  const center = stamp.place === 'upper-center' || stamp.place === 'lower-center';
  const height = stamp.size * MM_PER_POINT * DIGIT_HEIGHT;
  const x = center ? (page.width - width) / 2 : duplex && !odd ? stamp.offsetX : page.width - stamp.offsetX - width;
  const y = upper ? stamp.offsetY : page.height - stamp.offsetY - height;
  return { x: Math.max(0, Math.min(x, page.width - width)), y: Math.max(0, Math.min(y, page.height - height)), w: width, h: height };
}

/** Places near the wanted one, nearest first: towards the edges, where a page is usually blank, then along the edge. */
function* shiftsOf(wanted: Area, page: Size): Iterable<Area> {
  const outX = wanted.x + wanted.w / 2 > page.width / 2 ? 1 : -1;
  const outY = wanted.y + wanted.h / 2 > page.height / 2 ? 1 : -1;
  for (const dy of [0, 3, 5, 7]) for (const dx of [0, 5, 8, -8, -16, -24]) yield { ...wanted, x: wanted.x + dx * outX, y: wanted.y + dy * outY };
}

function drawHeader(painter: ContentPainter, header: HeaderLine, page: Size, fonts: Fonts): Area {
  const font = header.font ?? 'song';
  const size = header.size ?? 9;
  const width = fonts.measure(header.text, font, size);
  const x = Math.max(5, (page.width - width) / 2);
  const y = header.offsetY ?? 8;
  painter.drawText({ x, y, text: header.text, font, size, color: header.color ?? GRAY });
  const height = size * MM_PER_POINT;
  return { x, y: y - height * 0.85, w: width, h: height };
}

function drawWatermark(painter: ContentPainter, watermark: Watermark, page: Size, fonts: Fonts): void {
  const font = watermark.font ?? 'hei';
  const diagonal = Math.hypot(page.width, page.height);
  const perPoint = Math.max(1e-6, fonts.measure(watermark.text, font, 1));
  const size = watermark.size ?? Math.min(160, (diagonal * 0.6) / perPoint);
  const half = (perPoint * size) / 2;
  const angle = Math.atan2(page.height, page.width);
  const drop = (size * MM_PER_POINT) / 3;
  const x = page.width / 2 - half * Math.cos(angle) + drop * Math.sin(angle);
  const y = page.height / 2 + half * Math.sin(angle) + drop * Math.cos(angle);
  painter.drawText({ x, y, text: watermark.text, font, size, color: watermark.color ?? GRAY, rotate: (angle * 180) / Math.PI });
}

const FILING_HEIGHT = 16;

/** Distances from the upper edge that a 归档章 may have, mm, the wanted one first. */
const filingOffsets = (stamp: FilingStamp): readonly number[] => [stamp.offsetY ?? 8, 5, 12, 16, 20, 3];

function drawFilingStamp(painter: ContentPainter, stamp: FilingStamp, page: Size, fonts: Fonts, taken: readonly Area[]): Area {
  const width = stamp.width ?? 45;
  const height = stamp.height ?? FILING_HEIGHT;
  const color = stamp.color ?? RED;
  const font = stamp.font ?? 'song';
  const side = stamp.offsetX ?? 15;
  const columns = { 'top-center': (page.width - width) / 2, 'top-right': page.width - side - width, 'top-left': side };
  const order = [stamp.position, ...(['top-center', 'top-right', 'top-left'] as const).filter((position) => position !== stamp.position)];
  const candidates = order.flatMap((position) => filingOffsets(stamp).map((y): Area => ({ x: columns[position], y, w: width, h: height })));
  const area = chooseFree(candidates, taken, page);
  const left = area.x;
  const top = area.y;
  painter.drawOps([
    { op: 'rect', x: left, y: top, w: width, h: height, stroke: color, strokeWidth: 0.35 },
    { op: 'line', x1: left, y1: top + height / 2, x2: left + width, y2: top + height / 2, width: 0.25, color },
    { op: 'line', x1: left + width / 3, y1: top, x2: left + width / 3, y2: top + height, width: 0.25, color },
    { op: 'line', x1: left + (2 * width) / 3, y1: top, x2: left + (2 * width) / 3, y2: top + height, width: 0.25, color },
  ]);
  stamp.rows.forEach((row, r) => {
    row.forEach((text, c) => {
      const cell = width / 3;
      const wanted = stamp.size ?? 10;
      const natural = fonts.measure(text, font, wanted);
      const size = natural > cell - 1 ? (wanted * (cell - 1)) / natural : wanted;
      const measured = fonts.measure(text, font, size);
      const baseline = top + (height / 2) * (r + 0.5) + size * MM_PER_POINT * 0.36;
      painter.drawText({ x: left + cell * c + (cell - measured) / 2, y: baseline, text, font, size, color });
    });
  });
  return area;
}

/** From a passage to the line under it, mm: the line must not touch the text. */
const UNDER_PASSAGE = 0.6;
/** What is thinner than this, mm, is a line and no passage. */
const HAIR = 0.05;

function drawProofMark(painter: ContentPainter, mark: ProofMark, page: Size, geometry: PageGeometry): void {
  const rect = mark.unit === 'user' ? visibleRect(mark.rect, page, geometry) : mark.rect;
  // A passage is underlined; a rectangle without height or width is the stroke itself, as a person drew it.
  const stroke = rect.w < HAIR || rect.h < HAIR;
  const down = stroke ? 0 : rect.h + UNDER_PASSAGE;
  const y2 = stroke ? rect.y + rect.h : rect.y + down;
  painter.drawOps([{ op: 'line', x1: rect.x, y1: rect.y + down, x2: rect.x + rect.w, y2, width: mark.width ?? 0.5, color: mark.color ?? RED }]);
}

/** A rectangle of user space as millimetres from the visible page's top left corner. */
export function visibleRect(rect: ProofMark['rect'], page: Size, geometry: PageGeometry): ProofMark['rect'] {
  const { crop, rotate, userUnit } = geometry;
  const corner = (x: number, y: number): readonly [number, number] => {
    const k = userUnit * MM_PER_POINT;
    if (rotate === 90) return [(y - crop.y1) * k, (x - crop.x1) * k];
    if (rotate === 180) return [(crop.x2 - x) * k, (y - crop.y1) * k];
    if (rotate === 270) return [(crop.y2 - y) * k, (crop.x2 - x) * k];
    return [(x - crop.x1) * k, page.height - (y - crop.y1) * k];
  };
  const [ax, ay] = corner(rect.x, rect.y);
  const [bx, by] = corner(rect.x + rect.w, rect.y + rect.h);
  return { x: Math.min(ax, bx), y: Math.min(ay, by), w: Math.abs(ax - bx), h: Math.abs(ay - by) };
}
