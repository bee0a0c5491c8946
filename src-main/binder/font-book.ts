import { createHash } from 'node:crypto';
import type { FontRole } from '../domain/page-drawing.ts';
import { finishInTurns } from '../domain/steps.ts';
import { drawableCodePoints, type Fonts } from './fonts.ts';
import { packAside } from './pack-aside.ts';
import { subsetTrueType } from './subset-true-type.ts';
import type { TrueTypeFont } from './true-type.ts';
import type { VolumeFile } from './volume-file.ts';

/** A stretch of text in one font, as it goes into a page's content. */
export interface TextRun {
  /** Index of the font in the volume; its resource name is a prefix and this. */
  readonly font: number;
  readonly hex: string;
}

interface EmbeddedFont {
  readonly font: TrueTypeFont;
  readonly objectNumber: number;
  /** Code point → code, four hexadecimal digits. */
  readonly codes: Map<number, string>;
  readonly codePoints: number[];
  readonly glyphs: number[];
}

/**
 * The fonts of one volume: each is embedded once, with the characters that were drawn. Every character gets a code of its own (also
 * where two share a glyph), so that ToUnicode gives back exactly what was drawn.
 */
export class FontBook {
  private readonly fonts: Fonts;
  private readonly volume: VolumeFile;
  private readonly embedded: EmbeddedFont[] = [];
  private readonly indexByPath = new Map<string, number>();

  constructor(fonts: Fonts, volume: VolumeFile) {
    this.fonts = fonts;
    this.volume = volume;
  }

  encode(text: string, role: FontRole): readonly TextRun[] {
    const runs: { font: number; hex: string }[] = [];
    for (const codePoint of drawableCodePoints(text)) {
      const { font, glyph } = this.fonts.glyphFor(role, codePoint);
      const index = this.indexOf(font);
      const hex = this.codeFor(index, codePoint, glyph);
      const last = runs[runs.length - 1];
      if (last !== undefined && last.font === index) last.hex += hex;
      else runs.push({ font: index, hex });
    }
    return runs;
  }

  /** Object number of a volume's font. */
  objectNumber(index: number): number {
    const entry = this.embedded[index];
    if (entry === undefined) throw new Error(`font ${index} was never used`);
    return entry.objectNumber;
  }

  /** Writes every font that was used; call once, after the last text. `pause` lets others run, as between objects. */
  async writeAll(pause: () => Promise<void> | null): Promise<void> {
    for (const entry of this.embedded) await writeFont(this.volume, entry, pause);
  }

  private indexOf(font: TrueTypeFont): number {
    const known = this.indexByPath.get(font.path);
    if (known !== undefined) return known;
    const index = this.embedded.length;
    this.embedded.push({ font, objectNumber: this.volume.reserve(), codes: new Map(), codePoints: [], glyphs: [] });
    this.indexByPath.set(font.path, index);
    return index;
  }

  private codeFor(index: number, codePoint: number, glyph: number): string {
    const entry = this.embedded[index];
    if (entry === undefined) throw new Error(`font ${index} is unknown`);
    const known = entry.codes.get(codePoint);
    if (known !== undefined) return known;
    const code = (entry.glyphs.length + 1).toString(16).padStart(4, '0');
    entry.codes.set(codePoint, code);
    entry.codePoints.push(codePoint);
    entry.glyphs.push(glyph);
    return code;
  }
}

/** Type 0 font with a CIDFontType2 descendant (ISO 32000-1, 9.7); codes are the glyph numbers of the subset. */
async function writeFont(volume: VolumeFile, entry: EmbeddedFont, pause: () => Promise<void> | null): Promise<void> {
  const { font } = entry;
  const program = await finishInTurns(subsetTrueType(font, entry.glyphs), pause);
  const tag = subsetTag(program);
  const name = `${tag}+${font.postScriptName}`;
  const scale = (value: number): number => Math.round((value * 1000) / font.unitsPerEm);
  const programNumber = volume.reserve();
  volume.writeStream(programNumber, `/Length1 ${program.length}/Filter/FlateDecode`, await packAside(program));
  const unicodeNumber = volume.reserve();
  volume.writeStream(unicodeNumber, '/Filter/FlateDecode', await packAside(Buffer.from(toUnicodeMap(entry.codePoints), 'latin1')));
  const descriptor = volume.reserve();
  volume.writeObject(
    descriptor,
    `<</Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[${font.bounds.map(scale).join(' ')}]/ItalicAngle ${Math.round(font.italicAngle)}` +
      `/Ascent ${scale(font.ascent)}/Descent ${scale(font.descent)}/CapHeight ${scale(font.capHeight)}/StemV 80/FontFile2 ${programNumber} 0 R>>`,
  );
  const widths = entry.glyphs.map((glyph) => scale(font.advanceOf(glyph)));
  const descendant = volume.reserve();
  volume.writeObject(
    descendant,
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>` +
      `/FontDescriptor ${descriptor} 0 R/DW 1000/W[1[${widths.join(' ')}]]/CIDToGIDMap/Identity>>`,
  );
  volume.writeObject(
    entry.objectNumber,
    `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${unicodeNumber} 0 R>>`,
  );
}

function subsetTag(program: Buffer): string {
  const digest = createHash('sha256').update(program).digest();
  return [...digest.subarray(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join('');
}

function toUnicodeMap(codePoints: readonly number[]): string {
  const lines = codePoints.map((codePoint, i) => {
    const text = Buffer.from(String.fromCodePoint(codePoint), 'utf16le').swap16().toString('hex');
    return `<${(i + 1).toString(16).padStart(4, '0')}> <${text}>`;
  });
  let body = '';
  for (let at = 0; at < lines.length; at += 100) {
    const part = lines.slice(at, at + 100);
    body += `${part.length} beginbfchar\n${part.join('\n')}\nendbfchar\n`;
  }
  return (
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n' +
    `/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${body}endcmap\n` +
    'CMapName currentdict /CMap defineresource pop\nend\nend\n'
  );
}
