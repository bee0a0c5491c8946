import { CHARACTER_CLASS, hexValue, isDigit, isRegular, isWhite } from './characters.ts';
import { nameAt, spells } from './name-table.ts';
import { PdfDict, PdfName, PdfRef, PdfString, type PdfValue } from './pdf-objects.ts';

const MAX_DEPTH = 256;
/** Whole numbers of so many digits are exact. */
const EXACT_DIGITS = 15;
/** What a parser meets where no value begins. */
const CLOSE_ARRAY = Symbol(']');
const CLOSE_DICT = Symbol('>>');
const END = Symbol('end');
type Token = PdfValue | typeof CLOSE_ARRAY | typeof CLOSE_DICT | typeof END | Keyword;

class Keyword {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
}

/**
 * Reads values from bytes, forgiving what mature readers forgive: missing ends, stray brackets, unknown words (read as null),
 * odd numbers. `ranOut` tells that the bytes ended within a value, so that a caller with more of the file can try again.
 */
export class ObjectParser {
  readonly bytes: Buffer;
  position: number;
  ranOut = false;
  /** Something had to be guessed. */
  damaged = false;
  constructor(bytes: Buffer, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  /** One value; null at the end and for words that are no value. */
  readValue(): PdfValue {
    const token = this.readToken(0);
    if (token === END || token === CLOSE_ARRAY || token === CLOSE_DICT) return null;
    if (token instanceof Keyword) {
      this.damaged = true;
      return null;
    }
    return token;
  }

  /** The word at the position if it is `word`; moves behind it. */
  takeWord(word: string): boolean {
    this.skipSpace();
    if (!spells(this.bytes, this.position, word)) return false;
    this.position += word.length;
    return true;
  }

  /** A non-negative whole number at the position, −1 if there is none. */
  takeInteger(): number {
    this.skipSpace();
    let value = 0;
    let digits = 0;
    for (;;) {
      const code = this.bytes[this.position];
      if (!isDigit(code) || digits > 15) break;
      value = value * 10 + ((code ?? 48) - 48);
      digits++;
      this.position++;
    }
    return digits === 0 ? -1 : value;
  }

  skipSpace(): void {
    const { bytes } = this;
    for (;;) {
      const code = bytes[this.position];
      if (code === undefined) {
        this.ranOut = true;
        return;
      }
      if (code === 37) {
        while (this.position < bytes.length && bytes[this.position] !== 10 && bytes[this.position] !== 13) this.position++;
      } else if (CHARACTER_CLASS[code] === 1) this.position++;
      else return;
    }
  }

  private readToken(depth: number): Token {
    this.skipSpace();
    const { bytes } = this;
    const code = bytes[this.position];
    if (code === undefined) return END;
    switch (code) {
      case 47:
        return this.readName();
      case 40:
        return this.readLiteralString();
      case 60:
        if (bytes[this.position + 1] === 60) {
          this.position += 2;
          return this.readDict(depth + 1);
        }
        return this.readHexString();
      case 91:
        this.position++;
        return this.readArray(depth + 1);
      case 93:
        this.position++;
        return CLOSE_ARRAY;
      case 62:
        if (bytes[this.position + 1] === 62) {
          this.position += 2;
          return CLOSE_DICT;
        }
        if (bytes[this.position + 1] === undefined) this.ranOut = true;
        this.position++;
        this.damaged = true;
        return null;
      case 41:
      case 123:
      case 125:
        this.position++;
        this.damaged = true;
        return null;
      default:
        return this.readWord();
    }
  }

  private readWord(): Token {
    const { bytes } = this;
    const start = this.position;
    let whole = 0;
    while (isDigit(bytes[this.position]) && this.position - start < EXACT_DIGITS) whole = whole * 10 + (bytes[this.position++] ?? 48) - 48;
    const isWhole = this.position > start && !isRegular(bytes[this.position]);
    while (isRegular(bytes[this.position])) this.position++;
    if (this.position >= bytes.length) this.ranOut = true;
    if (isWhole) return this.readReference(whole) ?? whole;
    const first = bytes[start] ?? 0;
    if (isDigit(first) || first === 43 || first === 45 || first === 46) {
      const text = bytes.toString('latin1', start, Math.min(this.position, start + 64));
      if (/^\d+$/.test(text)) {
        const value = Number(text);
        return this.readReference(value) ?? value;
      }
      return readNumber(text);
    }
    const word = bytes.toString('latin1', start, Math.min(this.position, start + 64));
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    return new Keyword(word);
  }

  /** `gen R` behind a whole number makes a reference. */
  private readReference(num: number): PdfRef | null {
    const { bytes } = this;
    let at = this.position;
    while (isWhite(bytes[at])) at++;
    const genStart = at;
    let gen = 0;
    while (isDigit(bytes[at]) && at - genStart < 6) gen = gen * 10 + (bytes[at++] ?? 48) - 48;
    if (at >= bytes.length) this.ranOut = true;
    if (at === genStart) return null;
    const genEnd = at;
    while (isWhite(bytes[at])) at++;
    if (at >= bytes.length) this.ranOut = true;
    if (bytes[at] !== 82 || at === genEnd || isRegular(bytes[at + 1])) return null;
    this.position = at + 1;
    return new PdfRef(num, gen);
  }

  private readName(): PdfName {
    const { bytes } = this;
    const start = ++this.position;
    let escaped = false;
    while (isRegular(bytes[this.position])) {
      if (bytes[this.position] === 35) escaped = true;
      this.position++;
    }
    if (this.position >= bytes.length) this.ranOut = true;
    if (!escaped) return nameAt(bytes, start, this.position);
    const raw = bytes.toString('latin1', start, this.position);
    return new PdfName(raw.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))));
  }

  private readLiteralString(): PdfString {
    const { bytes } = this;
    const out: number[] = [];
    let open = 1;
    this.position++;
    for (;;) {
      const code = bytes[this.position++];
      if (code === undefined) {
        this.ranOut = true;
        this.damaged = true;
        break;
      }
      if (code === 40) open++;
      else if (code === 41 && --open === 0) break;
      if (code !== 92) {
        if (code === 13) {
          if (bytes[this.position] === 10) this.position++;
          out.push(10);
        } else out.push(code);
        continue;
      }
      this.readEscape(out);
    }
    return new PdfString(Buffer.from(out));
  }

  private readEscape(out: number[]): void {
    const { bytes } = this;
    const next = bytes[this.position++];
    if (next === undefined) return;
    const plain = next === 110 ? 10 : next === 114 ? 13 : next === 116 ? 9 : next === 98 ? 8 : next === 102 ? 12 : -1;
    if (plain >= 0) out.push(plain);
    else if (next >= 48 && next <= 55) {
      let value = next - 48;
      for (let i = 0; i < 2; i++) {
        const digit = bytes[this.position] ?? 0;
        if (digit < 48 || digit > 55) break;
        value = value * 8 + digit - 48;
        this.position++;
      }
      out.push(value & 255);
    } else if (next === 13) {
      if (bytes[this.position] === 10) this.position++;
    } else if (next !== 10) out.push(next);
  }

  private readHexString(): PdfString {
    const { bytes } = this;
    const out: number[] = [];
    let high = -1;
    this.position++;
    for (;;) {
      const code = bytes[this.position++];
      if (code === undefined) {
        this.ranOut = true;
        break;
      }
      if (code === 62) break;
      const value = hexValue(code);
      if (value < 0) {
        if (!isWhite(code)) this.damaged = true;
        continue;
      }
      if (high < 0) high = value;
      else {
        out.push(high * 16 + value);
        high = -1;
      }
    }
    if (high >= 0) out.push(high * 16);
    return new PdfString(Buffer.from(out));
  }

  private readArray(depth: number): readonly PdfValue[] {
    const values: PdfValue[] = [];
    while (depth < MAX_DEPTH) {
      const start = this.position;
      const token = this.readToken(depth);
      if (token === CLOSE_ARRAY) return values;
      if (token === END || token === CLOSE_DICT || (token instanceof Keyword && isObjectEnd(token.word))) {
        this.damaged = true;
        this.position = start;
        return values;
      }
      values.push(token instanceof Keyword ? null : token);
    }
    this.damaged = true;
    return values;
  }

  private readDict(depth: number): PdfDict {
    const entries = new Map<string, PdfValue>();
    let key: string | null = null;
    while (depth < MAX_DEPTH) {
      const start = this.position;
      const token = this.readToken(depth);
      if (token === CLOSE_DICT) return new PdfDict(entries);
      if (token === END || (token instanceof Keyword && isObjectEnd(token.word))) {
        this.damaged = true;
        this.position = start;
        return new PdfDict(entries);
      }
      if (key === null) {
        if (token instanceof PdfName) key = token.name;
        else this.damaged = true;
      } else {
        entries.set(key, token === CLOSE_ARRAY || token instanceof Keyword ? null : token);
        key = null;
      }
    }
    this.damaged = true;
    return new PdfDict(entries);
  }
}

const isObjectEnd = (word: string): boolean => word === 'endobj' || word === 'stream' || word === 'endstream' || word === 'obj' || word === 'xref' || word === 'trailer';

/** Numbers as producers really write them: `--5`, `1.2.3`, `5-`, `.`. */
function readNumber(text: string): number {
  const plain = Number(text);
  if (!Number.isNaN(plain) && /^[+-]?[\d.]+$/.test(text)) return plain;
  const match = /^[+-]*(\d*\.?\d*)/.exec(text);
  const value = Number(match?.[1] ?? '');
  const signed = text.startsWith('-') ? -value : value;
  return Number.isFinite(signed) ? signed : 0;
}
