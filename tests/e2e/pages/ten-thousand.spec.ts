import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';

test.describe.configure({ mode: 'serial' });

const ITEMS = 10_000;

/** Calls of several pages; each is asked for again and again while the export runs. */
const asked = [['overview.read', {}], ['evidence.rows', { filter: 'all' }], ['indicator.read', { code: '1' }], ['binding.plan', {}], ['search.query', { text: '通知', limit: 40 }]] as const;
const ROUNDS = 20;

test('ten thousand rows scroll from end to end, and no frame shows a blank one', async ({ open }) => {
  test.setTimeout(180_000);
  const { page, folder } = open;
  const archive = join(folder, '一万件.cdarchive');
  execFileSync(process.execPath, [resolve(import.meta.dirname, '../../../dist/cli/main.cjs'), 'bench', 'window', '--only-archive', archive, '--items', String(ITEMS)]);
  await callFromPage(page, 'archive.open', { folder: archive });
  await page.reload();
  await page.getByTestId('nav-inbox').click();
  await page.getByTestId('inbox-filter').getByText('全部材料').click();
  await expect(page.getByTestId('inbox-page')).toContainText(`${ITEMS} 件`, { timeout: 60_000 });
  const seen = await page.getByTestId('inbox-list').evaluate(async (list) => {
    const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()));
    // What is painted is what stands there when a frame ends: after the frame's own callbacks, in a task that follows at once.
    const painted = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    let frames = 0;
    let blank = 0;
    let last = 0;
    for (let at = 0; at < list.scrollHeight - list.clientHeight; at += 2400) {
      list.scrollTop = at;
      await frame();
      await painted();
      frames += 1;
      const box = list.getBoundingClientRect();
      for (const part of [0.02, 0.25, 0.5, 0.75, 0.98]) {
        const row = document.elementFromPoint(box.left + 40, box.top + box.height * part)?.closest('[role="listitem"]');
        if (row === null || row === undefined || (row.textContent ?? '').trim() === '') blank += 1;
        else last = Math.max(last, Number(row.getAttribute('aria-posinset')));
      }
    }
    return { frames, blank, last };
  });
  expect(seen.frames).toBeGreaterThan(200);
  expect(seen.blank).toBe(0);
  expect(seen.last).toBeGreaterThan(ITEMS - 60);
});

test('while ten thousand items are exported the service answers every page, and the export can be stopped', async ({ open }) => {
  test.setTimeout(180_000);
  const seen = await open.page.evaluate(
    async ([calls, rounds]) => {
      const bridge = Reflect.get(globalThis, 'chuangdang') as { call(name: string, input: unknown): Promise<string>; onEvent(listener: (event: { kind: string; jobId?: string; value?: number }) => void): () => void };
      let begun: () => void = () => undefined;
      const working = new Promise<void>((resolve) => (begun = resolve));
      const values: number[] = [];
      const stop = bridge.onEvent((event) => {
        if (event.kind !== 'job-progress' || event.jobId !== 'export') return;
        values.push(event.value ?? 0);
        begun();
      });
      let ended = false;
      const exported = bridge.call('binding.export', { jobId: 'export', draft: true, out: null }).then((reply) => {
        ended = true;
        return reply;
      });
      await Promise.race([working, exported]);
      const before = values.length;
      let good = 0;
      for (let round = 0; round < rounds && !ended; round += 1) {
        for (const [name, input] of calls) good += (await bridge.call(name, input)).startsWith('{"ok":true') ? 1 : 0;
      }
      const during = !ended;
      const after = values.length;
      await bridge.call('jobs.cancel', { jobId: 'export' });
      const reply = await exported;
      stop();
      return { good, during, went: after - before, cancelled: reply.includes('"code":"cancelled"') };
    },
    [asked, ROUNDS] as const,
  );
  // All of them while it was running, and it went on meanwhile.
  expect(seen).toEqual({ good: asked.length * ROUNDS, during: true, went: expect.any(Number), cancelled: true });
  expect(seen.went).toBeGreaterThan(0);
});
