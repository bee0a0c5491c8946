import { z } from 'zod';
import { serviceCall } from './define.ts';

const day = z.union([z.literal(''), z.iso.date()]).default('');

/** The log of who did what. */
export const eventCalls = {
  /**
   * Entries, newest first. `from` and `until` are days of this machine, both included, open where empty; `words` must all stand in what an entry
   * says. A call looks at some thousands of entries at most: `next` is the `before` to go on with, null at the log's beginning.
   */
  'event.list': serviceCall(
    () => z.object({ before: z.number().int().min(1).nullable().default(null), limit: z.number().int().min(1).max(500).default(200), from: day, until: day, actor: z.string().max(200).default(''), words: z.string().max(200).default('') }),
    () => z.object({
      events: z.array(z.object({ seq: z.number(), at: z.string(), actor: z.string(), text: z.string(), indicator: z.string().nullable(), item: z.string().nullable() })),
      next: z.number().nullable(),
    }),
  ),
  /** Whose name the log writes on this computer: `name` as said there, else empty, and the system's account that stands for it then. `kept` is false where it cannot be said. */
  'person.read': serviceCall(() => z.object({}), () => z.object({ name: z.string(), account: z.string(), kept: z.boolean() })),
  'person.write': serviceCall(() => z.object({ name: z.string().trim().max(40) }), () => z.object({})),
  /** Everybody whom the log names. */
  'event.actors': serviceCall(() => z.object({}), () => z.array(z.string())),
};
