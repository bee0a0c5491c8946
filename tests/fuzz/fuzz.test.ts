import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRandom } from './mutate.ts';
import { makeTargets, runCase } from './targets.ts';
import type { Target } from './targets.ts';

const CASES = 150;
let scratch = '';
let targets: readonly Target[] = [];
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'chuangdang-fuzz-'));
  targets = await makeTargets(scratch);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

// A short run for every day, always of the same cases; `npm run fuzz -- --runs N` makes a long one.
describe('broken files end in a value or a named refusal', () => {
  for (const name of ['PDF', 'OFD', 'OOXML', 'plan', 'pack']) {
    it(name, async () => {
      const target = targets.find((one) => one.name === name);
      if (target === undefined) throw new Error(name);
      const wrong: string[] = [];
      for (let seed = 1; seed <= CASES; seed += 1) {
        const trouble = await runCase(target, seed, makeRandom(seed), scratch);
        if (trouble !== null) wrong.push(`seed ${seed}: ${trouble}`);
      }
      expect(wrong).toEqual([]);
    });
  }
});
