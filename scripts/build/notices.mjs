import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../setup/places.mjs';
import { collectPackages, findPackage } from './package-tree.mjs';

/** Packages that end up in the program although they are not asked for at run time: the fonts are made of them. */
const BUILT_IN = ['@expo-google-fonts/noto-sans-sc', '@expo-google-fonts/noto-serif-sc', '@fontsource/lxgw-wenkai'];

/** Names in which packages keep their licence and notices. */
const licenceName = /^(licen[cs]e|copying|copyright|notice|ofl|third[-_ ]?party)/i;

/** @param {string} folder */
const readLicences = (folder) =>
  fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceName.test(entry.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => fs.readFileSync(path.join(folder, entry.name), 'utf8').replaceAll('\r\n', '\n').trim());

/** @param {unknown} value */
const asText = (value) => (typeof value === 'string' ? value : typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : '');

/** @param {unknown} repository */
const addressOf = (repository) => {
  const address = typeof repository === 'string' ? repository : typeof repository === 'object' && repository !== null && 'url' in repository ? String(repository.url) : '';
  return address.replace(/^git\+/, '').replace(/\.git$/, '');
};

/**
 * Licences of everything that the program carries, one text: npm packages with all they need, fonts, Node, Electron.
 * @returns {{ text: string, parts: { name: string, version: string, license: string, texts: number }[] }}
 */
export const collectNotices = () => {
  /** @type {{ dependencies: Record<string, string>, optionalDependencies?: Record<string, string> }} */
  const project = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const nodes = Object.keys(project.optionalDependencies ?? {}).filter((name) => name.startsWith('node-') && findPackage(name, ROOT) !== null);
  // What Electron's npm package needs only fetches the program, and is not passed on.
  const electron = collectPackages(['electron']).filter(({ name }) => name === 'electron');
  const packages = [...collectPackages([...Object.keys(project.dependencies), ...BUILT_IN, ...nodes]), ...electron];
  const parts = packages.map(({ name, folder, manifest }) => {
    const license = asText(manifest.license) || (name.startsWith('node-') ? 'MIT' : '');
    const texts = readLicences(folder);
    return { name, version: manifest.version, license, texts: texts.length, text: texts.join('\n\n'), address: addressOf(manifest.repository) || (manifest.homepage ?? '') };
  });
  const bar = '='.repeat(100);
  const text = [
    '创档 Chuangdang carries the works named below, each under its own licence. The program itself is under the Apache License 2.0 (LICENSE).',
    'Chromium, which Electron contains, lists its own parts in LICENSES.chromium.html beside the program.',
    '',
    ...parts.map((part) => `${part.name} ${part.version}  ${part.license}`),
    ...parts.map((part) => `\n${bar}\n${part.name} ${part.version}\n${part.license}${part.address === '' ? '' : `  ${part.address}`}\n${bar}\n\n${part.text === '' ? `(The package holds no licence text of its own; it is passed on under ${part.license}.)` : part.text}`),
    '',
  ].join('\n');
  return { text, parts: parts.map(({ name, version, license, texts }) => ({ name, version, license, texts })) };
};

/** Writes the licences where the program finds them. */
export const writeNotices = () => {
  const folder = path.join(ROOT, 'dist', 'notices');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'third-party.txt'), collectNotices().text);
};
