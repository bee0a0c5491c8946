import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { outside } from '../build/bundles.mjs';
import { collectPackages, findPackage } from '../build/package-tree.mjs';
import { ROOT } from '../setup/places.mjs';

/** @typedef {{ readonly platform: string, readonly arch: string }} Machine */

/** Parts of packages that nothing at run time reads. */
const unread = /(^|\/)(tests?|docs?|examples?|benchmarks?|\.github|\.vscode)\/|\.(map|d\.[cm]?ts|ts|tsx|flow|c|cc|cpp|h|hpp|gyp|gypi|o|a|lib|pdb)$|(^|\/)(readme|changelog|history|contributing|security)(\.[a-z]+)?$|(^|\/)(tsconfig.*\.json|\.[a-z]+rc(\.json)?|\.eslint.*|\.npmignore|\.editorconfig|makefile)$/i;
/** What a package carries beside what is loaded of it. */
const unreadOf = new Map([
  ['pdfjs-dist', /^(build|web|image_decoders|types)\/|^legacy\/(web|image_decoders)\/|\.min\.mjs$|sandbox|^wasm\/quickjs|^webpack\.mjs$|^CODE_OF_CONDUCT/],
  ['better-sqlite3', /^(deps|src)\//],
  ['node-addon-api', /./],
  ['onnxruntime-node', /^(script|lib)\/|cuda|tensorrt|dml/i],
  ['onnxruntime-common', /^dist\/esm\//],
  // Of its five forms, the one with the WebAssembly inside is loaded.
  ['libheif-js', /^libheif\/|^(index|wasm)\.js$|^libheif-wasm\/(libheif-bundle\.mjs|libheif\.(js|wasm))$/],
]);
/** Packages that only the install script of another one asks for. */
const forInstalling = new Map([['onnxruntime-node', ['adm-zip', 'global-agent']]]);
const platforms = new Set(['darwin', 'linux', 'linuxmusl', 'win32', 'android', 'freebsd']);
const arches = new Set(['x64', 'arm64', 'ia32', 'arm', 'riscv64', 'ppc64', 's390x', 'loong64']);

/**
 * Whether a file of a package with binaries for several systems is for another one than `machine`.
 * @param {string} file path inside the package, with slashes
 * @param {Machine} machine
 */
export const isForeign = (file, machine) => {
  const within = /(?:^|\/)(?:prebuilds|napi-v\d+|prebuilt|binaries)\/(.*)$/.exec(file);
  if (within === null) return false;
  const words = (within[1] ?? '').split(/[/\-._]/);
  const musl = words.includes('musl');
  return musl || words.some((word) => (platforms.has(word) && word !== machine.platform) || (arches.has(word) && word !== machine.arch));
};

/** Packages that built code loads by name: whatever the bundler left outside, found in what it made. @param {readonly string[]} bundles files */
export const findLoaded = (bundles) => {
  const names = new Set(outside);
  const builtin = new Set(builtinModules);
  for (const file of bundles) {
    for (const [, asked = ''] of fs.readFileSync(file, 'utf8').matchAll(/(?:\brequire|\bresolve|\bimport)\(\s*["'`]([^"'`\n]+)["'`]/g)) {
      const name = asked.split('/').slice(0, asked.startsWith('@') ? 2 : 1).join('/');
      if (/^[@a-z]/.test(name) && name !== 'electron' && !name.includes(':') && !builtin.has(name) && findPackage(name, ROOT) !== null) names.add(name);
    }
  }
  return [...names].toSorted();
};

/**
 * Copies what the built code loads from node_modules, with all that needs, into `target/node_modules`: one system's binaries, no sources.
 * @param {{ bundles: readonly string[], target: string, machine: Machine }} work
 * @returns {{ name: string, version: string, bytes: number }[]}
 */
export const copyRuntimePackages = ({ bundles, target, machine }) => {
  const copied = [];
  for (const { name, folder, manifest } of collectPackages(findLoaded(bundles), forInstalling)) {
    if (manifest.os !== undefined && !manifest.os.includes(machine.platform)) continue;
    if (manifest.cpu !== undefined && !manifest.cpu.includes(machine.arch)) continue;
    let bytes = 0;
    const nested = `${folder}${path.sep}node_modules${path.sep}`;
    for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const source = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || source.startsWith(nested)) continue;
      const file = path.relative(folder, source).replaceAll('\\', '/');
      if (unread.test(file) || unreadOf.get(name)?.test(file) === true || isForeign(file, machine)) continue;
      const place = path.join(target, path.relative(ROOT, source));
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.copyFileSync(source, place);
      bytes += fs.statSync(place).size;
    }
    if (bytes > 0) copied.push({ name, version: manifest.version, bytes });
  }
  return copied;
};
