import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkbench } from './service-fixture.ts';
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
