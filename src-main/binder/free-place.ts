/** A rectangle in millimetres from the visible page's upper left corner. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Distance that a stamp keeps from what is there, mm. */
export const CLEARANCE = 0.8;

/** Whether nothing of `taken` comes near `area`. */
export function isFree(area: Area, taken: readonly Area[]): boolean {
  return taken.every(
    (other) => area.x + area.w + CLEARANCE <= other.x || other.x + other.w + CLEARANCE <= area.x || area.y + area.h + CLEARANCE <= other.y || other.y + other.h + CLEARANCE <= area.y,
  );
}

/** The first candidate that is free; the first of all where none is. Candidates outside the page are passed over. */
export function chooseFree(candidates: Iterable<Area>, taken: readonly Area[], page: { readonly width: number; readonly height: number }): Area {
  // A picture or ground that covers the whole page leaves no free place and is not what a stamp must avoid.
  const solid = taken.filter((area) => area.w < page.width * 0.85 || area.h < page.height * 0.85);
  let first: Area | null = null;
  for (const area of candidates) {
    first ??= area;
    const inside = area.x >= 1 && area.y >= 1 && area.x + area.w <= page.width - 1 && area.y + area.h <= page.height - 1;
    if (inside && isFree(area, solid)) return area;
  }
  return first ?? { x: 0, y: 0, w: 0, h: 0 };
}
