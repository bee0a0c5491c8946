import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../setup/places.mjs';
import { copyRuntimePackages } from './runtime-packages.mjs';

/** What the program reads beside its code, by its place in the checkout. */
const RESOURCES = ['catalogs', 'fonts', 'profiles', 'icons'];

/** @param {string} name */
const isShipped = (name) => !/\.(map|stamp|md)$|^\./.test(name);

/** @param {string} from @param {string} to */
const copyTree = (from, to) => fs.cpSync(from, to, { recursive: true, filter: (source) => isShipped(path.basename(source)) });

/** @param {string} folder @returns {number} bytes */
export const sizeOf = (folder) =>
  fs.readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => sum + (entry.isFile() ? fs.statSync(path.join(entry.parentPath, entry.name)).size : 0), 0);

/**
 * Lays out what electron-builder packs: `stage/app` (code and the packages it loads) and `stage/program` (resources).
 * @param {string} stage is emptied first
 * @param {import('./runtime-packages.mjs').Machine} machine
 */
export const layOut = (stage, machine) => {
  fs.rmSync(stage, { recursive: true, force: true });
  const app = path.join(stage, 'app');
  for (const part of ['shell', 'service', 'cli', 'renderer', 'notices', 'icons']) copyTree(path.join(ROOT, 'dist', part), path.join(app, 'dist', part));
  const bundles = ['shell', 'service', 'cli'].flatMap((part) => fs.readdirSync(path.join(app, 'dist', part)).filter((name) => name.endsWith('.cjs')).map((name) => path.join(app, 'dist', part, name)));
  const packages = copyRuntimePackages({ bundles, target: app, machine });
  const { version, description, license, main } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const dependencies = Object.fromEntries(packages.map((one) => [one.name, one.version]));
  fs.writeFileSync(
    path.join(app, 'package.json'),
    JSON.stringify({ name: 'chuangdang', desktopName: 'chuangdang.desktop', version, description, license, main, homepage: 'https://chuangdang.invalid', author: { name: 'Chuangdang', email: 'noreply@chuangdang.invalid' }, dependencies }, null, 1),
  );
  for (const part of RESOURCES) copyTree(path.join(ROOT, 'resources', part), path.join(stage, 'program', part));
  copyTree(path.join(ROOT, 'dist', 'icons'), path.join(stage, 'program', 'icons'));
  copyTree(path.join(ROOT, 'dist', 'manual'), path.join(stage, 'program', 'manual'));
  return { app, program: path.join(stage, 'program'), packages };
};
