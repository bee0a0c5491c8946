import { z } from 'zod';
import { dateSchema, evidenceIdSchema, indicatorCodeSchema } from '../domain-schemas.ts';
import { serviceCall } from './define.ts';

const key = {
  code: indicatorCodeSchema,
  /** Number of the situation it is for; 0 for an indicator that does not apply. */
  number: z.number().int().min(0).max(200).default(0),
  unit: z.string().trim().min(1).max(200),
};
const state = z.enum(['needed', 'printed', 'sent', 'returned']);

/** The way of a 证明: printed, given to its unit, returned sealed and attached. Dates are `YYYY-MM-DD` or empty. */
export const certificateCalls = {
  'certificate.list': serviceCall(
    () => z.object({}),
    () => z.array(z.object({ indicator: z.string(), number: z.number(), unit: z.string(), state, evidence: z.string().nullable(), printedAt: z.string(), returnedAt: z.string(), note: z.string() })),
  ),
  /** Dates that are left out are today's when their step is reached. A returned certificate is filed for its indicator, or attached to its situation's answer. */
  'certificate.set': serviceCall(
    () => z.object({ ...key, state, evidence: evidenceIdSchema.nullable().default(null), printedAt: dateSchema.nullable().default(null), returnedAt: dateSchema.nullable().default(null), note: z.string().max(2000).default('') }),
    () => z.object({}),
  ),
  'certificate.remove': serviceCall(() => z.object(key), () => z.object({})),
};
