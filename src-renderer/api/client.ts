import type { z } from 'zod';
import { calls, fail, readReply, serviceEventSchema, succeed } from '../../src-main/contract/index.ts';
import type { CallInput, CallName, CallOutput, Envelope, ServiceEvent, WindowBridge } from '../../src-main/contract/index.ts';

function bridge(): WindowBridge | null {
  return window.chuangdang ?? null;
}

/**
 * Asks the service or the shell. Never throws: a broken reply is an `internal` error, a missing bridge `service-died`. Replies are
 * checked against the contract's schema, because they cross a process border.
 */
export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<Envelope<CallOutput<N>>> {
  const over = bridge();
  if (over === null) return fail('service-died', name);
  let reply: unknown;
  try {
    reply = await over.call(name, input);
  } catch (error) {
    return fail('internal', name, error instanceof Error ? error.message : String(error));
  }
  const envelope = readReply(name, reply);
  if (!envelope.ok) return envelope;
  const value = outputs[name].output.safeParse(envelope.value);
  return value.success ? succeed(value.data) : fail('internal', name, `${name} 的答复与约定不符：${value.error.issues[0]?.path.join('.') ?? ''} ${value.error.issues[0]?.message ?? ''}`);
}

/** The table seen by name, so that the compiler keeps a name and its reply together. */
const outputs: { readonly [N in CallName]: { readonly output: z.ZodType<CallOutput<N>> } } = calls;

/** Events of the service and the shell; malformed ones are dropped. Returns the way to stop. */
export function onServiceEvent(listener: (event: ServiceEvent) => void): () => void {
  const over = bridge();
  if (over === null) return () => undefined;
  return over.onEvent((raw) => {
    const event = serviceEventSchema.safeParse(raw);
    if (event.success) listener(event.data);
  });
}

/** Paths on disk of dropped files; things without a path (text dragged from a page) are left out. */
export function pathsOfFiles(files: Iterable<File>): string[] {
  const over = bridge();
  if (over === null) return [];
  return [...files].map((file) => over.pathForFile(file)).filter((path) => path !== '');
}
