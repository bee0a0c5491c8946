/// <reference lib="dom" />
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SetupError, say, timedStep } from '../setup/log.mjs';
import { childEnvironment, ROOT } from '../setup/places.mjs';
import { runProgram } from '../setup/run.mjs';
import { openVirtualDisplay } from './display.mjs';
import { launchWindow } from './launch-window.mjs';

/** @typedef {import('@playwright/test').Page} Page */

/** A sample of all indicators is bound in seconds; this is for a machine under load. */
const PATIENCE = 300_000;

/**
 * Where no window can be seen: lets the real window do the main job on a sample archive under a virtual display, and leaves
 * pictures of it and the exported dossier in a folder.
 * @param {{ readonly folder: string }} electron
 * @returns {Promise<number>} exit code
 */
export const showFirstLook = async (electron) => {
  const folder = path.join(ROOT, 'out', 'first-look', new Date().toISOString().replace(/[:.]/g, '-').slice(0, 19));
  fs.mkdirSync(folder, { recursive: true });
  say('There is no display here, so the window opens on a virtual one, works on a sample archive and leaves what it did in a folder.');
  const archive = path.join(folder, '示例.cdarchive');
  await timedStep('Making the sample archive', () => makeSample(archive));

  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = electron.folder;
  childEnvironment['CHUANGDANG_NODE'] = process.execPath;
  const userData = fs.mkdtempSync(path.join(os.tmpdir(), 'chuangdang-first-look-'));
  const display = await openVirtualDisplay();
  try {
    const { app, page } = await launchWindow({ userData, archive, display: display.display });
    try {
      page.setDefaultTimeout(PATIENCE);
      await timedStep('Opening the archive in the window', () => page.getByTestId('workbench').waitFor());
      await picture(page, folder, '1-overview');
      await timedStep('Checking', () => check(page));
      await picture(page, folder, '2-check');
      await timedStep('Binding and exporting', () => exportDraft(page));
      await picture(page, folder, '3-export');
    } catch (error) {
      await page.screenshot({ path: path.join(folder, 'trouble.png') }).catch(() => undefined);
      throw new SetupError('The window did not finish its work.', `What it showed last: ${path.join(folder, 'trouble.png')}`, error);
    } finally {
      await app.close();
    }
  } finally {
    await display.stop();
    fs.rmSync(userData, { recursive: true, force: true });
  }
  const dossier = path.join(folder, 'dossier');
  const files = copyNewestExport(archive, dossier);
  say(`\nWhat the window did:  ${folder}\n  pictures: 1-overview.png, 2-check.png, 3-export.png\n  dossier:  ${dossier} (${files} files)`);
  return 0;
};

/** @param {string} archive */
const makeSample = async (archive) => {
  const done = await runProgram(process.execPath, [path.join(ROOT, 'dist', 'cli', 'main.cjs'), 'demo', archive], { quiet: true });
  // 1: done, with findings (the sample has planted gaps).
  if (done.code !== 0 && done.code !== 1) throw new SetupError('The sample archive could not be made.', 'The command says why.', done.output.trim());
};

/** @param {Page} page @param {string} folder @param {string} name */
const picture = async (page, folder, name) => {
  // A dialog that is still fading in would be half a picture.
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getComputedTiming().iterations === Infinity));
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
};

/** @param {Page} page */
const check = async (page) => {
  await page.getByTestId('nav-check').click();
  await page.getByTestId('check-page').waitFor();
  await page.getByTestId('finding-row').first().waitFor();
};

/** @param {Page} page */
const exportDraft = async (page) => {
  await page.getByTestId('nav-binding').click();
  await page.getByTestId('binding-page').waitFor();
  await page.getByTestId('export-draft').click();
  await page.getByTestId('export-done').waitFor();
};

/**
 * @param {string} archive
 * @param {string} target
 * @returns {number} how many files
 */
const copyNewestExport = (archive, target) => {
  const exports = path.join(archive, 'exports');
  const newest = fs.readdirSync(exports).filter((name) => /^v\d+$/.test(name)).toSorted((a, b) => Number(b.slice(1)) - Number(a.slice(1)))[0];
  if (newest === undefined) throw new Error(`no export was made below ${exports}`);
  fs.cpSync(path.join(exports, newest), target, { recursive: true });
  return fs.readdirSync(target, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
};
