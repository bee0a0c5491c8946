import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from './random.ts';
import { grain, withDensity } from './raster.ts';

export type Scene = 'coast' | 'hills' | 'street' | 'park' | 'meeting' | 'site';

const WIDTH = 2400;
const HEIGHT = 1600;
/** Dots per inch at which the picture fills the width of an A4 sheet across. */
const DPI = 220;

/** A made-up photograph: sky, sea, hills, buildings, trees, or a meeting room, with light and grain; JPEG of 2400 × 1600. */
export async function paintPhoto(scene: Scene, random: Random): Promise<Buffer> {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  if (scene === 'meeting') paintRoom(context, random);
  else {
    const horizon = HEIGHT * (0.42 + random.next() * 0.12);
    paintSky(context, horizon, random);
    paintRidge(context, horizon - 20, 190, [96, 118, 130], random);
    if (scene === 'coast') paintSea(context, horizon, random);
    else paintGround(context, horizon, scene, random);
    if (scene === 'street' || scene === 'coast' || scene === 'site') paintBuildings(context, horizon, scene, random);
    if (scene === 'hills') for (const depth of [0, 1, 2]) paintRidge(context, horizon + depth * 150, 240 - depth * 40, [58 + depth * 4, 92 - depth * 12, 52 - depth * 6], random);
    if (scene === 'street') paintRoad(context, horizon);
    if (scene === 'coast') paintPromenade(context);
    const trees = scene === 'coast' ? 0 : scene === 'park' || scene === 'hills' ? 22 : 9;
    for (let tree = 0; tree < trees; tree += 1) {
      const depth = tree / trees;
      // Trees line a street on both sides, the nearer the farther out.
      const aside = scene === 'street' ? (tree % 2 === 0 ? 0.4 - depth * 0.36 : 0.6 + depth * 0.36) * WIDTH + random.whole(-50, 50) : random.whole(-60, WIDTH + 60);
      paintTree(context, aside, horizon + 60 + depth * (HEIGHT - horizon - 120), 70 + depth * 230, random);
    }
  }
  paintLight(context, random);
  grain(context, WIDTH, HEIGHT, random, 0.75);
  return withDensity(await canvas.encode('jpeg', 80), DPI);
}

type Rgb = readonly [number, number, number];
const rgb = ([r, g, b]: Rgb, alpha = 1): string => `rgba(${Math.round(r)},${Math.round(g)},${Math.round(b)},${alpha})`;

function fillDown(context: SKRSContext2D, top: number, bottom: number, from: Rgb, to: Rgb): void {
  const gradient = context.createLinearGradient(0, top, 0, bottom);
  gradient.addColorStop(0, rgb(from));
  gradient.addColorStop(1, rgb(to));
  context.fillStyle = gradient;
  context.fillRect(0, top, WIDTH, bottom - top);
}

function paintSky(context: SKRSContext2D, horizon: number, random: Random): void {
  const haze = random.whole(0, 30);
  fillDown(context, 0, horizon + 4, [88 + haze, 146 + haze / 2, 206], [214, 226, 232]);
  for (let cloud = random.whole(3, 7); cloud > 0; cloud -= 1) {
    const [x, y] = [random.whole(0, WIDTH), random.whole(40, Math.floor(horizon * 0.6))];
    for (let puff = 0; puff < 16; puff += 1) softDisc(context, x + random.whole(-190, 190), y + random.whole(-30, 30), random.whole(40, 120), [250, 250, 251], 0.16);
  }
}

function softDisc(context: SKRSContext2D, x: number, y: number, radius: number, color: Rgb, alpha: number): void {
  const gradient = context.createRadialGradient(x, y, 0, x, y, radius);
  gradient.addColorStop(0, rgb(color, alpha));
  gradient.addColorStop(1, rgb(color, 0));
  context.fillStyle = gradient;
  context.fillRect(x - radius, y - radius, radius * 2, radius * 2);
}

function paintRidge(context: SKRSContext2D, base: number, height: number, color: Rgb, random: Random): void {
  const waves = Array.from({ length: 5 }, (_, at) => ({ pitch: (1.2 + at * 1.7 + random.next()) / WIDTH, phase: random.next() * 6.3, size: height / (2 + at * 1.6) }));
  context.beginPath();
  context.moveTo(0, HEIGHT);
  for (let x = 0; x <= WIDTH; x += 12) context.lineTo(x, base - height * 0.25 - waves.reduce((sum, { pitch, phase, size }) => sum + Math.sin(x * pitch * 6.3 + phase) * size * 0.5, 0));
  context.lineTo(WIDTH, HEIGHT);
  context.closePath();
  const gradient = context.createLinearGradient(0, base - height, 0, base + height);
  gradient.addColorStop(0, rgb(color));
  gradient.addColorStop(1, rgb([color[0] * 0.72, color[1] * 0.78, color[2] * 0.74]));
  context.fillStyle = gradient;
  context.fill();
}

