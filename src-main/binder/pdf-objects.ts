/** A name without its slash, #xx resolved, one character per byte. */
export class PdfName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export class PdfString {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

export class PdfRef {
  readonly num: number;
  readonly gen: number;
  constructor(num: number, gen: number) {
    this.num = num;
    this.gen = gen;
  }
}

export class PdfDict {
  readonly entries: ReadonlyMap<string, PdfValue>;
  constructor(entries: ReadonlyMap<string, PdfValue>) {
    this.entries = entries;
  }
  get(key: string): PdfValue {
    return this.entries.get(key) ?? null;
  }
  has(key: string): boolean {
    return this.entries.has(key);
  }
}

/** A stream as it lies in its file; `start` is where its data begin, the length is checked when they are read. */
export class PdfStream {
  readonly dict: PdfDict;
  readonly start: number;
  readonly num: number;
  readonly gen: number;
  constructor(dict: PdfDict, start: number, num: number, gen: number) {
    this.dict = dict;
    this.start = start;
    this.num = num;
    this.gen = gen;
  }
}

export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfDict | PdfStream | readonly PdfValue[];

export const isArray = (value: PdfValue): value is readonly PdfValue[] => Array.isArray(value);

export const nameOf = (value: PdfValue): string | null => (value instanceof PdfName ? value.name : null);

/** A text string as the specification encodes it: UTF-16 with a mark, UTF-8 with a mark, else PDFDocEncoding (read as Latin-1). */
export function textOf(value: PdfValue): string | null {
  if (!(value instanceof PdfString)) return null;
  const { bytes } = value;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16().toString('utf16le');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8');
  return bytes.toString('latin1');
}
