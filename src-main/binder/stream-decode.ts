import { inflateSync, constants } from 'node:zlib';
import { BindFailure } from './bind-error.ts';
import { hexValue, isWhite } from './characters.ts';
import { isArray, nameOf, PdfDict, type PdfValue } from './pdf-objects.ts';

/** No stream that the binder has to understand (object streams, page contents, tables) is larger. Bounds bombs. */
export const MAX_DECODED_BYTES = 256 * 1024 * 1024;

export interface DecodedStream {
  readonly bytes: Buffer;
  /** False where the data ended early or a filter is not one the binder decodes; `bytes` is what could be read. */
  readonly complete: boolean;
}

export interface UnpackedStream extends DecodedStream {
  /** Bytes that the filters gave out one after the other: what unpacking cost. */
  readonly effort: number;
}

/** Damaged data are unpacked this often at most to find what is left of them. */
const MAX_TRIES = 24;

/**
 * Applies a stream's filters, as far as they can be applied. `resolve` follows references inside the dictionary. Throws BindFailure
 * `too-large` where the data unpack to more than `limit` bytes.
 */
export function decodeStream(dict: PdfDict, raw: Buffer, resolve: (value: PdfValue) => PdfValue, limit = MAX_DECODED_BYTES): UnpackedStream {
  const filters = listOf(resolve(dict.get(dict.has('Filter') ? 'Filter' : 'F')), resolve);
  const parameters = listOf(resolve(dict.get(dict.has('DecodeParms') ? 'DecodeParms' : 'DP')), resolve);
  let bytes = raw;
  let complete = true;
  let effort = 0;
  for (let i = 0; i < filters.length && complete; i++) {
    const name = nameOf(filters[i] ?? null);
    const given = parameters[i] ?? null;
    const options = given instanceof PdfDict ? given : new PdfDict(new Map());
    const step = applyFilter(name, bytes, options, resolve, limit);
    if (step === null) return { bytes, complete: false, effort };
    ({ bytes, complete } = step);
    effort += complete ? bytes.length : bytes.length * MAX_TRIES;
  }
  return { bytes, complete, effort };
}

function listOf(value: PdfValue, resolve: (value: PdfValue) => PdfValue): readonly PdfValue[] {
  if (value === null) return [];
  return isArray(value) ? value.map(resolve) : [value];
}

function applyFilter(name: string | null, bytes: Buffer, options: PdfDict, resolve: (value: PdfValue) => PdfValue, limit: number): DecodedStream | null {
  switch (name) {
    case 'FlateDecode':
    case 'Fl':
      return undoPredictor(inflate(bytes, limit), options, resolve);
    case 'LZWDecode':
    case 'LZW':
      return undoPredictor(decodeLzw(bytes, resolve(options.get('EarlyChange')) !== 0, limit), options, resolve);
    case 'ASCIIHexDecode':
    case 'AHx':
      return decodeHex(bytes);
    case 'ASCII85Decode':
    case 'A85':
      return decodeAscii85(bytes, limit);
    case 'RunLengthDecode':
    case 'RL':
      return decodeRunLength(bytes, limit);
    case 'Crypt':
      return { bytes, complete: true };
    default:
      return null;
  }
}

/** Inflates what can be inflated: a broken tail or a missing checksum loses only what follows it. */
export function inflate(bytes: Buffer, limit: number): DecodedStream {
  try {
    // zlib allocates its output in pieces: of about the right size they are one, and small ones stay cheap.
    const chunkSize = Math.min(64 * 1024, Math.max(1024, bytes.length * 3));
    return { bytes: inflateSync(bytes, { maxOutputLength: limit, chunkSize }), complete: true };
  } catch (thrown) {
    if (isTooLarge(thrown)) throw tooLarge(limit);
    return inflateDamaged(bytes, limit);
  }
}

const isTooLarge = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE';
const tooLarge = (limit: number): BindFailure => new BindFailure('too-large', `a stream unpacks to more than ${limit} bytes`);

