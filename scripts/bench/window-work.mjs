/// <reference lib="dom" />
// What a clerk waits for in the open window: calls, alone and beside an export, and going from page to page.

/** Calls that pages make, as the pages make them. */
const asked = /** @type {const} */ ([
  ['overview.read', {}], ['evidence.rows', { filter: 'all' }], ['evidence.rows', { filter: 'unlinked' }], ['check.run', {}], ['catalog.read', {}], ['indicator.read', { code: '1' }],
  ['binding.plan', {}], ['papers.list', {}], ['review.rounds', {}], ['search.query', { text: '通知', limit: 40 }],
]);

/** Pages in the order of the rail. */
const pages = ['overview', 'inbox', 'indicators', 'check', 'reviews', 'binding', 'papers', 'exchange', 'search', 'catalog', 'settings'];

/** @param {readonly number[]} times */
const p95 = (times) => times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * 0.95))] ?? Number.NaN;

/**
 * Time and size of each answer, one call after the other with a breath between, for so many rounds or until the job that is begun first ends;
 * a long one is stopped, when enough was seen of it.
 * @param {import('@playwright/test').Page} page
 * @param {{ rounds: number, job: readonly [string, { jobId: string, draft: boolean, out: null }] | null, longest: number }} wish
 */
const timeCalls = (page, wish) =>
  page.evaluate(
    async ([calls, { rounds, job, longest }]) => {
      const bridge = /** @type {{ call(name: string, input: unknown): Promise<string> }} */ (Reflect.get(globalThis, 'chuangdang'));
      const began = performance.now();
      let running = job !== null;
      let ended = '';
      const done = job === null ? Promise.resolve('') : bridge.call(...job);
      void done.then((reply) => {
        running = false;
        ended = reply.slice(0, 200);
      });
      const times = calls.map(() => /** @type {number[]} */ ([]));
      const bytes = calls.map(() => 0);
      for (let round = 0; (running && performance.now() - began < longest) || round < rounds; round += 1) {
        for (const [at, [name, input]] of calls.entries()) {
          const start = performance.now();
          const reply = await bridge.call(name, input);
          times[at]?.push(performance.now() - start);
          bytes[at] = reply.length;
          if (!reply.startsWith('{"ok":true')) throw new Error(`${name}: ${reply.slice(0, 200)}`);
          await new Promise((next) => setTimeout(next, 15));
        }
      }
      if (job !== null) await bridge.call('jobs.cancel', { jobId: job[1].jobId });
      await done;
      return { times, bytes, ended, milliseconds: performance.now() - began };
    },
    /** @type {const} */ ([asked, wish]),
  );

/** @param {string} suffix @param {Awaited<ReturnType<typeof timeCalls>>} timed */
const rowsOf = (suffix, { times, bytes }) => asked.map(([name, input], at) => ({ name: `${name} ${JSON.stringify(input)}${suffix}`, p95: p95(times[at] ?? []), bytes: bytes[at] ?? 0, samples: times[at]?.length ?? 0 }));

/** Milliseconds of an export beside which calls are made. */
const LONGEST_EXPORT = 40_000;

/** Answers of an idle service. @param {import('@playwright/test').Page} page */
export const timeIdle = async (page) => rowsOf('', await timeCalls(page, { rounds: 20, job: null, longest: 0 }));

/** Answers while a draft of the whole dossier is exported. @param {import('@playwright/test').Page} page */
export const timeBesideExport = async (page) => {
  const timed = await timeCalls(page, { rounds: 1, job: ['binding.export', { jobId: 'bench-export', draft: true, out: null }], longest: LONGEST_EXPORT });
  if (!timed.ended.startsWith('{"ok":true') && !timed.ended.includes('"cancelled"')) throw new Error(`the export failed: ${timed.ended}`);
  const all = timed.times.flat();
  const any = { name: 'any call beside an export', p95: p95(all), bytes: 0, samples: all.length };
  return { calls: [any, ...rowsOf(' beside an export', timed)], milliseconds: timed.milliseconds };
};

/**
 * Milliseconds from a click in the rail until the page stands there and nothing on it waits any more; each page by its worst of some rounds.
 * @param {import('@playwright/test').Page} page
 * @param {number} rounds
 */
export const timePages = (page, rounds) =>
  page.evaluate(
    async ([names, count]) => {
      const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const worst = names.map(() => 0);
      const first = names.map(() => 0);
      for (let round = 0; round < count; round += 1) {
        for (const [at, name] of names.entries()) {
          const began = performance.now();
          document.querySelector(`[data-testid="nav-${name}"]`)?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
          do await painted();
          while (document.querySelector(`[data-testid="${name}-page"]`) === null || document.querySelector('.desk .read-wait') !== null);
          const took = performance.now() - began;
          if (round === 0) first[at] = took;
          else worst[at] = Math.max(worst[at] ?? 0, took);
        }
      }
      return names.map((name, at) => ({ name, first: first[at] ?? 0, again: worst[at] ?? 0 }));
    },
    /** @type {const} */ ([pages, rounds]),
  );

/** MiB of JavaScript objects that the page holds, after what can be thrown away was. @param {import('@playwright/test').Page} page */
export const heldMemory = async (page) => {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1024 / 1024;
};
