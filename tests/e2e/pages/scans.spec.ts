import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { letter, scanSheet, toScanPdf } from '../../service/scan-pages.ts';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';

test('a scan waits, is paused and read in the rail, and is found by its words', async ({ open }) => {
  const { page, folder } = open;
  await callFromPage(page, 'archive.create', { folder: join(folder, 'scans.cdarchive'), from: { kind: 'builtin', id: 'shinan-2024' } });
  await mkdir(join(folder, 'incoming'));
  const file = join(folder, 'incoming', '扫描0001.pdf');
  await writeFile(file, toScanPdf([await scanSheet(letter(['关于报送污水处理率数据的函', '现将全年处理情况报送如下，请予审核。']), 'e2e')]));
  await callFromPage(page, 'evidence.import', { jobId: 'scan', paths: [file] });
  await page.reload();
  await expect(page.getByTestId('workbench')).toBeVisible();
  await callFromPage(page, 'scans.pause', { paused: true });
  await expect(page.getByTestId('scan-progress')).toContainText('还有 1 页');
  await expect(page.getByTestId('scan-progress')).toContainText('可以照常归档');
  await page.getByTestId('nav-inbox').click();
  await expect(page.getByTestId('page-facts')).toContainText('正在识别');
  // Small by default: one line in the rail, over nothing.
  await expect(page.getByTestId('scan-detail')).toHaveCount(0);
  await page.getByTestId('scan-progress').click();
  await expect(page.getByTestId('scan-detail')).toContainText('可以继续工作');
  await page.getByTestId('scan-pause').click();
  await expect(page.getByTestId('scan-pause')).toHaveText('暂停');
  await expect(page.getByTestId('scan-progress')).toHaveCount(0, { timeout: 60_000 });
  await expect(page.getByTestId('page-facts')).toContainText('文字由识别得到');
  await page.getByTestId('nav-search').click();
  await page.getByTestId('search-input').fill('全年处理情况');
  await expect(page.getByTestId('search-hit')).toHaveCount(1);
  await expect(page.getByTestId('search-hit')).toContainText('关于报送污水处理率数据的函');
  // Opened from there, its words are marked on the picture, and found again in the page.
  await page.getByTestId('search-hit').click();
  await expect(page.getByTestId('preview-found')).toHaveText('1/1');
  await expect(page.getByTestId('found-part')).toHaveCount(1);
  const [part, sheet] = [await page.getByTestId('found-part').boundingBox(), await page.getByTestId('preview-page').first().boundingBox()];
  // Six letters of a line of some eighteen, in the upper part of the sheet.
  expect((part?.width ?? 0) / (sheet?.width ?? 1)).toBeGreaterThan(0.1);
  expect((part?.width ?? 1) / (sheet?.width ?? 1)).toBeLessThan(0.4);
  // A red line under those very words, in one click: as long as they are, at their lower edge.
  await page.getByTestId('preview-mark').click();
  await expect(page.getByTestId('proof-mark')).toHaveCount(1);
  const [item] = await callFromPage(page, 'evidence.list', {});
  const [mark] = await callFromPage(page, 'mark.list', { id: item?.id ?? '' });
  const [line] = mark?.lines ?? [];
  expect(mark?.lines).toHaveLength(1);
  expect(Math.abs((line?.y1 ?? 0) - (line?.y2 ?? 1))).toBeLessThan(0.01);
  const paper = await page.getByTestId('page-facts').innerText();
  expect(paper).toContain('A4');
  expect(((line?.x2 ?? 0) - (line?.x1 ?? 0)) / 595.3).toBeCloseTo((part?.width ?? 0) / (sheet?.width ?? 1), 1);
  expect(1 - (line?.y1 ?? 0) / 841.9).toBeCloseTo(((part?.y ?? 0) + (part?.height ?? 0) - (sheet?.y ?? 0)) / (sheet?.height ?? 1), 1);
  await page.getByTestId('preview-find').fill('污水处理率');
  await expect(page.getByTestId('preview-found')).toHaveText('1/1');
  await page.getByTestId('preview-find').fill('绝不会出现的词');
  await expect(page.getByTestId('preview-found')).toHaveText('没有找到');
  await page.getByTestId('nav-inbox').click();
  await expect(page.getByTestId('row-picture')).toHaveCount(1);
  await expect.poll(() => page.getByTestId('row-picture').evaluate((image: HTMLImageElement) => image.naturalHeight)).toBe(220);
  expect(open.pageErrors).toEqual([]);
});
