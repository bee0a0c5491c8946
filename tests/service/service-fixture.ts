import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallOutput, Envelope, ServiceCallName, ServiceEvent } from '../../src-main/contract/index.ts';
import { Dispatcher } from '../../src-main/service/dispatcher.ts';
import { handlers } from '../../src-main/service/handlers/index.ts';
import { Session } from '../../src-main/service/session.ts';
import { resources } from '../fixtures/make-pdf.ts';

export { makePdf, resources } from '../fixtures/make-pdf.ts';

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
