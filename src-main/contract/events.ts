import { z } from 'zod';
import { scanStatusSchema } from './calls/scans.ts';
import { errorCodes } from './errors.ts';

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
  z.object({ kind: z.literal('command'), command: z.enum(['open', 'new', 'undo', 'redo', 'search', 'export', 'print', 'save-pdf', 'about', 'shortcuts', 'manual']), path: z.string().optional() }),
]);
export type ServiceEvent = z.infer<typeof serviceEventSchema>;

/** Messages between Electron's main process and the service. */
export const toServiceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ kind: z.literal('shutdown') }),
]);
export type ToService = z.infer<typeof toServiceSchema>;

export const replyEnvelopeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.enum(errorCodes), about: z.string(), detail: z.string() }) }),
]);
export const fromServiceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), node: z.string() }),
  z.object({ kind: z.literal('reply'), id: z.number().int(), envelope: replyEnvelopeSchema }),
  z.object({ kind: z.literal('event'), event: serviceEventSchema }),
]);
export type FromService = z.infer<typeof fromServiceSchema>;
