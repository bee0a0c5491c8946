import { BindFailure } from './bind-error.ts';
import { plausibleDpi, type ImagePage } from './image-page.ts';
import { decodePngPixels, type PngHeader } from './png-pixels.ts';
import type { SourceFile } from './source-file.ts';

interface Chunk {
  readonly offset: number;
  readonly length: number;
}

const MAX_CHUNKS = 1_000_000;

/**
 * Reads a PNG's chunks. Without transparency and interlace its compressed rows are PDF's own Flate with PNG predictors and pass into
 * the volume unchanged; otherwise the pixels are decoded and the transparency becomes a soft mask.
 */
export function readPng(file: SourceFile): ImagePage {
  const header = readHeader(file);
  const data: Chunk[] = [];
  let palette: Buffer | null = null;
  let transparency: Buffer | null = null;
  let dpiX = 0;
  let dpiY = 0;
  let at = 33;
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
    const head = file.read(at, 8);
    if (head.length < 8) break;
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    if (at + 8 + length > file.size && type !== 'IDAT') break;
    if (type === 'IEND') break;
    if (type === 'IDAT') data.push({ offset: at + 8, length: Math.min(length, file.size - at - 8) });
    else if (type === 'PLTE' && length <= 768) palette = Buffer.from(file.read(at + 8, length).subarray(0, length));
    else if (type === 'tRNS' && length <= 256) transparency = Buffer.from(file.read(at + 8, length).subarray(0, length));
    else if (type === 'pHYs' && length === 9) {
      const body = file.read(at + 8, 9);
      if (body[8] === 1) {
        dpiX = body.readUInt32BE(0) * 0.0254;
        dpiY = body.readUInt32BE(4) * 0.0254;
      }
    }
    at += 12 + length;
  }
  if (data.length === 0) throw new BindFailure('damaged', 'the PNG has no picture data');
  if (header.colorType === 3 && palette === null) throw new BindFailure('damaged', 'the PNG has no palette');
  const plain = transparency === null && !header.interlaced && (header.colorType === 0 || header.colorType === 2 || header.colorType === 3);
  return {
    width: header.width,
    height: header.height,
    dpiX: plausibleDpi(dpiX),
    dpiY: plausibleDpi(dpiY),
    orientation: 1,
    strips: [
      {
        height: header.height,
        write: async (volume) => {
          if (!plain) {
            const raw = Buffer.concat(data.map((chunk) => Buffer.from(file.read(chunk.offset, chunk.length).subarray(0, chunk.length))));
            return decodePngPixels(raw, header, palette, transparency, volume);
          }
          const total = data.reduce((sum, chunk) => sum + chunk.length, 0);
          const colors = header.colorType === 2 ? 3 : 1;
          const space = header.colorType === 2 ? '/DeviceRGB' : header.colorType === 0 ? '/DeviceGray' : paletteSpace(palette ?? Buffer.alloc(0));
          const number = volume.reserve();
          volume.beginStream(
            number,
            Buffer.from(
              `<</Type/XObject/Subtype/Image/Width ${header.width}/Height ${header.height}/ColorSpace${space}/BitsPerComponent ${header.bits}` +
                `/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors ${colors}/BitsPerComponent ${header.bits}/Columns ${header.width}>>/Length ${total}>>`,
              'latin1',
            ),
          );
          for (const chunk of data) volume.appendFrom(file, chunk.offset, chunk.length);
          volume.endStream();
          return number;
        },
      },
    ],
  };
}

function readHeader(file: SourceFile): PngHeader {
  const head = file.read(0, 33);
  if (head.length < 33 || head.toString('latin1', 12, 16) !== 'IHDR') throw new BindFailure('damaged', 'the PNG has no header');
  const header = { width: head.readUInt32BE(16), height: head.readUInt32BE(20), bits: head[24] ?? 8, colorType: head[25] ?? 0, interlaced: head[28] === 1 };
  if (header.width === 0 || header.height === 0) throw new BindFailure('damaged', 'the PNG has no size');
  if (header.width * header.height > 1_000_000_000) throw new BindFailure('too-large', `a picture of ${header.width} × ${header.height} pixels`);
  if (![0, 2, 3, 4, 6].includes(header.colorType) || ![1, 2, 4, 8, 16].includes(header.bits)) throw new BindFailure('damaged', 'the PNG header makes no sense');
  return header;
}

const paletteSpace = (palette: Buffer): string => `[/Indexed/DeviceRGB ${Math.max(0, Math.floor(palette.length / 3) - 1)}<${palette.toString('hex')}>]`;
