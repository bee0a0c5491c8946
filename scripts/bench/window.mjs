/// <reference lib="dom" />
// node scripts/bench/window.mjs ARCHIVE [ROUNDS]: a line of JSON for each part once it is measured: milliseconds until an empty Electron window and the
// program's are there (start), what pages and calls take, also while an export runs, and what the page holds. The archive gets a draft export.
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

/**
 * When the page first was on the screen with that in it, by its own clock: a driver that looks now and then would be late by up to half a second.
 * @param {import('@playwright/test').Page} page
 * @param {string} selector
 */
const whenDrawn = (page, selector) =>
  page.evaluate(
    (wanted) =>
      new Promise((done) => {
        const look = () => (document.querySelector(wanted) === null ? requestAnimationFrame(look) : setTimeout(() => done(performance.timeOrigin + performance.now())));
        requestAnimationFrame(look);
      }),
    selector,
  );

const now = () => performance.timeOrigin + performance.now();

/** @param {string} display */
const openEmpty = async (display) => {
  const began = now();
  const app = await _electron.launch({ args: [...electronFlags({ virtualDisplay: true }), blank], env: { ...env, DISPLAY: display } });
  const page = await app.firstWindow();
  const took = Number(await whenDrawn(page, '#there')) - began;
  await app.close();
  return took;
};

/**
 * A start on a day that is not the first: the same person's settings and caches each time, as the empty window has its own.
 * @param {string} display
 * @param {(page: import('@playwright/test').Page) => Promise<void>} [work] what is done in the window before it is closed
 */
const openProgram = async (display, work) => {
  const began = now();
  const { app, page } = await launchWindow({ userData: path.join(place, 'user'), archive, display });
  const took = Number(await whenDrawn(page, '[data-testid="completion-map"]')) - began;
  await work?.(page);
  await app.close();
  return took;
};

const MEMORY_ROUNDS = 10;

/** @param {Record<string, unknown>} found */
const tell = (found) => process.stdout.write(`${JSON.stringify(found)}\n`);

const display = await openVirtualDisplay();
try {
  const empty = [];
  const ready = [];
  // The first two starts fill the caches.
  for (let round = -2; round < Number(rounds); round += 1) {
    const times = [await openEmpty(display.display), await openProgram(display.display)];
    if (round < 0) continue;
    empty.push(times[0] ?? Number.NaN);
    ready.push(times[1] ?? Number.NaN);
  }
  tell({ part: 'start', empty, ready });
  await openProgram(display.display, async (page) => {
    tell({ part: 'pages', pages: await timePages(page, 3) });
    tell({ part: 'calls', calls: await timeIdle(page) });
    const { calls, milliseconds } = await timeBesideExport(page);
    tell({ part: 'beside-export', calls, milliseconds });
    const memory = [await heldMemory(page)];
    for (let round = 0; round < MEMORY_ROUNDS; round += 1) {
      await timePages(page, 1);
      memory.push(await heldMemory(page));
    }
    tell({ part: 'memory', memory });
  });
} finally {
  await display.stop();
  fs.rmSync(place, { recursive: true, force: true });
}
