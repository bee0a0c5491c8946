import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadFonts } from '../../src-main/binder/index.ts';
import { drawableCodePoints } from '../../src-main/binder/fonts.ts';
import { finish } from '../../src-main/domain/steps.ts';
import { subsetTrueType } from '../../src-main/binder/subset-true-type.ts';
import { openTrueType } from '../../src-main/binder/true-type.ts';
import { bindTo, fontFiles, makeFolder, planOf, readPdf, testFonts } from './workbench.ts';

const folder = makeFolder();

describe('fonts', () => {
  it('keeps every outline whole in a subset', () => {
    const font = openTrueType(fontFiles.song);
    const glyphs = [...'卷内目录备考表é0123456789'].map((character) => font.glyphOf(character.codePointAt(0) ?? 0));
    expect(glyphs).not.toContain(0);
    const bytes = finish(subsetTrueType(font, glyphs));
    const path = `${folder.path}/subset.ttf`;
    // A font without a character map cannot be opened by name, so the map of the full font is not asked for.
    writeFileSync(path, bytes);
    const tables = readTables(bytes);
    const loca = tables.get('loca');
    const glyf = tables.get('glyf');
    glyphs.forEach((glyph, i) => {
      const from = loca?.readUInt32BE((i + 1) * 4) ?? 0;
      const to = loca?.readUInt32BE((i + 2) * 4) ?? 0;
      const original = font.outlineOf(glyph);
      const kept = glyf?.subarray(from, to) ?? Buffer.alloc(0);
      if (original.length > 0 && original.readInt16BE(0) < 0) expect(kept.length).toBeGreaterThanOrEqual(original.length);
      else expect(kept.subarray(0, original.length).equals(original)).toBe(true);
    });
    expect(bytes.length).toBeLessThan(60_000);
  });

  it('turns radicals and compatibility forms into ordinary characters and drops what cannot be drawn', () => {
    expect(drawableCodePoints('⽂⼈豈⺠⻔⻅\u200b\u202e\u0000A').map((code) => String.fromCodePoint(code)).join('')).toBe('文人豈民门见A');
  });

  it('measures what it draws', () => {
    const { measure } = testFonts();
    expect(measure('中文', 'song', 12)).toBeCloseTo((24 * 25.4) / 72, 3);
    expect(measure('中文', 'fangsong', 12)).toBeCloseTo(measure('中文', 'song', 12), 6);
  });

  it('gives back every character that was drawn, also those that share a glyph', async () => {
    const text = '生态文明建设示范区〔2024〕第10号（正本）·—“”①Ⅱ㎡℃%，。、《》';
    const out = `${folder.path}/text.pdf`;
    await bindTo(out, planOf([{ kind: 'drawn', key: 'a', labelPrefix: '', pages: [{ width: 210, height: 297, ops: [...text].map((character, i) => ({ op: 'text', x: 10 + (i % 12) * 14, y: 30 + Math.floor(i / 12) * 14, text: character, font: i % 2 === 0 ? 'hei' : 'song', size: 20 })) }] }]));
    const { pieces } = await readPdf(out);
    expect((await pieces(1)).map((piece) => piece.text).join('')).toBe(text);
  });

  it('refuses a file that is no TrueType font', () => {
    const path = folder.put('no-font.ttf', Buffer.from('OTTO this is not glyf'));
    expect(() => loadFonts({ song: path })).toThrow(/TrueType/);
    expect(() => loadFonts({})).toThrow(/no font/);
  });
});

function readTables(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < bytes.readUInt16BE(4); i++) {
    const at = 12 + i * 16;
    const offset = bytes.readUInt32BE(at + 8);
    tables.set(bytes.toString('latin1', at, at + 4), bytes.subarray(offset, offset + bytes.readUInt32BE(at + 12)));
  }
  return tables;
}
