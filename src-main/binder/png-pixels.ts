import { BindFailure } from './bind-error.ts';
import { packAside, unpackAside } from './pack-aside.ts';
import { partOnce, writeParted, type PartedPicture, type PictureStream } from './parted-picture.ts';
import { hasOpacityApart, partOpacity } from './png-opacity.ts';
import { unfilterRow } from './png-rows.ts';
import { inflate } from './stream-decode.ts';
import type { VolumeFile } from './volume-file.ts';

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** 0 gray, 2 RGB, 3 palette, 4 gray + alpha, 6 RGB + alpha. */
  readonly colorType: number;
  readonly interlaced: boolean;
}

/** Decoded pixels are held whole for such images only. */
const MAX_DECODED = 400 * 1024 * 1024;
/** Adam7: first column, first row, column step, row step of each pass. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The compressed rows; what is damaged the patient way. */
const unpack = (raw: Buffer, expected: number, limit: number): Promise<Buffer> => unpackAside(raw, expected, limit).catch(() => inflate(raw, limit).bytes);

/** Writes an image, with a soft mask where it is anywhere transparent, from compressed PNG rows. Returns the image's number. */
export async function decodePngPixels(raw: Buffer, header: PngHeader, palette: Buffer | null, transparency: Buffer | null, volume: VolumeFile): Promise<number> {
  const { width, height, colorType } = header;
  const channels = colorType === 2 ? 3 : colorType === 4 ? 2 : colorType === 6 ? 4 : 1;
  const bitsPerPixel = channels * header.bits;
  if (width * height * 4 > MAX_DECODED || Math.ceil((width * bitsPerPixel) / 8) * height > MAX_DECODED) {
    throw new BindFailure('too-large', `a picture of ${width} × ${height} pixels with transparency`);
  }
  const part = async (): Promise<PartedPicture> => {
    const rows = await unpack(raw, (Math.ceil((width * bitsPerPixel) / 8) + 1) * height, MAX_DECODED + height * 8);
    return hasOpacityApart(header) ? partOpacity(rows, header, volume) : decodeRows(rows, header, channels, palette, transparency, volume);
  };
  return writeParted(await partOnce(raw, header, palette, transparency, volume.pictures, part), volume);
}

async function decodeRows(rows: Buffer, header: PngHeader, channels: number, palette: Buffer | null, transparency: Buffer | null, volume: VolumeFile): Promise<PartedPicture> {
  const { width, height, colorType } = header;
  const bitsPerPixel = channels * header.bits;
  const colors = colorType === 0 || colorType === 4 ? 1 : 3;
  const out = Buffer.alloc(width * height * colors, 255);
  const alpha = Buffer.alloc(width * height, 255);
  let at = 0;
  for (const [x0, y0, dx, dy] of header.interlaced ? PASSES : [[0, 0, 1, 1] as const]) {
    const columns = Math.ceil((width - x0) / dx);
    const lines = Math.ceil((height - y0) / dy);
    if (columns <= 0 || lines <= 0) continue;
    const stride = Math.ceil((columns * bitsPerPixel) / 8);
    let above: Buffer = Buffer.alloc(stride);
    for (let line = 0; line < lines && at < rows.length; line++) {
      const turn = volume.drain();
      if (turn !== null) await turn;
      const row = unfilterRow(rows, at, stride, Math.max(1, bitsPerPixel >> 3), above);
      at += stride + 1;
      above = row;
      for (let column = 0; column < columns; column++) {
        const target = (y0 + line * dy) * width + x0 + column * dx;
        putPixel(row, column, header, channels, palette, transparency, out, alpha, target, colors);
      }
    }
  }
  const picture = async (space: string, data: Buffer): Promise<PictureStream> => ({
    head: `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/${space}/BitsPerComponent 8`,
    decode: '/Filter/FlateDecode',
    data: await packAside(data),
  });
  const mask = alpha.every((opacity) => opacity === 255) ? null : await picture('DeviceGray', alpha);
  return { color: await picture(colors === 1 ? 'DeviceGray' : 'DeviceRGB', out), mask };
}

function sampleOf(row: Buffer, index: number, bits: number): number {
  if (bits === 8) return row[index] ?? 0;
  if (bits === 16) return row.length >= index * 2 + 2 ? row.readUInt16BE(index * 2) : 0;
  const bit = index * bits;
  return ((row[bit >> 3] ?? 0) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
}

function putPixel(row: Buffer, column: number, header: PngHeader, channels: number, palette: Buffer | null, transparency: Buffer | null, out: Buffer, alpha: Buffer, target: number, colors: number): void {
  const { bits, colorType } = header;
  const sample = (channel: number): number => sampleOf(row, column * channels + channel, bits);
  const byte = (value: number): number => (bits === 16 ? value >> 8 : bits === 8 ? value : Math.round((value * 255) / ((1 << bits) - 1)));
  if (colorType === 3) {
    const index = sample(0);
    for (let i = 0; i < 3; i++) out[target * 3 + i] = palette?.[index * 3 + i] ?? 0;
    alpha[target] = transparency?.[index] ?? 255;
    return;
  }
  for (let i = 0; i < colors; i++) out[target * colors + i] = byte(sample(i));
  if (channels === 2 || channels === 4) alpha[target] = byte(sample(channels - 1));
  else if (transparency !== null && transparency.length >= colors * 2) {
    let same = true;
    for (let i = 0; i < colors; i++) same &&= transparency.readUInt16BE(i * 2) === sample(i);
    if (same) alpha[target] = 0;
  }
}