function inflateDamaged(bytes: Buffer, limit: number): DecodedStream {
  try {
    return { bytes: inflateSync(bytes, { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH }), complete: false };
  } catch (thrown) {
    if (isTooLarge(thrown)) throw tooLarge(limit);
    // zlib throws away what it had before an error: find the longest prefix that inflates.
    let low = 0;
    let high = bytes.length;
    let best: Buffer = Buffer.alloc(0);
    for (let tries = 0; tries < MAX_TRIES && high - low > 1; tries++) {
      const middle = (low + high) >> 1;
      try {
        best = inflateSync(bytes.subarray(0, middle), { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH });
        low = middle;
      } catch {
        high = middle;
      }
    }
    return { bytes: best, complete: false };
  }
}

function undoPredictor(decoded: DecodedStream, options: PdfDict, resolve: (value: PdfValue) => PdfValue): DecodedStream {
  const numberAt = (key: string, otherwise: number): number => {
    const value = resolve(options.get(key));
    return typeof value === 'number' && value > 0 && value < 1e6 ? value : otherwise;
  };
  const predictor = numberAt('Predictor', 1);
  if (predictor < 2) return decoded;
  const colors = numberAt('Colors', 1);
  const bits = numberAt('BitsPerComponent', 8);
  const pixel = Math.max(1, Math.ceil((colors * bits) / 8));
  const row = Math.ceil((colors * bits * numberAt('Columns', 1)) / 8);
  return predictor === 2 ? undoTiffPredictor(decoded, row, bits === 8 ? colors : 0) : undoPngPredictor(decoded, row, pixel);
}

function undoTiffPredictor(decoded: DecodedStream, row: number, colors: number): DecodedStream {
  if (colors === 0) return { bytes: decoded.bytes, complete: false };
  const out = Buffer.from(decoded.bytes);
  for (let start = 0; start < out.length; start += row) {
    const end = Math.min(start + row, out.length);
    for (let i = start + colors; i < end; i++) out[i] = ((out[i] ?? 0) + (out[i - colors] ?? 0)) & 255;
  }
  return { bytes: out, complete: decoded.complete };
}

function undoPngPredictor(decoded: DecodedStream, row: number, pixel: number): DecodedStream {
  const source = decoded.bytes;
  const rows = Math.ceil(source.length / (row + 1));
  const out = Buffer.alloc(rows * row);
  let written = 0;
  for (let r = 0; r < rows; r++) {
    const at = r * (row + 1);
    const kind = source[at] ?? 0;
    const length = Math.min(row, source.length - at - 1);
    const start = r * row;
    for (let i = 0; i < length; i++) {
      const left = i >= pixel ? (out[start + i - pixel] ?? 0) : 0;
      const up = r > 0 ? (out[start + i - row] ?? 0) : 0;
      const corner = r > 0 && i >= pixel ? (out[start + i - row - pixel] ?? 0) : 0;
      out[start + i] = ((source[at + 1 + i] ?? 0) + predict(kind, left, up, corner)) & 255;
    }
    written += Math.max(0, length);
  }
  return { bytes: out.subarray(0, written), complete: decoded.complete };
}

function predict(kind: number, left: number, up: number, corner: number): number {
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  if (kind !== 4) return 0;
  const estimate = left + up - corner;
  const byLeft = Math.abs(estimate - left);
  const byUp = Math.abs(estimate - up);
  const byCorner = Math.abs(estimate - corner);
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
}

