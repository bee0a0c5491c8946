import { createCanvas, loadImage } from '@napi-rs/canvas';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DrawnPage } from '../domain/page-drawing.ts';
import { faultScans } from './fault-scan-names.ts';
import { paintPhoto } from './photo.ts';
import { openRandom } from './random.ts';
import { scanPage, withDensity } from './raster.ts';
import { writeScanPdf } from './scan-pdf.ts';
import type { ScannedPage } from './scan-pdf.ts';


const DPI = 150;

/**
 * Makes, in `folder`, a scan with an empty sheet and a sheet on its head, a copy of its first page saved again, and a photo out of
 * focus. The fonts of the sample must be registered. The same names give the same bytes.
 */
export async function makeFaultScans(folder: string): Promise<void> {
  const first = await scanPage(sheet('一'), DPI, openRandom('fault one'));
  const empty = await scanPage({ width: 210, height: 297, ops: [] }, DPI, openRandom('fault empty'));
  const turned = await turnRound(await scanPage(sheet('二'), DPI, openRandom('fault two')));
  await writeFile(join(folder, faultScans.scan), writeScanPdf([first, empty, turned], DPI, '巡查记录', '2023-06-20'));
  await writeFile(join(folder, faultScans.copy), await saveAgain(first, 45));
  await writeFile(join(folder, faultScans.blurred), await blur(await paintPhoto('street', openRandom('fault photo'))));
}

const lines: readonly string[] = [
  '为掌握辖区环境状况，巡查组按计划对重点区域开展了巡查。', '巡查范围包括沿海岸线、主要道路两侧、绿地和公园，以及', '群众反映较多的背街小巷。巡查中对垃圾堆放、污水外溢、', '绿化缺损、扬尘扰民等情形逐项查看，拍照留存，并当场告知',
  '责任单位。对能够立即处理的问题，督促现场处理完毕；对需要', '一定时间的问题，登记在册，明确责任人和完成日期，到期复查。', '本次巡查共查看点位若干处，多数点位状况良好，少数点位存在', '绿化带内有零星垃圾、雨水口有落叶堵塞等情形，均已处理。',
];

/** A page of writing, other words on each. */
const sheet = (number: string): DrawnPage => ({
  width: 210,
  height: 297,
  ops: [
    { op: 'text', x: 70, y: 45, text: `巡查记录之${number}`, font: 'hei', size: 20 },
    ...Array.from({ length: 16 }, (_, at) => ({ op: 'text' as const, x: 28, y: 62 + at * 12, text: (number === '一' ? lines[at % lines.length] : lines[(at * 3 + 5) % lines.length]) ?? '', font: 'song' as const, size: 14 })),
  ],
});

async function turnRound(page: ScannedPage): Promise<ScannedPage> {
  const canvas = createCanvas(page.width, page.height);
  const context = canvas.getContext('2d');
  context.translate(page.width, page.height);
  context.rotate(Math.PI);
  context.drawImage(await loadImage(page.jpeg), 0, 0);
  return { ...page, jpeg: withDensity(await canvas.encode('jpeg', 74), DPI) };
}

async function saveAgain(page: ScannedPage, quality: number): Promise<Buffer> {
  const canvas = createCanvas(page.width, page.height);
  canvas.getContext('2d').drawImage(await loadImage(page.jpeg), 0, 0);
  return withDensity(await canvas.encode('jpeg', quality), DPI);
}

async function blur(photo: Buffer): Promise<Buffer> {
  const image = await loadImage(photo);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.filter = 'blur(9px)';
  context.drawImage(image, 0, 0);
  return canvas.encode('jpeg', 85);
}
