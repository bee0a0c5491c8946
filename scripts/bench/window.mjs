/// <reference lib="dom" />
// node scripts/bench/window.mjs ARCHIVE [ROUNDS]: one line of JSON with milliseconds until an empty Electron window and the program's are there.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { childEnvironment } from '../setup/places.mjs';
import { provideAll } from '../setup/provide.mjs';
import { openVirtualDisplay } from '../start/display.mjs';
import { electronFlags } from '../start/electron-flags.mjs';
import { launchWindow } from '../start/launch-window.mjs';

const [archive = '', rounds = '3'] = process.argv.slice(2);
const { electron } = await provideAll({ forTests: false, virtualDisplay: true, build: false });
process.env['ELECTRON_OVERRIDE_DIST_PATH'] = electron.folder;
childEnvironment['CHUANGDANG_NODE'] = process.execPath;
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'chuangdang-window-run-'));
const blank = path.join(work, 'blank');
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

/** @param {string} display @param {number} round */
const openProgram = async (display, round) => {
  const began = performance.now();
  const { app, page } = await launchWindow({ userData: path.join(work, `user-${round}`), archive, display });
  await page.getByTestId('completion-map').waitFor();
  const took = performance.now() - began;
  const calls = [];
  for (const [name, input] of /** @type {const} */ ([['overview.read', {}], ['evidence.rows', { filter: 'all' }], ['evidence.rows', { filter: 'unlinked' }], ['check.run', {}], ['indicator.read', { code: '1' }], ['binding.plan', {}], ['search.query', { text: '通知', limit: 40 }]])) {
    const times = [];
    let bytes = 0;
    for (let at = 0; at < 8; at += 1) {
      const [milliseconds = 0, size = 0] = await page.evaluate(
        async ([called, given]) => {
          const bridge = /** @type {{ call(name: string, input: unknown): Promise<string> }} */ (Reflect.get(globalThis, 'chuangdang'));
          const start = performance.now();
          const reply = await bridge.call(String(called), given);
          return [performance.now() - start, reply.length];
        },
        /** @type {const} */ ([name, input]),
      );
      times.push(milliseconds);
      bytes = size;
    }
    times.sort((a, b) => a - b);
    calls.push({ name: `${name} ${JSON.stringify(input)}`, p95: times.at(-1) ?? 0, bytes });
  }
  await app.close();
  return { took, calls };
};

const display = await openVirtualDisplay();
try {
  const empty = [];
  const ready = [];
  /** @type {readonly object[]} */
  let calls = [];
  await openEmpty(display.display);
  for (let round = 0; round < Number(rounds); round += 1) {
    empty.push(await openEmpty(display.display));
    const opened = await openProgram(display.display, round);
    ready.push(opened.took);
    calls = opened.calls;
  }
  process.stdout.write(`${JSON.stringify({ empty, ready, calls })}\n`);
} finally {
  await display.stop();
  fs.rmSync(work, { recursive: true, force: true });
}
