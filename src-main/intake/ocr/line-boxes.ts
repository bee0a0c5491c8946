/** A text line on a page, in the page's pixels: a rectangle of `width` along the line and `height` across it, turned by `angle` (radians, clockwise) about its centre. */
export interface LineBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** Probability from which a pixel belongs to text. */
const textFrom = 0.3;
/** Mean probability from which a region is text. */
const regionFrom = 0.55;
/** The model marks the core of a line; its letters reach this much further (PP-OCR's unclip ratio). */
const spread = 1.6;
const leastSide = 3;
const mostBoxes = 2000;

/** Lines in the detection model's map of text probability, `scale` pixels of the page for one of the map. */
export function findLineBoxes(map: Float32Array, width: number, height: number, scaleX: number, scaleY: number): readonly LineBox[] {
  const boxes: LineBox[] = [];
  for (const region of findRegions(map, width, height)) {
    if (region.mean < regionFrom || boxes.length >= mostBoxes) continue;
    const box = smallestRectangle(hullOf(region.points));
    const short = Math.min(box.width, box.height);
    if (short < leastSide) continue;
    const grow = (box.width * box.height * spread) / (2 * (box.width + box.height));
    boxes.push({ x: box.x * scaleX, y: box.y * scaleY, width: (box.width + 2 * grow) * scaleX, height: (box.height + 2 * grow) * scaleY, angle: box.angle });
  }
  return boxes;
}

interface Region {
  readonly mean: number;
  /** Leftmost and rightmost corner of each row, enough for the hull. */
  readonly points: readonly (readonly [number, number])[];
}

/** Connected regions of text pixels. */
function* findRegions(map: Float32Array, width: number, height: number): Generator<Region> {
  const seen = new Uint8Array(width * height);
  const stack: number[] = [];
  for (let start = 0; start < map.length; start += 1) {
    if (seen[start] === 1 || (map[start] ?? 0) < textFrom) continue;
    const rows = new Map<number, [number, number]>();
    let sum = 0;
    let count = 0;
    seen[start] = 1;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const y = Math.floor(at / width);
      const x = at - y * width;
      sum += map[at] ?? 0;
      count += 1;
      const row = rows.get(y);
      if (row === undefined) rows.set(y, [x, x + 1]);
      else {
        row[0] = Math.min(row[0], x);
        row[1] = Math.max(row[1], x + 1);
      }
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dx = -1; dx <= 1; dx += 1) {
          const [nx, ny] = [x + dx, y + dy];
          const next = ny * width + nx;
          if (nx < 0 || ny < 0 || nx >= width || ny >= height || seen[next] === 1 || (map[next] ?? 0) < textFrom) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    if (count < 6) continue;
    yield { mean: sum / count, points: [...rows].flatMap(([y, [left, right]]): readonly (readonly [number, number])[] => [[left, y], [right, y], [left, y + 1], [right, y + 1]]) };
  }
}

/** Convex hull, counter-clockwise (Andrew's chain). */
function hullOf(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (ordered: readonly (readonly [number, number])[]): (readonly [number, number])[] => {
    const chain: (readonly [number, number])[] = [];
    for (const point of ordered) {
      for (let [a, b] = [chain.at(-2), chain.at(-1)]; a !== undefined && b !== undefined && (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) <= 0; [a, b] = [chain.at(-2), chain.at(-1)]) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

/** Smallest rectangle about a hull, its angle within 45° of upright. */
function smallestRectangle(hull: readonly (readonly [number, number])[]): LineBox {
  let best: LineBox = { x: 0, y: 0, width: 0, height: 0, angle: 0 };
  let bestArea = Number.POSITIVE_INFINITY;
  for (const [at, point] of hull.entries()) {
    const next = hull[(at + 1) % hull.length] ?? point;
    let angle = Math.atan2(next[1] - point[1], next[0] - point[0]);
    // A quarter turn gives the same rectangle with its sides exchanged.
    angle -= Math.round(angle / (Math.PI / 2)) * (Math.PI / 2);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const [x, y] of hull) {
      const along = x * cos + y * sin;
      const across = y * cos - x * sin;
      left = Math.min(left, along);
      right = Math.max(right, along);
      top = Math.min(top, across);
      bottom = Math.max(bottom, across);
    }
    const area = (right - left) * (bottom - top);
    if (area >= bestArea) continue;
    bestArea = area;
    const [along, across] = [(left + right) / 2, (top + bottom) / 2];
    best = { x: along * cos - across * sin, y: along * sin + across * cos, width: right - left, height: bottom - top, angle };
  }
  return best;
}
