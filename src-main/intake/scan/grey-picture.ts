import { Canvas, createCanvas, type Image } from '@napi-rs/canvas';

/** Brightness 0–255, row by row. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A picture in grey, at most `longestSide` pixels long; every pixel of the original counts. */
export function toGrey(picture: Canvas | Image, longestSide: number): GreyPicture {
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  return greyOf(picture, Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
}

/** A picture in grey, drawn into `width` × `height` pixels. */
export function greyOf(picture: Canvas | Image, width: number, height: number): GreyPicture {
  // Halving step by step averages all pixels; one jump to a small picture would sample a few.
  let from: Canvas | Image = picture;
  while (from.width >= width * 4 && from.height >= height * 4) from = drawInto(from, Math.ceil(from.width / 2), Math.ceil(from.height / 2));
  const drawn = from instanceof Canvas && from.width === width && from.height === height ? from : drawInto(from, width, height);
  const { data } = drawn.getContext('2d').getImageData(0, 0, width, height);
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at += 1) grey[at] = Math.round(0.299 * (data[at * 4] ?? 0) + 0.587 * (data[at * 4 + 1] ?? 0) + 0.114 * (data[at * 4 + 2] ?? 0));
  return { width, height, data: grey };
}

function drawInto(picture: Canvas | Image, width: number, height: number): Canvas {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, width, height);
  return canvas;
}

const block = 32;
/** How much darker than the paper about it a pixel is where there is ink; a page that shines through stays below. */
const inkContrast = 42;

/** 1 where there is ink: darker than the paper around, whatever shadow or tint lies on it. */
export function findInk({ width, height, data }: GreyPicture): Uint8Array {
  const columns = Math.ceil(width / block);
  const rows = Math.ceil(height / block);
  const paper = new Float32Array(columns * rows);
  const histogram = new Uint32Array(256);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      histogram.fill(0);
      let count = 0;
      for (let y = row * block; y < Math.min(height, (row + 1) * block); y += 1) {
        for (let x = column * block; x < Math.min(width, (column + 1) * block); x += 1, count += 1) histogram[data[y * width + x] ?? 0] = (histogram[data[y * width + x] ?? 0] ?? 0) + 1;
      }
      let above = 0;
      let level = 255;
      for (; level > 0 && above + (histogram[level] ?? 0) < count * 0.1; level -= 1) above += histogram[level] ?? 0;
      paper[row * columns + column] = level;
    }
  }
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let column = 0; column < columns; column += 1) {
      const darker = (paper[Math.floor(y / block) * columns + column] ?? 255) - inkContrast;
      const end = y * width + Math.min(width, (column + 1) * block);
      for (let at = y * width + column * block; at < end; at += 1) if ((data[at] ?? 0) < darker) ink[at] = 1;
    }
  }
  return ink;
}
