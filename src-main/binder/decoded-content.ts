import { deflateSync } from 'node:zlib';
import type { VolumeFile } from './volume-file.ts';

/** Writes page content anew from what could be decoded of a damaged stream. */
export function writeDecodedContent(volume: VolumeFile, bytes: Buffer): number {
  const number = volume.reserve();
  volume.writeStream(number, '/Filter/FlateDecode', deflateSync(bytes));
  return number;
}
