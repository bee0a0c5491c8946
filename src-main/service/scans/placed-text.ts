import { getPageText } from '../../archive/index.ts';
import type { ReadableDb } from '../../archive/index.ts';
import type { Sha256 } from '../../domain/ids.ts';
import { isPlacedText } from '../../intake/index.ts';
import type { PageFrame, PageText, TextItem } from '../../intake/index.ts';

/** A page's text with its places as intake stored it; without places where it has none. */
export function readPlacedText(db: ReadableDb, sha: Sha256, page: number): PageText | null {
  const stored = getPageText(db, sha, page);
  if (stored === null) return null;
  const { text, positions } = stored;
  return isPlacedText(positions) ? { page, text, items: positions.items, frame: positions.frame } : { page, text, items: [] };
}

export interface PlacedRun {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A run's box on the page as it is shown, in parts of its width and height. */
export function placeOnShownPage({ str, x, y, w, h }: TextItem, { width, height, transform }: PageFrame): PlacedRun {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const corners = [[x, y], [x + w, y], [x, y + h], [x + w, y + h]].map(([px = 0, py = 0]) => [(a * px + c * py + e) / width, (b * px + d * py + f) / height] as const);
  const [xs, ys] = [corners.map(([each]) => each), corners.map(([, each]) => each)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { text: str, x: left, y: top, w: Math.max(...xs) - left, h: Math.max(...ys) - top };
}
