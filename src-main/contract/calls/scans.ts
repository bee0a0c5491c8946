import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { evidenceIdSchema } from '../domain-schemas.ts';
import { serviceCall, serviceJob } from './define.ts';

/** How far reading scans is. It goes on in the background while an archive is open for writing. */
export const scanStatusSchema = z.object({
  state: z.enum(['idle', 'reading', 'paused']),
  /** Pages that wait to be read by their picture, and pages read so far. */
  waiting: z.number(),
  read: z.number(),
  /** Title of the item being read; empty where none is. */
  title: z.string(),
  /** Why reading stopped, a whole sentence; empty where it did not. */
  trouble: z.string(),
});
export type ScanStatus = DeepReadonly<z.infer<typeof scanStatusSchema>>;

/** A run of text and its place on the page as it is shown: parts of the page's width and height from the upper left corner, 0 to 1. */
export const placedTextSchema = z.object({ text: z.string(), x: z.number(), y: z.number(), w: z.number(), h: z.number() });

export const scanCalls = {
  'scans.status': serviceCall(() => z.object({}), () => scanStatusSchema),
  /** Stops after the page being read, or goes on. */
  'scans.pause': serviceCall(() => z.object({ paused: z.boolean() }), () => scanStatusSchema),
  /** Reads all scans that wait, to the end. */
  'scans.read': serviceJob(() => z.object({ jobId: z.string().min(1).max(64) }), () => z.object({ read: z.number(), failed: z.number(), waiting: z.number(), trouble: z.string() })),
  /** A picture of one page, for the shell's app:// protocol only: 220 or 1,600 pixels long. */
  'evidence.pageImage': serviceCall(
    () => z.object({ id: evidenceIdSchema, page: z.number().int().min(1).max(100_000), size: z.enum(['small', 'large']) }),
    () => z.object({ path: z.string(), mime: z.literal('image/jpeg') }),
  ),
  /** Text of one page with its places, for drawing what was found. `recognised`: read by its picture; `waiting`: that is still to come. */
  'evidence.pageText': serviceCall(
    () => z.object({ id: evidenceIdSchema, page: z.number().int().min(1).max(100_000) }),
    () => z.object({ text: z.string(), recognised: z.boolean(), waiting: z.boolean(), confidence: z.number(), /** Degrees clockwise by which the page must be turned to be read. */ turn: z.number(), runs: z.array(placedTextSchema) }),
  ),
};
