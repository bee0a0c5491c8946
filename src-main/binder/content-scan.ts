import { CHARACTER_CLASS } from './characters.ts';

/** What a page's content leaves open at its end, so that what is drawn after it starts from a clean state. */
export interface ContentState {
  /** `q` without `Q`. */
  readonly unclosed: number;
  /** `Q` beyond what was saved. */
  readonly surplus: number;
  readonly insideText: boolean;
  /** `BMC`/`BDC` without `EMC`. */
  readonly openMarks: number;
  /** False where the content ends within a string, a dictionary or an image: it has to be cut at `end`. */
  readonly whole: boolean;
  /** Position behind the last complete operator. */
  readonly end: number;
}

/** Runs over content (ISO 32000-1, 7.8.2) without interpreting it. */
export function scanContent(bytes: Buffer): ContentState {
  const limit = bytes.length;
  let at = 0;
  let saved = 0;
  let surplus = 0;
  let insideText = false;
  let openMarks = 0;
  let end = 0;
  let whole = true;
  while (at < limit) {
    const code = bytes[at] ?? 0;
    const kind = CHARACTER_CLASS[code];
    if (kind === 1) {
      at++;
      continue;
    }
    if (kind === 2) {
      const next = skipDelimited(bytes, at);
      if (next < 0) {
        whole = false;
        break;
      }
      at = next;
      continue;
    }
    const start = at;
    do at++;
    while (CHARACTER_CLASS[bytes[at] ?? 32] === 0);
    if ((code >= 48 && code <= 57) || code === 45 || code === 46 || code === 43) continue;
    const length = at - start;
    if (length === 1) {
      if (code === 113) saved++;
      else if (code === 81) {
        if (saved > 0) saved--;
        else surplus++;
      }
    } else if (length === 2) {
      const second = bytes[start + 1];
      if (code === 66 && second === 84) insideText = true;
      else if (code === 69 && second === 84) insideText = false;
      else if (code === 66 && second === 73) {
        const next = skipInlineImage(bytes, at);
        if (next < 0) {
          whole = false;
          break;
        }
        at = next;
      }
    } else if (length === 3) {
      const word = bytes.toString('latin1', start, at);
      if (word === 'BDC' || word === 'BMC') openMarks++;
      else if (word === 'EMC' && openMarks > 0) openMarks--;
    }
    end = at;
  }
  return { unclosed: saved, surplus, insideText, openMarks, whole, end };
}

/** Behind a name, string, bracket or comment; −1 where the bytes end within a string. */
function skipDelimited(bytes: Buffer, start: number): number {
  const code = bytes[start];
  let at = start + 1;
  if (code === 47) {
    while (CHARACTER_CLASS[bytes[at] ?? 32] === 0) at++;
    return at;
  }
  if (code === 40) {
    for (let open = 1; open > 0; at++) {
      const inner = bytes[at];
      if (inner === undefined) return -1;
      if (inner === 92) at++;
      else if (inner === 40) open++;
      else if (inner === 41) open--;
    }
    return at;
  }
  if (code === 60 && bytes[at] !== 60) {
    const close = bytes.indexOf(62, at);
    return close < 0 ? -1 : close + 1;
  }
  if (code === 37) {
    while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    return at;
  }
  return at;
}

/** Behind the `EI` of an inline image whose `BI` ends at `start`; −1 without one. */
function skipInlineImage(bytes: Buffer, start: number): number {
  let at = start;
  for (;;) {
    at = bytes.indexOf('ID', at, 'latin1');
    if (at < 0) return -1;
    if (CHARACTER_CLASS[bytes[at - 1] ?? 65] !== 0 && CHARACTER_CLASS[bytes[at + 2] ?? 65] === 1) break;
    at += 2;
  }
  at += 3;
  for (;;) {
    at = bytes.indexOf('EI', at, 'latin1');
    if (at < 0) return -1;
    const after = bytes[at + 2];
    if (CHARACTER_CLASS[bytes[at - 1] ?? 65] === 1 && (after === undefined || CHARACTER_CLASS[after] === 1) && looksLikeContent(bytes, at + 2)) return at + 2;
    at += 2;
  }
}

/** Image data may hold `EI` by chance: what follows a real one is text. */
function looksLikeContent(bytes: Buffer, start: number): boolean {
  const end = Math.min(bytes.length, start + 16);
  for (let i = start; i < end; i++) {
    const code = bytes[i] ?? 0;
    if (code > 126 || (code < 32 && CHARACTER_CLASS[code] !== 1)) return false;
  }
  return true;
}
