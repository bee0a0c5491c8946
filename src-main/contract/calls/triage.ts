import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { evidenceIdSchema, evidenceKindSchema, fileKindSchema, indicatorCodeSchema, retentionSchema, yearSchema } from '../domain-schemas.ts';
import { serviceCall } from './define.ts';

/** One item in a list of thousands. */
export const evidenceRowSchema = z.object({
  id: z.string(),
  title: z.string(),
  fileKind: fileKindSchema,
  pages: z.number(),
  date: z.string(),
  confirmed: z.boolean(),
  indicators: z.array(z.string()),
  /** The best proposal; `sure` where it is far ahead of the next. */
  proposal: z.object({ code: z.string(), sure: z.boolean() }).nullable(),
});
export type EvidenceRowView = DeepReadonly<z.infer<typeof evidenceRowSchema>>;

const many = z.array(evidenceIdSchema).min(1).max(20_000);

/** Many items at once: each call is one step that undo takes back whole. */
export const triageCalls = {
  'evidence.rows': serviceCall(() => z.object({ filter: z.enum(['all', 'unlinked', 'unconfirmed', 'trash']).default('all') }), () => z.array(evidenceRowSchema)),
  /** `already`: those that stood there for that year; of them nothing is recorded. */
  'evidence.linkMany': serviceCall(
    () => z.object({ links: z.array(z.object({ id: evidenceIdSchema, indicator: indicatorCodeSchema, year: yearSchema.nullable() })).min(1).max(20_000) }),
    () => z.object({ items: z.number(), already: z.number() }),
  ),
  'evidence.trashMany': serviceCall(() => z.object({ ids: many }), () => z.object({ items: z.number() })),
  /** `items`: those in which something differed. */
  'evidence.updateMany': serviceCall(
    () => z.object({ ids: many, change: z.object({ kind: evidenceKindSchema.nullable(), retention: retentionSchema, original: z.enum(['original', 'copy', '']), sealed: z.boolean(), confirmed: z.boolean() }).partial() }),
    () => z.object({ items: z.number() }),
  ),
};
