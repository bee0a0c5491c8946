import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../setup/places.mjs';

/**
 * @typedef {{ readonly name: string, readonly version: string, readonly license?: unknown, readonly repository?: unknown, readonly homepage?: string, readonly os?: readonly string[],
 *   readonly cpu?: readonly string[], readonly dependencies?: Readonly<Record<string, string>>, readonly optionalDependencies?: Readonly<Record<string, string>> }} Manifest
 * @typedef {{ readonly name: string, readonly folder: string, readonly manifest: Manifest }} InstalledPackage  `folder` is absolute
 */

/** @param {string} folder @returns {Manifest} */
export const readManifest = (folder) => JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));

/**
 * Where Node would find a package that code in `from` asks for; null where it is not installed (optional, another system's).
 * @param {string} name
 * @param {string} from an absolute folder inside the checkout
 */
export const findPackage = (name, from) => {
  for (let folder = from; folder.startsWith(ROOT); folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (fs.existsSync(path.join(candidate, 'package.json'))) return candidate;
  }
  return null;
};

/**
 * The given packages and all they need at run time, each folder once, by folder.
 * @param {readonly string[]} names of packages that the project asks for itself
 * @param {ReadonlyMap<string, readonly string[]>} [leftOut] by package, what of its dependencies is not followed
 * @returns {InstalledPackage[]}
 */
export const collectPackages = (names, leftOut = new Map()) => {
  /** @type {Map<string, InstalledPackage>} */
  const found = new Map();
  /** @param {string} name @param {string} from */
  const add = (name, from) => {
    const folder = findPackage(name, from);
    if (folder === null || found.has(folder)) return;
    const manifest = readManifest(folder);
    found.set(folder, { name, folder, manifest });
    for (const needed of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) if (leftOut.get(name)?.includes(needed) !== true) add(needed, folder);
  };
  for (const name of names) add(name, ROOT);
  return [...found.values()].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
};
