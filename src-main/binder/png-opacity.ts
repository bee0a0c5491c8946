import { packAside } from './pack-aside.ts';
import type { PartedPicture, PictureStream } from './parted-picture.ts';
import type { PngHeader } from './png-pixels.ts';
import type { VolumeFile } from './volume-file.ts';

/** Whether `partOpacity` takes the picture: colours each followed by its opacity, as cameras and screen captures write them. */
export const hasOpacityApart = ({ bits, colorType, interlaced }: PngHeader): boolean => (bits === 8 || bits === 16) && !interlaced && (colorType === 4 || colorType === 6);

/**
 * Parts colours and opacity into two pictures, or the colours alone where all is opaque. A PNG filter works on each byte of a sample by itself, so
 * that the filtered rows only have to be parted: what comes out are PNG rows again, which PDF knows as predictors (ISO 32000-1, 7.4.4.4).
 */
export async function partOpacity(rows: Buffer, { width, height, bits, colorType }: PngHeader, volume: VolumeFile): Promise<PartedPicture> {
  const sample = bits >> 3;
  const colors = colorType === 4 ? 1 : 3;
  const colorBytes = colors * sample;
  const colorStride = width * colorBytes + 1;
  const alphaStride = width * sample + 1;
  const color = Buffer.alloc(colorStride * height);
  const alpha = Buffer.alloc(alphaStride * height);
  let from = 0;
  for (let line = 0; line < height; line++) {
    const turn = volume.drain();
    if (turn !== null) await turn;
    let toColor = line * colorStride;
    let toAlpha = line * alphaStride;
    if (from >= rows.length) {
      // A row that is not there is white and opaque.
      color.fill(255, toColor + 1, toColor + colorStride);
      alpha.fill(255, toAlpha + 1, toAlpha + alphaStride);
      continue;
    }
    const kind = rows[from++] ?? 0;
    color[toColor++] = kind > 4 ? 0 : kind;
    alpha[toAlpha++] = kind > 4 ? 0 : kind;
    if (colorBytes === 3) {
      // What cameras and screens write, in one loop: this is where the time goes.
      for (let column = 0; column < width; column++) {
        color[toColor] = rows[from] ?? 0;
        color[toColor + 1] = rows[from + 1] ?? 0;
        color[toColor + 2] = rows[from + 2] ?? 0;
        alpha[toAlpha] = rows[from + 3] ?? 0;
        toColor += 3;
        toAlpha += 1;
        from += 4;
      }
      continue;
    }
    for (let column = 0; column < width; column++) {
      for (let i = 0; i < colorBytes; i++) color[toColor++] = rows[from++] ?? 0;
      for (let i = 0; i < sample; i++) alpha[toAlpha++] = rows[from++] ?? 0;
    }
  }
  const picture = async (space: string, channels: number, data: Buffer): Promise<PictureStream> => ({
    head: `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/${space}/BitsPerComponent ${bits}`,
    decode: `/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors ${channels}/BitsPerComponent ${bits}/Columns ${width}>>`,
    data: await packAside(data),
  });
  const mask = isOpaque(alpha, alphaStride, height, sample) ? null : await picture('DeviceGray', 1, alpha);
  return { color: await picture(colors === 1 ? 'DeviceGray' : 'DeviceRGB', colors, color), mask };
}

/** Whether all samples are 255, told from the filtered rows: under a row that is, each filter leaves one row only for such a row (PNG 1.2 §6). */
function isOpaque(rows: Buffer, stride: number, height: number, sample: number): boolean {
  const row = (begin: number, rest: number): Buffer => Buffer.alloc(stride - 1, rest).fill(begin, 0, sample);
  const plain = row(255, 255);
  const fromLeft = row(255, 0);
  const same = row(0, 0);
  const first = [plain, fromLeft, plain, row(255, 128), fromLeft];
  const later = [plain, fromLeft, same, row(128, 0), same];
  for (let line = 0; line < height; line++) {
    const expected = (line === 0 ? first : later)[rows[line * stride] ?? 0];
    if (expected?.equals(rows.subarray(line * stride + 1, (line + 1) * stride)) !== true) return false;
  }
  return true;
}
