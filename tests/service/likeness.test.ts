import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Canvas } from '@napi-rs/canvas';
import { beforeAll, expect, it } from 'vitest';
import { sha256 } from '../../src-main/domain/ids.ts';
import { comparePrints, differInDetail, mayBeCopy } from '../../src-main/intake/index.ts';
import { lookAtPixels } from '../../src-main/intake/scan/page-look.ts';
import { settleLooks } from '../../src-main/service/scans/likeness.ts';
import type { SeenPage } from '../../src-main/service/scans/likeness.ts';
import { makeArchive } from '../archive/archive-fixture.ts';
import { letter, scanSheet, toJpeg } from './scan-pages.ts';

/** Sheets of one office: the same form, other words. */
const sheets = [
  ['二〇二二年县城污水处理率数据表', '填报单位市生态环境局市南分局', '处理量一千二百三十四万吨，达到目标要求', '数据来源为统计年鉴，由水务科逐月复核'],
  ['二〇二三年公共汽电车更新情况表', '填报单位区城市管理局交通运输科', '新能源车辆占九成以上，完成年度任务数', '数据来源为公交集团，经财政局审核确认'],
  ['二〇二一年河湖岸线保护情况说明', '填报单位区农业农村局水利管理所', '岸线长度四十五点六公里，全部划定范围', '数据来源为河长制档，现场抽查三次无误'],
].map((lines) => letter(lines));

/** The picture as somebody saves it again: smaller, and strongly compressed. */
async function saveAgain(picture: Canvas, share: number, quality: number): Promise<Canvas> {
  const small = createCanvas(Math.round(picture.width * share), Math.round(picture.height * share));
  const pen = small.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, small.width, small.height);
  const image = await loadImage(toJpeg(small, quality));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas;
}

const look = (name: string, picture: Canvas): SeenPage => {
  const { blank, print, detail, sharpness } = lookAtPixels(picture);
  const record = { sha256: sha256(name.repeat(64).slice(0, 64)), page: 1, blank, turn: 0, print: Buffer.from(print, 'base64'), sharpness, dpi: 150, reading: 'waiting', confidence: 0 } as const;
  return { look: record, detail: Buffer.from(detail, 'base64') };
};

let scans: readonly Canvas[] = [];
beforeAll(async () => {
  scans = await Promise.all(sheets.map((sheet) => scanSheet(sheet, 'one')));
});

const detailOf = (picture: Canvas): Uint8Array => look('0', picture).detail ?? new Uint8Array(0);

it('takes no copy for another picture, however small and coarse it was saved, and no size that is not a finer print', async () => {
  for (const scan of scans) {
    for (const [share, quality] of [[0.8, 20], [0.45, 60]] as const) expect(differInDetail(detailOf(scan), detailOf(await saveAgain(scan, share, quality)))).toBe(false);
  }
  const paper = new Uint8Array(192 * 272).fill(240);
  expect(differInDetail(paper, paper.with(96 * 192 + 96, 0))).toBe(true);
  expect(differInDetail(paper, paper)).toBe(false);
  expect(differInDetail(new Uint8Array(0), new Uint8Array(0))).toBe(false);
  expect(differInDetail(new Uint8Array(192 * 272), new Uint8Array(12))).toBe(false);
});

it('draws no two letters once more that it can tell apart by what it saw, and compares a copy, and what it did not see, in full', async () => {
  const [first, second, third] = scans.map((scan, index) => look(String(index), scan));
  if (first === undefined || second === undefined || third === undefined || scans[0] === undefined) throw new Error('three scans were made');
  expect([[first, second], [first, third], [second, third]].map(([one, other]) => one !== undefined && other !== undefined && mayBeCopy(comparePrints(one.look.print, other.look.print)))).toEqual([true, true, true]);
  const copy = look('c', await saveAgain(scans[0], 0.8, 60));
  const unseen = { ...look('d', scans[0]), detail: null };
  const archive = await makeArchive();
  const compared: string[] = [];
  await settleLooks(archive, [first, second, third, copy, unseen], (one, other) => {
    compared.push(`${one.sha256[0]}${other.sha256[0]}`);
    return Promise.resolve(false);
  });
  expect(compared[0]).toBe('c0');
  expect(compared.slice(1).map((pair) => pair[0])).toEqual(['d', 'd', 'd']);
});
