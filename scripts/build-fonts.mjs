/**
 * Builds the fonts that papers and binder embed: resources/fonts/{hei,song,xiaobiaosong,kai}.ttf, from the font packages that npm
 * installed. Run as `node scripts/build-fonts.mjs [outDir]` (Node ≥ 20), or import `buildFonts(outDir)`.
 *
 * Why a build step: the whole fonts map two code points to one glyph (文 would come back from a PDF as a Kangxi radical), their
 * GSUB turns digits into glyphs without a code point, and TrueType outlines are needed. Each font is made in a process of its own,
 * since the subsetter's memory is not given back and a fourth large font in one process loses its outlines.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);
const thisFile = fileURLToPath(import.meta.url);
const defaultOutDir = path.join(path.dirname(thisFile), '..', 'resources', 'fonts');

/** Role of GB/T 9704 → file in an installed package, and the least size a complete result can have. */
const fonts = {
  hei: { source: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf', leastBytes: 6_000_000 },
  song: { source: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf', leastBytes: 8_000_000 },
  xiaobiaosong: { source: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf', leastBytes: 8_000_000 },
  kai: { source: '@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff2', leastBytes: 8_000_000 },
};

/** Look-alikes that share a glyph with an ordinary character, so that text from the PDF could not be searched. */
const dropped = [
  [0x2e80, 0x2fdf], // CJK and Kangxi radicals
  [0xf900, 0xfaff], // compatibility ideographs
  [0x2f800, 0x2fa1f],
  [0x2015, 0x2015], // shares the glyph of the dash U+2014
];

const kept = [
  [0x20, 0x7e], [0xa0, 0x24f], // Latin
  [0x2b0, 0x36f], [0x370, 0x3ff], [0x400, 0x45f], // modifiers, Greek, Cyrillic
  [0x2000, 0x2bff], // punctuation, units, arrows, mathematics, boxes, marks, circled numbers
  [0x3000, 0x30ff], [0x3100, 0x312f], [0x3200, 0x33ff], // CJK punctuation, kana, bopomofo, enclosed, squared units
  [0x4e00, 0x9fff], // unified ideographs: all of GB 2312 and GBK, nearly all of the 8105 table
  [0xfe10, 0xfe1f], [0xfe30, 0xfe6f], [0xff00, 0xffef], // vertical, small and full-width forms
];

const isWithin = (ranges, codePoint) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to);

function readTables(font) {
  const tables = new Map();
  for (let i = 0; i < font.readUInt16BE(4); i += 1) {
    const at = 12 + 16 * i;
    tables.set(font.toString('latin1', at, at + 4), { offset: font.readUInt32BE(at + 8), length: font.readUInt32BE(at + 12) });
  }
  return tables;
}

/** Code point → glyph of a font's format 12 cmap (all source fonts and every result have characters beyond the BMP). */
function readCharacterMap(font) {
  const start = readTables(font).get('cmap')?.offset ?? 0;
  const map = new Map();
  for (let i = 0; i < font.readUInt16BE(start + 2); i += 1) {
    const at = start + font.readUInt32BE(start + 8 + 8 * i);
    if (font.readUInt16BE(at) !== 12) continue;
    for (let group = 0; group < font.readUInt32BE(at + 12); group += 1) {
      const from = font.readUInt32BE(at + 16 + 12 * group);
      const to = font.readUInt32BE(at + 20 + 12 * group);
      const glyph = font.readUInt32BE(at + 24 + 12 * group);
      for (let codePoint = from; codePoint <= to; codePoint += 1) map.set(codePoint, glyph + codePoint - from);
    }
  }
  return map;
}

/** Bytes of a glyph's outline; 0 for a blank or lost glyph. */
function outlineBytes(font, tables, glyph) {
  const loca = tables.get('loca').offset;
  const long = font.readInt16BE(tables.get('head').offset + 50) === 1;
  const at = (index) => (long ? font.readUInt32BE(loca + 4 * index) : 2 * font.readUInt16BE(loca + 2 * index));
  return at(glyph + 1) - at(glyph);
}

/** The characters of GBK, by decoding every two-byte code. */
function listGbkCharacters() {
  const decoder = new TextDecoder('gbk', { fatal: true });
  const characters = new Set();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      try {
        const codePoint = decoder.decode(Uint8Array.of(lead, trail)).codePointAt(0);
        if (codePoint < 0xe000 || codePoint > 0xf8ff) characters.add(codePoint);
      } catch {
        continue; // not a character of the table
      }
    }
  }
  return characters;
}

async function readSource(role) {
  const bytes = await readFile(require.resolve(fonts[role].source));
  if (!fonts[role].source.endsWith('.woff2')) return bytes;
  const fontverter = createRequire(require.resolve('subset-font'))('fontverter');
  return fontverter.convert(bytes, 'truetype');
}

