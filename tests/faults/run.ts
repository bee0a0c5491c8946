import { parseArgs } from 'node:util';
import { crashOnce, faultWorks, longestDelay } from './crash.ts';
import type { FaultWork } from './crash.ts';

/**
 * Kills the archive's writer at random instants, many times: `npm run faults -- --runs 200 [--seed 7] [--work export,merge] [--parallel 3]`.
 * Ends with 1 where anything acknowledged was lost or an archive did not come back clean.
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '40' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) }, work: { type: 'string', default: faultWorks.join(',') }, parallel: { type: 'string', default: '1' } } });
/** Work of the service starts a service each time, so it comes less often than work on the archive alone. */
const turns: readonly FaultWork[] = ['mixed', 'export', 'migrate', 'create', 'restore', 'mixed', 'merge', 'create', 'restore', 'mixed'];
const works = turns.filter((work) => values.work.split(',').includes(work));
let state = Number(values.seed);
/** A small generator of its own, so that a seed repeats a run's delays. */
const random = (): number => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state / 2_147_483_648;
};

let failed = 0;
const told = new Map<FaultWork, { kills: number; acknowledged: number; finished: number; failed: number }>();
let done = 0;
let next = 0;
/** Takes the next kill until there are none left. */
const runLane = async (): Promise<void> => {
  for (let run = next; run < Number(values.runs); run = next) {
    next += 1;
    const work = works[run % works.length] ?? 'mixed';
    const result = await crashOnce(work, random() * (await longestDelay(work)));
    const sum = told.get(work) ?? { kills: 0, acknowledged: 0, finished: 0, failed: 0 };
    told.set(work, {
      kills: sum.kills + 1,
      acknowledged: sum.acknowledged + result.acknowledged,
      finished: sum.finished + (result.finished ? 1 : 0),
      failed: sum.failed + (result.faults.length > 0 ? 1 : 0),
    });
    done += 1;
    if (result.faults.length > 0) {
      failed += 1;
      console.error(`${work} killed after ${result.delay.toFixed(1)} ms:\n  ${result.faults.join('\n  ')}`);
    }
    if (done % 20 === 0) console.error(`${done} kills, ${failed} with faults`);
  }
};
await Promise.all(Array.from({ length: Number(values.parallel) }, runLane));
const lines = [...told].map(([work, sum]) => ({ work, ...sum }));
for (const { work, kills, acknowledged, finished, failed: bad } of lines) console.log(`${work.padEnd(8)} ${kills} kills, ${acknowledged} acknowledged, ${finished} had ended before the kill, ${bad} with faults`);
const total = (pick: (line: (typeof lines)[number]) => number): number => lines.reduce((sum, line) => sum + pick(line), 0);
console.log(`${total((line) => line.kills)} kills (seed ${values.seed}), ${total((line) => line.acknowledged)} acknowledged, ${total((line) => line.finished)} had ended before the kill, ${failed} with faults`);
process.exitCode = failed === 0 ? 0 : 1;
