import { CHARACTER_CLASS } from './characters.ts';
import { nameAt, spells } from './name-table.ts';

/**
 * One dictionary or array as raw bytes, and where its references are: most objects are copied without being understood. `refs`
 * holds triples start, end, object number.
 */
export interface ScannedObject {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly refs: readonly number[];
  /** Span between the key /Length and the next key, −1 without one. */
  readonly lengthStart: number;
  readonly lengthEnd: number;
  /** Value of /Type of the outermost dictionary. */
  readonly type: string | null;
  readonly isDict: boolean;
}

export type ScanOutcome = ScannedObject | 'ran-out' | 'odd';

const DEPTH = 128;
const containers = new Uint8Array(DEPTH);
/** Values read so far in each open container: in a dictionary an even count means that a key comes next. */
const counts = new Int32Array(DEPTH);
const ARRAY = 1;
const DICT = 2;
let found = new Int32Array(3 * 1024);
const MAX_KEYS = 64;
const keyMarks = new Int32Array(MAX_KEYS);

/**
 * Finds the end of a dictionary or array and the references within. Anything a strict reading would not allow is `odd` and goes the
 * tolerant way.
 */
export function scanReferences(bytes: Buffer, start: number): ScanOutcome {
  const limit = bytes.length;
  let at = start;
  let depth = 0;
  let count = 0;
  let integers = 0;
  let firstStart = 0;
  let firstValue = 0;
  let secondStart = 0;
  let secondValue = 0;
  let lengthStart = -1;
  let lengthEnd = -1;
  let inLength = false;
  let inType = false;
  let type: string | null = null;
  let outermost = 0;
  let keys = 0;
  while (at < limit) {
    const code = bytes[at] ?? 0;
    if (CHARACTER_CLASS[code] === 1) {
      at++;
      continue;
    }
    if (code >= 48 && code <= 57) {
      const tokenStart = at;
      let value = 0;
      let next = code;
      do {
        value = value * 10 + next - 48;
        next = bytes[++at] ?? 0;
      } while (next >= 48 && next <= 57);
      if (at >= limit) return 'ran-out';
      if (CHARACTER_CLASS[next] === 0) {
        at = endOfNumber(bytes, at);
        if (at < 0) return 'odd';
        integers = 0;
      } else if (integers === 0) {
        integers = 1;
        firstStart = tokenStart;
        firstValue = value;
      } else {
        if (integers === 2) {
          firstStart = secondStart;
          firstValue = secondValue;
        }
        integers = 2;
        secondStart = tokenStart;
        secondValue = value;
      }
      if (depth === 0) return 'odd';
      countValue(depth);
      continue;
    }
    switch (code) {
      case 47: {
        const tokenStart = at++;
        while (CHARACTER_CLASS[bytes[at] ?? 32] === 0) at++;
        if (at >= limit) return 'ran-out';
        if (depth === 0) return 'odd';
        const isKey = containers[depth] === DICT && ((counts[depth] ?? 0) & 1) === 0;
        countValue(depth);
        if (depth === 1 && outermost === DICT) {
          if (isKey) {
            if (isRepeated(bytes, tokenStart, at, keys)) return 'odd';
            keys++;
            if (inLength) {
              lengthEnd = tokenStart;
              inLength = false;
            }
            inType = false;
            if (at - tokenStart === 7 && spells(bytes, tokenStart, '/Length')) {
              if (lengthStart >= 0) return 'odd';
              lengthStart = at;
              inLength = true;
            } else if (at - tokenStart === 5 && spells(bytes, tokenStart, '/Type')) inType = true;
          } else if (inType) type = nameAt(bytes, tokenStart + 1, at).name;
        }
        integers = 0;
        continue;
      }
      case 40: {
        let open = 1;
        at++;
        while (open > 0) {
          const inner = bytes[at++];
          if (inner === undefined) return 'ran-out';
          if (inner === 92) at++;
          else if (inner === 40) open++;
          else if (inner === 41) open--;
        }
        break;
      }
      case 60:
        if (at + 1 >= limit) return 'ran-out';
        if (bytes[at + 1] === 60) {
          if (isKeyPlace(depth)) return 'odd';
          countValue(depth);
          if (++depth >= DEPTH) return 'odd';
          containers[depth] = DICT;
          counts[depth] = 0;
          if (depth === 1) outermost = DICT;
          at += 2;
          integers = 0;
          continue;
        }
        at = bytes.indexOf(62, at) + 1;
        if (at === 0) return 'ran-out';
        break;
      case 62:
        if (at + 1 >= limit) return 'ran-out';
        if (bytes[at + 1] !== 62 || depth === 0 || containers[depth] !== DICT || ((counts[depth] ?? 0) & 1) === 1) return 'odd';
        if (depth === 1 && inLength) lengthEnd = at;
        at += 2;
        depth--;
        if (depth === 0) return finish();
        integers = 0;
        continue;
      case 91:
        if (isKeyPlace(depth)) return 'odd';
        countValue(depth);
        if (++depth >= DEPTH) return 'odd';
        containers[depth] = ARRAY;
        counts[depth] = 0;
        if (depth === 1) outermost = ARRAY;
        at++;
        integers = 0;
        continue;
      case 93:
        if (depth === 0 || containers[depth] !== ARRAY) return 'odd';
        at++;
        depth--;
        if (depth === 0) return finish();
        integers = 0;
        continue;
      case 82:
        if (integers === 2 && CHARACTER_CLASS[bytes[at + 1] ?? 0] !== 0) {
          if (at + 1 >= limit) return 'ran-out';
          at++;
          if (count + 3 > found.length) {
            const larger = new Int32Array(found.length * 2);
            larger.set(found);
            found = larger;
          }
          found[count++] = firstStart;
          found[count++] = at;
          found[count++] = firstValue;
          counts[depth] = (counts[depth] ?? 0) - 1;
          integers = 0;
          continue;
        }
        return at + 1 >= limit ? 'ran-out' : 'odd';
      default: {
        if (CHARACTER_CLASS[code] === 2 || depth === 0) return 'odd';
        const tokenStart = at;
        if (code === 45 || code === 43 || code === 46) {
          at = endOfNumber(bytes, code === 46 ? at : at + 1);
          if (at < 0) return 'odd';
        } else while (CHARACTER_CLASS[bytes[at] ?? 32] === 0) at++;
        if (at >= limit) return 'ran-out';
        if (code > 57 && !isPlainWord(bytes, tokenStart, at)) return 'odd';
      }
    }
    integers = 0;
    if (isKeyPlace(depth)) return 'odd';
    countValue(depth);
  }
  return 'ran-out';

  function finish(): ScannedObject {
    return { bytes, start, end: at, refs: takeFound(count), lengthStart, lengthEnd, type, isDict: outermost === DICT };
  }
}

