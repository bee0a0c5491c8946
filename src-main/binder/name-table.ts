import { PdfName } from './pdf-objects.ts';

const SLOTS = 1024;
const MAX_LENGTH = 24;
const known: (PdfName | undefined)[] = new Array<PdfName | undefined>(SLOTS);

/** The name of those bytes (without slash and escapes). A few dozen names make up most of every document: they are made once. */
export function nameAt(bytes: Buffer, start: number, end: number): PdfName {
  const length = end - start;
  if (length > MAX_LENGTH) return new PdfName(bytes.toString('latin1', start, end));
  let slot = length;
  for (let at = start; at < end; at++) slot = (slot * 31 + (bytes[at] ?? 0)) & (SLOTS - 1);
  const found = known[slot];
  if (found !== undefined && found.name.length === length && spells(bytes, start, found.name)) return found;
  const fresh = new PdfName(bytes.toString('latin1', start, end));
  known[slot] = fresh;
  return fresh;
}

/** Whether the bytes at `start` are those of `word` (one byte a character). */
export function spells(bytes: Buffer, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false;
  return true;
}
