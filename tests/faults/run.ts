import { parseArgs } from 'node:util';
import { crashOnce, faultWorks, longestDelay } from './crash.ts';

/**
 * Kills the archive's writer at random instants, many times: `node tests/faults/run.ts --runs 200 [--seed 7]`.
 * Ends with 1 where anything acknowledged was lost or an archive did not come back clean.
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '40' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } } });
let state = Number(values.seed);
/** A small generator of its own, so that a seed repeats a run's delays. */
const random = (): number => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state / 2_147_483_648;
};

let failed = 0;
let acknowledged = 0;
for (let run = 0; run < Number(values.runs); run += 1) {
  const work = faultWorks[run % faultWorks.length] ?? 'mixed';
  const result = await crashOnce(work, random() * longestDelay[work]);
  acknowledged += result.acknowledged;
  if (result.faults.length > 0) {
    failed += 1;
    console.error(`${work} killed after ${result.delay.toFixed(1)} ms:\n  ${result.faults.join('\n  ')}`);
  }
}
console.log(`${values.runs} kills (seed ${values.seed}), ${acknowledged} acknowledged, ${failed} with faults`);
process.exitCode = failed === 0 ? 0 : 1;
