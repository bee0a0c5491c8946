import { describe, expect, it } from 'vitest';
import type { ServiceEvent } from '../../src-main/contract/index.ts';
import { fail, succeed } from '../../src-main/contract/index.ts';
import { Jobs } from '../../src-main/service/jobs.ts';

function makeJobs(): { readonly jobs: Jobs; readonly events: ServiceEvent[] } {
  const events: ServiceEvent[] = [];
  return { jobs: new Jobs((event) => events.push(event)), events };
}

const endings = (events: readonly ServiceEvent[]): unknown[] => events.filter((event) => event.kind === 'job-ended').map((event) => event.kind === 'job-ended' && event.state);

describe('jobs', () => {
  it('ends done, once, after a success', async () => {
    const { jobs, events } = makeJobs();
    await jobs.run('a', () => Promise.resolve(succeed(1)));
    expect(endings(events)).toEqual(['done']);
    expect(jobs.active).toBe(0);
  });

  it('ends failed when the work answers an error, and when it throws', async () => {
    const { jobs, events } = makeJobs();
    await jobs.run('a', () => Promise.resolve(fail('disk-full')));
    await expect(jobs.run('b', () => Promise.reject(new Error('surprise')))).rejects.toThrow('surprise');
    expect(endings(events)).toEqual(['failed', 'failed']);
    expect(jobs.active).toBe(0);
  });

  it('reaches the work with cancel, and ends cancelled', async () => {
    const { jobs, events } = makeJobs();
    const running = jobs.run('a', async ({ signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return fail('cancelled');
    });
    expect(jobs.cancel('a')).toBe(true);
    await running;
    expect(endings(events)).toEqual(['cancelled']);
    expect(jobs.cancel('a')).toBe(false);
  });

  it('reports progress at most every 100 ms and within 0 to 1', async () => {
    const { jobs, events } = makeJobs();
    await jobs.run('a', ({ progress }) => {
      for (let step = 0; step < 1000; step += 1) progress(step - 1, 'x');
      return Promise.resolve(succeed(null));
    });
    const values = events.flatMap((event) => (event.kind === 'job-progress' ? [event.value] : []));
    expect(values[0]).toBe(0);
    expect(values.length).toBeLessThan(5);
  });

  it('refuses a second job of the same name while the first runs', async () => {
    const { jobs } = makeJobs();
    const first = jobs.run('a', async ({ signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return succeed(null);
    });
    await expect(jobs.run('a', () => Promise.resolve(succeed(null)))).rejects.toThrow('running already');
    jobs.cancelAll();
    await first;
  });
});
