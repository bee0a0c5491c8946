import { z } from 'zod';
import { getSetting, setSetting } from '../archive/index.ts';
import type { ReadableDb, Tx } from '../archive/index.ts';

const NAME = 'plan-questions';

const storedSchema = z.array(z.object({ where: z.string(), sentence: z.string(), asks: z.string(), settled: z.object({ note: z.string(), at: z.string() }).nullable() }));

/** A doubt of the plan reader, kept with the archive until a person has answered it. */
export type PlanQuestion = z.infer<typeof storedSchema>[number];

/** In the order in which they were asked; none where the archive was not made from a plan, or what is stored is of another kind. */
export const readPlanQuestions = (db: ReadableDb): readonly PlanQuestion[] => {
  const stored = storedSchema.safeParse(getSetting(db, NAME));
  return stored.success ? stored.data : [];
};

export const writePlanQuestions = (tx: Tx, questions: readonly PlanQuestion[]): void => setSetting(tx, NAME, questions);
