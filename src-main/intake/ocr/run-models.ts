import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { findLineBoxes, type LineBox } from './line-boxes.ts';
import { openCharacters, openModel, openRuntime } from './models.ts';

/** Longer side of the picture that lines are looked for in. */
const detectionSide = 960;
const lineHeight = 48;
/** A line of A4 is some 1,500 wide at this height; longer is drawn narrower. */
const widestLine = 2400;
const linesAtOnce = 4;

/** Lines of text on a page. */
export async function findLines(page: Canvas): Promise<readonly LineBox[]> {
  const scale = Math.min(1, detectionSide / Math.max(page.width, page.height));
  const whole = (side: number): number => Math.max(32, Math.round((side * scale) / 32) * 32);
  const [width, height] = [whole(page.width), whole(page.height)];
  const small = createCanvas(width, height);
  const pen = small.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(page, 0, 0, width, height);
  // ImageNet's means and deviations, blue first, as the model was trained.
  const input = await toTensor([pen], width, height, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
  const map = await run(await openModel('detection'), input);
  return findLineBoxes(map.data, width, height, page.width / width, page.height / height);
}

/** A line as read, with the model's mean confidence from 0 to 1. */
export interface ReadLine {
  readonly text: string;
  readonly confidence: number;
}

/** Text of each line, in the lines' order. `upsideDown`: the page stands on its head. */
export async function readLines(page: Canvas, lines: readonly LineBox[], upsideDown = false): Promise<readonly ReadLine[]> {
  const [model, characters] = [await openModel('recognition'), await openCharacters()];
  const byWidth = lines.map((line, index) => ({ line, index, width: widthOf(line) })).toSorted((a, b) => a.width - b.width);
  const read: ReadLine[] = [];
  for (let from = 0; from < byWidth.length; from += linesAtOnce) {
    const batch = byWidth.slice(from, from + linesAtOnce);
    const width = Math.ceil((batch.at(-1)?.width ?? lineHeight) / 8) * 8;
    const pens = batch.map(({ line }) => cutLine(page, line, upsideDown, width));
    const { data, dims } = await run(model, await toTensor(pens, width, lineHeight, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5], batch.map((item) => item.width)));
    const [, steps = 0, classes = 0] = dims;
    for (const [place, { index }] of batch.entries()) read[index] = decode(data.subarray(place * steps * classes, (place + 1) * steps * classes), steps, classes, characters);
  }
  return read;
}

/** For each line, how sure it is that it stands on its head, 0 to 1. */
export async function judgeTurns(page: Canvas, lines: readonly LineBox[]): Promise<readonly number[]> {
  if (lines.length === 0) return [];
  const [width, height] = [192, lineHeight];
  const pens = lines.map((line) => cutLine(page, { ...line, width: Math.min(line.width, line.height * 4) }, false, width));
  const { data } = await run(await openModel('turning'), await toTensor(pens, width, height, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5], lines.map((line) => Math.min(width, widthOf(line)))));
  return lines.map((_, index) => data[index * 2 + 1] ?? 0);
}

const widthOf = ({ width, height }: LineBox): number => Math.max(16, Math.min(widestLine, Math.round((width / height) * lineHeight)));

/** A line cut out and laid straight, at the models' height and drawn on a strip `strip` wide. */
function cutLine(page: Canvas, line: LineBox, upsideDown: boolean, strip: number): SKRSContext2D {
  const width = Math.min(strip, widthOf(line));
  const pen = createCanvas(strip, lineHeight).getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.beginPath();
  pen.rect(0, 0, width, lineHeight);
  pen.clip();
  pen.translate(width / 2, lineHeight / 2);
  if (upsideDown) pen.rotate(Math.PI);
  pen.scale(width / line.width, lineHeight / line.height);
  pen.rotate(-line.angle);
  pen.translate(-line.x, -line.y);
  pen.drawImage(page, 0, 0);
  return pen;
}

/** Pictures side by side as the models take them: planes blue, green, red, normalised; right of a picture's `ends` is nothing. */
async function toTensor(pens: readonly SKRSContext2D[], width: number, height: number, means: readonly [number, number, number], deviations: readonly [number, number, number], ends?: readonly number[]): Promise<Tensor> {
  const plane = width * height;
  const data = new Float32Array(pens.length * 3 * plane);
  for (const [index, pen] of pens.entries()) {
    const { data: pixels } = pen.getImageData(0, 0, width, height);
    const end = ends?.[index] ?? width;
    for (let channel = 0; channel < 3; channel += 1) {
      const [mean, deviation] = [means[channel] ?? 0, deviations[channel] ?? 1];
      const base = (index * 3 + channel) * plane;
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < end; x += 1) data[base + y * width + x] = ((pixels[(y * width + x) * 4 + 2 - channel] ?? 0) / 255 - mean) / deviation;
      }
    }
  }
  const { Tensor } = await openRuntime();
  return new Tensor('float32', data, [pens.length, 3, height, width]);
}

async function run(model: InferenceSession, input: Tensor): Promise<{ readonly data: Float32Array; readonly dims: readonly number[] }> {
  const [inputName = '', outputName = ''] = [model.inputNames[0], model.outputNames[0]];
  const output = (await model.run({ [inputName]: input }))[outputName];
  if (output === undefined || !(output.data instanceof Float32Array)) throw new Error('the model gave no figures');
  return { data: output.data, dims: output.dims };
}

/** The likeliest class of each step, repetitions and nothings left out (CTC). */
function decode(figures: Float32Array, steps: number, classes: number, characters: readonly string[]): ReadLine {
  let text = '';
  let sum = 0;
  let count = 0;
  let last = 0;
  for (let step = 0; step < steps; step += 1) {
    let best = 0;
    let most = -1;
    for (let index = 0; index < classes; index += 1) {
      const figure = figures[step * classes + index] ?? 0;
      if (figure > most) {
        most = figure;
        best = index;
      }
    }
    if (best !== 0 && best !== last) {
      text += characters[best] ?? '';
      sum += most;
      count += 1;
    }
    last = best;
  }
  return { text, confidence: count === 0 ? 0 : sum / count };
}