function paintSea(context: SKRSContext2D, horizon: number, random: Random): void {
  fillDown(context, horizon, HEIGHT, [120, 160, 180], [28, 78, 104]);
  for (let wave = 0; wave < 700; wave += 1) {
    const depth = random.next() ** 1.6;
    const y = horizon + depth * (HEIGHT - horizon);
    const length = 14 + depth * 190;
    context.fillStyle = random.next() < 0.5 ? rgb([206, 224, 230], 0.22) : rgb([16, 52, 76], 0.2);
    context.fillRect(random.whole(-40, WIDTH), y, length, 1 + depth * 6);
  }
}

function paintGround(context: SKRSContext2D, horizon: number, scene: Scene, random: Random): void {
  const green = scene !== 'street' && scene !== 'site';
  fillDown(context, horizon, HEIGHT, green ? [112, 136, 82] : [156, 152, 142], green ? [54, 88, 38] : [112, 106, 98]);
  for (let tuft = 0; tuft < 2600; tuft += 1) {
    const depth = random.next();
    const y = horizon + depth * (HEIGHT - horizon);
    context.fillStyle = green ? rgb([60 + random.whole(0, 60), 96 + random.whole(0, 50), 36], 0.35) : rgb([90 + random.whole(0, 70), 88 + random.whole(0, 60), 80], 0.22);
    context.fillRect(random.whole(0, WIDTH), y, 3 + depth * 22, 1 + depth * 5);
  }
}

function paintBuildings(context: SKRSContext2D, horizon: number, scene: Scene, random: Random): void {
  const count = scene === 'street' ? 15 : scene === 'coast' ? 19 : 9;
  for (let at = 0; at < count; at += 1) {
    const width = random.whole(110, 250);
    const height = random.whole(160, 520);
    const x = Math.floor((at / count) * WIDTH) + random.whole(-60, 60);
    const base = horizon + (scene === 'coast' ? random.whole(2, 10) : random.whole(16, 70));
    const tone = random.whole(130, 205);
    const gradient = context.createLinearGradient(x, 0, x + width, 0);
    gradient.addColorStop(0, rgb([tone, tone - 4, tone - 12]));
    gradient.addColorStop(1, rgb([tone * 0.66, tone * 0.66, tone * 0.66]));
    context.fillStyle = gradient;
    context.fillRect(x, base - height, width, height);
    for (let row = base - height + 16; row < base - 20; row += 24) {
      for (let column = x + 10; column < x + width - 14; column += 22) {
        context.fillStyle = random.next() < 0.14 ? rgb([214, 206, 168], 0.8) : rgb([62, 82, 102], 0.62);
        context.fillRect(column, row, 12, 14);
      }
    }
    if (random.next() < 0.4) {
      context.fillStyle = rgb([158, 74, 56]);
      context.beginPath();
      context.moveTo(x - 8, base - height);
      context.lineTo(x + width / 2, base - height - 60);
      context.lineTo(x + width + 8, base - height);
      context.fill();
    }
  }
}

/** The stone walk and its railing that the photographer of a shore stands on. */
function paintPromenade(context: SKRSContext2D): void {
  fillDown(context, HEIGHT - 210, HEIGHT, [186, 178, 164], [132, 124, 112]);
  context.fillStyle = rgb([214, 208, 198]);
  context.fillRect(0, HEIGHT - 380, WIDTH, 22);
  for (let post = 40; post < WIDTH; post += 170) context.fillRect(post, HEIGHT - 380, 26, 180);
  context.fillStyle = rgb([96, 92, 86], 0.5);
  for (let joint = 0; joint < WIDTH; joint += 200) context.fillRect(joint, HEIGHT - 210, 3, 210);
}

