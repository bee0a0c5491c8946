/** A rectangle of the screen, pixels from the page's shown upper left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A straight line between two points: of the screen in pixels, or of a page in the archive's own space. */
export interface Stroke {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** From a passage to the line under it and the line's own thickness, millimetres on paper; the binder draws the same. */
export const UNDER_TEXT_MM = 0.6;
export const STROKE_MM = 0.5;

/** Selected pieces of text put together line by line: pieces that lie side by side share a line. */
export function joinLines(pieces: readonly Box[]): readonly Box[] {
  const lines: Box[] = [];
  for (const piece of pieces.filter((box) => box.right - box.left > 0.5 && box.bottom - box.top > 0.5).toSorted((a, b) => a.top - b.top || a.left - b.left)) {
    const at = lines.findIndex((line) => sharedHeight(line, piece) > 0.5 * Math.min(line.bottom - line.top, piece.bottom - piece.top) && piece.left - line.right < 2 * (line.bottom - line.top) && line.left - piece.right < 2 * (line.bottom - line.top));
    const line = lines[at];
    if (line === undefined) lines.push(piece);
    else lines[at] = { left: Math.min(line.left, piece.left), top: Math.min(line.top, piece.top), right: Math.max(line.right, piece.right), bottom: Math.max(line.bottom, piece.bottom) };
  }
  return lines;
}

const sharedHeight = (a: Box, b: Box): number => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);

/** The line under a line of text. Text that lies on its side (far higher than wide) has it at its left. */
export function strokeUnder(box: Box, gap: number): Stroke {
  const onItsSide = box.bottom - box.top > 3 * (box.right - box.left);
  return onItsSide ? { x1: box.left - gap, y1: box.top, x2: box.left - gap, y2: box.bottom } : { x1: box.left, y1: box.bottom + gap, x2: box.right, y2: box.bottom + gap };
}

const SHORTEST_PIXELS = 6;

/** A line as a hand draws it, made level or upright; null where it is no line but a click. */
export function straighten({ x1, y1, x2, y2 }: Stroke): Stroke | null {
  const [across, down] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
  if (Math.max(across, down) < SHORTEST_PIXELS) return null;
  return across >= down ? { x1: Math.min(x1, x2), y1, x2: Math.max(x1, x2), y2: y1 } : { x1, y1: Math.min(y1, y2), x2: x1, y2: Math.max(y1, y2) };
}

/** A point of an upright picture, in parts of its width and height, where it shows once the view is turned clockwise. */
export function turnPoint([u, v]: readonly [number, number], turn: number): readonly [number, number] {
  if (turn === 90) return [1 - v, u];
  if (turn === 180) return [1 - u, 1 - v];
  if (turn === 270) return [v, 1 - u];
  return [u, v];
}

/** A place on a page as it is shown: parts of its width and height from the upper left corner, 0 to 1. */
export interface PagePart {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A place of the upright page where it shows once the view is turned clockwise. */
export function turnPart({ x, y, w, h }: PagePart, turn: number): PagePart {
  const [[u1, v1], [u2, v2]] = [turnPoint([x, y], turn), turnPoint([x + w, y + h], turn)];
  return { x: Math.min(u1, u2), y: Math.min(v1, v2), w: Math.abs(u1 - u2), h: Math.abs(v1 - v2) };
}

/** The lines under places of a page that shows so many pixels wide and high, turned as it is. */
export function strokesUnder(parts: readonly PagePart[], turn: number, { width, height }: { readonly width: number; readonly height: number }, gap: number): readonly Stroke[] {
  const boxes = parts.map((part): Box => {
    const { x, y, w, h } = turnPart(part, turn);
    return { left: x * width, top: y * height, right: (x + w) * width, bottom: (y + h) * height };
  });
  return joinLines(boxes).map((line) => strokeUnder(line, gap));
}

/** A stroke with both of its ends moved. */
export function mapStroke({ x1, y1, x2, y2 }: Stroke, map: (x: number, y: number) => readonly [number, number]): Stroke {
  const [[fromX, fromY], [toX, toY]] = [map(x1, y1), map(x2, y2)];
  return { x1: fromX, y1: fromY, x2: toX, y2: toY };
}
