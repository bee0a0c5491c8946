import { drawField, holdsText, needsAppearances, type DrawnField } from './field-value.ts';
import type { FontBook } from './font-book.ts';
import type { Fonts } from './fonts.ts';
import type { ObjectCopier } from './object-copier.ts';
import { isArray, nameOf, PdfDict, PdfRef, PdfStream, type PdfValue } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';
import { formatNumber } from './serialize.ts';
import type { VolumeFile } from './volume-file.ts';

/** A field's appearance as a form XObject and where it goes on its page. */
interface StoredAppearance {
  readonly kind: 'stored';
  readonly object: number;
  /** Six numbers for `cm`. */
  readonly matrix: string;
}

export type FlattenedWidget = StoredAppearance | ({ readonly kind: 'drawn' } & DrawnField);

export interface WidgetContext {
  readonly source: PdfSource;
  readonly copier: ObjectCopier;
  readonly volume: VolumeFile;
  readonly book: FontBook;
  readonly fonts: Fonts;
  readonly prefix: string;
  /** How the page is turned, degrees clockwise. */
  readonly rotate: number;
}

const HIDDEN = 2;
const NO_VIEW = 32;
const NO_ROTATE = 16;
const IDENTITY = [1, 0, 0, 1, 0, 0] as const;

/** What a field shows (ISO 32000-1, 12.5.5); null for one that shows nothing. */
export async function flattenWidget(context: WidgetContext, widget: PdfDict): Promise<FlattenedWidget | null> {
  const { source, copier, volume } = context;
  const flags = source.resolve(widget.get('F'));
  if (typeof flags === 'number' && (flags & (HIDDEN | NO_VIEW)) !== 0) return null;
  const rect = numbersOf(source, widget.get('Rect'), 4);
  if (rect === null) return null;
  const normal = normalAppearance(source, widget);
  const stream = source.resolve(normal);
  const stale = needsAppearances(source) && holdsText(source, widget);
  if (!(stream instanceof PdfStream) || stale) {
    const drawn = drawField(source, widget, context.book, context.fonts, context.prefix);
    return drawn === null ? null : { kind: 'drawn', ...drawn };
  }
  const box = numbersOf(source, stream.dict.get('BBox'), 4) ?? [0, 0, 0, 0];
  const matrix = numbersOf(source, stream.dict.get('Matrix'), 6) ?? IDENTITY;
  const fitted = fitToRect(box, matrix, rect);
  if (fitted === null) return null;
  const placed = typeof flags === 'number' && (flags & NO_ROTATE) !== 0 ? keepUpright(fitted, rect, context.rotate) : fitted;
  const object = await copyAppearance(source, copier, volume, normal, stream);
  return object === null ? null : { kind: 'stored', object, matrix: placed.map(formatNumber).join(' ') };
}

/** The appearance stream to show: the only one, or the one of the current state. */
function normalAppearance(source: PdfSource, widget: PdfDict): PdfValue {
  const appearances = source.resolve(widget.get('AP'));
  if (!(appearances instanceof PdfDict)) return null;
  const normal = appearances.get('N');
  const resolved = source.resolve(normal);
  if (resolved instanceof PdfStream) return normal;
  if (!(resolved instanceof PdfDict)) return null;
  const state = nameOf(source.resolve(widget.get('AS')));
  return state === null ? null : resolved.get(state);
}

async function copyAppearance(source: PdfSource, copier: ObjectCopier, volume: VolumeFile, reference: PdfValue, stream: PdfStream): Promise<number | null> {
  const plain = nameOf(source.resolve(stream.dict.get('Subtype'))) === 'Form' && stream.dict.has('Resources');
  if (plain && reference instanceof PdfRef) {
    const pause = copier.copyObject(reference.num);
    if (pause !== null) await pause;
    return copier.numberOf(reference.num);
  }
  const entries = new Map(stream.dict.entries);
  entries.delete('Length');
  entries.delete('Subtype');
  entries.delete('Type');
  if (!entries.has('Resources')) {
    const form = source.resolveDict(source.catalog.get('AcroForm'));
    entries.set('Resources', form?.get('DR') ?? new PdfDict(new Map()));
  }
  const dict = await copier.copyValue(new PdfDict(entries));
  const number = volume.reserve();
  volume.writeStream(number, `/Type/XObject/Subtype/Form${dict.slice(2, -2)}`, source.readStream(stream));
  return number;
}

/** Maps the appearance's box, turned by its own matrix, onto the annotation's rectangle. */
function fitToRect(box: readonly number[], matrix: readonly number[], rect: readonly number[]): readonly number[] | null {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
  const corners = [
    [x1, y1],
    [x2, y1],
    [x1, y2],
    [x2, y2],
  ].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f] as const);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const left = Math.min(...xs);
  const low = Math.min(...ys);
  const width = Math.max(...xs) - left;
  const height = Math.max(...ys) - low;
  if (width === 0 || height === 0) return null;
  const [rx1 = 0, ry1 = 0, rx2 = 0, ry2 = 0] = rect;
  const sx = Math.abs(rx2 - rx1) / width;
  const sy = Math.abs(ry2 - ry1) / height;
  return [sx, 0, 0, sy, Math.min(rx1, rx2) - left * sx, Math.min(ry1, ry2) - low * sy];
}

/** Turns against the page about the rectangle's upper left corner (12.5.3, NoRotate). `matrix` only scales and shifts. */
function keepUpright(matrix: readonly number[], rect: readonly number[], rotate: number): readonly number[] {
  const [sx = 1, , , sy = 1, x = 0, y = 0] = matrix;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = rect;
  const left = Math.min(x1, x2);
  const top = Math.max(y1, y2);
  const cos = rotate === 0 ? 1 : rotate === 180 ? -1 : 0;
  const sin = rotate === 90 ? 1 : rotate === 270 ? -1 : 0;
  return [sx * cos, sx * sin, -sy * sin, sy * cos, left + (x - left) * cos - (y - top) * sin, top + (x - left) * sin + (y - top) * cos];
}

/** The first `count` numbers of a list; null where it has fewer or something else among them. */
export function numbersOf(source: PdfSource, value: PdfValue, count: number): readonly number[] | null {
  const list = source.resolve(value);
  if (!isArray(list) || list.length < count) return null;
  const numbers = list.slice(0, count).map(source.resolve);
  return numbers.every((item): item is number => typeof item === 'number') ? numbers : null;
}
