import { BindFailure } from './bind-error.ts';
import { plausibleDpi, type ImagePage } from './image-page.ts';
import type { SourceFile } from './source-file.ts';

const MAX_MARKERS = 10_000;

/** Reads the markers of a JPEG up to its frame; the picture's bytes later pass into the volume unchanged (DCTDecode). */
export function readJpeg(file: SourceFile): ImagePage {
  let at = 2;
  let dpiX = 0;
  let dpiY = 0;
  let orientation = 1;
  let adobe = false;
  for (let markers = 0; markers < MAX_MARKERS; markers++) {
    const head = file.read(at, 4);
    if (head.length < 4) break;
    if (head[0] !== 0xff) {
      at++;
      continue;
    }
    const marker = head[1] ?? 0;
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) break;
    const length = head.readUInt16BE(2);
    if (length < 2) break;
    const body = file.read(at + 4, length - 2).subarray(0, length - 2);
    if (marker === 0xe0 && body.length >= 12 && body.toString('latin1', 0, 5) === 'JFIF\0') {
      const factor = body[7] === 1 ? 1 : body[7] === 2 ? 2.54 : 0;
      dpiX = body.readUInt16BE(8) * factor;
      dpiY = body.readUInt16BE(10) * factor;
    } else if (marker === 0xe1 && body.toString('latin1', 0, 6) === 'Exif\0\0') {
      const exif = readExif(body.subarray(6));
      orientation = exif.orientation;
      if (plausibleDpi(dpiX) === 0) dpiX = dpiY = exif.dpi;
    } else if (marker === 0xee && body.toString('latin1', 0, 5) === 'Adobe') adobe = true;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (body.length < 6) break;
      return frameOf(file, body, marker, { dpiX, dpiY, orientation, adobe });
    }
    at += 2 + length;
  }
  throw new BindFailure('damaged', 'the JPEG has no frame');
}

function frameOf(file: SourceFile, frame: Buffer, marker: number, seen: { readonly dpiX: number; readonly dpiY: number; readonly orientation: number; readonly adobe: boolean }): ImagePage {
  const bits = frame[0] ?? 8;
  const height = frame.readUInt16BE(1);
  const width = frame.readUInt16BE(3);
  const components = frame[5] ?? 0;
  if (width === 0 || height === 0) throw new BindFailure('damaged', 'the JPEG has no size');
  if (bits !== 8 || (components !== 1 && components !== 3 && components !== 4) || marker > 0xc2) {
    throw new BindFailure('image-unsupported', `JPEG with ${bits} bits, ${components} components, process ${marker - 0xc0}`);
  }
  const space = components === 1 ? '/DeviceGray' : components === 3 ? '/DeviceRGB' : '/DeviceCMYK';
  // Adobe writes CMYK inverted.
  const decode = components === 4 && seen.adobe ? '/Decode[1 0 1 0 1 0 1 0]' : '';
  const dict = `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace${space}/BitsPerComponent 8${decode}/Filter/DCTDecode/Length ${file.size}>>`;
  return {
    width,
    height,
    dpiX: plausibleDpi(seen.dpiX),
    dpiY: plausibleDpi(seen.dpiY),
    orientation: seen.orientation,
    strips: [
      {
        height,
        write: async (volume) => {
          const number = volume.reserve();
          volume.beginStream(number, Buffer.from(dict, 'latin1'));
          volume.appendFrom(file, 0, file.size);
          volume.endStream();
          return number;
        },
      },
    ],
  };
}

/** Orientation and resolution from the first directory of an EXIF block. */
function readExif(tiff: Buffer): { readonly orientation: number; readonly dpi: number } {
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number): number => (at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = u32(4);
  const count = Math.min(u16(directory), 200);
  let orientation = 1;
  let resolution = 0;
  let unit = 2;
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + i * 12;
    const tag = u16(at);
    if (tag === 0x0112) orientation = u16(at + 8);
    else if (tag === 0x0128) unit = u16(at + 8);
    else if (tag === 0x011a) resolution = u32(u32(at + 8)) / (u32(u32(at + 8) + 4) || 1);
  }
  return { orientation: orientation >= 1 && orientation <= 8 ? orientation : 1, dpi: unit === 3 ? resolution * 2.54 : resolution };
}
