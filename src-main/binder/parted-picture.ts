import { hash } from 'node:crypto';
import type { PngHeader } from './png-pixels.ts';
import type { VolumeFile } from './volume-file.ts';

/** Pictures whose pixels had to be taken apart, from one binding to the next. Neither side may fail: what is not kept is made again. */
export interface PictureStore {
  /** The bytes kept under that key, checked to be those that were given, or null. */
  readonly find: (key: string) => Promise<Buffer | null>;
  readonly keep: (key: string, bytes: Buffer) => Promise<void>;
}

/** A picture's stream: its dictionary before and after the place of a soft mask, and its data. */
export interface PictureStream {
  readonly head: string;
  readonly decode: string;
  readonly data: Buffer;
}

/** Colours, and their opacity where they are not all opaque. */
export interface PartedPicture {
  readonly color: PictureStream;
  readonly mask: PictureStream | null;
}

/** To be raised when a picture is taken apart differently. */
const VERSION = 1;

/** The picture as kept for these compressed rows, or as `part` takes them apart now. */
export async function partOnce(raw: Buffer, header: PngHeader, palette: Buffer | null, transparency: Buffer | null, store: PictureStore | null, part: () => Promise<PartedPicture>): Promise<PartedPicture> {
  if (store === null) return part();
  const key = hash('sha256', JSON.stringify([VERSION, header, palette?.toString('hex'), transparency?.toString('hex'), hash('sha256', raw, 'hex')]), 'hex').slice(0, 40);
  const kept = await store.find(key);
  const known = kept === null ? null : decode(kept);
  if (known !== null) return known;
  const parted = await part();
  await store.keep(key, encode(parted));
  return parted;
}

/** Writes it, and returns the number of the picture. */
export function writeParted({ color, mask }: PartedPicture, volume: VolumeFile): number {
  let softMask = '';
  if (mask !== null) {
    const number = volume.reserve();
    volume.writeStream(number, mask.head + mask.decode, mask.data);
    softMask = `/SMask ${number} 0 R`;
  }
  const number = volume.reserve();
  volume.writeStream(number, color.head + softMask + color.decode, color.data);
  return number;
}

function encode({ color, mask }: PartedPicture): Buffer {
  const pieces = [color, ...(mask === null ? [] : [mask])].flatMap((stream) => [Buffer.from(stream.head, 'latin1'), Buffer.from(stream.decode, 'latin1'), stream.data]);
  return Buffer.concat(pieces.flatMap((piece) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(piece.length);
    return [length, piece];
  }));
}

function decode(bytes: Buffer): PartedPicture | null {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    pieces.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  const streamAt = (from: number): PictureStream | null => {
    const [head, decoding, data] = pieces.slice(from, from + 3);
    return head === undefined || decoding === undefined || data === undefined ? null : { head: head.toString('latin1'), decode: decoding.toString('latin1'), data };
  };
  const color = streamAt(0);
  return color === null || (pieces.length !== 3 && pieces.length !== 6) ? null : { color, mask: streamAt(3) };
}
