import { BindFailure } from './bind-error.ts';
import { plausibleDpi, type ImagePage, type ImageStrip } from './image-page.ts';
import type { SourceFile } from './source-file.ts';

const MAX_PAGES = 100_000;

interface Directory {
  readonly values: (tag: number) => readonly number[];
  readonly first: (tag: number, otherwise: number) => number;
  readonly next: number;
}

/**
 * Pages of a TIFF file. CCITT G3 and G4, JPEG and Deflate strips pass into the volume as they are; anything else is the error
 * `image-unsupported`, so that intake can convert it.
 */
export function readTiff(file: SourceFile): readonly ImagePage[] {
  const little = file.read(0, 2).toString('latin1', 0, 2) === 'II';
  const u32 = (bytes: Buffer, at: number): number => (at + 4 > bytes.length ? 0 : little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const pages: ImagePage[] = [];
  const seen = new Set<number>();
  let offset = u32(file.read(4, 4), 0);
  while (offset !== 0 && !seen.has(offset) && pages.length < MAX_PAGES) {
    seen.add(offset);
    const directory = readDirectory(file, offset, little);
    // Bit 0 marks a thumbnail of another page.
    if ((directory.first(254, 0) & 1) === 0) pages.push(pageOf(file, directory));
    offset = directory.next;
  }
  if (pages.length === 0) throw new BindFailure('no-pages', 'the TIFF has no pages');
  return pages;
}

const TYPE_SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8 };

function readDirectory(file: SourceFile, offset: number, little: boolean): Directory {
  const u16 = (bytes: Buffer, at: number): number => (at + 2 > bytes.length ? 0 : little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (bytes: Buffer, at: number): number => (at + 4 > bytes.length ? 0 : little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const count = u16(file.read(offset, 2), 0);
  const bytes = file.read(offset + 2, count * 12 + 4);
  if (count === 0 || bytes.length < count * 12) throw new BindFailure('damaged', 'a TIFF directory is cut off');
  const entries = new Map<number, readonly number[]>();
  const table = Buffer.from(bytes.subarray(0, count * 12 + 4));
  for (let i = 0; i < count; i++) {
    const at = i * 12;
    const type = u16(table, at + 2);
    const number = u32(table, at + 4);
    const size = TYPE_SIZES[type] ?? 0;
    if (size === 0 || number * size > file.size) continue;
    const inline = number * size <= 4;
    const data = inline ? table.subarray(at + 8, at + 12) : file.read(u32(table, at + 8), number * size);
    const values: number[] = [];
    for (let v = 0; v < number; v++) {
      const place = v * size;
      if (place + size > data.length) break;
      values.push(type === 3 ? u16(data, place) : type === 4 ? u32(data, place) : type === 5 ? u32(data, place) / (u32(data, place + 4) || 1) : (data[place] ?? 0));
    }
    entries.set(u16(table, at), values);
  }
  return {
    values: (tag) => entries.get(tag) ?? [],
    first: (tag, otherwise) => entries.get(tag)?.[0] ?? otherwise,
    next: u32(table, count * 12),
  };
}

function pageOf(file: SourceFile, directory: Directory): ImagePage {
  const width = directory.first(256, 0);
  const height = directory.first(257, 0);
  if (width === 0 || height === 0) throw new BindFailure('damaged', 'a TIFF page has no size');
  const offsets = directory.values(273);
  const lengths = directory.values(279);
  if (offsets.length === 0 || offsets.length !== lengths.length) throw new BindFailure('image-unsupported', 'a tiled TIFF, or one without strips');
  const rows = Math.min(height, directory.first(278, height));
  const unit = directory.first(296, 2) === 3 ? 2.54 : 1;
  const orientation = directory.first(274, 1);
  const dictOf = stripDictionary(directory, width);
  const swapBits = directory.first(266, 1) === 2;
  const strips = offsets.map((offset, i): ImageStrip => {
    const length = Math.min(lengths[i] ?? 0, Math.max(0, file.size - offset));
    const stripHeight = Math.min(rows, height - i * rows);
    return {
      height: stripHeight,
      write: async (volume) => {
        const number = volume.reserve();
        volume.beginStream(number, Buffer.from(`${dictOf(stripHeight)}/Length ${length}>>`, 'latin1'));
        if (swapBits) volume.append(reverseBits(file.read(offset, length).subarray(0, length)));
        else volume.appendFrom(file, offset, length);
        volume.endStream();
        return number;
      },
    };
  });
  return {
    width,
    height,
    dpiX: plausibleDpi(directory.first(282, 0) * unit),
    dpiY: plausibleDpi(directory.first(283, 0) * unit),
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    strips: strips.filter((strip) => strip.height > 0),
  };
}

/** The image dictionary of a strip up to /Length, for the compressions that PDF knows too. */
function stripDictionary(directory: Directory, width: number): (height: number) => string {
  const compression = directory.first(259, 1);
  const photometric = directory.first(262, 0);
  const samples = directory.first(277, 1);
  const bits = directory.first(258, 1);
  const start = (height: number, bitsPerComponent: number): string => `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent ${bitsPerComponent}`;
  if (compression === 2 || compression === 3 || compression === 4) {
    const options = directory.first(292, 0);
    const k = compression === 4 ? -1 : compression === 3 && (options & 1) === 1 ? 1 : 0;
    const aligned = compression === 2 || (compression === 3 && (options & 4) !== 0) ? '/EncodedByteAlign true' : '';
    // Runs coded black are black in a PDF unless told otherwise; a BlackIsZero TIFF means them white.
    const black = photometric === 1 ? '/BlackIs1 true' : '';
    const unmarked = compression === 2 ? '/EndOfBlock false' : '';
    return (height) => `${start(height, 1)}/ColorSpace/DeviceGray/Filter/CCITTFaxDecode/DecodeParms<</K ${k}/Columns ${width}/Rows ${height}${black}${aligned}${unmarked}>>`;
  }
  const planar = directory.first(284, 1);
  const predictor = directory.first(317, 1);
  const space = photometric === 2 && samples === 3 ? '/DeviceRGB' : photometric <= 1 && samples === 1 ? '/DeviceGray' : null;
  if (space !== null && planar === 1 && (bits === 8 || bits === 1) && (compression === 1 || compression === 8 || compression === 32946 || compression === 32773)) {
    const decode = photometric === 0 ? '/Decode[1 0]' : '';
    const filter = compression === 1 ? '' : compression === 32773 ? '/Filter/RunLengthDecode' : '/Filter/FlateDecode';
    const parameters = predictor === 2 && filter === '/Filter/FlateDecode' ? `/DecodeParms<</Predictor 2/Colors ${samples}/BitsPerComponent ${bits}/Columns ${width}>>` : '';
    return (height) => `${start(height, bits)}/ColorSpace${space}${decode}${filter}${parameters}`;
  }
  throw new BindFailure('image-unsupported', `TIFF compression ${compression} with ${samples} samples of ${bits} bits`);
}

/** Some fax programs store each byte's bits from the right. */
function reverseBits(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => REVERSED[byte] ?? 0));
}

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let turned = 0;
  for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) turned |= 128 >> bit;
  return turned;
});
