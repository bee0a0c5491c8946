import { z } from 'zod';
import { scanStatusSchema } from './calls/scans.ts';
import { callError, errorCodes, fail, succeed } from './errors.ts';
import type { Envelope } from './errors.ts';

/** What the service tells without being asked. Progress comes at most every 100 ms for each job. */
export const serviceEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('job-progress'), jobId: z.string(), /** 0 to 1. */ value: z.number().min(0).max(1), text: z.string() }),
  z.object({ kind: z.literal('job-ended'), jobId: z.string(), state: z.enum(['done', 'failed', 'cancelled']) }),
  /** Something in the open archive changed; what was read before may be stale. */
  z.object({ kind: z.literal('archive-changed') }),
  /** Reading scans began, went on by a page, was paused or ended. */
  z.object({ kind: z.literal('scan-status'), status: scanStatusSchema }),
  z.object({ kind: z.literal('service-state'), state: z.enum(['running', 'restarted', 'stopped']) }),
  /** A menu command or a drop on the program's icon, for the window to carry out. */
  z.object({ kind: z.literal('command'), command: z.enum(['open', 'new', 'import-files', 'import-folder', 'undo', 'redo', 'search', 'export', 'print', 'save-pdf', 'about', 'shortcuts', 'manual']), path: z.string().optional() }),
]);
export type ServiceEvent = z.infer<typeof serviceEventSchema>;

/** Messages between Electron's main process and the service. */
export const toServiceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ kind: z.literal('shutdown') }),
]);
export type ToService = z.infer<typeof toServiceSchema>;

const replyEnvelopeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.enum(errorCodes), about: z.string(), detail: z.string() }) }),
]);

/** The reply to a call of that name as it crosses a process border: an envelope in JSON. One that is broken reads as an `internal` error. */
export function readReply(name: string, reply: unknown): Envelope<unknown> {
  let raw: unknown;
  try {
    raw = typeof reply === 'string' ? JSON.parse(reply) : undefined;
  } catch {
    raw = undefined;
  }
  const envelope = replyEnvelopeSchema.safeParse(raw);
  if (!envelope.success) return fail('internal', name, `${name} 的答复不完整`);
  if (envelope.data.ok) return succeed(envelope.data.value);
  const { code, about, detail } = envelope.data.error;
  return { ok: false, error: callError(code, about, detail) };
}

export const fromServiceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), node: z.string() }),
  /**
   * `envelope` is JSON, taken apart by whoever asked: as one string it passes the processes between in a tenth of the time. A long one is
   * deflated (raw): a pipe takes some 200 kB at a time, and while a job runs each helping waits for its turn.
   */
  z.object({ kind: z.literal('reply'), id: z.number().int(), envelope: z.union([z.string(), z.instanceof(Uint8Array)]) }),
  z.object({ kind: z.literal('event'), event: serviceEventSchema }),
]);
export type FromService = z.infer<typeof fromServiceSchema>;
