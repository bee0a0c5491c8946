import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { calls } from '../../src-main/contract/index.ts';
import type { CallOutput, ServiceEvent } from '../../src-main/contract/index.ts';
import { Dispatcher } from '../../src-main/service/dispatcher.ts';
import { handlers } from '../../src-main/service/handlers/index.ts';
import { Session } from '../../src-main/service/session.ts';
import { openWorkbench, resources } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

type Overview = CallOutput<'overview.read'>;

let bench: Workbench;
const open: Session[] = [];
beforeEach(async () => {
  bench = await openWorkbench();
  await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  await bench.ask('archive.close', {});
});
afterEach(async () => {
  for (const session of open.splice(0)) await session.close();
  await bench.close();
});

/** A service as the window has it. */
async function openWindowService(today: string): Promise<{ readonly events: ServiceEvent[]; overview(): Promise<Overview>; ask(name: string, input: unknown): Promise<void>; close(): Promise<void> }> {
  const events: ServiceEvent[] = [];
  const session = new Session({ emit: (event) => events.push(event), resources, today, longLived: true });
  open.push(session);
  const dispatcher = new Dispatcher(handlers, session);
  const ask = async (name: string, input: unknown): Promise<void> => {
    const reply = await dispatcher.callUntrusted(name, input);
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  };
  await ask('archive.open', { folder: bench.archive });
  const overview = async (): Promise<Overview> => {
    const reply = await dispatcher.call('overview.read', {});
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
    // As the window reads it.
    return calls['overview.read'].output.parse(reply.value);
  };
  return { events, overview, ask, close: () => session.close() };
}

const keptFile = (): string => join(bench.archive, 'derived', 'overview', 'last.json');

/** Writes another number of items into what was kept: an answer that has it comes from there. */
async function markKept(): Promise<void> {
  const kept = await readFile(keptFile(), 'utf8');
  expect(kept).toContain('"evidence":0,"pages":0');
  await writeFile(keptFile(), kept.replace('"evidence":0,"pages":0', '"evidence":77,"pages":0'));
}

const DAY = '2024-02-01';

it('answers at once with what was kept when the archive was closed, then with what the check says', async () => {
  const before = await openWindowService(DAY);
  const first = await before.overview();
  await before.close();
  const again = await openWindowService(DAY);
  expect(await again.overview()).toEqual(first);
  await again.close();
  await markKept();
  const third = await openWindowService(DAY);
  expect((await third.overview()).evidence).toBe(77);
  await vi.waitFor(() => expect(third.events).toContainEqual({ kind: 'archive-changed' }), 10_000);
  expect(await third.overview()).toEqual(first);
});

it('says nothing of its own to a page that was right', async () => {
  await (await openWindowService(DAY)).close();
  const again = await openWindowService(DAY);
  // Asked on every page; its answer stands on the check that the kept overview is compared with.
  await again.ask('check.run', {});
  await again.ask('evidence.rows', { filter: 'all' });
  await again.close();
  expect(again.events.filter(({ kind }) => kind === 'archive-changed')).toEqual([]);
});

it('makes it anew where the archive was changed by somebody else meanwhile, or by a change of its own', async () => {
  await (await openWindowService(DAY)).close();
  await markKept();
  await bench.ask('archive.open', { folder: bench.archive });
  await bench.ask('indicator.setValue', { code: '1', year: 2021, value: 25, unit: '%' });
  const changed = calls['overview.read'].output.parse(await bench.ask('overview.read', {}));
  await bench.ask('archive.close', {});
  const after = await openWindowService(bench.session.today);
  expect(await after.overview()).toEqual(changed);
  await after.close();
  await markKept();
  const own = await openWindowService(DAY);
  await own.ask('indicator.setValue', { code: '1', year: 2022, value: 26, unit: '%' });
  const { evidence, events } = await own.overview();
  expect(evidence).toBe(0);
  expect(events[0]?.text).not.toBe(changed.events[0]?.text);
});

it('is of another day until a day comes that the plan names', async () => {
  const before = await openWindowService(DAY);
  const { milestones, deadline } = await before.overview();
  const [next = ''] = [deadline, ...milestones.flatMap(({ from, to }) => [from, to])].filter((day) => day > DAY).toSorted();
  await before.close();
  await markKept();
  const dayBefore = `${next.slice(0, 8)}${String(Number(next.slice(8)) - 1).padStart(2, '0')}`;
  expect(dayBefore > DAY).toBe(true);
  const later = await openWindowService(dayBefore);
  expect(await later.overview()).toMatchObject({ evidence: 77, today: dayBefore });
  await later.close();
  await (await openWindowService(DAY)).close();
  await markKept();
  const onTheDay = await openWindowService(next);
  expect(await onTheDay.overview()).toMatchObject({ evidence: 0, today: next });
});

it('passes over what is damaged or says something else', async () => {
  await (await openWindowService(DAY)).close();
  const kept = await readFile(keptFile(), 'utf8');
  for (const broken of ['', '{', '[]', kept.slice(0, 400), kept.replace('"states":[', '"states":[7,')]) {
    await writeFile(keptFile(), broken);
    const service = await openWindowService(DAY);
    expect((await service.overview()).states.length).toBeGreaterThan(30);
    await service.close();
  }
});
