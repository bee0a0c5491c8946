import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildBundles } from '../build/build.mjs';
import { say } from '../setup/log.mjs';
import { childEnvironment, ROOT } from '../setup/places.mjs';
import { judgeSuite, readPlaywrightReport, readVitestReport } from './report.mjs';

/** @typedef {import('./report.mjs').SuiteResult} SuiteResult */

const RESULTS = path.join(ROOT, 'test-results');
/** @param {...string} parts */
const tool = (...parts) => path.join(ROOT, 'node_modules', ...parts);

/**
 * @param {readonly string[]} args of this Node
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ code: number, seconds: number }>}
 */
const runNode = (args, env = {}) =>
  new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 1, 2], env: { ...childEnvironment, ...env } });
    child.on('error', () => resolve({ code: 127, seconds: 0 }));
    child.on('close', (code) => resolve({ code: code ?? 1, seconds: (performance.now() - began) / 1000 }));
  });

/** @param {string} file @returns {unknown} null where there is none */
const readReport = (file) => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};

/** @param {string} name */
const newReportFile = (name) => {
  fs.mkdirSync(RESULTS, { recursive: true });
  const file = path.join(RESULTS, name);
  fs.rmSync(file, { force: true });
  return file;
};

/** Every layer that has a tsconfig of its own: one check each. */
export const listLayers = () => {
  const layers = fs.readdirSync(path.join(ROOT, 'src-main')).map((name) => path.join('src-main', name));
  return [...layers, 'src-renderer', 'tests', 'tests/e2e', 'tests/packaged', 'tests/renderer', 'scripts'].filter((layer) => fs.existsSync(path.join(ROOT, layer, 'tsconfig.json'))).toSorted();
};

/** A program that cannot be bundled fails here, and the checks that need no bundle still run. @returns {Promise<SuiteResult>} */
const runBuild = async () => {
  const began = performance.now();
  let ok = true;
  try {
    await buildBundles();
  } catch (error) {
    ok = false;
    say(error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error));
  }
  return judgeSuite('build', { code: ok ? 0 : 1, counts: { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }, seconds: (performance.now() - began) / 1000 });
};

/** @param {readonly string[]} filter @returns {Promise<SuiteResult>} */
const runTypes = async (filter) => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let seconds = 0;
  for (const layer of listLayers()) {
    if (filter.length > 0 && !filter.some((word) => layer.includes(word))) continue;
    const done = await runNode([tool('typescript', 'bin', 'tsc'), '-p', layer]);
    seconds += done.seconds;
    process.stdout.write(`${done.code === 0 ? '✓' : '✗'} ${layer}\n`);
    if (done.code === 0) counts.passed += 1;
    else counts.failed += 1;
  }
  return judgeSuite('types', { code: counts.failed === 0 ? 0 : 1, counts, seconds });
};

/** @param {readonly string[]} places @returns {Promise<SuiteResult>} */
const runLint = async (places) => {
  const done = await runNode([tool('oxlint', 'bin', 'oxlint'), '--deny-warnings', ...places]);
  const ok = done.code === 0;
  return judgeSuite('lint', { code: done.code, counts: { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }, seconds: done.seconds });
};

/** @param {readonly string[]} filter @returns {Promise<SuiteResult>} */
const runUnit = async (filter) => {
  const file = newReportFile('unit.json');
  const done = await runNode([tool('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...filter]);
  const report = readReport(file);
  return judgeSuite('unit', { ...done, counts: report === null ? null : readVitestReport(report) });
};

/** @param {readonly string[]} filter @returns {Promise<SuiteResult>} */
const runEndToEnd = async (filter) => {
  const file = newReportFile('e2e.json');
  const args = [tool('@playwright', 'test', 'cli.js'), 'test', '-c', path.join('tests', 'e2e', 'playwright.config.ts'), '--reporter=list,json', ...filter];
  const done = await runNode(args, { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const report = readReport(file);
  return judgeSuite('e2e', { ...done, counts: report === null ? null : readPlaywrightReport(report) });
};

export const suites = { build: runBuild, types: runTypes, lint: runLint, unit: runUnit, e2e: runEndToEnd };
