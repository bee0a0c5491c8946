/// <reference lib="dom" />
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { failWith, say, timedStep } from '../setup/log.mjs';
import { childEnvironment, ROOT } from '../setup/places.mjs';
import { provideAll } from '../setup/provide.mjs';
import { runProgram } from '../setup/run.mjs';
import { openVirtualDisplay } from '../start/display.mjs';
import { launchWindow } from '../start/launch-window.mjs';
import { shrinkPictures } from './shrink.mjs';

const target = path.join(ROOT, 'docs', 'pictures');
/** Largest picture that is kept. */
const MOST_BYTES = 150 * 1024;

/** @param {string} folder @param {readonly string[]} args */
const cli = async (folder, args) => {
  const done = await runProgram(process.execPath, [path.join(ROOT, 'dist', 'cli', 'main.cjs'), ...args], { quiet: true });
  // 1: done, with findings (the sample has planted gaps).
  if (done.code !== 0 && done.code !== 1) throw new Error(`${args[0]} in ${folder}: ${done.output.trim()}`);
};

/**
 * A page of a PDF, as poppler draws it.
 * @param {string} pdf @param {number} page from 1 @param {number} dotsPerInch
 */
const pageOf = (pdf, page, dotsPerInch) =>
  loadImage(execFileSync('pdftoppm', ['-r', String(dotsPerInch), '-f', String(page), '-l', String(page), '-png', pdf], { maxBuffer: 64 * 1024 * 1024 }));

/** @typedef {Awaited<ReturnType<typeof pageOf>>} Picture */

/** @param {string} name @param {Uint8Array} bytes */
const keep = async (name, bytes) => {
  const file = path.join(target, name);
  fs.writeFileSync(file, bytes);
  await shrinkPictures([file]);
  const size = fs.statSync(file).size;
  if (size > MOST_BYTES) throw new Error(`${name} has ${size} bytes, more than ${MOST_BYTES}`);
  say(`  ${name} ${Math.ceil(size / 1024)} KB`);
};

/** Pages side by side on grey, cut to a part of their height. @param {string} name @param {readonly Picture[]} pictures @param {number} [part] */
const sideBySide = async (name, pictures, part = 1) => {
  const gap = 8;
  const height = Math.max(...pictures.map((picture) => Math.round(picture.height * part)));
  const canvas = createCanvas(pictures.reduce((sum, { width }) => sum + width + gap, gap), height + 2 * gap);
  const context = canvas.getContext('2d');
  context.fillStyle = '#b8bec6';
  context.fillRect(0, 0, canvas.width, canvas.height);
  let x = gap;
  for (const picture of pictures) {
    context.drawImage(picture, 0, 0, picture.width, height, x, gap, picture.width, height);
    x += picture.width + gap;
  }
  await keep(name, canvas.toBuffer('image/png'));
};

/** First page of a PDF that says the words. @param {string} pdf @param {string} words */
const findPage = (pdf, words) => {
  const pages = execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\f');
  const at = pages.findIndex((page) => page.includes(words));
  if (at === -1) throw new Error(`no page of ${pdf} says ${words}`);
  return at + 1;
};

/** @param {string} folder @param {string} archive */
const drawPapers = async (folder, archive) => {
  const dossier = path.join(folder, 'dossier');
  await cli(folder, ['export', archive, '--out', dossier, '--draft', '--json']);
  /** @type {{ files: { path: string, kind: string }[], bound: { items: { filePage?: number }[] }[] }} */
  const manifest = JSON.parse(fs.readFileSync(path.join(dossier, 'manifest.json'), 'utf8'));
  const volume = path.join(dossier, manifest.files.find(({ kind }) => kind === 'volume')?.path ?? '');
  const [evidence = 1, second = 1] = manifest.bound[0]?.items.map(({ filePage }) => filePage ?? 1) ?? [];
  await sideBySide('volume.png', [await pageOf(volume, 1, 43), await pageOf(volume, 2, 43), await pageOf(volume, evidence, 43), await pageOf(volume, second, 43)]);
  await sideBySide('index-page.png', [await pageOf(volume, 2, 50), await pageOf(volume, evidence, 50)]);
  await sideBySide('filing-stamp.png', [await pageOf(volume, evidence, 80)], 0.26);
  const report = path.join(dossier, '自评估报告.pdf');
  await sideBySide('report-page.png', [await pageOf(report, 2, 50), await pageOf(report, findPage(report, '变化情况'), 50)]);
  const spines = path.join(folder, 'spines.pdf');
  await cli(folder, ['paper', archive, 'spine', '--out', spines, '--json']);
  await sideBySide('spines.png', [await pageOf(spines, 1, 40)]);
};

/** @param {string} folder @param {string} archive */
const showWindow = async (folder, archive) => {
  const display = await openVirtualDisplay();
  try {
    const { app, page } = await launchWindow({ userData: path.join(folder, 'user-data'), archive, display: display.display });
    try {
      await page.setViewportSize({ width: 1080, height: 680 });
      await page.getByTestId('nav-papers').click({ timeout: 120_000 });
      await page.getByTestId('paper-kind-volume-index').click();
      await page.getByTestId('paper-volume-index').locator('canvas').first().waitFor({ timeout: 120_000 });
      await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getComputedTiming().iterations === Infinity));
      await sideBySide('papers.png', [await loadImage(await page.screenshot())]);
    } finally {
      await app.close();
    }
  } finally {
    await display.stop();
  }
};

try {
  const { electron } = await provideAll({ forTests: true, virtualDisplay: true });
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = electron.folder;
  childEnvironment['CHUANGDANG_NODE'] = process.execPath;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'chuangdang-pictures-'));
  try {
    const archive = process.argv[2] === undefined ? path.join(folder, '示例.cdarchive') : path.resolve(process.env['INIT_CWD'] ?? '.', process.argv[2]);
    if (process.argv[2] === undefined) await timedStep('Making the sample archive', () => cli(folder, ['demo', archive, '--json']));
    await timedStep('Drawing papers', () => drawPapers(folder, archive));
    await timedStep('Showing the window', () => showWindow(folder, archive));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
} catch (error) {
  failWith(error);
}
