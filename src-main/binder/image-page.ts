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
