import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeRandom } from './mutate.ts';
import { makeTargets, runCase } from './targets.ts';

/**
 * Reads N broken files by each reader: `npm run fuzz -- --runs 5000 [--from 1] [--target PDF]`. Cases that throw what nobody knows by name, or
 * take longer than ten seconds, are kept in `test-results/fuzz`. Ends with 1 where there was any. A case that never ends is the one whose
 * number was told last.
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' }, target: { type: 'string', default: '' } } });
const scratch = mkdtempSync(join(tmpdir(), 'chuangdang-fuzz-'));
const kept = join(import.meta.dirname, '..', '..', 'test-results', 'fuzz');
mkdirSync(kept, { recursive: true });
let wrong = 0;
try {
  for (const target of await makeTargets(scratch)) {
    if (values.target !== '' && target.name !== values.target) continue;
    let slowest = 0;
    const seen = new Set<string>();
    for (let seed = Number(values.from); seed < Number(values.from) + Number(values.runs); seed += 1) {
      if (seed % 100 === 0) process.stderr.write(`${target.name} ${seed}\r`);
      const began = performance.now();
      const trouble = await runCase(target, seed, makeRandom(seed), scratch);
      const took = performance.now() - began;
      slowest = Math.max(slowest, took);
      if (trouble === null && took < 10_000) continue;
      wrong += 1;
      const where = (trouble ?? 'slow').split('\n').slice(0, 2).join(' ');
      if (seen.has(where)) continue;
      seen.add(where);
      copyFileSync(join(scratch, `case.${target.ending}`), join(kept, `${target.name}-${seed}.${target.ending}`));
      console.error(`${target.name} seed ${seed}, ${Math.round(took)} ms: ${trouble ?? 'took too long'}`);
    }
    console.log(`${target.name}: ${values.runs} broken files, ${seen.size} kinds of trouble, slowest ${Math.round(slowest)} ms`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = wrong === 0 ? 0 : 1;
