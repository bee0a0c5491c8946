/** As wide as the window, the whole page, or so many times the page's natural size. */
export type Zoom = 'width' | 'page' | number;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** At 1 a point of the page is one CSS pixel times 96/72, so that 100 % is the size of the paper. */
export const NATURAL = 96 / 72;
const steps = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

/** Pixels for each point of a page. */
export function scaleOf(zoom: Zoom, page: Size, space: Size): number {
  if (typeof zoom === 'number') return zoom * NATURAL;
  const byWidth = Math.max(50, space.width) / page.width;
  if (zoom === 'page') return Math.min(byWidth, Math.max(50, space.height) / page.height);
  // Narrow pages (receipts, web captures) are not blown up beyond what reading needs.
  return Math.min(byWidth, 2 * NATURAL);
}

/** The next larger or smaller step from the scale now shown. */
export function nextZoom(scale: number, direction: 1 | -1): number {
  const now = scale / NATURAL;
  if (direction === 1) return steps.find((step) => step > now * 1.01) ?? steps.at(-1) ?? 4;
  return steps.findLast((step) => step < now * 0.99) ?? steps[0] ?? 0.25;
}
