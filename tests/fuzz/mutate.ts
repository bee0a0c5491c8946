import { unzipSync, zipSync } from 'fflate';

/** A small generator of its own, so that a seed repeats a case. Whole numbers below `below`. */
export type Random = (below: number) => number;
export const makeRandom = (seed: number): Random => {
  let state = (seed * 2_654_435_761 + 1) % 4_294_967_296;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
};

const pick = <T>(random: Random, from: readonly T[]): T | undefined => from[random(from.length)];
const numbers = ['0', '-1', '1', '2147483648', '4294967296', '99999999999999999999', '1e400', '0.0000001', '-2147483649', 'NaN'];

/** Bytes as one character each, so that a binary file can be cut and joined as text. */
const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const asBytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** One change to a text made of tokens: numbers, names, tags, whole lines. */
const changeTokens = (text: string, token: RegExp, words: readonly string[], random: Random): string => {
  const found = [...text.matchAll(token)];
  const one = pick(random, found);
  if (one === undefined) return text.slice(0, random(text.length + 1));
  const at = one.index;
  const end = at + one[0].length;
  switch (random(6)) {
    case 0:
      return text.slice(0, at) + (pick(random, words) ?? '') + text.slice(end);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, end) + one[0].repeat(1 + random(200)) + text.slice(end);
    case 3: {
      const other = pick(random, found)?.[0] ?? '';
      return text.slice(0, at) + other + text.slice(end);
    }
    case 4:
      return text.slice(0, at);
    default:
      return text.slice(0, at) + String.fromCharCode(random(256)) + text.slice(at + 1);
  }
};

const pdfToken = /\d+ \d+ R|\d+ \d+ obj|\/[A-Za-z]+|-?\d+\.?\d*|<<|>>|\[|\]|stream|endstream|endobj|xref|trailer|startxref/g;
const pdfWords = [...numbers, '/Type', '/Pages', '/Kids', '/Length', '/Filter/FlateDecode', '/Parent', '1 0 R', '2 0 R', '3 0 R', '999999 0 R', '<<', '>>', '[', ']', 'stream', 'endobj', '(', ')', '<', 'null'];
const xmlToken = /<\/?[\w:]+|[\w:]+="[^"]*"|>|-?\d+\.?\d*|\/[\w.]+/g;
const xmlWords = [...numbers, '<', '>', '</', '&#0;', '&x;', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<![CDATA[', ']]>', 'r:id="rId999"', '../../../etc/passwd', '<w:tbl>', '<w:t>', '\u0000', '<a>'.repeat(2000)];

const changeText = (text: string, kind: 'pdf' | 'xml', random: Random): string => {
  let changed = text;
  for (let count = 1 + random(4); count > 0; count -= 1) changed = kind === 'pdf' ? changeTokens(changed, pdfToken, pdfWords, random) : changeTokens(changed, xmlToken, xmlWords, random);
  return changed;
};

export const mutatePdf = (seed: Uint8Array, random: Random): Uint8Array => asBytes(changeText(asText(seed), 'pdf', random));

/** Changes a part inside the container, the list of its parts, or the container's own bytes. */
export const mutateZip = (seed: Uint8Array, random: Random): Uint8Array => {
  if (random(5) === 0) {
    const bytes = Buffer.from(seed);
    // The directory lies at the end, where a reader begins.
    for (let count = 1 + random(6); count > 0; count -= 1) bytes[random(2) === 0 ? Math.max(0, bytes.length - 1 - random(300)) : random(bytes.length)] = random(256);
    return random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
  }
  const parts: Record<string, Uint8Array> = unzipSync(seed);
  const name = pick(random, Object.keys(parts)) ?? '';
  const part = parts[name] ?? new Uint8Array();
  const choice = random(6);
  if (choice === 0) delete parts[name];
  else if (choice === 1) parts[`${name}/../${name}`] = part;
  else if (choice === 2) parts[pick(random, Object.keys(parts)) ?? ''] = part;
  else parts[name] = asBytes(changeText(asText(part), 'xml', random));
  return zipSync(parts, { level: random(2) === 0 ? 0 : 6 });
};