function paintRoad(context: SKRSContext2D, horizon: number): void {
  context.beginPath();
  context.moveTo(WIDTH * 0.47, horizon + 50);
  context.lineTo(WIDTH * 0.53, horizon + 50);
  context.lineTo(WIDTH * 0.86, HEIGHT);
  context.lineTo(WIDTH * 0.14, HEIGHT);
  context.closePath();
  context.fillStyle = rgb([92, 93, 96]);
  context.fill();
  context.fillStyle = rgb([226, 224, 214], 0.85);
  for (let step = 0; step < 9; step += 1) {
    const near = (step / 9) ** 1.7;
    const y = horizon + 60 + near * (HEIGHT - horizon - 60);
    context.fillRect(WIDTH / 2 - 2 - near * 9, y, 4 + near * 18, 10 + near * 90);
  }
}

function paintTree(context: SKRSContext2D, x: number, base: number, size: number, random: Random): void {
  softDisc(context, x, base, size * 0.5, [20, 30, 18], 0.4);
  context.fillStyle = rgb([74, 58, 44]);
  context.fillRect(x - size * 0.035, base - size * 0.5, size * 0.07, size * 0.5);
  for (let leaf = 0; leaf < 110; leaf += 1) {
    const angle = random.next() * 6.283;
    const reach = Math.sqrt(random.next()) * size * 0.4;
    const [dx, dy] = [Math.cos(angle) * reach, Math.sin(angle) * reach];
    const light = (dx * -0.4 - dy) / size;
    context.fillStyle = rgb([48 + light * 90 + random.whole(0, 18), 84 + light * 120 + random.whole(0, 22), 36 + light * 40], 0.85);
    context.beginPath();
    context.arc(x + dx, base - size * 0.78 + dy, size * (0.04 + random.next() * 0.06), 0, 6.283);
    context.fill();
  }
}

function paintRoom(context: SKRSContext2D, random: Random): void {
  fillDown(context, 0, HEIGHT * 0.62, [206, 198, 184], [226, 219, 206]);
  fillDown(context, HEIGHT * 0.62, HEIGHT, [122, 96, 72], [78, 58, 44]);
  context.fillStyle = rgb([40, 74, 128]);
  context.fillRect(WIDTH * 0.28, 150, WIDTH * 0.44, 480);
  softDisc(context, WIDTH * 0.5, 390, 620, [150, 190, 240], 0.5);
  context.fillStyle = rgb([236, 240, 246], 0.9);
  for (let line = 0; line < 4; line += 1) context.fillRect(WIDTH * (0.34 + line * 0.015), 250 + line * 80, WIDTH * (0.32 - line * 0.03), line === 0 ? 40 : 18);
  for (const [row, y] of [780, 960, 1190].entries()) {
    const reach = 1 + row * 0.24;
    for (let seat = -4 - row; seat <= 4 + row; seat += 1) {
      const x = WIDTH / 2 + seat * 205 * reach + random.whole(-14, 14);
      const tone = random.whole(30, 74);
      context.fillStyle = rgb([tone, tone + 4, tone + 14]);
      context.beginPath();
      context.ellipse(x, y, 74 * reach, 96 * reach, 0, Math.PI, 0);
      context.fill();
      context.fillStyle = rgb([206 - random.whole(0, 26), 168, 140]);
      context.beginPath();
      context.ellipse(x, y - 124 * reach, 36 * reach, 46 * reach, 0, 0, 6.283);
      context.fill();
      context.fillStyle = rgb([30, 26, 26]);
      context.beginPath();
      context.ellipse(x, y - 142 * reach, 38 * reach, 36 * reach, 0, Math.PI, 0);
      context.fill();
    }
    context.fillStyle = rgb([138 - row * 14, 84 - row * 8, 50]);
    context.fillRect(0, y - 14, WIDTH, 96 + row * 40);
    context.fillStyle = rgb([240, 240, 236], 0.85);
    for (let sheet = 0; sheet < 11; sheet += 1) context.fillRect(sheet * 230 + random.whole(0, 60), y + 6, 96, 24);
  }
}

/** Light from one side and darker corners, as a lens draws them. */
function paintLight(context: SKRSContext2D, random: Random): void {
  softDisc(context, random.whole(0, WIDTH), 0, 1500, [255, 240, 206], 0.22);
  const corners = context.createRadialGradient(WIDTH / 2, HEIGHT / 2, 700, WIDTH / 2, HEIGHT / 2, 1500);
  corners.addColorStop(0, 'rgba(0,0,0,0)');
  corners.addColorStop(1, 'rgba(0,0,0,0.34)');
  context.fillStyle = corners;
  context.fillRect(0, 0, WIDTH, HEIGHT);
}
