import fc from 'fast-check';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ServiceCallName } from '../../src-main/contract/index.ts';
import { succeed } from '../../src-main/contract/index.ts';
import type { Steps } from '../../src-main/domain/steps.ts';
import { KeptUntilChange } from '../../src-main/service/kept.ts';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
  await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
});
afterAll(() => bench.close());

it('answers from what was worked out before, and anew after every change and its undo', async () => {
  const first = await bench.ask('check.run', {});
  expect(await bench.ask('check.run', {})).toEqual(first);
  await bench.ask('indicator.setValue', { code: '1', year: 2021, value: 25, unit: '%' });
  const changed = await bench.ask('check.run', {});
  expect(changed.findings).not.toEqual(first.findings);
  expect((await bench.ask('overview.read', {})).errors).toBe(changed.errors);
  await bench.ask('history.undo', {});
  expect(await bench.ask('check.run', {})).toEqual(first);
});

/** Work of many steps that counts how often it was begun; `midway` happens in the middle of it. */
function inSteps(midway: () => void = () => undefined): { readonly begun: () => number; make(): Steps<string> } {
  let begun = 0;
  return {
    begun: () => begun,
    *make() {
      const mine = (begun += 1);
      for (let step = 0; step < 8; step += 1) {
        const until = performance.now() + 4;
        while (performance.now() < until);
        if (step === 4 && mine === 1) midway();
        yield;
      }
      return `made ${mine}`;
    },
  };
}

it('makes what several wait for once and in turns, and again where the archive changed meanwhile', async () => {
  const goOn = new AbortController().signal;
  await bench.session.read(async ({ db }) => {
    const quiet = new KeptUntilChange<string>();
    const work = inSteps();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    expect(await Promise.all([1, 2, 3].map(() => quiet.ofInTurns(db, 'today', work.make, goOn)))).toEqual(['made 1', 'made 1', 'made 1']);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(quiet.of(db, 'today', () => 'anew')).toBe('made 1');
    expect([work.begun(), quiet.has(db, 'tomorrow')]).toEqual([1, false]);
    return succeed({});
  });
  await bench.session.write(async ({ db }) => {
    const changed = new KeptUntilChange<string>();
    const work = inSteps(() => db.run("UPDATE application SET note = note || '.'"));
    expect(await changed.ofInTurns(db, 'today', work.make, goOn)).toBe('made 2');
    expect(changed.of(db, 'today', () => 'anew')).toBe('made 2');
    return succeed({});
  });
});

it('stops where the archive is closed under it', async () => {
  const closing = new AbortController();
  await bench.session.read(async ({ db }) => {
    const kept = new KeptUntilChange<string>();
    await expect(kept.ofInTurns(db, 'today', inSteps(() => closing.abort(new Error('closed'))).make, closing.signal)).rejects.toThrow('closed');
    expect(kept.has(db, 'today')).toBe(false);
    return succeed({});
  });
});

/** Answers that are kept, or made from what is. */
const keptCalls: readonly (readonly [ServiceCallName, object])[] = [
  ['overview.read', {}], ['check.run', {}], ['binding.plan', {}], ['papers.list', {}], ['exchange.state', {}], ['indicator.read', { code: '5.1' }],
  ...(['all', 'unlinked', 'unconfirmed', 'trash'] as const).map((filter) => ['evidence.rows', { filter }] as const),
];

type Answers = readonly unknown[];
const askAll = async (service: Workbench): Promise<Answers> => {
  const answers: unknown[] = [];
  for (const [name, input] of keptCalls) answers.push(await service.ask(name, input));
  return answers;
};

/** What a service says that remembers nothing. */
async function askAfresh(): Promise<Answers> {
  const other = await openWorkbench();
  try {
    await other.ask('archive.open', { folder: bench.archive, readOnly: true });
    return await askAll(other);
  } finally {
    await other.close();
  }
}

it('says after any edits, undone ones among them, what a service says that remembers nothing', { timeout: 120_000 }, async () => {
  const files = await Promise.all(Array.from({ length: 4 }, async (_, at) => makePdf(join(bench.folder, `材料${at}.pdf`), Array.from({ length: at + 1 }, (_page, page) => [`第${at}件第${page + 1}页`]))));
  await bench.ask('evidence.import', { jobId: 'i', paths: files, indicator: '5.1', year: 2023 });
  const ids = (await bench.ask('evidence.rows', { filter: 'all' })).map(({ id }) => id);
  expect(ids).toHaveLength(4);
  const edit = fc.tuple(fc.constantFrom('title', 'link', 'unlink', 'trash', 'restore', 'value', 'report', 'due', 'office', 'mode', 'mark', 'waive', 'undo', 'redo'), fc.constantFrom(...ids), fc.nat(99));
  const change = async ([what, id, number]: readonly [string, string, number]): Promise<void> => {
    const edits: Readonly<Record<string, readonly [ServiceCallName, object]>> = {
      title: ['evidence.update', { id, change: { title: `题名${number}`, confirmed: number % 2 === 0, sealed: number % 3 === 0 } }],
      link: ['evidence.link', { id, indicator: number % 2 === 0 ? '1' : '5.1', year: 2022 }],
      unlink: ['evidence.unlink', { id, indicator: '5.1', year: 2023 }],
      trash: ['evidence.trash', { id }],
      restore: ['evidence.restore', { id }],
      value: ['indicator.setValue', { code: '5.1', year: 2023, value: number, unit: '%' }],
      report: ['indicator.setReport', { code: '5.1', text: `第${number}稿。` }],
      due: ['unit.setDue', { unit: '区生态环境局', due: `2024-05-${String(10 + (number % 20))}`, contact: '王敏', phone: '' }],
      office: ['office.change', { change: { fondsCode: `Z${number}`, retention: '永久' } }],
      mode: ['binding.setMode', { by: number % 2 === 0 ? 'indicator' : 'group', cap: 20 + number }],
      mark: ['mark.add', { id, page: 1, lines: [{ x1: 10, y1: 20, x2: 10 + number, y2: 20 }], note: '' }],
      waive: ['check.waive', { rule: 'evidence.unsealed', indicator: '5.1', evidence: id, reason: '原件在库房', by: '王敏' }],
      undo: ['history.undo', {}],
      redo: ['history.redo', {}],
    };
    const [name, input] = edits[what] ?? ['history.undo', {}];
    // An edit that is not possible just now is none.
    await bench.dispatcher.callUntrusted(name, input);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      // Between the edits everything is asked for, so that everything is kept.
      for (const one of edits) {
        await change(one);
        await askAll(bench);
      }
      expect(await askAll(bench)).toEqual(await askAfresh());
    }),
    { numRuns: 12, seed: 7 },
  );
});
