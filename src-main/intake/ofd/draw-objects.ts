import { createCanvas, loadImage, Path2D, type Canvas, type Image } from '@napi-rs/canvas';
import { drawText } from './draw-text.ts';
import { setStroke, type Drawing, type Style } from './drawing.ts';
import { readJbig2 } from './jbig2-picture.ts';
import { readBox } from './ofd-document.ts';
import { childOf, childrenOf, numbersOf, type XmlElement } from './xml-tree.ts';

const mostObjects = 500_000;
const deepest = 8;
const usualLineWidth = 0.353;

/** Draws a layer, a group or an annotation's appearance: its objects in order. */
export async function drawBlock(drawing: Drawing, block: XmlElement, depth = 0): Promise<void> {
  if (depth > deepest) return;
  const inherited = block.attributes.get('DrawParam');
  for (const object of block.children) {
    drawing.count.objects += 1;
    if (drawing.count.objects > mostObjects) {
      drawing.losses.add('图形对象过多，部分没有画出');
      return;
    }
    if (object.attributes.get('Visible') === 'false') continue;
    if (object.name === 'PageBlock') {
      await drawBlock(drawing, object, depth + 1);
      continue;
    }
    const box = readBox(object.attributes.get('Boundary'));
    if (box === undefined) continue;
    const { pen } = drawing;
    pen.save();
    try {
      pen.translate(box.x, box.y);
      const clips = childOf(object, 'Clips');
      if (clips !== undefined) applyClips(drawing, clips);
      const [a, b, c, d, e, f] = numbersOf(object.attributes.get('CTM'));
      if (a !== undefined && b !== undefined && c !== undefined && d !== undefined && e !== undefined && f !== undefined) pen.transform(a, b, c, d, e, f);
      else if (object.name === 'ImageObject') pen.scale(box.w, box.h);
      const alpha = Number(object.attributes.get('Alpha') ?? 255) / 255;
      pen.globalAlpha *= Number.isFinite(alpha) ? Math.max(0, Math.min(1, alpha)) : 1;
      const style = readStyle(drawing, object, inherited);
      if (object.name === 'TextObject') await drawText(drawing, object, style);
      else if (object.name === 'PathObject') drawPath(drawing, object, style);
      else if (object.name === 'ImageObject') await drawPicture(drawing, object.attributes.get('ResourceID') ?? '');
      else if (object.name === 'CompositeObject') {
        const unit = drawing.resources.composites.get(object.attributes.get('ResourceID') ?? '');
        const content = childOf(unit, 'Content');
        if (content !== undefined) await drawBlock(drawing, content, depth + 1);
      }
    } finally {
      pen.restore();
    }
  }
}

function applyClips(drawing: Drawing, clips: XmlElement): void {
  for (const clip of childrenOf(clips, 'Clip')) {
    for (const area of childrenOf(clip, 'Area')) {
      const shape = childOf(area, 'Path');
      if (shape === undefined) continue;
      const box = readBox(shape.attributes.get('Boundary'));
      const path = new Path2D(toSvgPath(childOf(shape, 'AbbreviatedData')?.text ?? ''));
      const outer = new Path2D();
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(area.attributes.get('CTM'));
      outer.addPath(path, { a, b, c, d, e: e + (box?.x ?? 0), f: f + (box?.y ?? 0) });
      drawing.pen.clip(outer);
    }
  }
}

function readStyle(drawing: Drawing, object: XmlElement, inherited: string | undefined): Style {
  const chain: XmlElement[] = [object];
  let next = object.attributes.get('DrawParam') ?? inherited;
  while (next !== undefined && chain.length < 10) {
    const param = drawing.resources.drawParams.get(next);
    if (param === undefined) break;
    chain.push(param);
    next = param.attributes.get('Relative');
  }
  const find = (name: string): string | undefined => chain.map((link) => link.attributes.get(name)).find((value) => value !== undefined);
  const colour = (name: string): string => {
    const element = chain.map((link) => childOf(link, name)).find((value) => value !== undefined);
    return element === undefined ? 'rgb(0,0,0)' : readColour(drawing, element);
  };
  const width = Number(find('LineWidth') ?? usualLineWidth);
  return {
    fill: colour('FillColor'),
    stroke: colour('StrokeColor'),
    lineWidth: Number.isFinite(width) && width >= 0 ? width : usualLineWidth,
    dash: numbersOf(find('DashPattern')),
    dashOffset: Number(find('DashOffset') ?? 0) || 0,
    join: find('Join') === 'Round' ? 'round' : find('Join') === 'Bevel' ? 'bevel' : 'miter',
    cap: find('Cap') === 'Round' ? 'round' : find('Cap') === 'Square' ? 'square' : 'butt',
  };
}

