import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { dateSchema, evidenceIdSchema, indicatorCodeSchema } from '../domain-schemas.ts';
import { serviceCall } from './define.ts';

const personSchema = z.string().trim().min(1).max(80);
const findingId = z.string().min(1).max(64);
const round = z.number().int().min(1).max(9999);

/** One line of the 整改台账; a step that was not reached is empty text. Times are ISO 8601 in UTC, `due` is `YYYY-MM-DD`. */
export const reviewFindingSchema = z.object({
  id: z.string(),
  round: z.number(),
  indicator: z.string().nullable(),
  text: z.string(),
  state: z.enum(['open', 'assigned', 'answered', 'closed']),
  raisedBy: z.string(),
  raisedAt: z.string(),
  assignedTo: z.string(),
  due: z.string(),
  answer: z.string(),
  answerEvidence: z.array(z.string()),
  answeredBy: z.string(),
  answeredAt: z.string(),
  closedBy: z.string(),
  closedAt: z.string(),
});
export type ReviewFindingView = DeepReadonly<z.infer<typeof reviewFindingSchema>>;

/** A reviewer's findings on their way: raised, assigned to a unit, answered with evidence, closed. */
export const reviewCalls = {
  /** Rounds in their order, each with its findings. `closedAt` is empty while a round is open. */
  'review.rounds': serviceCall(
    () => z.object({}),
    () => z.array(z.object({ number: z.number(), name: z.string(), openedAt: z.string(), closedAt: z.string(), note: z.string(), findings: z.array(reviewFindingSchema) })),
  ),
  'review.open': serviceCall(() => z.object({ name: z.string().trim().min(1).max(200), note: z.string().max(2000).default('') }), () => z.object({ round: z.number() })),
  /** Refused while a finding of the round is not closed. */
  'review.close': serviceCall(() => z.object({ round }), () => z.object({})),
  'review.raise': serviceCall(() => z.object({ round, indicator: indicatorCodeSchema.nullable().default(null), text: z.string().trim().min(1).max(4000), by: personSchema }), () => reviewFindingSchema),
  /** Findings of a list (XLSX, CSV, TXT, DOCX), all in one change. A finding whose unit is known is assigned at once; `notes` says what of a line was not understood. */
  'review.import': serviceCall(
    () => z.object({ round, path: z.string().min(1), by: personSchema }),
    () => z.object({ added: z.number(), notes: z.array(z.object({ line: z.number(), text: z.string(), says: z.string() })) }),
  ),
  'review.assign': serviceCall(() => z.object({ id: findingId, unit: z.string().trim().min(1).max(200), due: dateSchema.default('') }), () => reviewFindingSchema),
  'review.answer': serviceCall(() => z.object({ id: findingId, answer: z.string().trim().min(1).max(4000), evidence: z.array(evidenceIdSchema).max(500).default([]), by: personSchema }), () => reviewFindingSchema),
  'review.closeFinding': serviceCall(() => z.object({ id: findingId, by: personSchema }), () => reviewFindingSchema),
  /** Takes an answered or closed finding back to its unit; its answer stays to be read. */
  'review.reopen': serviceCall(() => z.object({ id: findingId }), () => reviewFindingSchema),
};
