import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServiceEvent } from '../../src-main/contract/index.ts';
import { startServiceChild } from '../../src-main/shell/service-child.ts';
import { ServiceClient } from '../../src-main/shell/service-client.ts';
import type { ServiceClientOptions } from '../../src-main/shell/service-client.ts';

const script = join(import.meta.dirname, 'echo-service.mjs');
const clients: ServiceClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.shutdown();
});

interface Opened {
  readonly client: ServiceClient;
  readonly events: readonly ServiceEvent[];
  /** Resolves when a service-state event with this state has been seen. */
  state(wanted: 'running' | 'restarted' | 'stopped'): Promise<void>;
  readonly starts: () => number;
}

function openClient(options: Partial<ServiceClientOptions> = {}, node = process.execPath): Opened {
  const events: ServiceEvent[] = [];
  const watchers: (() => void)[] = [];
  let starts = 0;
  const client = new ServiceClient({
    start: () => {
      starts += 1;
      return startServiceChild({ node, script, env: process.env });
    },
    emit: (event) => {
      events.push(event);
      for (const watch of watchers) watch();
    },
    ...options,
  });
  clients.push(client);
  const state = (wanted: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (events.some((event) => event.kind === 'service-state' && event.state === wanted)) resolve();
      };
      watchers.push(look);
      look();
    });
  return { client, events, state, starts: () => starts };
}

const pidOf = (envelope: Awaited<ReturnType<ServiceClient['call']>>): unknown =>
  envelope.ok && typeof envelope.value === 'object' && envelope.value !== null ? Reflect.get(envelope.value, 'pid') : null;

describe('ServiceClient', () => {
  it('answers calls made before the service is ready', async () => {
    const { client } = openClient();
    client.start();
    const [first, second] = await Promise.all([client.call('a', { n: 1 }), client.call('b', [2])]);
    expect(first).toMatchObject({ ok: true, value: { name: 'a', input: { n: 1 } } });
    expect(second).toMatchObject({ ok: true, value: { name: 'b', input: [2] } });
    expect(client.node).toBe(process.versions.node);
    expect(await client.call('long', {})).toEqual({ ok: true, value: '长'.repeat(100_000) });
    // Whoever only hands it on gets it as it came.
    expect(await client.ask('long', {})).toBeInstanceOf(Uint8Array);
  });

  it('answers every waiting call when the service is killed, and restarts it once', async () => {
    const { client, state, starts } = openClient();
    client.start();
    const before = pidOf(await client.call('a', {}));
    const waiting = [client.call('silent', {}), client.call('silent', {}), client.call('die', {})];
    expect((await Promise.all(waiting)).map((envelope) => (envelope.ok ? 'ok' : `${envelope.error.code} ${envelope.error.about}`))).toEqual([
      'service-died silent',
      'service-died silent',
      'service-died die',
    ]);
    await state('restarted');
    const after = pidOf(await client.call('a', {}));
    expect(after).toBeTypeOf('number');
    expect(after).not.toBe(before);

    await client.call('die', {});
    await state('stopped');
    expect(await client.call('a', {})).toEqual({ ok: false, error: { code: 'service-died', about: 'a', detail: '' } });
    expect(starts()).toBe(2);
  });

  it('holds calls back after a restart until what was open is open again', async () => {
    const order: string[] = [];
    const { client } = openClient({
      recover: async (call) => {
        await call('archive.open', {});
        order.push('recovered');
      },
    });
    client.start();
    await client.call('a', {});
    await client.call('die', {});
    await client.call('b', {});
    order.push('answered');
    expect(order).toEqual(['recovered', 'answered']);
  });

  it('may restart again once the service ran steadily', async () => {
    const { client, starts } = openClient({ steadyAfter: 0 });
    client.start();
    for (let round = 0; round < 3; round += 1) {
      await client.call('a', {});
      await client.call('die', {});
    }
    expect((await client.call('a', {})).ok).toBe(true);
    expect(starts()).toBe(4);
  });

  it('ends calls when the program of the service cannot be started at all', async () => {
    const { client, state, starts } = openClient({}, join(import.meta.dirname, 'no-such-node'));
    client.start();
    expect(await client.call('a', {})).toMatchObject({ ok: false, error: { code: 'service-died' } });
    await state('stopped');
    expect(starts()).toBe(2);
  });

  it('gives up on a service that never becomes ready', async () => {
    const { client, state } = openClient({ startWithin: 1, start: () => startServiceChild({ node: process.execPath, script: join(import.meta.dirname, 'silent-service.mjs'), env: process.env }) });
    client.start();
    expect(await client.call('a', {})).toMatchObject({ ok: false, error: { code: 'service-died' } });
    await state('stopped');
  });

  it('is not confused by messages that are none', async () => {
    const { client } = openClient();
    client.start();
    expect((await client.call('garbage', {})).ok).toBe(true);
    expect(await client.call('torn', {})).toEqual({ ok: false, error: { code: 'internal', about: 'torn', detail: 'torn 的答复不完整' } });
  });

  it('lets the service finish on shutdown and answers what was waiting', async () => {
    const { client, events, starts } = openClient();
    client.start();
    await client.call('a', {});
    const waiting = client.call('silent', {});
    await client.shutdown();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'service-died' } });
    // Sent by the service while it closed: it was asked, not killed.
    expect(events.some((event) => event.kind === 'archive-changed')).toBe(true);
    expect(starts()).toBe(1);
  });

  it('kills a service that does not close in time', async () => {
    const { client } = openClient({ shutdownWithin: 1, start: () => startServiceChild({ node: process.execPath, script: join(import.meta.dirname, 'silent-service.mjs'), env: process.env }) });
    client.start();
    const waiting = client.call('a', {});
    await client.shutdown();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'service-died' } });
  });
});
