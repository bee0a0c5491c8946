import { MM_PER_POINT } from '../domain/page-drawing.ts';
import { findContentMarks, type FindExtent, type WantedStrips } from './content-marks.ts';
import { scanContent, type ContentState } from './content-scan.ts';
import type { Area } from './free-place.ts';
import { visibleRect, visibleSize, type StampReach } from './page-stamps.ts';
import type { PageGeometry } from './page-tree.ts';
import { isArray, nameOf, type PdfDict, PdfRef, PdfStream, type PdfValue } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';
import type { DecodedStream } from './stream-decode.ts';

/** A page's content, decoded to see how it ends and where it leaves room. */
export interface PageContent {
  readonly bytes: Buffer;
  readonly state: ContentState;
  /** The streams cannot be taken as they are: part of them cannot be decoded, or they end within a string. */
  readonly damaged: boolean;
}

const CLEAN: ContentState = { unclosed: 0, surplus: 0, insideText: false, openMarks: 0, whole: true, end: 0 };
const NOTHING: PageContent = { bytes: Buffer.alloc(0), state: CLEAN, damaged: false };
/** Larger contents are drawings of millions of lines: they are isolated without being read. */
const MAX_SCANNED_CONTENT = 64 * 1024 * 1024;
const MAX_MARKED_CONTENT = 1024 * 1024;
const SPACE = Buffer.from(' ');

/** The content's streams that are there, in order. */
export function contentStreams(source: PdfSource, value: PdfValue): readonly PdfRef[] {
  const found: PdfRef[] = [];
  const visit = (item: PdfValue, depth: number): void => {
    if (depth > 8) return;
    const target = source.resolve(item);
    if (item instanceof PdfRef && target instanceof PdfStream) found.push(lastReference(source, item));
    else if (isArray(target)) for (const entry of target) visit(entry, depth + 1);
  };
  visit(value, 0);
  return found;
}

/** A reference may lead to another reference. */
function lastReference(source: PdfSource, ref: PdfRef): PdfRef {
  let current = ref;
  for (let i = 0; i < 32; i++) {
    const next = source.getObject(current.num);
    if (!(next instanceof PdfRef)) return current;
    current = next;
  }
  return current;
}

export function readContent(source: PdfSource, streams: readonly PdfRef[]): PageContent {
  const parts: Buffer[] = [];
  let total = 0;
  let complete = true;
  const known = new Map<number, DecodedStream>();
  for (const ref of streams) {
    const stream = source.getObject(ref.num);
    if (!(stream instanceof PdfStream)) continue;
    // Some pages list one stream many times.
    const decoded = known.get(ref.num) ?? source.decodeWithin(stream, MAX_SCANNED_CONTENT);
    if (decoded === null) return NOTHING;
    known.set(ref.num, decoded);
    complete &&= decoded.complete;
    total += decoded.bytes.length + 1;
    if (total > MAX_SCANNED_CONTENT) return NOTHING;
    parts.push(decoded.bytes, SPACE);
  }
  if (parts.length === 0) return NOTHING;
  const bytes = parts.length === 2 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  const state = scanContent(bytes);
  return { bytes, state, damaged: !complete || !state.whole };
}

/** Where the strips that stamps may come into bear something already, millimetres on the page as it is seen. */
export function takenAreas(source: PdfSource, resources: PdfValue, bytes: Buffer, geometry: PageGeometry, reach: StampReach): readonly Area[] {
  if (bytes.length === 0 || bytes.length > MAX_MARKED_CONTENT) return [];
  const size = visibleSize(geometry);
  const objects = source.resolveDict(source.resolveDict(resources)?.get('XObject') ?? null);
  return findContentMarks(bytes, extentFinder(source, objects), stripsOf(geometry, reach)).map((box) => visibleRect({ x: box.x1, y: box.y1, w: box.x2 - box.x1, h: box.y2 - box.y1 }, size, geometry));
}

/** The strips in user space: a page's upper edge lies at either end of either axis. */
function stripsOf({ crop, rotate, userUnit }: PageGeometry, reach: StampReach): WantedStrips {
  const turned = rotate === 90 || rotate === 180;
  const strip = (millimetres: number): number => (millimetres === 0 ? Number.NEGATIVE_INFINITY : millimetres / MM_PER_POINT / userUnit);
  const atLow = strip(turned ? reach.upper : reach.lower);
  const atHigh = strip(turned ? reach.lower : reach.upper);
  return rotate === 90 || rotate === 270 ? { axis: 'x', low: crop.x1 + atLow, high: crop.x2 - atHigh } : { axis: 'y', low: crop.y1 + atLow, high: crop.y2 - atHigh };
}

function extentFinder(source: PdfSource, objects: PdfDict | null): FindExtent {
  return (name) => {
    const stream = source.resolve(objects?.get(name) ?? null);
    if (!(stream instanceof PdfStream)) return null;
    if (nameOf(source.resolve(stream.dict.get('Subtype'))) === 'Image') return { box: { x1: 0, y1: 0, x2: 1, y2: 1 }, matrix: [1, 0, 0, 1, 0, 0] };
    const box = numbersOf(source, stream.dict.get('BBox'));
    const [x1, y1, x2, y2] = box;
    if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return null;
    const matrix = numbersOf(source, stream.dict.get('Matrix'));
    return { box: { x1, y1, x2, y2 }, matrix: matrix.length === 6 ? matrix : [1, 0, 0, 1, 0, 0] };
  };
}

function numbersOf(source: PdfSource, value: PdfValue): readonly number[] {
  const list = source.resolve(value);
  return isArray(list) ? list.map(source.resolve).filter((item) => typeof item === 'number') : [];
}
