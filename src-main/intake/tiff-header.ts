import type { ByteWindow } from './byte-window.ts';

export interface TiffPage {
  readonly width: number;
  readonly height: number;
  /** TIFF tag 259: 1 none, 3 and 4 CCITT fax, 5 LZW, 7 JPEG, 8 and 32946 deflate, 32773 PackBits. */
  readonly compression: number;
}

const mostPages = 10_000;

/** Pages of a TIFF in file order, thumbnails left out; undefined where its directory chain is damaged. */
export async function readTiffPages(file: ByteWindow): Promise<readonly TiffPage[] | undefined> {
  const header = await file.read(0, 8);
  if (header.length < 8) return undefined;
  const little = header[0] === 0x49;
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  let at = viewOf(header).getUint32(4, little);
  while (at !== 0) {
    if (seen.has(at) || pages.length >= mostPages) return undefined;
    seen.add(at);
    const countBytes = await file.read(at, 2);
    if (countBytes.length < 2) return undefined;
    const count = viewOf(countBytes).getUint16(0, little);
    const directory = await file.read(at + 2, count * 12 + 4);
    if (count === 0 || directory.length < count * 12 + 4) return undefined;
    const view = viewOf(directory);
    const tags = new Map<number, number>();
    for (let entry = 0; entry < count * 12; entry += 12) {
      const short = view.getUint16(entry + 2, little) === 3;
      tags.set(view.getUint16(entry, little), short ? view.getUint16(entry + 8, little) : view.getUint32(entry + 8, little));
    }
    const [width, height] = [tags.get(256) ?? 0, tags.get(257) ?? 0];
    const thumbnail = ((tags.get(254) ?? 0) & 1) !== 0;
    if (width > 0 && height > 0 && !thumbnail) pages.push({ width, height, compression: tags.get(259) ?? 1 });
    at = view.getUint32(count * 12, little);
  }
  return pages;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
