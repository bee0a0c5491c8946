import { setStroke, type Drawing, type Style } from './drawing.ts';
import { glyphBase } from './glyph-font.ts';
import { childrenOf, numbersOf, type XmlElement } from './xml-tree.ts';

/** Draws a text object, character by character where its deltas say (GB/T 33190 §11). */
export async function drawText(drawing: Drawing, object: XmlElement, style: Style): Promise<void> {
  const { pen } = drawing;
  const size = Number(object.attributes.get('Size') ?? 0);
  if (!(size > 0) || size > 2000) return;
  const font = await drawing.fonts.find(drawing.parts, drawing.resources.fonts.get(object.attributes.get('Font') ?? ''));
  const bold = Number(object.attributes.get('Weight') ?? 400) >= 600 && !font.embedded;
  const scale = Number(object.attributes.get('HScale') ?? 1) || 1;
  const turn = (Number(object.attributes.get('CharDirection') ?? 0) * Math.PI) / 180;
  const fills = object.attributes.get('Fill') !== 'false';
  const strokes = object.attributes.get('Stroke') === 'true' || bold;
  pen.font = `${object.attributes.get('Italic') === 'true' ? 'italic ' : ''}${size}px "${font.family}"`;
  pen.fillStyle = style.fill;
  setStroke(pen, bold && object.attributes.get('Stroke') !== 'true' ? { ...style, stroke: style.fill, lineWidth: size / 40, dash: [] } : style);
  const transforms = childrenOf(object, 'CGTransform');
  let position = 0;
  let [lineX, lineY] = [0, 0];
  for (const code of childrenOf(object, 'TextCode')) {
    const characters = [...code.text.replace(/[\r\n]/gu, '')];
    lineX = Number(code.attributes.get('X') ?? lineX) || 0;
    lineY = Number(code.attributes.get('Y') ?? lineY) || 0;
    const deltasX = readDeltas(code.attributes.get('DeltaX'), characters.length);
    const deltasY = readDeltas(code.attributes.get('DeltaY'), characters.length);
    let [x, y] = [lineX, lineY];
    const glyphs = placeGlyphs(transforms, position, characters.length);
    for (const [index, character] of characters.entries()) {
      const glyph = glyphs.get(index);
      const byGlyph = glyph !== undefined && font.byGlyph;
      pen.save();
      pen.translate(x, y);
      if (turn !== 0) pen.rotate(turn);
      if (scale !== 1) pen.scale(scale, 1);
      // A stand-in may be wider than the font that the line was set in: narrowed, its letters do not run into each other.
      const room = deltasX[index] ?? 0;
      const wide = font.embedded || room <= 0 ? 0 : pen.measureText(character).width * scale;
      if (wide > room * 1.02) pen.scale(room / wide, 1);
      for (const shape of byGlyph ? glyph.map((number) => String.fromCodePoint(glyphBase + number)) : [character]) {
        if (shape.trim() === '') continue;
        if (fills) pen.fillText(shape, 0, 0);
        if (strokes && !byGlyph) pen.strokeText(shape, 0, 0);
        if (byGlyph) pen.translate(pen.measureText(shape).width, 0);
      }
      // A glyph drawn by its number tells a reader nothing: the character lies over it, invisible, for search and copying.
      if (byGlyph) await drawInvisible(drawing, character, size);
      pen.restore();
      if (glyph !== undefined && !font.byGlyph) drawing.losses.add('部分字形没有内嵌，以相近字体代替');
      x += deltasX[index] ?? (deltasY.length > 0 ? 0 : pen.measureText(character).width * scale);
      y += deltasY[index] ?? 0;
    }
    position += characters.length;
  }
}

async function drawInvisible(drawing: Drawing, character: string, size: number): Promise<void> {
  if (character.trim() === '' || character === '¤') return;
  const { pen } = drawing;
  const font = await drawing.fonts.standIn('');
  const before = pen.font;
  pen.globalAlpha = 0;
  pen.font = `${size}px "${font.family}"`;
  pen.fillText(character, 0, 0);
  pen.font = before;
}

/** Glyph numbers for characters of this run. One entry may stand for several characters: the first draws all its glyphs. */
function placeGlyphs(transforms: readonly XmlElement[], from: number, count: number): ReadonlyMap<number, readonly number[]> {
  const placed = new Map<number, readonly number[]>();
  for (const transform of transforms) {
    const start = Number(transform.attributes.get('CodePosition') ?? 0) - from;
    const codes = Math.max(1, Number(transform.attributes.get('CodeCount') ?? 1) || 1);
    const glyphs = numbersOf(childrenOf(transform, 'Glyphs')[0]?.text).filter((glyph) => Number.isInteger(glyph) && glyph >= 0 && glyph < 65_536);
    for (let index = 0; index < codes; index += 1) {
      if (start + index < 0 || start + index >= count) continue;
      const share = glyphs.length === codes ? glyphs.slice(index, index + 1) : index === 0 ? glyphs : [];
      placed.set(start + index, share);
    }
  }
  return placed;
}

/** Deltas with their shorthand written out: `g 3 5.5` is three times 5.5. */
export function readDeltas(text: string | undefined, most: number): readonly number[] {
  const deltas: number[] = [];
  const tokens = (text ?? '').trim().split(/[\s,]+/u).filter((token) => token !== '');
  for (let at = 0; at < tokens.length && deltas.length < most; at += 1) {
    if (tokens[at] === 'g') {
      const times = Math.min(Number(tokens[at + 1]) || 0, most);
      const value = Number(tokens[at + 2]) || 0;
      for (let index = 0; index < times; index += 1) deltas.push(value);
      at += 2;
    } else deltas.push(Number(tokens[at]) || 0);
  }
  return deltas;
}
