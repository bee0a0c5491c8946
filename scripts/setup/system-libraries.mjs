import { existsSync } from 'node:fs';
import path from 'node:path';
import { SetupError, say, timedStep } from './log.mjs';
import { readOutput, runProgram } from './run.mjs';

/** Debian and Ubuntu packages by the library they bring; where a name changed with the 64-bit time, both are given. */
const packagesByLibrary = /** @type {const} */ ({
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libgdk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnss3.so': ['libnss3'],
  'libnssutil3.so': ['libnss3'],
  'libsmime3.so': ['libnss3'],
  'libnspr4.so': ['libnspr4'],
  'libatk-1.0.so.0': ['libatk1.0-0t64', 'libatk1.0-0'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdbus-1.so.3': ['libdbus-1-3'],
  'libdrm.so.2': ['libdrm2'],
  'libgbm.so.1': ['libgbm1'],
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libglib-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgobject-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgio-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libpango-1.0.so.0': ['libpango-1.0-0'],
  'libcairo.so.2': ['libcairo2'],
  'libexpat.so.1': ['libexpat1'],
  'libX11.so.6': ['libx11-6'],
  'libX11-xcb.so.1': ['libx11-xcb1'],
  'libxcb.so.1': ['libxcb1'],
  'libXcomposite.so.1': ['libxcomposite1'],
  'libXdamage.so.1': ['libxdamage1'],
  'libXext.so.6': ['libxext6'],
  'libXfixes.so.3': ['libxfixes3'],
  'libXrandr.so.2': ['libxrandr2'],
  'libXtst.so.6': ['libxtst6'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
  'libudev.so.1': ['libudev1'],
});

/**
 * Names of libraries that `ldd` did not find.
 * @param {string} lddOutput
 * @returns {string[]}
 */
export const readMissingLibraries = (lddOutput) => [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');

/**
 * @typedef {{ readonly why: string, readonly candidates: readonly string[] }} Need  one of `candidates` is to be installed
 */

/**
 * What the window needs of the system and does not find.
 * @param {string} electron path of the program
 * @param {{ virtualDisplay: boolean }} options
 * @returns {Need[]}
 */
export const findWindowNeeds = (electron, options) => {
  if (process.platform !== 'linux') return [];
  /** @type {Need[]} */
  const needs = readMissingLibraries(readOutput('ldd', [electron]) ?? '').map((library) => ({
    why: library,
    candidates: Object.entries(packagesByLibrary).find(([name]) => name === library)?.[1] ?? [],
  }));
  if (options.virtualDisplay && !isOnPath('Xvfb')) needs.push({ why: 'Xvfb (a display without a screen)', candidates: ['xvfb'] });
  if ((readOutput('fc-list', [':lang=zh-cn', 'family']) ?? '').trim() === '') {
    needs.push({ why: 'a font with Chinese characters', candidates: ['fonts-noto-cjk'] });
    if (!isOnPath('fc-list')) needs.push({ why: 'fc-list', candidates: ['fontconfig'] });
  }
  return needs;
};

/**
 * Independent readers by which the tests judge what the program writes.
 * @returns {Need[]}
 */
export const findTestNeeds = () => {
  if (process.platform !== 'linux') return [];
  /** @type {readonly (readonly [string, readonly string[]])[]} */
  const programs = [
    ['qpdf', ['qpdf']],
    ['pdftotext', ['poppler-utils']],
    ['soffice', ['libreoffice-writer', 'libreoffice-calc']],
    ['strace', ['strace']],
  ];
  return programs.filter(([program]) => !isOnPath(program)).flatMap(([program, packages]) => packages.map((name) => ({ why: program, candidates: [name] })));
};

/** @param {string} program */
const isOnPath = (program) => (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => folder !== '' && existsSync(path.join(folder, program)));

/**
 * Installs what is missing when this is root on a system with apt, otherwise names the packages.
 * @param {readonly Need[]} needs
 * @param {{ required: boolean, what: string }} options `required`: without them nothing can go on
 */
export const provideNeeds = async (needs, options) => {
  if (needs.length === 0) return;
  const why = needs.map((need) => need.why).join(', ');
  const mayInstall = process.getuid?.() === 0 && isOnPath('apt-get');
  let trouble = '';
  if (mayInstall) {
    trouble = await timedStep(`Installing system packages for ${options.what} (missing: ${why})`, () => installWithApt(needs));
    if (trouble === '') return;
  }
  const names = [...new Set(needs.map((need) => need.candidates.at(-1) ?? `the package that brings ${need.why}`))].join(' ');
  const remedy = `Install them with your system's package manager; on Debian: apt-get install --no-install-recommends ${names}`;
  if (options.required) throw new SetupError(`${options.what} needs what this system lacks: ${why}.`, remedy, trouble === '' ? undefined : trouble);
  say(`! ${options.what}: missing ${why}. ${remedy}${trouble === '' ? '' : `\n  (${trouble})`}`);
};

/**
 * @param {readonly Need[]} needs
 * @returns {Promise<string>} empty when all went well, else what apt said last
 */
const installWithApt = async (needs) => {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runProgram('apt-get', ['update', '-qq'], { env, quiet: true });
  const names = new Set(needs.map((need) => need.candidates.find((name) => isKnownPackage(name)) ?? need.candidates.at(-1) ?? ''));
  names.delete('');
  const install = await runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env, quiet: true });
  if (install.code === 0 && needs.every((need) => need.candidates.length > 0)) return '';
  return `${update.output}${install.output}`.trim().split('\n').slice(-3).join(' / ') || 'apt-get failed';
};

/** @param {string} name */
const isKnownPackage = (name) => /^ {2}Candidate: (?!\(none\))/m.test(readOutput('apt-cache', ['policy', name], { LC_ALL: 'C' }) ?? '');
