import { describe, expect, it } from 'vitest';
import { judgeSuite, readPlaywrightReport, readVitestReport, sumUp } from '../../scripts/test/report.mjs';

describe('what a test run says', () => {
  it('sums all suites in its last line', () => {
    expect(sumUp([{ passed: 3, failed: 0, skipped: 0 }, { passed: 4, failed: 1, skipped: 0 }])).toBe('7 passed, 1 failed');
    expect(sumUp([{ passed: 3, failed: 0, skipped: 2 }])).toBe('3 passed, 0 failed, 2 skipped');
  });

  it('counts a file that does not load as a failure', () => {
    const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1, testResults: [{ status: 'failed', assertionResults: [] }, { status: 'failed', assertionResults: [{ status: 'failed' }] }, { status: 'passed', assertionResults: [] }] };
    expect(readVitestReport(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('counts errors outside of tests as failures, and tells what needed a second try', () => {
    const counts = readPlaywrightReport({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] });
    expect(counts).toEqual({ passed: 5, failed: 2, skipped: 2, flaky: 1 });
    expect(sumUp([counts])).toBe('5 passed, 2 failed, 2 skipped, 1 of the passed only at the second try');
    expect(readPlaywrightReport({ stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] })).toEqual({ passed: 4, failed: 0, skipped: 0 });
  });

  it.each([
    ['left no report', { code: 1, counts: null }],
    ['ran no test', { code: 0, counts: { passed: 0, failed: 0, skipped: 3 } }],
    ['although no test failed', { code: 1, counts: { passed: 3, failed: 0, skipped: 0 } }],
  ])('fails a suite that %s', (words, run) => {
    expect(judgeSuite('unit', { ...run, seconds: 1 })).toMatchObject({ failed: 1, trouble: expect.stringContaining(words) });
  });

  it('passes a suite whose tests passed', () => {
    expect(judgeSuite('unit', { code: 0, counts: { passed: 3, failed: 0, skipped: 1 }, seconds: 1 })).toMatchObject({ passed: 3, failed: 0, trouble: '' });
  });
});
