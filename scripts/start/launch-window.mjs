import path from 'node:path';
import { _electron } from '@playwright/test';
import { childEnvironment, ROOT } from '../setup/places.mjs';
import { electronFlags } from './electron-flags.mjs';

/**
 * Opens the program's real window for a driver. ELECTRON_OVERRIDE_DIST_PATH of this process names the Electron: a path given to
 * Playwright instead would make it skip the loader that keeps it from racing the program's start. Scans are read only when asked for:
 * reading a sample's would take the processor from what is driven.
 * @param {{ userData: string, archive?: string, display?: string, env?: NodeJS.ProcessEnv, timeout?: number }} options
 */
export const launchWindow = async (options) => {
  /** @type {Record<string, string>} */
  const env = {};
  const display = options.display === undefined ? {} : { DISPLAY: options.display };
  for (const [name, value] of Object.entries({ ...childEnvironment, CHUANGDANG_USER_DATA: options.userData, CHUANGDANG_SCANS: 'when-asked', ...display, ...options.env })) {
    if (value !== undefined) env[name] = value;
  }
  const app = await _electron.launch({
    args: [...electronFlags({ virtualDisplay: true }), ROOT, ...(options.archive === undefined ? [] : [path.resolve(options.archive)])],
    cwd: ROOT,
    env,
    timeout: options.timeout ?? 60_000,
  });
  const page = await app.firstWindow({ timeout: options.timeout ?? 60_000 });
  // A click into a box that is still growing lands beside its button. A switch of Chromium would be overridden by Playwright's own wish for movement.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return { app, page };
};
