import { createCanvas, GlobalFonts, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import { MM_PER_POINT, type Color, type DrawnPage, type DrawOp, type FontRole } from '../domain/page-drawing.ts';
import { openRandom, type Random } from './random.ts';
import type { ScannedPage } from './scan-pdf.ts';

/** TrueType files by style; 仿宋 is set in 宋. */
export type SampleFontFiles = Readonly<Record<Exclude<FontRole, 'fangsong'>, string>>;

const FAMILIES: Readonly<Record<FontRole, string>> = { hei: 'SampleHei', song: 'SampleSong', fangsong: 'SampleSong', kai: 'SampleKai', xiaobiaosong: 'SampleBiaosong' };

/** Makes the fonts known to the canvas, once for a process. */
export function registerFonts(files: SampleFontFiles): void {
  for (const role of ['hei', 'song', 'kai', 'xiaobiaosong'] as const) {
    if (!GlobalFonts.has(FAMILIES[role]) && GlobalFonts.registerFromPath(files[role], FAMILIES[role]) === null) throw new Error(`font ${files[role]} cannot be used`);
  }
}

export const fontOf = (role: FontRole, pixels: number): string => `${pixels}px ${FAMILIES[role]}`;
const cssColor = (color: Color): string => `rgb(${color.map((part) => Math.round(part * 255)).join(',')})`;

/** Paints a page as a scanner sees it: tinted paper, a little askew, with shadow, specks and grain (`flawless`: none of these); JPEG at `dpi`. */
export async function scanPage(page: DrawnPage, dpi: number, random: Random, look: 'scanned' | 'flawless' = 'scanned'): Promise<ScannedPage> {
  const scanned = look === 'scanned';
  const scale = dpi / 25.4;
  const width = Math.round(page.width * scale);
  const height = Math.round(page.height * scale);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const warmth = random.whole(0, 10);
  context.fillStyle = !scanned ? '#fff' : `rgb(${250 - random.whole(0, 4)},${248 - random.whole(0, 4)},${243 - warmth})`;
  context.fillRect(0, 0, width, height);
  context.save();
  context.translate(width / 2, height / 2);
  if (scanned) context.rotate(((random.next() - 0.5) * 1.3 * Math.PI) / 180);
  context.translate(-width / 2 + (scanned ? random.whole(-6, 6) : 0), -height / 2 + (scanned ? random.whole(-6, 6) : 0));
  context.scale(scale, scale);
  for (const op of page.ops) paintOp(context, op);
  context.restore();
  if (scanned) {
    shade(context, width, height, random);
    grain(context, width, height, random, 0.5);
  }
  return { jpeg: withDensity(await canvas.encode('jpeg', scanned ? 74 : 92), dpi), width, height };
}

function paintOp(context: SKRSContext2D, op: DrawOp): void {
  switch (op.op) {
    case 'text': {
      context.save();
      context.translate(op.x, op.y);
      context.rotate((-(op.rotate ?? 0) * Math.PI) / 180);
      // Set at a hundred times the size: hinting at millimetre sizes would spoil the widths.
      const pixels = op.size * MM_PER_POINT;
      context.scale(0.01, 0.01);
      context.font = fontOf(op.font, pixels * 100);
      context.fillStyle = cssColor(op.color ?? [0.1, 0.1, 0.12]);
      if (op.spacing !== undefined) context.letterSpacing = `${op.spacing * MM_PER_POINT * 100}px`;
      context.fillText(op.text, 0, 0);
      context.restore();
      return;
    }
    case 'line':
      context.beginPath();
      context.moveTo(op.x1, op.y1);
      context.lineTo(op.x2, op.y2);
      context.lineWidth = op.width;
      context.strokeStyle = cssColor(op.color ?? [0, 0, 0]);
      context.stroke();
      return;
    case 'rect':
      context.beginPath();
      context.rect(op.x, op.y, op.w, op.h);
      return finishShape(context, op);
    case 'ellipse':
      context.beginPath();
      context.ellipse(op.cx, op.cy, op.rx, op.ry, 0, 0, 2 * Math.PI);
      return finishShape(context, op);
    case 'polygon':
      context.beginPath();
      for (const [at, [x, y]] of op.points.entries()) {
        if (at === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      if (op.closed) context.closePath();
      return finishShape(context, op);
    case 'link':
      return;
    default:
      op satisfies never;
  }
}

function finishShape(context: SKRSContext2D, shape: { readonly fill?: Color; readonly stroke?: Color; readonly strokeWidth?: number }): void {
  if (shape.fill !== undefined) {
    context.fillStyle = cssColor(shape.fill);
    context.fill();
  }
  if (shape.stroke !== undefined) {
    context.strokeStyle = cssColor(shape.stroke);
    context.lineWidth = shape.strokeWidth ?? 0.2;
    context.stroke();
  }
}

/** Shadow of the lid along one edge, and a few specks of dust. */
function shade(context: SKRSContext2D, width: number, height: number, random: Random): void {
  const edge = context.createLinearGradient(0, 0, width * 0.06, 0);
  edge.addColorStop(0, 'rgba(70,66,60,0.28)');
  edge.addColorStop(1, 'rgba(70,66,60,0)');
  context.fillStyle = edge;
  context.fillRect(0, 0, width * 0.06, height);
  context.fillStyle = 'rgba(60,60,60,0.45)';
  for (let speck = random.whole(3, 14); speck > 0; speck -= 1) context.fillRect(random.whole(0, width), random.whole(0, height), random.whole(1, 2), random.whole(1, 2));
}

const TILE = 512;
let grainTile: Canvas | undefined;

/** A tile of grey noise, made once: laid over a picture it is as good as noise for each pixel and a hundred times faster. */
function tileOfGrain(): Canvas {
  if (grainTile !== undefined) return grainTile;
  const tile = createCanvas(TILE, TILE);
  const random = openRandom('grain');
  const context = tile.getContext('2d');
  const image = context.createImageData(TILE, TILE);
  for (let at = 0; at < image.data.length; at += 4) {
    const dark = random.next() < 0.5 ? 0 : 255;
    image.data[at] = dark;
    image.data[at + 1] = dark;
    image.data[at + 2] = dark;
    image.data[at + 3] = Math.floor(random.next() * 28);
  }
  context.putImageData(image, 0, 0);
  grainTile = tile;
  return tile;
}

/** Lays grain over the whole picture; `strength` from 0 to 1. */
export function grain(context: SKRSContext2D, width: number, height: number, random: Random, strength: number): void {
  const tile = tileOfGrain();
  const [shiftX, shiftY] = [random.whole(0, TILE - 1), random.whole(0, TILE - 1)];
  context.globalAlpha = strength;
  for (let y = -shiftY; y < height; y += TILE) for (let x = -shiftX; x < width; x += TILE) context.drawImage(tile, x, y);
  context.globalAlpha = 1;
}

/** States the resolution in the JFIF header; the canvas's encoder writes none. */
export function withDensity(jpeg: Buffer, dpi: number): Buffer {
  const bytes = Buffer.from(jpeg);
  if (bytes.toString('latin1', 6, 10) !== 'JFIF') throw new Error('the encoder wrote a JPEG without a JFIF header');
  bytes[13] = 1;
  bytes.writeUInt16BE(dpi, 14);
  bytes.writeUInt16BE(dpi, 16);
  return bytes;
}