function decodeLzw(bytes: Buffer, early: boolean, limit: number): DecodedStream {
  const prefix = new Uint16Array(4097);
  const suffix = new Uint8Array(4097);
  const lengths = new Uint16Array(4097);
  for (let i = 0; i < 256; i++) {
    suffix[i] = i;
    lengths[i] = 1;
  }
  let out = Buffer.alloc(Math.max(4096, bytes.length * 4));
  let written = 0;
  let next = 258;
  let width = 9;
  let previous = -1;
  let held = 0;
  let bits = 0;
  for (let at = 0; ; ) {
    while (bits < width && at < bytes.length) {
      held = ((held << 8) | (bytes[at++] ?? 0)) & 0xffffff;
      bits += 8;
    }
    if (bits < width) return { bytes: out.subarray(0, written), complete: false };
    const code = (held >> (bits - width)) & ((1 << width) - 1);
    bits -= width;
    if (code === 257) return { bytes: out.subarray(0, written), complete: true };
    if (code === 256) {
      next = 258;
      width = 9;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0)) return { bytes: out.subarray(0, written), complete: false };
    const length = code < next ? (lengths[code] ?? 0) : (lengths[previous] ?? 0) + 1;
    if (written + length > limit) throw tooLarge(limit);
    if (written + length > out.length) out = Buffer.concat([out, Buffer.alloc(Math.max(out.length, length))]);
    let walk = code < next ? code : previous;
    let end = written + (lengths[walk] ?? 0);
    while (end > written) {
      out[--end] = suffix[walk] ?? 0;
      walk = prefix[walk] ?? 0;
    }
    if (code === next) out[written + length - 1] = out[written] ?? 0;
    if (previous >= 0 && next < 4096) {
      prefix[next] = previous;
      suffix[next] = out[written] ?? 0;
      lengths[next] = (lengths[previous] ?? 0) + 1;
      next++;
    }
    written += length;
    previous = code;
    const full = next + (early ? 1 : 0);
    width = full >= 2048 ? 12 : full >= 1024 ? 11 : full >= 512 ? 10 : 9;
  }
}

function decodeHex(bytes: Buffer): DecodedStream {
  const out = Buffer.allocUnsafe((bytes.length + 1) >> 1);
  let written = 0;
  let high = -1;
  let complete = true;
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] ?? 62;
    if (code === 62) break;
    const value = hexValue(code);
    if (value < 0) {
      if (!isWhite(code)) complete = false;
      continue;
    }
    if (high < 0) high = value;
    else {
      out[written++] = high * 16 + value;
      high = -1;
    }
  }
  if (high >= 0) out[written++] = high * 16;
  return { bytes: out.subarray(0, written), complete };
}

function decodeAscii85(bytes: Buffer, limit: number): DecodedStream {
  // A `z` stands for four bytes, five other characters too.
  let zeros = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 122) zeros++;
  const most = zeros * 4 + Math.ceil((bytes.length - zeros) / 5) * 4;
  if (most > limit) throw tooLarge(limit);
  const out = Buffer.allocUnsafe(most);
  let written = 0;
  let value = 0;
  let held = 0;
  let complete = true;
  let at = bytes[0] === 60 && bytes[1] === 126 ? 2 : 0;
  for (; at < bytes.length; at++) {
    const code = bytes[at] ?? 0;
    if (code === 126) {
      // The end is `~>`.
      complete = bytes[at + 1] === 62;
      break;
    }
    if (isWhite(code)) continue;
    if (code === 122 && held === 0) {
      out.fill(0, written, written + 4);
      written += 4;
    } else if (code < 33 || code > 117) return { bytes: out.subarray(0, written), complete: false };
    else {
      value = value * 85 + code - 33;
      held++;
      if (held < 5) continue;
      out.writeUInt32BE(value % 2 ** 32, written);
      written += 4;
      value = 0;
      held = 0;
    }
  }
  if (held > 1) {
    for (let i = held; i < 5; i++) value = value * 85 + 84;
    for (let i = 0; i < held - 1; i++) out[written++] = Math.floor(value / 256 ** (3 - i)) & 255;
  }
  return { bytes: out.subarray(0, written), complete };
}

function decodeRunLength(bytes: Buffer, limit: number): DecodedStream {
  const parts: Buffer[] = [];
  let total = 0;
  for (let at = 0; at < bytes.length; ) {
    const code = bytes[at++] ?? 128;
    if (code === 128) return { bytes: Buffer.concat(parts), complete: true };
    const part = code < 128 ? bytes.subarray(at, at + code + 1) : Buffer.alloc(257 - code, bytes[at] ?? 0);
    at += code < 128 ? code + 1 : 1;
    total += part.length;
    if (total > limit) throw tooLarge(limit);
    parts.push(part);
  }
  return { bytes: Buffer.concat(parts), complete: false };
}
