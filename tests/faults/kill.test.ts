import { describe, expect, it } from 'vitest';
import { crashOnce, faultWorks, longestDelay } from './crash.ts';

// A short run for every day; `npm run faults -- --runs N` makes a long one.
describe('a writer killed at any instant', () => {
  for (const work of faultWorks) {
    it.each([0.02, 0.3, 0.7])(`leaves an archive that opens, verifies and has all it acknowledged (${work}, at %d of its time)`, async (share) => {
      const result = await crashOnce(work, (await longestDelay(work)) * share);
      expect(result.faults, `killed after ${result.delay} ms, ${result.acknowledged} acknowledged`).toEqual([]);
    });
  }

  it('has in fact acknowledged things before it was killed', async () => {
    const result = await crashOnce('mixed', await longestDelay('mixed'));
    expect(result).toMatchObject({ finished: false, faults: [] });
    expect(result.acknowledged).toBeGreaterThan(3);
  });
});