/** One, three or four components: grey, RGB, CMYK. Shadings are drawn in the colour of their first segment. */
function readColour(drawing: Drawing, element: XmlElement): string {
  const shading = element.children.find((child) => /Shd$|Pattern$/u.test(child.name));
  const segment = childOf(childOf(shading, 'Segment') ?? shading?.children.find((child) => child.name === 'Segment'), 'Color');
  if (shading !== undefined) drawing.losses.add('渐变或图案填充以单色代替');
  const source = segment ?? element;
  const text = source.attributes.get('Value') ?? '';
  const values = text.includes('#') ? text.split(/\s+/u).map((part) => Number.parseInt(part.replace('#', ''), 16)) : numbersOf(text);
  const alpha = Math.max(0, Math.min(1, Number(element.attributes.get('Alpha') ?? 255) / 255));
  const [one = 0, two = 0, three = 0, four] = values;
  const rgb = values.length === 1 ? [one, one, one] : four === undefined ? [one, two, three] : [one, two, three].map((part) => 255 * (1 - part / 255) * (1 - four / 255));
  return `rgba(${rgb.map((part) => Math.max(0, Math.min(255, Math.round(part)))).join(',')},${Number.isFinite(alpha) ? alpha : 1})`;
}

function drawPath({ pen }: Drawing, object: XmlElement, style: Style): void {
  const path = new Path2D(toSvgPath(childOf(object, 'AbbreviatedData')?.text ?? ''));
  if (object.attributes.get('Fill') === 'true') {
    pen.fillStyle = style.fill;
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- the pen of a canvas is no array
    pen.fill(path, object.attributes.get('Rule') === 'Even-Odd' ? 'evenodd' : 'nonzero');
  }
  if (object.attributes.get('Stroke') !== 'false') {
    setStroke(pen, style);
    pen.stroke(path);
  }
}

/** OFD's path letters (GB/T 33190 table 35) as SVG's: S and M move, L, Q, B cubic, A arc, C close. */
export function toSvgPath(data: string): string {
  const letters: Readonly<Record<string, string>> = { S: 'M', M: 'M', L: 'L', Q: 'Q', B: 'C', A: 'A', C: 'Z' };
  return data
    .trim()
    .split(/\s+/u)
    .flatMap((token) => {
      const letter = letters[token];
      if (letter !== undefined) return [letter];
      return Number.isFinite(Number(token)) ? [token] : [];
    })
    .join(' ');
}

async function drawPicture(drawing: Drawing, resource: string): Promise<void> {
  const part = drawing.resources.media.get(resource);
  const image = part === undefined ? null : await findPicture(drawing, part);
  if (image === null) {
    drawing.losses.add('有图片缺失或格式不支持，没有画出');
    return;
  }
  drawing.pen.drawImage(image, 0, 0, 1, 1);
}

async function findPicture(drawing: Drawing, part: string): Promise<Canvas | Image | null> {
  const known = drawing.pictures.get(part);
  if (known !== undefined) return known;
  const bytes = await drawing.parts.bytes(part);
  const image = bytes === undefined ? null : ((await readJbig2(bytes)) ?? (await readPicture(bytes)));
  drawing.pictures.set(part, image);
  return image;
}

/** A picture of any form the canvas knows, or null. */
export async function readPicture(bytes: Uint8Array): Promise<Image | null> {
  try {
    const image = await loadImage(Buffer.from(bytes));
    return image.width > 0 && image.width * image.height <= 80_000_000 ? image : null;
  } catch {
    return null;
  }
}

/** Seal pictures have a white ground, which readers that ignore blending would show; here it is clear. */
export function makeWhiteClear(image: Image): Canvas {
  const scale = Math.min(1, 1200 / Math.max(image.width, image.height));
  const canvas = createCanvas(Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)));
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height);
  const { data } = pixels;
  for (let at = 0; at < data.length; at += 4) {
    if ((data[at] ?? 0) > 240 && (data[at + 1] ?? 0) > 240 && (data[at + 2] ?? 0) > 240) data[at + 3] = 0;
  }
  pen.putImageData(pixels, 0, 0);
  return canvas;
}

