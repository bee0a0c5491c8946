import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { fail, ok, type Result } from '../../domain/result.ts';
import { withPages } from '../drawable-pages.ts';
import { joinIntoLines, normaliseText } from '../normalise-text.ts';
import { trouble, type IntakeTrouble } from '../trouble.ts';
import type { PageFrame, PageLook, PageOfFile, RecognisedPage, TextItem } from '../worker-protocol.ts';
import type { LineBox } from './line-boxes.ts';
import { ModelsDamaged } from './models.ts';
import { findLines, readLines } from './run-models.ts';
import { tidyLine } from './tidy-line.ts';

/** A4 at some 220 dpi; more makes nothing clearer to the model. */
const readSide = 2600;
/** Below it a line is texture or a drawing, not text. */
const leastConfidence = 0.5;

/** Reads a page by its picture. `turn`: degrees clockwise by which it must be turned to be read. */
export async function recognisePage(task: PageOfFile & { readonly turn: PageLook['turn'] }): Promise<Result<RecognisedPage, IntakeTrouble>> {
  try {
    return await withPages(task, async (pages) => {
      const drawn = await pages.draw(task.page, readSide);
      if (!drawn.ok) return drawn;
      const { canvas, frame } = drawn.value;
      return ok(await readPicture(turned(canvas, task.turn), task.turn, frame, task.page));
    });
  } catch (error) {
    if (error instanceof ModelsDamaged) return fail(trouble('file-unsupported', '文字识别的模型文件缺失或已损坏，请重新安装创档；其他功能不受影响。'));
    throw error;
  }
}

/** Text of a picture that stands upright. `turn` says how it was turned, so that places are told on the page as it lies. */
export async function readPicture(picture: Canvas, turn: PageLook['turn'], frame: PageFrame, page: number): Promise<RecognisedPage> {
  const boxes = await findLines(picture);
  const lines = await readLines(picture, boxes);
  const read = boxes.flatMap((box, index) => {
    const line = lines[index];
    return line === undefined || line.confidence < leastConfidence || line.text.trim() === '' ? [] : [{ box, text: tidyLine(line.text), confidence: line.confidence }];
  });
  const skew = skewOf(read.map(({ box }) => box));
  const text = joinIntoLines(read.map(({ box, text: str }) => ({ str, ...straightBox(box, skew) })));
  const items = read.map(({ box, text: str }) => ({ str: normaliseText(str), ...placeOnPage(box, picture, turn, frame) }));
  const confidence = read.length === 0 ? 0 : read.reduce((sum, line) => sum + line.confidence, 0) / read.length;
  return { page, text: normaliseText(text), items, frame, confidence };
}

/** The picture turned clockwise. */
function turned(picture: Canvas, turn: PageLook['turn']): Canvas {
  if (turn === 0) return picture;
  const sideways = turn !== 180;
  const canvas = createCanvas(sideways ? picture.height : picture.width, sideways ? picture.width : picture.height);
  const pen = canvas.getContext('2d');
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((turn * Math.PI) / 180);
  pen.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return canvas;
}

/** Median slant of the long lines, radians: how much askew the sheet lay. */
function skewOf(boxes: readonly LineBox[]): number {
  const angles = boxes.filter((box) => box.width > box.height * 4).map((box) => box.angle).toSorted((a, b) => a - b);
  return angles[Math.floor(angles.length / 2)] ?? 0;
}

/** A line's place on the sheet laid straight, `y` growing upwards as in a PDF; lines that belong together then stand at one height. */
function straightBox({ x, y, width, height }: LineBox, skew: number): Omit<TextItem, 'str'> {
  const [cos, sin] = [Math.cos(-skew), Math.sin(-skew)];
  return { x: x * cos - y * sin - width / 2, y: -(x * sin + y * cos) - height / 2, w: width, h: height };
}

/** Smallest upright box about a line, in the space of the page's text items. */
function placeOnPage(box: LineBox, picture: Canvas, turn: PageLook['turn'], frame: PageFrame): Omit<TextItem, 'str'> {
  const [cos, sin] = [Math.cos(box.angle), Math.sin(box.angle)];
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([i = 0, j = 0]): readonly [number, number] => {
    const [dx, dy] = [(i * box.width) / 2, (j * box.height) / 2];
    return toItemSpace(shownPlace((box.x + dx * cos - dy * sin) / picture.width, (box.y + dx * sin + dy * cos) / picture.height, turn), frame);
  });
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: bottom, w: Math.max(...xs) - left, h: Math.max(...ys) - bottom };
}

/** A place on the upright picture as a place on the page as it is shown, both as parts of width and height. */
function shownPlace(x: number, y: number, turn: PageLook['turn']): readonly [number, number] {
  switch (turn) {
    case 0: return [x, y];
    case 90: return [y, 1 - x];
    case 180: return [1 - x, 1 - y];
    case 270: return [1 - y, x];
    default: return turn satisfies never;
  }
}

/** The inverse of the frame's matrix. */
function toItemSpace([partX, partY]: readonly [number, number], { width, height, transform }: PageFrame): readonly [number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const [x, y] = [partX * width - e, partY * height - f];
  const scale = a * d - b * c;
  return scale === 0 ? [0, 0] : [(d * x - c * y) / scale, (a * y - b * x) / scale];
}
