/**
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number, readonly flaky?: number }} Counts  `flaky`: of those passed, the ones that needed a second try
 * @typedef {Counts & { readonly suite: string, readonly seconds: number, readonly trouble: string }} SuiteResult  `trouble` is empty unless the suite itself went wrong
 */

/** @param {unknown} value @returns {Record<string, unknown>} */
const asRecord = (value) => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {});
/** @param {unknown} value @returns {readonly unknown[]} */
const asList = (value) => (Array.isArray(value) ? value : []);
/** @param {unknown} value */
const asNumber = (value) => (typeof value === 'number' ? value : 0);

/**
 * Counts of vitest's JSON report. A file that could not even be loaded has no tests to fail, and counts as one failure.
 * @param {unknown} report
 * @returns {Counts}
 */
export const readVitestReport = (report) => {
  const told = asRecord(report);
  const brokenFiles = asList(told['testResults']).filter((file) => asRecord(file)['status'] === 'failed' && !asList(asRecord(file)['assertionResults']).some((one) => asRecord(one)['status'] === 'failed'));
  return {
    passed: asNumber(told['numPassedTests']),
    failed: asNumber(told['numFailedTests']) + brokenFiles.length,
    skipped: asNumber(told['numPendingTests']) + asNumber(told['numTodoTests']),
  };
};

/**
 * Counts of Playwright's JSON report. Errors outside of tests (a spec that does not load) count as failures. A test that passed at the second try has
 * passed, and is told as flaky: on a strange machine the window may be slower than a test foresaw, but what is broken breaks twice.
 * @param {unknown} report
 * @returns {Counts}
 */
export const readPlaywrightReport = (report) => {
  const stats = asRecord(asRecord(report)['stats']);
  const flaky = asNumber(stats['flaky']);
  return {
    passed: asNumber(stats['expected']) + flaky,
    failed: asNumber(stats['unexpected']) + asList(asRecord(report)['errors']).length,
    skipped: asNumber(stats['skipped']),
    ...(flaky === 0 ? {} : { flaky }),
  };
};

/**
 * Judges a suite that a program ran: it failed when a test failed, when the program failed without saying which test, and when no test ran.
 * @param {string} suite
 * @param {{ readonly code: number, readonly counts: Counts | null, readonly seconds: number }} run `counts` null: there is no report
 * @returns {SuiteResult}
 */
export const judgeSuite = (suite, run) => {
  const counts = run.counts ?? { passed: 0, failed: 0, skipped: 0 };
  let trouble = '';
  if (run.counts === null) trouble = `ended with ${run.code} and left no report`;
  else if (counts.passed + counts.failed === 0) trouble = 'ran no test';
  else if (run.code !== 0 && counts.failed === 0) trouble = `ended with ${run.code} although no test failed`;
  return { suite, ...counts, failed: counts.failed + (trouble === '' ? 0 : 1), seconds: run.seconds, trouble };
};

/**
 * The last line of a test run.
 * @param {readonly Counts[]} results
 */
export const sumUp = (results) => {
  /** @param {keyof Counts} key */
  const sum = (key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);
  const [skipped, flaky] = [sum('skipped'), sum('flaky')];
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}${flaky === 0 ? '' : `, ${flaky} of the passed only at the second try`}`;
};
