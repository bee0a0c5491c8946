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