/**
 * The rare characters of the 8105 table that lie outside the main block: those that 黑 has beyond the BMP, and of extension A
 * those that 楷 has (it holds the table and little else there).
 */
async function listRareCharacters() {
  const [hei, kai] = [readCharacterMap(await readSource('hei')), readCharacterMap(await readSource('kai'))];
  return new Set([
    ...[...hei.keys()].filter((c) => c >= 0x20000 && kai.has(c)),
    ...[...kai.keys()].filter((c) => c >= 0x3400 && c <= 0x4dbf && hei.has(c)),
  ]);
}

function checkResult(role, font, wanted) {
  const fail = (what) => {
    throw new Error(`Font ${role}: ${what}. Reinstall the packages (npm ci) and build again.`);
  };
  if (font.length < fonts[role].leastBytes) fail(`the result has only ${font.length} bytes, outlines were lost`);
  const tables = readTables(font);
  for (const table of ['GSUB', 'GPOS', 'GDEF', 'CFF ']) if (tables.has(table)) fail(`table ${table} is still there`);
  const map = readCharacterMap(font);
  for (const codePoint of map.keys()) if (isWithin(dropped, codePoint)) fail(`U+${codePoint.toString(16)} is still there`);
  const lost = [...wanted].filter((c) => !map.has(c));
  if (lost.length > 0) fail(`${lost.length} characters are missing, first U+${lost[0].toString(16)}`);
  const blank = [...map].filter(([c, glyph]) => c >= 0x4e00 && c <= 0x9fa5 && outlineBytes(font, tables, glyph) === 0);
  if (blank.length > 0) fail(`${blank.length} characters have no outline, first U+${blank[0][0].toString(16)}`);
}

/** Makes one font: subset, checked, written beside its place and renamed. */
async function buildFont(role, outDir) {
  const subsetFont = require('subset-font');
  const source = await readSource(role);
  const available = readCharacterMap(source);
  const rare = await listRareCharacters();
  const wanted = [...available.keys()].filter((c) => !isWithin(dropped, c) && (isWithin(kept, c) || rare.has(c))).sort((a, b) => a - b);
  const result = await subsetFont(source, String.fromCodePoint(...wanted.slice(0, 1)) + wanted.slice(1).map((c) => String.fromCodePoint(c)).join(''), {
    targetFormat: 'sfnt',
    dropTables: ['GSUB', 'GPOS', 'GDEF', 'BASE', 'STAT', 'vhea', 'vmtx', 'VORG', 'morx', 'feat', 'prop', 'bsln', 'FFTM'],
    noLayoutClosure: true,
  });
  const gbk = [...listGbkCharacters()].filter((c) => c >= 0x4e00 && c <= 0x9fff);
  checkResult(role, result, new Set([...wanted, ...gbk]));
  const target = path.join(outDir, `${role}.ttf`);
  await writeFile(`${target}.part`, result);
  await rename(`${target}.part`, target);
}

/** Changes when this script or an installed font package changes. */
async function digestRecipe() {
  const hash = createHash('sha256').update(await readFile(thisFile));
  for (const { source } of Object.values(fonts)) {
    const file = require.resolve(source);
    hash.update(`${source} ${(await stat(file)).size}\n`);
  }
  return hash.digest('hex');
}

/**
 * Builds what is missing or out of date in `outDir`, two processes at a time.
 * @param {string} [outDir] folder of the results, made when absent
 * @returns {Promise<{built: string[], seconds: number}>} names of the fonts made in this call
 */
export async function buildFonts(outDir = defaultOutDir) {
  const started = performance.now();
  await mkdir(outDir, { recursive: true });
  const stampFile = path.join(outDir, 'built.stamp');
  const recipe = await digestRecipe();
  const current = existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === recipe;
  const missing = Object.keys(fonts).filter((role) => !current || !existsSync(path.join(outDir, `${role}.ttf`)));
  const run = promisify(execFile);
  const waiting = [...missing];
  const work = async () => {
    for (let role = waiting.shift(); role !== undefined; role = waiting.shift()) {
      await run(process.execPath, [thisFile, '--one', role, outDir]);
    }
  };
  await Promise.all([work(), work()]);
  await writeFile(stampFile, recipe);
  return { built: missing, seconds: (performance.now() - started) / 1000 };
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === thisFile) {
  const [first, role, outDir] = process.argv.slice(2);
  if (first === '--one') await buildFont(role, outDir);
  else {
    const { built, seconds } = await buildFonts(first === undefined ? undefined : path.resolve(first));
    console.log(built.length === 0 ? 'fonts are up to date' : `fonts built: ${built.join(', ')} (${seconds.toFixed(1)} s)`);
  }
}
