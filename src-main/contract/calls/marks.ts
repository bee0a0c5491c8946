import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { evidenceIdSchema } from '../domain-schemas.ts';
import { serviceCall } from './define.ts';

const coordinate = z.number().min(-100_000).max(100_000);

/**
 * One straight stroke under a proving passage. On PDF pages: user space of the page as the file states it, before
 * its /Rotate, in points from the lower left. On pictures: parts of their width and height, upright, from the upper left.
 */
export const markLineSchema = z.object({ x1: coordinate, y1: coordinate, x2: coordinate, y2: coordinate });
const markId = z.string().min(1).max(64);

export const proofMarkSchema = z.object({ id: z.string(), page: z.number(), lines: z.array(markLineSchema), note: z.string() });
export type ProofMarkView = DeepReadonly<z.infer<typeof proofMarkSchema>>;

/** 印证标识: red lines under what proves an indicator. They are drawn in bound copies only; the file never changes. */
export const markCalls = {
  /** Marks of one item, by page. */
  'mark.list': serviceCall(() => z.object({ id: evidenceIdSchema }), () => z.array(proofMarkSchema)),
  /** `page` from 1. */
  'mark.add': serviceCall(
    () => z.object({ id: evidenceIdSchema, page: z.number().int().min(1), lines: z.array(markLineSchema).min(1).max(200), note: z.string().max(500).default('') }),
    () => proofMarkSchema,
  ),
  'mark.remove': serviceCall(() => z.object({ id: evidenceIdSchema, mark: markId }), () => z.object({})),
};
