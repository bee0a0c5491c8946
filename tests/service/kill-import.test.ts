import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fromServiceSchema, readReply } from '../../src-main/contract/index.ts';
import type { FromService } from '../../src-main/contract/index.ts';
import { makePdf, openWorkbench, resources } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

const serviceFile = resolve(import.meta.dirname, '../../src-main/service/main.ts');
const FILES = 12;

/** The service in a process of its own, as the window has it. */
class ServiceProcess {
  readonly child: ChildProcess;
  readonly #waiting = new Map<number, (message: Extract<FromService, { kind: 'reply' }> | null) => void>();
  #next = 1;

  constructor(onProgress: () => void) {
    this.child = fork(serviceFile, { env: { ...process.env, CHUANGDANG_RESOURCES: resources }, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.child.on('message', (raw) => {
      const message = fromServiceSchema.parse(raw);
      if (message.kind === 'reply') this.#waiting.get(message.id)?.(message);
      else if (message.kind === 'event' && message.event.kind === 'job-progress') onProgress();
    });
  }

  /** The reply's value, or null where the process died first. */
  async call(name: string, input: unknown): Promise<unknown> {
    // A kill may also fall between an answer and the next call.
    if (!this.child.connected) return null;
    const id = this.#next++;
    const reply = new Promise<unknown>((resolveReply, reject) => {
      this.#waiting.set(id, (message) => {
        if (message === null) return resolveReply(null);
        const envelope = readReply(name, message.envelope);
        if (envelope.ok) resolveReply(envelope.value);
        else reject(new Error(JSON.stringify(envelope.error)));
      });
      this.child.once('exit', () => resolveReply(null));
    });
    this.child.send({ kind: 'call', id, name, input }, (error) => {
      if (error !== null) this.#waiting.get(id)?.(null);
    });
    return reply;
  }
}

describe('a service killed while it imports', () => {
  let bench: Workbench;
  afterEach(() => bench.close());

  for (const instant of [1, 3, 6, 9]) {
    it(`loses nothing that was acknowledged, and has nothing half (killed at file ${instant})`, async () => {
      bench = await openWorkbench();
      const files: string[] = [];
      for (let index = 0; index < FILES; index += 1) files.push(await makePdf(join(bench.folder, `in/${index}.pdf`), [[`第${index}份材料`], [`第二页 ${index}`]]));
      await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
      await bench.ask('archive.close', {});

      let started = 0;
      const service = new ServiceProcess(() => {
        if (started >= instant) service.child.kill('SIGKILL');
      });
      await service.call('archive.open', { folder: bench.archive });
      const acknowledged: string[] = [];
      for (const file of files) {
        started += 1;
        const answer = await service.call('evidence.import', { jobId: `job-${started}`, paths: [file], indicator: '5.1', year: 2023 });
        if (answer === null) break;
        acknowledged.push(file);
      }
      if (service.child.exitCode === null && service.child.signalCode === null) await once(service.child, 'exit');
      expect(service.child.signalCode).toBe('SIGKILL');
      expect(acknowledged.length).toBeLessThan(FILES);

      const info = await bench.ask('archive.open', { folder: bench.archive });
      expect(info.readOnly).toBe(false);
      const report = await bench.ask('archive.verify', { jobId: 'v' });
      expect(report.ok).toBe(true);
      const items = await bench.ask('evidence.list', {});
      const names = new Set(items.map((item) => item.fileName));
      for (const file of acknowledged) expect(names.has(file.split('/').at(-1) ?? '')).toBe(true);
      for (const item of items) expect(item).toMatchObject({ pages: 2, integrity: 'ok', links: [{ indicator: '5.1', year: 2023 }] });

      const rest = await bench.ask('evidence.import', { jobId: 'rest', paths: [join(bench.folder, 'in')], indicator: '5.1', year: 2023 });
      expect(rest.imported.length + rest.duplicates.length).toBe(FILES);
      expect(await bench.ask('evidence.list', {})).toHaveLength(FILES);
      // Also the text of files that were taken in but not read before the kill.
      expect((await bench.ask('search.query', { text: '第二页' })).hits).toHaveLength(FILES);
    }, 120_000);
  }
});
