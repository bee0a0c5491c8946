import { isArray, PdfDict, PdfName, PdfRef, PdfStream, PdfString, type PdfValue } from './pdf-objects.ts';

/** How a reference of the source reads in the volume; null where its target is not carried over. */
export type MapReference = (ref: PdfRef) => string | null;

/** A value in PDF syntax. A stream is written as its dictionary. */
export function serializeValue(value: PdfValue, mapReference: MapReference): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof PdfName) return formatName(value.name);
  if (value instanceof PdfString) return `<${value.bytes.toString('hex')}>`;
  if (value instanceof PdfRef) return mapReference(value) ?? 'null';
  if (value instanceof PdfStream) return serializeValue(value.dict, mapReference);
  if (isArray(value)) return `[${value.map((item) => serializeValue(item, mapReference)).join(' ')}]`;
  if (value instanceof PdfDict) {
    let text = '<<';
    for (const [key, entry] of value.entries) text += `${formatName(key)} ${serializeValue(entry, mapReference)}`;
    return `${text}>>`;
  }
  return value satisfies never;
}

/** Shortest decimal without exponent, at most six places. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '0';
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value) : String(Math.sign(value) * 2147483647);
  // Never an exponent: what is not 0 by now is a millionth at least, and what is no integer lies below 2⁵³.
  return String(Math.round(value * 1e6) / 1e6);
}

export function formatName(name: string): string {
  return /^[A-Za-z0-9_.+*-]*$/.test(name)
    ? `/${name}`
    : `/${name.replace(/[^A-Za-z0-9_.+*-]/g, (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
}

/** A text string: Latin letters as they are, everything else as UTF-16 with a mark. */
export function formatText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `(${text.replace(/[\\()]/g, (character) => `\\${character}`)})`;
  return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
}
