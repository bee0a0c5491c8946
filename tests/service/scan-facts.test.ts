import { createCanvas, loadImage } from '@napi-rs/canvas';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRandom } from '../../src-main/sample/random.ts';
import { paintPhoto } from '../../src-main/sample/photo.ts';
import { emptySheet, letter, scanSheet, toJpeg, toScanPdf, turnPicture } from './scan-pages.ts';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

const notice = letter(['关于报送二〇二三年污水处理率数据的通知', '各街道办事处，区政府各部门：', '现将二〇二三年县城污水处理情况报送如下，', '全年处理污水一千二百三十四万吨，处理率为', '百分之九十六点三，数据均经复核，特此报告。']);
const form = (year: number, value: string) => letter([`${year}年县城污水处理率数据表`, '填报单位：市生态环境局市南分局', `一、处理率为${value}%，达到目标要求。`, '二、处理量为1234.5万吨，排放量为1290.1万吨。', '三、数据来源为统计年鉴，已经复核。']);

describe('looking at the pages of scans', () => {
  let bench: Workbench;
  const imported = new Map<string, string>();
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    const incoming = join(bench.folder, 'incoming');
    await mkdir(incoming);
    const page = await scanSheet(notice, 'one');
    await writeFile(join(incoming, '1扫描.pdf'), toScanPdf([page, await scanSheet(emptySheet, 'blank'), turnPicture(await scanSheet(form(2022, '95.1'), 'head'), 180)]));
    await writeFile(join(incoming, '2另存.jpg'), toJpeg(page, 45));
    await writeFile(join(incoming, '3数据表.pdf'), toScanPdf([await scanSheet(form(2022, '96.3'), 'form'), await scanSheet(form(2023, '95.8'), 'form')]));
    const photo = await paintPhoto('street', openRandom('photo'));
    await writeFile(join(incoming, '4清晰.jpg'), photo);
    const image = await loadImage(photo);
    const soft = createCanvas(image.width, image.height);
    const pen = soft.getContext('2d');
    pen.filter = 'blur(9px)';
    pen.drawImage(image, 0, 0);
    await writeFile(join(incoming, '5模糊.jpg'), soft.toBuffer('image/jpeg', 85));
    const result = await bench.ask('evidence.import', { jobId: 'i', paths: [incoming], indicator: '5.1', year: 2023 });
    for (const { file, id } of result.imported) imported.set(file.slice(incoming.length + 1), id);
    expect(result.alike).toEqual([{ id: imported.get('2另存.jpg'), file: join(incoming, '2另存.jpg'), page: 1, of: '1扫描', ofPage: 1 }]);
    for (const name of ['4清晰.jpg', '5模糊.jpg']) await bench.ask('evidence.update', { id: imported.get(name), change: { kind: 'photo' } });
  }, 180_000);
  afterAll(() => bench.close());

  const told = async (rule: string): Promise<readonly string[]> => {
    const names = new Map([...imported].map(([name, id]) => [id, name]));
    const { findings } = await bench.ask('check.run', {});
    return findings.filter((finding) => finding.rule === rule).map(({ evidence, message }) => `${names.get(evidence ?? '') ?? ''} ${/第([\d、]+)页/u.exec(message)?.[1] ?? ''}`.trim());
  };

  it('tells the blank sheet', async () => expect(await told('scan.blank')).toEqual(['1扫描.pdf 2']));
  it('tells the sheet that lies on its head', async () => expect(await told('scan.upside-down')).toEqual(['1扫描.pdf 3']));
  it('tells the page that was saved again, and not two forms of one kind', async () => expect(await told('scan.duplicate')).toEqual(['2另存.jpg 1']));
  it('tells the blurred photo', async () => expect(await told('photo.blurred')).toEqual(['5模糊.jpg']));
});
