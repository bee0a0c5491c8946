import { BindFailure } from './bind-error.ts';
import type { SourceKind } from './bind-plan.ts';
import { readJpeg } from './image-jpeg.ts';
import { readPng } from './image-png.ts';
import { readTiff } from './image-tiff.ts';
import type { SourceFile } from './source-file.ts';
import type { VolumeFile } from './volume-file.ts';

/** One picture that becomes a page. */
export interface ImagePage {
  /** Pixels as stored. */
  readonly width: number;
  readonly height: number;
  readonly dpiX: number;
  readonly dpiY: number;
  /** EXIF orientation 1–8. */
  readonly orientation: number;
  /** Pieces from top to bottom; usually one. Heights in pixels. */
  readonly strips: readonly ImageStrip[];
}

export interface ImageStrip {
  readonly height: number;
  /** Writes the image XObject and gives its number. */
  readonly write: (volume: VolumeFile) => Promise<number>;
}

/** What a file is by its first bytes, whatever its name; null for what the binder cannot bind. */
export function recogniseSource(file: SourceFile): SourceKind | null {
  if (file.size === 0) throw new BindFailure('empty-file', 'the file has no bytes');
  const head = file.read(0, 1024).subarray(0, 1024);
  if (head.length >= 3 && head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg';
  if (head.subarray(0, 8).equals(PNG_MARK)) return 'png';
  if (head.length >= 4 && (head.readUInt32BE(0) === 0x49492a00 || head.readUInt32BE(0) === 0x4d4d002a)) return 'tiff';
  if (head.includes('%PDF-')) return 'pdf';
  const tail = file.read(Math.max(0, file.size - 2048), 2048).subarray(0, 2048);
  return tail.includes('startxref') || (tail.includes('%%EOF') && head.includes(' obj')) ? 'pdf' : null;
}

export const PNG_MARK = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The pages of an image file. Throws BindFailure `damaged` or `image-unsupported`. */
export function readImagePages(file: SourceFile, kind: 'jpeg' | 'png' | 'tiff'): readonly ImagePage[] {
  if (kind === 'jpeg') return [readJpeg(file)];
  if (kind === 'png') return [readPng(file)];
  return readTiff(file);
}

/** Resolutions outside this are slips of a device, not facts. */
export function plausibleDpi(dpi: number): number {
  return Number.isFinite(dpi) && dpi >= 36 && dpi <= 2400 ? dpi : 0;
}

const COPY_CHUNK = 4 * 1024 * 1024;

/** Appends a part of a file to an open stream of the volume, piece by piece. */
export async function appendFilePart(volume: VolumeFile, file: SourceFile, offset: number, length: number): Promise<void> {
  for (let done = 0; done < length; done += COPY_CHUNK) {
    const piece = Buffer.allocUnsafeSlow(Math.min(COPY_CHUNK, length - done));
    file.fill(piece, offset + done, piece.length);
    volume.append(piece);
    await volume.drain();
  }
}
