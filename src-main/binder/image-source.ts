import { BindFailure } from './bind-error.ts';
import type { SourceKind } from './bind-plan.ts';
import { readJpeg } from './image-jpeg.ts';
import type { ImagePage } from './image-page.ts';
import { readPng } from './image-png.ts';
import { readTiff } from './image-tiff.ts';
import type { SourceFile } from './source-file.ts';

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

const PNG_MARK = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The pages of an image file. Throws BindFailure `damaged` or `image-unsupported`. */
export function readImagePages(file: SourceFile, kind: 'jpeg' | 'png' | 'tiff'): readonly ImagePage[] {
  if (kind === 'jpeg') return [readJpeg(file)];
  if (kind === 'png') return [readPng(file)];
  return readTiff(file);
}
