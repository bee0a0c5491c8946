import { packAside } from './pack-aside.ts';
import type { PngHeader } from './png-pixels.ts';
import { unfilterRow } from './png-rows.ts';
import type { VolumeFile } from './volume-file.ts';

/** Whether `writeOpacityApart` takes the picture: colours each followed by its opacity, as cameras and screen captures write them. */
export const hasOpacityApart = ({ bits, colorType, interlaced }: PngHeader): boolean => (bits === 8 || bits === 16) && !interlaced && (colorType === 4 || colorType === 6);

/**
 * Writes colours and opacity as two pictures, or the colours alone where all is opaque. A PNG filter works on each byte of a sample by itself, so
 * that the filtered rows only have to be parted: what comes out are PNG rows again, which PDF knows as predictors (ISO 32000-1, 7.4.4.4).
 */
export async function writeOpacityApart(rows: Buffer, { width, height, bits, colorType }: PngHeader, volume: VolumeFile): Promise<number> {
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
    for (let column = 0; column < width; column++) {
      for (let i = 0; i < colorBytes; i++) color[toColor++] = rows[from++] ?? 0;
      for (let i = 0; i < sample; i++) alpha[toAlpha++] = rows[from++] ?? 0;
    }
  }
  const picture = async (space: string, channels: number, data: Buffer, mask: string): Promise<number> => {
    const packed = await packAside(data);
    const number = volume.reserve();
    const decode = `/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors ${channels}/BitsPerComponent ${bits}/Columns ${width}>>`;
    volume.writeStream(number, `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/${space}/BitsPerComponent ${bits}${mask}${decode}`, packed);
    return number;
  };
  const mask = (await isOpaque(alpha, alphaStride, height, sample, volume)) ? '' : `/SMask ${await picture('DeviceGray', 1, alpha, '')} 0 R`;
  return picture(colors === 1 ? 'DeviceGray' : 'DeviceRGB', colors, color, mask);
}

async function isOpaque(rows: Buffer, stride: number, height: number, sample: number, volume: VolumeFile): Promise<boolean> {
  let above: Buffer = Buffer.alloc(stride - 1);
  for (let line = 0; line < height; line++) {
    const turn = volume.drain();
    if (turn !== null) await turn;
    above = unfilterRow(rows, line * stride, stride - 1, sample, above);
    for (let i = 0; i < above.length; i++) if (above[i] !== 255) return false;
  }
  return true;
}