/** A plain array: typed ones of this size live outside the heap and are dear to collect by the ten thousand. */
function takeFound(count: number): readonly number[] {
  const refs: number[] = [];
  for (let i = 0; i < count; i++) refs.push(found[i] ?? 0);
  return refs;
}

/** Whether the key was there before among the outermost ones: which of two values holds is for the parser to say. */
function isRepeated(bytes: Buffer, start: number, end: number, known: number): boolean {
  if (known >= MAX_KEYS) return false;
  let mark = end - start;
  for (let at = start + 1; at < end; at++) mark = (Math.imul(mark, 31) + (bytes[at] ?? 0)) | 0;
  for (let i = 0; i < known; i++) if (keyMarks[i] === mark) return true;
  keyMarks[known] = mark;
  return false;
}

function countValue(depth: number): void {
  counts[depth] = (counts[depth] ?? 0) + 1;
}

const isKeyPlace = (depth: number): boolean => depth > 0 && containers[depth] === DICT && ((counts[depth] ?? 0) & 1) === 0;

/** Behind the digits and the one point of a number; −1 where anything else is in it. */
function endOfNumber(bytes: Buffer, start: number): number {
  let at = start;
  let points = 0;
  for (;;) {
    const code = bytes[at] ?? 32;
    if (code === 46) points++;
    else if (CHARACTER_CLASS[code] !== 0) return points > 1 ? -1 : at;
    else if (code < 48 || code > 57) return -1;
    at++;
  }
}

function isPlainWord(bytes: Buffer, start: number, end: number): boolean {
  const length = end - start;
  return (length === 4 && (spells(bytes, start, 'true') || spells(bytes, start, 'null'))) || (length === 5 && spells(bytes, start, 'false'));
}
