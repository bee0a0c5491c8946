import type { LineBox } from '../ocr/line-boxes.ts';
import type { GreyPicture } from './grey-picture.ts';

export interface TextStrips {
  /** Pieces of lines that run across the page, and of lines that run down it. */
  readonly across: readonly LineBox[];
  readonly down: readonly LineBox[];
}

const stripWidth = 150;
const lowestLine = 8;
const highestLine = 64;
/** White above and below a line, as part of its height; between the letters of a line there is less. */
const leastWhite = 0.22;
const most = 14;

/** Pieces of text lines by rows of ink with white between them; `scale` page pixels for one of the picture. */
export function findTextStrips({ width, height }: GreyPicture, ink: Uint8Array, scale: number): TextStrips {
  const boxes = (down: boolean): readonly LineBox[] => {
    const [length, across] = down ? [height, width] : [width, height];
    const [stepAlong, stepAcross] = down ? [width, 1] : [1, width];
    const found: LineBox[] = [];
    for (let from = Math.round(length * 0.04); from + stripWidth <= length * 0.97; from += stripWidth) {
      const profile = Array.from({ length: across }, (_, at) => {
        let sum = 0;
        for (let place = at * stepAcross + from * stepAlong, end = place + stripWidth * stepAlong; place < end; place += stepAlong) sum += ink[place] ?? 0;
        return sum / stripWidth;
      });
      for (const [start, end] of findRuns(profile)) {
        const size = end - start;
        const middle = (start + end) / 2;
        const centre = from + stripWidth / 2;
        const [x, y] = down ? [middle, centre] : [centre, middle];
        found.push({ x: x * scale, y: y * scale, width: stripWidth * scale, height: size * 1.2 * scale, angle: down ? Math.PI / 2 : 0 });
      }
    }
    const step = Math.max(1, found.length / most);
    return Array.from({ length: Math.min(most, found.length) }, (_, index) => found[Math.floor(index * step)]).filter((box) => box !== undefined);
  };
  return { across: boxes(false), down: boxes(true) };
}

/** Runs of rows with ink that have white on both sides and the height of a line. */
function findRuns(profile: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  let start = -1;
  for (let at = 0; at <= profile.length; at += 1) {
    const dark = (profile[at] ?? 0) > 0.02;
    if (dark && start < 0) start = at;
    if (!dark && start >= 0) {
      runs.push([start, at]);
      start = -1;
    }
  }
  return runs.filter(([from, to], index) => {
    const size = to - from;
    const white = Math.min(from - (runs[index - 1]?.[1] ?? 0), (runs[index + 1]?.[0] ?? profile.length) - to);
    const fill = profile.slice(from, to).reduce((sum, share) => sum + share, 0) / size;
    return size >= lowestLine && size <= highestLine && white >= size * leastWhite && fill > 0.1 && fill < 0.7;
  });
}
