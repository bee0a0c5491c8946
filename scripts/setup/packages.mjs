import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { SetupError, timedStep } from './log.mjs';
import { ROOT } from './places.mjs';
import { findNpm, runProgram } from './run.mjs';

const LOCKFILE = path.join(ROOT, 'package-lock.json');
const INSTALLED = path.join(ROOT, 'node_modules', '.package-lock.json');
const STAMP = path.join(ROOT, 'node_modules', '.chuangdang-packages');

/** @param {string} file */
const readText = (file) => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/**
 * @typedef {{ readonly version?: string, readonly integrity?: string, readonly optional?: boolean, readonly devOptional?: boolean, readonly peer?: boolean }} LockedPackage
 * @typedef {{ readonly packages?: Readonly<Record<string, LockedPackage>> }} Lockfile
 */

/**
 * Whether what npm says it installed is what the lockfile asks for. npm writes its own list last, so a broken-off install has none.
 * @param {string} wanted text of package-lock.json
 * @param {string} installed text of node_modules/.package-lock.json
 */
export const isInstalled = (wanted, installed) => {
  /** @type {Lockfile} */
  const want = JSON.parse(wanted);
  /** @type {Lockfile} */
  const have = JSON.parse(installed);
  return Object.entries(want.packages ?? {}).every(([folder, locked]) => {
    if (folder === '') return true;
    const found = have.packages?.[folder];
    if (found === undefined) return locked.optional === true || locked.devOptional === true || locked.peer === true;
    return found.version === locked.version && found.integrity === locked.integrity;
  });
};

/** Installs the packages of the lockfile where they are missing or outdated. Takes a few milliseconds when nothing is to be done. */
export const ensurePackages = async () => {
  const wanted = fs.readFileSync(LOCKFILE, 'utf8');
  const stamp = `${createHash('sha256').update(wanted).digest('hex')} ${process.platform} ${process.arch}\n`;
  if (readText(STAMP) === stamp && fs.existsSync(INSTALLED)) return;
  const installed = readText(INSTALLED);
  if (installed === null || !isInstalled(wanted, installed)) await timedStep('Installing packages', installPackages);
  fs.writeFileSync(STAMP, stamp);
};

const installPackages = async () => {
  const npm = findNpm();
  // Not `npm ci`: it refuses a lockfile that was written where the registry lacks other systems' optional packages. The lockfile's
  // versions and hashes hold all the same, and what came is compared with it afterwards.
  // No package needs its install script, so none is run; development packages are needed whatever NODE_ENV says.
  const args = ['install', '--no-save', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const { code } = await runProgram(npm.program, [...npm.before, ...args], { cwd: ROOT, env: { npm_config_update_notifier: 'false' } });
  const installed = readText(INSTALLED);
  if (code !== 0 || installed === null || !isInstalled(fs.readFileSync(LOCKFILE, 'utf8'), installed)) {
    throw new SetupError(
      code === 0 ? 'npm installed other packages than package-lock.json names.' : `npm install ended with ${code}.`,
      'Check that npm reaches its registry (npm ping) and that this folder can be written, then run the command again.',
    );
  }
};
