import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { MM_PER_POINT, type FontRole, type MeasureText } from '../domain/page-drawing.ts';
import { BindFailure } from './bind-error.ts';
import { openTrueType, type TrueTypeFont } from './true-type.ts';

export interface FoundGlyph {
  readonly font: TrueTypeFont;
  readonly glyph: number;
}

/** The fonts of one office, opened once and shared by layout and binding. */
export interface Fonts {
  /** Width in millimetres of a text set in a role at a size in points, with the same fallbacks that drawing uses. */
  readonly measure: MeasureText;
  /** The font and glyph that draw a code point in a role. */
  readonly glyphFor: (role: FontRole, codePoint: number) => FoundGlyph;
  /** The font that serves a role. */
  readonly fontOf: (role: FontRole) => TrueTypeFont;
  /** Changes when a font file changes; part of a plan's identity. */
  readonly fingerprint: string;
}

/** Which role stands in for a missing one, in order. */
const SUBSTITUTES: Record<FontRole, readonly FontRole[]> = {
  hei: ['song'],
  song: ['fangsong', 'hei'],
  xiaobiaosong: ['song', 'hei'],
  kai: ['song', 'hei'],
  fangsong: ['song', 'hei'],
};
/**
 * Radicals of the supplement block that texts taken from PDF files use in place of the ordinary characters (NFKC knows two of them
 * only), and those characters, in the same order (Unicode's EquivalentUnifiedIdeograph).
 */
const RADICALS = [...'⺁⺄⺅⺆⺇⺈⺉⺊⺌⺍⺎⺐⺒⺓⺕⺖⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺦⺧⺨⺩⺪⺫⺬⺭⺮⺰⺲⺶⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳'];
const RADICAL_CHARACTERS = [...'厂乙亻冂几刀刂卜小小兀尢巳幺彐忄扌攵旡日月歺母民氵氺灬爫丬牛犭王疋目示礻竹纟罒羊耂肀聿肉臼艹艹艹虎衤覀西见角讠贝足车辶辶辶邑钅長长门阜阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟'];
const CHARACTER_OF_RADICAL: ReadonlyMap<string, string> = new Map(RADICALS.map((radical, i) => [radical, RADICAL_CHARACTERS[i] ?? radical]));
/** 〓, the printer's mark for a missing character. */
const MISSING_MARK = 0x3013;

/**
 * Opens TrueType font files for the given roles; a role without a file, and a character without a glyph, falls back to another
 * role. Throws BindFailure `font-unusable` where a file is missing, has CFF outlines, or none is given.
 *
 * @example
 * const fonts = loadFonts({ song: 'resources/fonts/song.ttf', hei: 'resources/fonts/hei.ttf' });
 * fonts.measure('第1卷', 'song', 12); // millimetres
 */
export function loadFonts(files: Partial<Record<FontRole, string>>): Fonts {
  const byPath = new Map<string, TrueTypeFont>();
  const byRole = new Map<FontRole, TrueTypeFont>();
  const identity = createHash('sha256');
  for (const role of ['hei', 'song', 'xiaobiaosong', 'kai', 'fangsong'] as const) {
    const path = files[role];
    if (path === undefined) continue;
    const font = byPath.get(path) ?? openTrueType(path);
    byPath.set(path, font);
    byRole.set(role, font);
    // A font states a sum of its whole file in its head table.
    identity.update(`${role}:${font.postScriptName}:${statSync(path).size}:${font.table('head')?.readUInt32BE(8) ?? 0};`);
  }
  const chains = new Map<FontRole, readonly TrueTypeFont[]>();
  const chainOf = (role: FontRole): readonly TrueTypeFont[] => {
    const known = chains.get(role);
    if (known !== undefined) return known;
    const wanted = [role, ...SUBSTITUTES[role]].flatMap((name) => byRole.get(name) ?? []);
    const chain = [...new Set([...wanted, ...byRole.values()])];
    if (chain.length === 0) throw new BindFailure('font-unusable', 'no font file was given for any role');
    chains.set(role, chain);
    return chain;
  };
  const fontOf = (role: FontRole): TrueTypeFont => {
    const font = chainOf(role)[0];
    if (font === undefined) throw new BindFailure('font-unusable', `no font for ${role}`);
    return font;
  };
  fontOf('song');
  const findGlyph = (role: FontRole, codePoint: number): FoundGlyph => {
    for (const font of chainOf(role)) {
      const glyph = font.glyphOf(codePoint);
      if (glyph !== 0) return { font, glyph };
    }
    for (const font of chainOf(role)) {
      const glyph = font.glyphOf(MISSING_MARK);
      if (glyph !== 0) return { font, glyph };
    }
    return { font: fontOf(role), glyph: 0 };
  };
  const found = new Map<FontRole, Map<number, FoundGlyph>>();
  const glyphFor = (role: FontRole, codePoint: number): FoundGlyph => {
    let glyphs = found.get(role);
    if (glyphs === undefined) found.set(role, (glyphs = new Map()));
    let glyph = glyphs.get(codePoint);
    if (glyph === undefined) glyphs.set(codePoint, (glyph = findGlyph(role, codePoint)));
    return glyph;
  };
  const measure: MeasureText = (text, role, size) => {
    let ems = 0;
    for (const codePoint of drawableCodePoints(text)) {
      const { font, glyph } = glyphFor(role, codePoint);
      ems += font.advanceOf(glyph) / font.unitsPerEm;
    }
    return ems * size * MM_PER_POINT;
  };
  return { measure, glyphFor, fontOf, fingerprint: identity.digest('hex') };
}

/**
 * The code points that are drawn for a text: radicals and compatibility ideographs become the ordinary characters that look the
 * same, so that what is extracted can be searched; control characters and direction marks are left out.
 */
export function drawableCodePoints(text: string): number[] {
  const found: number[] = [];
  for (let at = 0; at < text.length; ) {
    const codePoint = text.codePointAt(at) ?? 0;
    at += codePoint > 0xffff ? 2 : 1;
    if (isUndrawable(codePoint)) continue;
    if (isCompatibilityForm(codePoint)) {
      const character = String.fromCodePoint(codePoint);
      for (const plain of CHARACTER_OF_RADICAL.get(character) ?? character.normalize('NFKC')) found.push(plain.codePointAt(0) ?? 0);
    } else found.push(codePoint === 0x00a0 ? 0x20 : codePoint);
  }
  return found;
}

function isUndrawable(codePoint: number): boolean {
  return (
    codePoint < 0x20 ||
    (codePoint >= 0x7f && codePoint < 0xa0) ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x2028 && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x2069) ||
    codePoint === 0xfeff ||
    (codePoint >= 0xd800 && codePoint <= 0xdfff)
  );
}

function isCompatibilityForm(codePoint: number): boolean {
  return (codePoint >= 0x2e80 && codePoint <= 0x2fdf) || (codePoint >= 0xf900 && codePoint <= 0xfaff) || (codePoint >= 0x2f800 && codePoint <= 0x2fa1f);
}
