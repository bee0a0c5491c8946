import { CHARACTER_CLASS } from './characters.ts';
import type { Box } from './page-tree.ts';

/** What an XObject paints: its box in its own space and the matrix to the content's; null for what cannot be told. */
export type FindExtent = (name: string) => { readonly box: Box; readonly matrix: readonly number[] } | null;

/** Only what reaches below `low` or above `high` on that axis of user space is of interest. */
export interface WantedStrips {
  readonly axis: 'x' | 'y';
  readonly low: number;
  readonly high: number;
}

type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const MAX_MARKS = 4000;
const MAX_OPERANDS = 64;
const MAX_SAVED = 512;
const operands = new Float64Array(MAX_OPERANDS);

/**
 * Where a page's content puts ink, roughly: text by its origin and length, paths by their points, pictures by their corners. Only
 * boxes that reach into the wanted strips are kept. Widths of text are estimated (half an em a byte), which is enough to keep a stamp off it.
 */
export function findContentMarks(bytes: Buffer, findExtent: FindExtent, wanted: WantedStrips): readonly Box[] {
  const marks: Box[] = [];
  const saved: Matrix[] = [];
  let ctm: Matrix = IDENTITY;
  let ta = 1;
  let tb = 0;
  let tc = 0;
  let td = 1;
  let tx = 0;
  let ty = 0;
  let fontSize = 12;
  let leading = 0;
  let advance = 0;
  const path = { open: false, x1: 0, y1: 0, x2: 0, y2: 0 };
  let count = 0;
  let textBytes = 0;
  let lastName = '';
  let at = 0;
  const limit = bytes.length;
  const onY = wanted.axis === 'y';
  const keep = (x1: number, y1: number, x2: number, y2: number, m: Matrix): void => {
    if (reaches(wanted, onY ? m[1] : m[0], onY ? m[3] : m[2], onY ? m[5] : m[4], x1, y1, x2, y2)) marks.push(transformBox(x1, y1, x2, y2, m));
  };
  const extend = (x: number, y: number): void => {
    path.x1 = path.open ? Math.min(path.x1, x) : x;
    path.y1 = path.open ? Math.min(path.y1, y) : y;
    path.x2 = path.open ? Math.max(path.x2, x) : x;
    path.y2 = path.open ? Math.max(path.y2, y) : y;
    path.open = true;
  };
  // The text matrix is ta … td with (tx, ty) as the line's start; kept in numbers because it changes with every line.
  const showText = (): void => {
    const width = Math.max(0.5, textBytes * 0.5) * fontSize;
    const low = -0.25 * fontSize;
    const high = 0.85 * fontSize;
    const [a, b, c, d, e, f] = ctm;
    const along = onY ? b : a;
    const across = onY ? d : c;
    if (reaches(wanted, ta * along + tb * across, tc * along + td * across, tx * along + ty * across + (onY ? f : e), advance, low, advance + width, high)) {
      marks.push(transformBox(advance, low, advance + width, high, multiply([ta, tb, tc, td, tx, ty], ctm)));
    }
    advance += width;
    textBytes = 0;
  };
  const setText = (a: number, b: number, c: number, d: number, e: number, f: number): void => {
    ta = a;
    tb = b;
    tc = c;
    td = d;
    tx = e;
    ty = f;
    advance = 0;
  };
  const nextLine = (x: number, y: number): void => {
    setText(ta, tb, tc, td, x * ta + y * tc + tx, x * tb + y * td + ty);
  };
  const op = (i: number): number => operands[i] ?? 0;
  while (at < limit && marks.length < MAX_MARKS) {
    const code = bytes[at] ?? 0;
    const kind = CHARACTER_CLASS[code];
    if (kind === 1) {
      at++;
      continue;
    }
    if (kind === 2) {
      const start = at++;
      if (code === 40) {
        for (let open = 1; open > 0 && at < limit; at++) {
          const inner = bytes[at];
          if (inner === 92) at++;
          else if (inner === 40) open++;
          else if (inner === 41) open--;
        }
        textBytes += at - start - 2;
      } else if (code === 60 && bytes[at] !== 60) {
        const close = bytes.indexOf(62, at);
        if (close < 0) break;
        textBytes += (close - at) / 2;
        at = close + 1;
      } else if (code === 47) {
        while (CHARACTER_CLASS[bytes[at] ?? 32] === 0) at++;
        lastName = bytes.toString('latin1', start + 1, at);
      } else if (code === 37) while (at < limit && bytes[at] !== 10 && bytes[at] !== 13) at++;
      continue;
    }
    if ((code >= 48 && code <= 57) || code === 45 || code === 46 || code === 43) {
      let negative = false;
      let value = 0;
      let scale = 0;
      for (;;) {
        const digit = bytes[at] ?? 32;
        if (digit >= 48 && digit <= 57) {
          value = value * 10 + digit - 48;
          scale *= 10;
        } else if (digit === 46) scale = 1;
        else if (digit === 45) negative = true;
        else if (CHARACTER_CLASS[digit] !== 0) break;
        at++;
      }
      if (count < MAX_OPERANDS) operands[count++] = (negative ? -value : value) / (scale || 1);
      continue;
    }
    const start = at;
    do at++;
    while (CHARACTER_CLASS[bytes[at] ?? 32] === 0);
    const length = at - start;
    const second = length > 1 ? (bytes[start + 1] ?? 0) : 0;
    switch (length > 2 ? 0 : code * 256 + second) {
      case 0x7100: // q
        if (saved.length < MAX_SAVED) saved.push(ctm);
        break;
      case 0x5100: // Q
        ctm = saved.pop() ?? ctm;
        break;
      case 0x636d: // cm
        ctm = multiply([op(0), op(1), op(2), op(3), op(4), op(5)], ctm);
        break;
      case 0x4254: // BT
        setText(1, 0, 0, 1, 0, 0);
        break;
      case 0x546d: // Tm
        setText(op(0), op(1), op(2), op(3), op(4), op(5));
        break;
      case 0x5444: // TD
        leading = -op(1);
        nextLine(op(0), op(1));
        break;
      case 0x5464: // Td
        nextLine(op(0), op(1));
        break;
      case 0x542a: // T*
        nextLine(0, -leading);
        break;
      case 0x544c: // TL
        leading = op(0);
        break;
      case 0x5466: // Tf
        fontSize = Math.abs(op(0)) || 12;
        break;
      case 0x546a: // Tj
      case 0x544a: // TJ
        showText();
        break;
      case 0x2700: // '
      case 0x2200: // "
        nextLine(0, -leading);
        showText();
        break;
      case 0x7265: // re
        extend(op(0), op(1));
        extend(op(0) + op(2), op(1) + op(3));
        break;
      case 0x6d00: // m
      case 0x6c00: // l
        extend(op(0), op(1));
        break;
      case 0x6300: // c
        extend(op(0), op(1));
        extend(op(2), op(3));
        extend(op(4), op(5));
        break;
      case 0x6e00: // n
        path.open = false;
        break;
      case 0x5300: // S
      case 0x7300: // s
      case 0x6600: // f
      case 0x4600: // F
      case 0x662a: // f*
      case 0x4200: // B
      case 0x422a: // B*
      case 0x6200: // b
      case 0x622a: // b*
        if (path.open) keep(path.x1, path.y1, path.x2, path.y2, ctm);
        path.open = false;
        break;
      case 0x446f: { // Do
        const extent = findExtent(lastName);
        if (extent !== null) keep(extent.box.x1, extent.box.y1, extent.box.x2, extent.box.y2, multiply(asMatrix(extent.matrix), ctm));
        break;
      }
      case 0x4249: { // BI
        const end = bytes.indexOf('EI', at, 'latin1');
        keep(0, 0, 1, 1, ctm);
        at = end < 0 ? limit : end + 2;
        break;
      }
      default:
    }
    count = 0;
    textBytes = 0;
  }
  return marks;
}

/** Whether a box comes into the strips: `p` and `q` are a matrix's factors of x and y for the strips' axis. */
function reaches(wanted: WantedStrips, p: number, q: number, shift: number, x1: number, y1: number, x2: number, y2: number): boolean {
  const low = Math.min(p * x1, p * x2) + Math.min(q * y1, q * y2) + shift;
  const high = Math.max(p * x1, p * x2) + Math.max(q * y1, q * y2) + shift;
  return low < wanted.low || high > wanted.high;
}

/** First `a`, then `b`. */
function multiply(a: Matrix, b: Matrix): Matrix {
  return [a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3], a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5]];
}

const asMatrix = ([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: readonly number[]): Matrix => [a, b, c, d, e, f];

function transformBox(x1: number, y1: number, x2: number, y2: number, [a, b, c, d, e, f]: Matrix): Box {
  const xs = [a * x1 + c * y1, a * x2 + c * y1, a * x1 + c * y2, a * x2 + c * y2];
  const ys = [b * x1 + d * y1, b * x2 + d * y1, b * x1 + d * y2, b * x2 + d * y2];
  return { x1: Math.min(...xs) + e, y1: Math.min(...ys) + f, x2: Math.max(...xs) + e, y2: Math.max(...ys) + f };
}
