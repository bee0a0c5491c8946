/** Picture of an electronic seal (GB/T 38540, GM/T 0031): its form as the seal names it, and its bytes. */
export interface SealPicture {
  readonly form: string;
  readonly bytes: Uint8Array;
}

const forms = new Set(['png', 'jpg', 'jpeg', 'bmp', 'gif', 'ofd', 'svg', 'webp']);
const deepest = 16;

/**
 * Finds the picture in a seal or in a signed value that holds one. Versions 1 and 4 nest it differently, but in both it is a
 * sequence that begins with the form as a string and the bytes as an octet string. The signature itself is not judged here.
 */
export function findSealPicture(der: Uint8Array): SealPicture | undefined {
  return searchIn(der, 0, der.length, 0);
}

function searchIn(der: Uint8Array, from: number, to: number, depth: number): SealPicture | undefined {
  if (depth > deepest) return undefined;
  let previous: Field | undefined;
  for (let at = from; at < to; ) {
    const field = readField(der, at, to);
    if (field === undefined) return undefined;
    if (previous !== undefined && isString(previous.tag) && field.tag === 0x04) {
      const form = new TextDecoder('latin1').decode(der.subarray(previous.start, previous.end)).replaceAll('.', '').trim().toLowerCase();
      if (forms.has(form)) return { form, bytes: der.subarray(field.start, field.end) };
    }
    // Octet strings may wrap a whole seal; bit strings and integers never do.
    const nested = (field.tag & 0x20) !== 0 || (field.tag === 0x04 && der[field.start] === 0x30);
    const found = nested ? searchIn(der, field.start, field.end, depth + 1) : undefined;
    if (found !== undefined) return found;
    previous = field;
    at = field.end;
  }
  return undefined;
}

interface Field {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const isString = (tag: number): boolean => tag === 0x16 || tag === 0x0c || tag === 0x13;

function readField(der: Uint8Array, at: number, to: number): Field | undefined {
  const tag = der[at];
  const first = der[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const bytes = first & 0x7f;
    if (bytes === 0 || bytes > 4) return undefined;
    length = 0;
    for (let index = 0; index < bytes; index += 1) length = length * 256 + (der[start + index] ?? 0);
    start += bytes;
  }
  return start + length > to ? undefined : { tag, start, end: start + length };
}
