import { failWith, say } from '../setup/log.mjs';
import { childEnvironment } from '../setup/places.mjs';
import { provideAll } from '../setup/provide.mjs';
import { openVirtualDisplay } from '../start/display.mjs';
import { sumUp } from './report.mjs';
import { suites } from './suites.mjs';

/** @typedef {keyof typeof suites} SuiteName */

/** @param {string} name @returns {name is SuiteName} */
const isSuite = (name) => Object.hasOwn(suites, name);
/** @type {readonly SuiteName[]} */
const everySuite = ['build', 'types', 'lint', 'unit', 'e2e'];

/** @param {readonly string[]} args @returns {Promise<number>} exit code */
const runTests = async (args) => {
  const [first = '', ...filter] = args;
  if (first !== '' && !isSuite(first)) {
    say(`There is no suite "${first}". Use: npm test -- [${everySuite.join(' | ')}] [filter]`);
    return 2;
  }
  /** @type {readonly SuiteName[]} */
  const wanted = !isSuite(first) ? everySuite : first === 'e2e' || first === 'unit' ? ['build', first] : [first];
  const { electron } = await provideAll({ forTests: true, virtualDisplay: process.platform === 'linux', build: false });
  childEnvironment['ELECTRON_OVERRIDE_DIST_PATH'] = electron.folder;
  childEnvironment['CHUANGDANG_NODE'] = process.execPath;
  // Tests never use the display someone may be sitting at.
  const display = process.platform === 'linux' && wanted.includes('e2e') ? await openVirtualDisplay() : null;
  if (display !== null) childEnvironment['DISPLAY'] = display.display;
  /** @type {import('./report.mjs').SuiteResult[]} */
  const results = [];
  try {
    for (const name of wanted) {
      process.stdout.write(`\n── ${name} ──\n`);
      const notBuilt = name === 'e2e' && results.some((result) => result.suite === 'build' && result.failed > 0);
      results.push(notBuilt ? { suite: name, passed: 0, failed: 1, skipped: 0, seconds: 0, trouble: 'there is no program to open' } : await suites[name](filter));
    }
  } finally {
    await display?.stop();
  }
  process.stdout.write('\n');
  for (const { suite, passed, failed, skipped, seconds, trouble } of results) {
    process.stdout.write(`${suite.padEnd(6)} ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds.toFixed(1)} s${trouble === '' ? '' : `: ${trouble}`}\n`);
  }
  process.stdout.write(`${sumUp(results)}\n`);
  return results.every((result) => result.failed === 0) ? 0 : 1;
};

try {
  process.exitCode = await runTests(process.argv.slice(2));
} catch (error) {
  failWith(error);
}
