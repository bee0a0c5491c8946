import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../setup/places.mjs';

export const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const DRAWING = path.join(ROOT, 'resources', 'icons', 'chuangdang.svg');
const FOLDER = path.join(ROOT, 'dist', 'icons');

/**
 * A Windows icon file that holds PNG pictures (as Windows Vista and later read them).
 * @param {readonly { size: number, png: Buffer }[]} pictures each at most 256 pixels wide
 */
export const makeIco = (pictures) => {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * index;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
};

/** Draws the program's mark in the sizes that desktops ask for: `dist/icons/256x256.png` …, `icon.ico`. */
export const drawIcons = async () => {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const drawing = await loadImage(fs.readFileSync(DRAWING));
  fs.rmSync(FOLDER, { recursive: true, force: true });
  fs.mkdirSync(FOLDER, { recursive: true });
  const pictures = ICON_SIZES.map((size) => {
    const canvas = createCanvas(size, size);
    canvas.getContext('2d').drawImage(drawing, 0, 0, size, size);
    const png = canvas.toBuffer('image/png');
    fs.writeFileSync(path.join(FOLDER, `${size}x${size}.png`), png);
    return { size, png };
  });
  fs.writeFileSync(path.join(FOLDER, 'icon.ico'), makeIco(pictures.filter(({ size }) => size <= 256)));
};
