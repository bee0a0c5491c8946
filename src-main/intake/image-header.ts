/** What an image's header says. Pixels as stored; `orientation` is EXIF's 1–8, how a viewer must turn them. */
export interface ImageFacts {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** Dots per inch as the file states them, null where it states none or nonsense (below 50 or above 2400). */
  readonly dpi: number | null;
  /** `YYYY-MM-DD HH:MM:SS` from EXIF, when the photo was taken; empty where not stated. */
  readonly takenAt: string;
}

export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Header of a PNG; undefined where it is damaged. */
export function readPngHeader(bytes: Uint8Array): ImageFacts | undefined {
  const view = viewOf(bytes);
  if (bytes.length < 33 || view.getUint32(12) !== 0x49484452) return undefined;
  let dpi: number | null = null;
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    if (type === 0x70485973 && at + 17 <= bytes.length && bytes[at + 16] === 1) dpi = sensibleDpi(view.getUint32(at + 8) * 0.0254);
    if (type === 0x49444154) break;
  }
  return described(view.getUint32(16), view.getUint32(20), { dpi });
}

/** Header of a JPEG, with EXIF and JFIF facts; undefined where no frame is found. */
export function readJpegHeader(bytes: Uint8Array): ImageFacts | undefined {
  const view = viewOf(bytes);
  let dpi: number | null = null;
  let exif: ExifFacts = noExif;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) return undefined;
    const length = view.getUint16(at + 2);
    const body = bytes.subarray(at + 4, at + 2 + length);
    if (marker === 0xe0 && startsWith(body, 'JFIF\0') && body.length >= 12) {
      const density = viewOf(body).getUint16(8);
      if (body[7] === 1) dpi = sensibleDpi(density);
      if (body[7] === 2) dpi = sensibleDpi(density * 2.54);
    }
    if (marker === 0xe1 && startsWith(body, 'Exif\0\0')) exif = readExif(body.subarray(6));
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame && body.length >= 5) {
      const frameView = viewOf(body);
      return described(frameView.getUint16(3), frameView.getUint16(1), { dpi: exif.dpi ?? dpi, orientation: exif.orientation, takenAt: exif.takenAt });
    }
    at += 2 + length;
  }
  return undefined;
}

interface ExifFacts {
  readonly orientation: Orientation;
  readonly dpi: number | null;
  readonly takenAt: string;
}

const noExif: ExifFacts = { orientation: 1, dpi: null, takenAt: '' };

/** Facts from a TIFF-shaped EXIF block. A broken block says nothing, it never refuses the photo. */
export function readExif(block: Uint8Array): ExifFacts {
  if (block.length < 14) return noExif;
  const view = viewOf(block);
  const little = block[0] === 0x49;
  const readDirectory = (start: number): ReadonlyMap<number, { readonly type: number; readonly count: number; readonly at: number }> => {
    const entries = new Map<number, { type: number; count: number; at: number }>();
    if (start < 8 || start + 2 > block.length) return entries;
    const count = Math.min(view.getUint16(start, little), 500);
    for (let index = 0; index < count; index += 1) {
      const at = start + 2 + index * 12;
      if (at + 12 > block.length) break;
      entries.set(view.getUint16(at, little), { type: view.getUint16(at + 2, little), count: view.getUint32(at + 4, little), at: at + 8 });
    }
    return entries;
  };
  const first = readDirectory(view.getUint32(4, little));
  const short = (tag: number): number | undefined => {
    const entry = first.get(tag);
    return entry?.type === 3 ? view.getUint16(entry.at, little) : undefined;
  };
  const resolution = first.get(0x11a);
  let dpi: number | null = null;
  if (resolution?.type === 5) {
    const at = view.getUint32(resolution.at, little);
    if (at + 8 <= block.length) dpi = sensibleDpi((view.getUint32(at, little) / view.getUint32(at + 4, little)) * (short(0x128) === 3 ? 2.54 : 1));
  }
  const detail = first.get(0x8769);
  const second = detail === undefined ? first : readDirectory(view.getUint32(detail.at, little));
  // Only the moment of exposure counts; tag 306 is when an editor last saved the file.
  const taken = second.get(0x9003) ?? second.get(0x9004);
  let takenAt = '';
  if (taken?.type === 2 && taken.count >= 19) {
    const at = view.getUint32(taken.at, little);
    const text = Array.from(block.subarray(at, at + 19), (code) => String.fromCharCode(code)).join('');
    const parts = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})$/u.exec(text);
    if (parts !== null && Number(parts[1]) >= 1990 && Number(parts[2]) >= 1 && Number(parts[2]) <= 12) takenAt = `${parts[1]}-${parts[2]}-${parts[3]} ${parts[4]}`;
  }
  return { orientation: asOrientation(short(0x112)), dpi, takenAt };
}

function asOrientation(value: number | undefined): Orientation {
  switch (value) {
    case 2: case 3: case 4: case 5: case 6: case 7: case 8:
      return value;
    default:
      return 1;
  }
}

/** Header of a WebP in any of its three forms. */
export function readWebpHeader(bytes: Uint8Array): ImageFacts | undefined {
  if (bytes.length < 30) return undefined;
  const view = viewOf(bytes);
  const form = String.fromCharCode(...bytes.subarray(12, 16));
  if (form === 'VP8X') return described(1 + (view.getUint32(24, true) & 0xffffff), 1 + ((view.getUint32(26, true) >>> 8) & 0xffffff));
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true);
    return described(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
  }
  return form === 'VP8 ' ? described(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff) : undefined;
}

/** Header of a Windows bitmap; a negative height means rows from the top. */
export function readBmpHeader(bytes: Uint8Array): ImageFacts | undefined {
  if (bytes.length < 26) return undefined;
  const view = viewOf(bytes);
  if (view.getUint32(14, true) === 12) return described(view.getUint16(18, true), view.getUint16(20, true));
  const dpi = bytes.length >= 46 ? sensibleDpi(view.getInt32(38, true) * 0.0254) : null;
  return described(view.getInt32(18, true), Math.abs(view.getInt32(22, true)), { dpi });
}

function described(width: number, height: number, more: Partial<Pick<ImageFacts, 'orientation' | 'dpi' | 'takenAt'>> = {}): ImageFacts | undefined {
  if (width < 1 || height < 1) return undefined;
  return { width, height, orientation: more.orientation ?? 1, dpi: more.dpi ?? null, takenAt: more.takenAt ?? '' };
}

const sensibleDpi = (dpi: number): number | null => (Number.isFinite(dpi) && dpi >= 50 && dpi <= 2400 ? Math.round(dpi) : null);
const startsWith = (bytes: Uint8Array, text: string): boolean => [...text].every((character, index) => bytes[index] === character.charCodeAt(0));
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
