/// <reference lib="dom" />
// node scripts/bench/window.mjs ARCHIVE [ROUNDS]: one line of JSON with milliseconds until an empty Electron window and the program's are there, and what
// its calls and pages take, also while an export runs. The archive gets a draft export.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { childEnvironment } from '../setup/places.mjs';
import { provideAll } from '../setup/provide.mjs';
import { openVirtualDisplay } from '../start/display.mjs';
import { electronFlags } from '../start/electron-flags.mjs';
import { launchWindow } from '../start/launch-window.mjs';
import { heldMemory, timeBesideExport, timeIdle, timePages } from './window-work.mjs';

const [archive = '', rounds = '3'] = process.argv.slice(2);
const { electron } = await provideAll({ forTests: false, virtualDisplay: true });
process.env['ELECTRON_OVERRIDE_DIST_PATH'] = electron.folder;
childEnvironment['CHUANGDANG_NODE'] = process.execPath;
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'chuangdang-window-run-'));
const blank = path.join(place, 'blank');
fs.mkdirSync(blank);
fs.writeFileSync(path.join(blank, 'package.json'), JSON.stringify({ name: 'blank', version: '1.0.0', main: 'main.js' }));
fs.writeFileSync(path.join(blank, 'index.html'), '<!doctype html><title>blank</title><p id="there">blank</p>');
fs.writeFileSync(path.join(blank, 'main.js'), "const { app, BrowserWindow } = require('electron'); app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 920 }).loadFile('index.html')); app.on('window-all-closed', () => app.quit());");

/** @type {Record<string, string>} */
const env = {};
for (const [name, value] of Object.entries(childEnvironment)) if (value !== undefined) env[name] = value;

/** @param {string} display */
const openEmpty = async (display) => {
  const began = performance.now();
  const app = await _electron.launch({ args: [...electronFlags({ virtualDisplay: true }), blank], env: { ...env, DISPLAY: display } });
  const page = await app.firstWindow();
  await page.locator('#there').waitFor();
  const took = performance.now() - began;
  await app.close();
  return took;
};

/**
 * A start on a day that is not the first: the same person's settings and caches each time, as the empty window has its own.
 * @param {string} display
 * @param {(page: import('@playwright/test').Page) => Promise<void>} [work] what is done in the window before it is closed
 */
const openProgram = async (display, work) => {
  const began = performance.now();
  const { app, page } = await launchWindow({ userData: path.join(place, 'user'), archive, display });
  await page.getByTestId('completion-map').waitFor();
  const took = performance.now() - began;
  await work?.(page);
  await app.close();
  return took;
};

const MEMORY_ROUNDS = 10;

const display = await openVirtualDisplay();
try {
  const empty = [];
  const ready = [];
  /** @type {{ calls: object[], besideExport: object[], exportMilliseconds: number, pages: object[], memory: number[] }} */
  const found = { calls: [], besideExport: [], exportMilliseconds: 0, pages: [], memory: [] };
  // The first two starts fill the caches.
  for (let round = -2; round < Number(rounds); round += 1) {
    const times = [await openEmpty(display.display), await openProgram(display.display)];
    if (round < 0) continue;
    empty.push(times[0] ?? Number.NaN);
    ready.push(times[1] ?? Number.NaN);
  }
  await openProgram(display.display, async (page) => {
    found.pages = await timePages(page, 3);
    found.memory.push(await heldMemory(page));
    for (let round = 0; round < MEMORY_ROUNDS; round += 1) {
      await timePages(page, 1);
      found.memory.push(await heldMemory(page));
    }
    found.calls = await timeIdle(page);
    const beside = await timeBesideExport(page);
    found.besideExport = beside.calls;
    found.exportMilliseconds = beside.milliseconds;
  });
  process.stdout.write(`${JSON.stringify({ empty, ready, ...found })}\n`);
} finally {
  await display.stop();
  fs.rmSync(place, { recursive: true, force: true });
}
