import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { planBinding, writeVolume } from '../../src-main/binder/index.ts';
import type { CallOutput, Envelope, ServiceCallName, ServiceEvent } from '../../src-main/contract/index.ts';
import { Dispatcher } from '../../src-main/service/dispatcher.ts';
import { openBundledFonts } from '../../src-main/service/font-files.ts';
import { handlers } from '../../src-main/service/handlers/index.ts';
import { Session } from '../../src-main/service/session.ts';

export const resources = resolve(import.meta.dirname, '../../resources');

/** A service as the command line has it, without a window, in a folder of its own. */
export interface Workbench {
  readonly folder: string;
  readonly archive: string;
  readonly events: ServiceEvent[];
  readonly session: Session;
  readonly dispatcher: Dispatcher;
  /** Calls by name with plain input, as a message from the window would, and expects success. */
  ask<N extends ServiceCallName>(name: N, input: unknown): Promise<CallOutput<N>>;
  /** Calls and expects an expected trouble; answers its code. */
  refuse(name: ServiceCallName, input: unknown): Promise<string>;
  close(): Promise<void>;
}

export async function openWorkbench(options: { readonly today?: string } = {}): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'chuangdang-service-'));
  const events: ServiceEvent[] = [];
  const session = new Session({ emit: (event) => events.push(event), resources, today: options.today ?? '2024-04-12' });
  const dispatcher = new Dispatcher(handlers, session);
  const call = async (name: ServiceCallName, input: unknown): Promise<Envelope<unknown>> => dispatcher.callUntrusted(name, input);
  return {
    folder,
    archive: join(folder, '测试.cdarchive'),
    events,
    session,
    dispatcher,
    ask: async <N extends ServiceCallName>(name: N, input: unknown) => {
      const reply = await call(name, input);
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
      return reply.value as CallOutput<N>;
    },
    refuse: async (name, input) => {
      const reply = await call(name, input);
      if (reply.ok) throw new Error(`${name} succeeded where it should not: ${JSON.stringify(reply.value)}`);
      return reply.error.code;
    },
    close: async () => {
      await session.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a PDF whose pages say the given lines. */
export async function makePdf(path: string, pages: readonly (readonly string[])[]): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const bound = await planBinding({
    info: { title: path, created: '2024-01-01T00:00:00Z' },
    fonts: openBundledFonts(resources),
    numbering: {},
    sections: [
      {
        kind: 'drawn',
        key: 'text',
        labelPrefix: '',
        pages: pages.map((lines) => ({ width: 210, height: 297, ops: lines.map((text, index) => ({ op: 'text' as const, x: 30, y: 40 + index * 10, text, font: 'song' as const, size: 16 })) })),
      },
    ],
    onMissing: 'stop',
  });
  if (!bound.ok) throw new Error(JSON.stringify(bound.error));
  const written = await writeVolume(bound.value, path);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  return path;
}
