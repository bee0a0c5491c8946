import { inflateSync } from 'node:zlib';
import { createCanvas, type Canvas } from '@napi-rs/canvas';

const mostPixels = 80_000_000;
const mostPages = 2000;

/**
 * Pages of a TIFF as pictures, one after the other: strips that are plain, LZW, deflate or PackBits; black-and-white, grey,
 * palette, RGB (TIFF 6.0 part 1). Null for a page in another form; fax pages pass to the binder unchanged and are not decoded here.
 */
export function* decodeTiff(file: Uint8Array): Generator<Canvas | null> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const little = file[0] === 0x49;
  const seen = new Set<number>();
  for (let at = view.getUint32(4, little); at > 0 && at + 2 <= file.length && !seen.has(at) && seen.size < mostPages; ) {
    seen.add(at);
    const count = view.getUint16(at, little);
    if (at + 2 + count * 12 + 4 > file.length) return;
    const tags = new Map<number, readonly number[]>();
    for (let index = 0; index < count; index += 1) tags.set(view.getUint16(at + 2 + index * 12, little), readValues(view, at + 2 + index * 12, little));
    // A reduced copy of another page is no page.
    if (((tags.get(254)?.[0] ?? 0) & 1) === 0) yield drawPage(file, tags);
    at = view.getUint32(at + 2 + count * 12, little);
  }
}

function readValues(view: DataView, at: number, little: boolean): readonly number[] {
  const type = view.getUint16(at + 2, little);
  const count = Math.min(view.getUint32(at + 4, little), 1_000_000);
  const size = type === 3 ? 2 : type === 4 ? 4 : type === 1 ? 1 : 0;
  if (size === 0) return [];
  const from = size * count <= 4 ? at + 8 : view.getUint32(at + 8, little);
  const values: number[] = [];
  for (let index = 0; index < count && from + (index + 1) * size <= view.byteLength; index += 1) {
    const place = from + index * size;
    values.push(size === 2 ? view.getUint16(place, little) : size === 4 ? view.getUint32(place, little) : view.getUint8(place));
  }
  return values;
}

function drawPage(file: Uint8Array, tags: ReadonlyMap<number, readonly number[]>): Canvas | null {
  const first = (tag: number, usual: number): number => tags.get(tag)?.[0] ?? usual;
  const [width, height, bits, samples, photometric, predictor] = [first(256, 0), first(257, 0), first(258, 1), first(277, 1), first(262, 0), first(317, 1)];
  const offsets = tags.get(273) ?? [];
  const lengths = tags.get(279) ?? [];
  const known = (bits === 1 && samples === 1 && photometric <= 1) || (bits === 8 && ((samples === 1 && (photometric <= 1 || photometric === 3)) || (samples >= 3 && photometric === 2)));
  if (!known || width < 1 || height < 1 || width * height > mostPixels || first(284, 1) !== 1 || first(266, 1) !== 1 || offsets.length === 0 || predictor > 2) return null;
  const stride = Math.ceil((width * samples * bits) / 8);
  const rows = Math.min(first(278, height), height);
  const bytes = new Uint8Array(stride * height);
  for (const [index, offset] of offsets.entries()) {
    const start = index * rows * stride;
    if (start >= bytes.length) break;
    const wanted = Math.min(rows * stride, bytes.length - start);
    const strip = unpack(file.subarray(offset, offset + (lengths[index] ?? 0)), first(259, 1), wanted);
    if (strip === null) return null;
    bytes.set(strip.subarray(0, wanted), start);
  }
  if (predictor === 2 && bits === 8) {
    for (let row = 0; row < height; row += 1) for (let x = samples; x < stride; x += 1) bytes[row * stride + x] = ((bytes[row * stride + x] ?? 0) + (bytes[row * stride + x - samples] ?? 0)) & 255;
  }
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  const pixels = pen.createImageData(width, height);
  const map = tags.get(320) ?? [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = bits === 1 ? (((bytes[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) * 255 : (bytes[y * stride + x * samples] ?? 0);
      const grey = photometric === 0 ? 255 - value : value;
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        pixels.data[at + channel] = photometric === 3 ? (map[channel * 256 + value] ?? 0) >> 8 : photometric === 2 ? (bytes[y * stride + x * samples + channel] ?? 0) : grey;
      }
      pixels.data[at + 3] = 255;
    }
  }
  pen.putImageData(pixels, 0, 0);
  return canvas;
}

function unpack(strip: Uint8Array, compression: number, wanted: number): Uint8Array | null {
  switch (compression) {
    case 1:
      return strip;
    case 5:
      return unpackLzw(strip, wanted);
    case 8:
    case 32_946:
      try {
        return inflateSync(strip, { maxOutputLength: wanted + 65_536 });
      } catch {
        return null;
      }
    case 32_773:
      return unpackBits(strip, wanted);
    default:
      return null;
  }
}

function unpackBits(strip: Uint8Array, wanted: number): Uint8Array {
  const out = new Uint8Array(wanted);
  let to = 0;
  for (let at = 0; at < strip.length && to < wanted; ) {
    const head = strip[at] ?? 128;
    if (head < 128) {
      for (let index = 1; index <= head + 1 && to < wanted; index += 1) out[to++] = strip[at + index] ?? 0;
      at += head + 2;
    } else {
      if (head > 128) for (let index = 0; index < 257 - head && to < wanted; index += 1) out[to++] = strip[at + 1] ?? 0;
      at += head > 128 ? 2 : 1;
    }
  }
  return out;
}

/** TIFF 6.0 §13: codes of 9 to 12 bits, most significant first, the width grows one code early. */
function unpackLzw(strip: Uint8Array, wanted: number): Uint8Array {
  const out = new Uint8Array(wanted);
  const starts = new Uint32Array(4097);
  const sizes = new Uint32Array(4097);
  let [to, bit, width, next] = [0, 0, 9, 258];
  while (to < wanted && bit + width <= strip.length * 8) {
    let code = 0;
    for (let index = 0; index < width; index += 1, bit += 1) code = (code << 1) | (((strip[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    if (code === 257) break;
    if (code === 256) {
      [width, next] = [9, 258];
      continue;
    }
    const begin = to;
    if (code < 256) out[to++] = code;
    else if (code < next) {
      const [from, size] = [starts[code] ?? 0, sizes[code] ?? 0];
      for (let index = 0; index < size && to < wanted; index += 1) out[to++] = out[from + index] ?? 0;
    } else break;
    // The new entry is this text and the first byte of what follows it in the output, which the next code writes (or is copying).
    if (next < 4096) {
      starts[next] = begin;
      sizes[next] = to - begin + 1;
      next += 1;
    }
    if (next >= 1 << width && width < 12) width += 1;
  }
  return out;
}
