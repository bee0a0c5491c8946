import { createCanvas } from '@napi-rs/canvas';
import type { MeasureText } from '../domain/page-drawing.ts';
import { breakLines } from '../papers/index.ts';
import { NOTICE } from './page-writer.ts';
import { toPng } from './png.ts';
import { fontOf } from './raster.ts';

export interface WebPage {
  readonly site: string;
  readonly address: string;
  readonly title: string;
  /** `YYYY-MM-DD`: the day it was published and captured. */
  readonly date: string;
  readonly paragraphs: readonly string[];
}

const WIDTH = 2400;
const HEIGHT = 1700;

/** A browser window with a public page in it: address, site, title, date, text; PNG. */
export async function paintWebCapture(page: WebPage, measure: MeasureText): Promise<Buffer> {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  const fill = (color: string, x: number, y: number, w: number, h: number): void => {
    context.fillStyle = color;
    context.fillRect(x, y, w, h);
  };
  const write = (text: string, x: number, y: number, role: 'hei' | 'song' | 'xiaobiaosong', pixels: number, color: string): void => {
    context.font = fontOf(role, pixels);
    context.fillStyle = color;
    context.fillText(text, x, y);
  };
  fill('#ffffff', 0, 0, WIDTH, HEIGHT);
  fill('#dee1e6', 0, 0, WIDTH, 66);
  fill('#f6f7f9', 16, 12, 560, 54);
  write(page.title.slice(0, 18), 40, 48, 'hei', 26, '#333333');
  fill('#f6f7f9', 0, 66, WIDTH, 74);
  fill('#ffffff', 190, 78, WIDTH - 420, 50);
  write('‹   ›   ↻', 32, 114, 'hei', 34, '#666666');
  write(page.address, 212, 113, 'hei', 28, '#222222');
  fill('#1f5fa8', 0, 140, WIDTH, 190);
  write(page.site, 150, 258, 'xiaobiaosong', 68, '#ffffff');
  fill('#174a85', 0, 330, WIDTH, 76);
  for (const [at, label] of ['首页', '政务公开', '政务服务', '政民互动', '数据开放', '走进市南'].entries()) write(label, 160 + at * 330, 380, 'hei', 32, '#e8f0fa');
  write('当前位置：首页 > 政务公开 > 生态环境', 150, 466, 'hei', 26, '#777777');
  const lines = (text: string, role: 'song' | 'xiaobiaosong', pixels: number, width: number): readonly string[] => breakLines(text, width, (piece) => measure(piece, role, 10) * (pixels / (10 * 0.352778)));
  let y = 560;
  for (const line of lines(page.title, 'xiaobiaosong', 54, 1900)) {
    context.font = fontOf('xiaobiaosong', 54);
    write(line, (WIDTH - context.measureText(line).width) / 2, y, 'xiaobiaosong', 54, '#111111');
    y += 76;
  }
  write(`发布日期：${page.date}    来源：${page.site}    字体：[大 中 小]`, 760, y + 10, 'hei', 26, '#888888');
  fill('#dddddd', 150, y + 40, WIDTH - 300, 2);
  y += 110;
  for (const paragraph of page.paragraphs) {
    for (const line of lines(`　　${paragraph}`, 'song', 36, WIDTH - 320)) {
      if (y > HEIGHT - 150) break;
      write(line, 160, y, 'song', 36, '#222222');
      y += 62;
    }
    y += 18;
  }
  fill('#eef1f5', 0, HEIGHT - 96, WIDTH, 96);
  write(`${NOTICE}    网页公开截图    截取时间：${page.date} 10:26`, 150, HEIGHT - 36, 'hei', 28, '#777777');
  return toPng(canvas);
}
