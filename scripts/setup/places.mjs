import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Things of this checkout that may be deleted at any time; never committed. */
export const LOCAL_CACHE = path.join(ROOT, '.cache');

/**
 * Access rights lie for root and on read-only mounts, so the folder is tried by writing into it.
 * @param {string} folder an existing folder
 */
const canWriteInto = (folder) => {
  try {
    fs.rmdirSync(fs.mkdtempSync(path.join(folder, '.chuangdang-try-')));
    return true;
  } catch {
    return false;
  }
};

/** @returns {string | null} the person's home folder, or null where it is missing or cannot be written */
const findWritableHome = () => {
  let home = '';
  try {
    home = os.homedir();
  } catch {
    return null;
  }
  return home !== '' && path.isAbsolute(home) && fs.existsSync(home) && canWriteInto(home) ? home : null;
};

const writableHome = findWritableHome();

/**
 * Chromium and LibreOffice read file names by the locale: under plain C, as bare servers have it, a Chinese name cannot be opened.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv} what to add
 */
export const utf8Locale = (env) => (/utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '') ? {} : { LC_ALL: 'C.UTF-8' });

/**
 * Environment for child processes. Without a usable home, npm, Electron and LibreOffice get one inside the checkout, because each
 * of them fails in its own unclear way otherwise.
 * @type {NodeJS.ProcessEnv}
 */
export const childEnvironment = { ...process.env, ...(process.platform === 'linux' ? utf8Locale(process.env) : {}) };
if (writableHome === null) {
  const home = path.join(LOCAL_CACHE, 'home');
  fs.mkdirSync(home, { recursive: true });
  childEnvironment['HOME'] = home;
  childEnvironment['npm_config_cache'] = path.join(LOCAL_CACHE, 'npm');
  childEnvironment['XDG_CACHE_HOME'] = LOCAL_CACHE;
  delete childEnvironment['XDG_CONFIG_HOME'];
}

/**
 * Where costly results (a fetched Electron, built fonts) are kept for every checkout of this person.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string | null} [home]
 * @returns {string} an existing, writable folder
 */
export const findCacheFolder = (env = process.env, home = writableHome) => {
  /** @type {string[]} */
  const candidates = [];
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && path.isAbsolute(xdg)) candidates.push(path.join(xdg, 'chuangdang'));
  const local = env['LOCALAPPDATA'];
  if (process.platform === 'win32' && local !== undefined) candidates.push(path.join(local, 'chuangdang', 'cache'));
  if (home !== null) candidates.push(path.join(home, '.cache', 'chuangdang'));
  for (const candidate of candidates) {
    try {
      fs.mkdirSync(candidate, { recursive: true });
      if (canWriteInto(candidate)) return candidate;
    } catch {
      // The next candidate is tried: a cache that cannot be made is no reason to stop.
    }
  }
  const own = path.join(LOCAL_CACHE, 'chuangdang');
  fs.mkdirSync(own, { recursive: true });
  return own;
};

/** For processes that bind volumes: a small young generation keeps their memory flat, as `bench bind` shows. */
export const SERVICE_FLAGS = ['--max-semi-space-size=4'];
