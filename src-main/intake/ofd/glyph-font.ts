/** First code point of the private plane under which a glyph is drawn by its number. */
export const glyphBase = 0xf0000;

/**
 * A TrueType or OpenType font whose every glyph can be written as the character `glyphBase + number`, beside the characters it
 * had. OFD names glyphs by number (CGTransform), while a canvas draws characters only. Undefined where the font is neither.
 */
export function addGlyphCharacters(font: Uint8Array): Uint8Array | undefined {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  if (font.length < 12) return undefined;
  const version = view.getUint32(0);
  if (version !== 0x00010000 && version !== 0x4f54544f && version !== 0x74727565) return undefined;
  const tables: { readonly tag: number; readonly bytes: Uint8Array }[] = [];
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + index * 16;
    if (at + 16 > font.length) return undefined;
    const [offset, length] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (offset + length > font.length) return undefined;
    tables.push({ tag: view.getUint32(at), bytes: font.subarray(offset, offset + length) });
  }
  const find = (tag: number): Uint8Array | undefined => tables.find((table) => table.tag === tag)?.bytes;
  const maximum = find(0x6d617870);
  if (maximum === undefined || maximum.length < 6) return undefined;
  const glyphs = new DataView(maximum.buffer, maximum.byteOffset).getUint16(4);
  const cmap = buildCmap(find(0x636d6170), glyphs);
  return assemble(version, [...tables.filter(({ tag }) => tag !== 0x636d6170 && tag !== 0x44534947), { tag: 0x636d6170, bytes: cmap }]);
}

/** One subtable of format 12: the characters the font had (formats 4 and 12), then all glyphs by number. */
function buildCmap(old: Uint8Array | undefined, glyphs: number): Uint8Array {
  const pairs = [...(old === undefined ? [] : readCmap(old))].filter(([code, glyph]) => code < glyphBase && glyph > 0 && glyph < glyphs).toSorted((a, b) => a[0] - b[0]);
  const groups: { start: number; end: number; glyph: number }[] = [];
  for (const [code, glyph] of pairs) {
    const last = groups.at(-1);
    if (last !== undefined && code === last.end + 1 && glyph === last.glyph + code - last.start) last.end = code;
    else if (last === undefined || code > last.end) groups.push({ start: code, end: code, glyph });
  }
  groups.push({ start: glyphBase, end: glyphBase + glyphs - 1, glyph: 0 });
  const bytes = new Uint8Array(28 + groups.length * 12);
  const view = new DataView(bytes.buffer);
  view.setUint16(2, 1);
  view.setUint16(4, 3);
  view.setUint16(6, 10);
  view.setUint32(8, 12);
  view.setUint16(12, 12);
  view.setUint32(16, 16 + groups.length * 12);
  view.setUint32(24, groups.length);
  for (const [index, group] of groups.entries()) {
    view.setUint32(28 + index * 12, group.start);
    view.setUint32(32 + index * 12, group.end);
    view.setUint32(36 + index * 12, group.glyph);
  }
  return bytes;
}

function readCmap(cmap: Uint8Array): ReadonlyMap<number, number> {
  const view = new DataView(cmap.buffer, cmap.byteOffset, cmap.byteLength);
  const found = new Map<number, number>();
  if (cmap.length < 4) return found;
  for (let index = 0; index < view.getUint16(2) && 4 + index * 8 + 8 <= cmap.length; index += 1) {
    const platform = view.getUint16(4 + index * 8);
    const at = view.getUint32(8 + index * 8);
    if ((platform !== 0 && platform !== 3) || at + 16 > cmap.length) continue;
    const format = view.getUint16(at);
    if (format === 12) {
      const groups = Math.min(view.getUint32(at + 12), Math.floor((cmap.length - at - 16) / 12));
      for (let group = 0; group < groups; group += 1) {
        const [start, end, glyph] = [view.getUint32(at + 16 + group * 12), view.getUint32(at + 20 + group * 12), view.getUint32(at + 24 + group * 12)];
        for (let code = start; code <= end && code - start < 70_000; code += 1) found.set(code, glyph + code - start);
      }
    } else if (format === 4) readFormat4(view, at, found);
  }
  return found;
}

function readFormat4(view: DataView, at: number, found: Map<number, number>): void {
  const segments = view.getUint16(at + 6) / 2;
  const ends = at + 14;
  if (ends + segments * 8 + 2 > view.byteLength) return;
  for (let segment = 0; segment < segments; segment += 1) {
    const end = view.getUint16(ends + segment * 2);
    const start = view.getUint16(ends + 2 + (segments + segment) * 2);
    const delta = view.getUint16(ends + 2 + (2 * segments + segment) * 2);
    const place = ends + 2 + (3 * segments + segment) * 2;
    const range = view.getUint16(place);
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const at2 = place + range + (code - start) * 2;
      const raw = range === 0 ? code : at2 + 2 <= view.byteLength ? view.getUint16(at2) : 0;
      if (range === 0 || raw !== 0) found.set(code, (raw + delta) & 0xffff);
    }
  }
}

function assemble(version: number, tables: readonly { readonly tag: number; readonly bytes: Uint8Array }[]): Uint8Array {
  const sorted = tables.toSorted((a, b) => a.tag - b.tag);
  const total = sorted.reduce((sum, { bytes }) => sum + Math.ceil(bytes.length / 4) * 4, 12 + sorted.length * 16);
  const font = new Uint8Array(total);
  const view = new DataView(font.buffer);
  view.setUint32(0, version);
  view.setUint16(4, sorted.length);
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  view.setUint16(6, power * 16);
  view.setUint16(8, Math.log2(power));
  view.setUint16(10, (sorted.length - power) * 16);
  let offset = 12 + sorted.length * 16;
  for (const [index, { tag, bytes }] of sorted.entries()) {
    font.set(bytes, offset);
    view.setUint32(12 + index * 16, tag);
    view.setUint32(20 + index * 16, offset);
    view.setUint32(24 + index * 16, bytes.length);
    offset += Math.ceil(bytes.length / 4) * 4;
  }
  return font;
}
