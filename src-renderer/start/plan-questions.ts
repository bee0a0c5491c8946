import { z } from 'zod';
import type { CallOutput } from '../../src-main/contract/index.ts';

export type PlanQuestion = CallOutput<'archive.create'>['questions'][number];

const keyOf = (folder: string): string => `plan-questions:${folder}`;
const questionsSchema = z.array(z.object({ where: z.string(), sentence: z.string(), asks: z.string() }));

/** What the plan reader was not sure of when the archive was made, until a person says that it is settled. */
export function readPlanQuestions(storage: Storage, folder: string): readonly PlanQuestion[] {
  try {
    const read = questionsSchema.safeParse(JSON.parse(storage.getItem(keyOf(folder)) ?? '[]'));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}

export function keepPlanQuestions(storage: Storage, folder: string, questions: readonly PlanQuestion[]): void {
  if (questions.length === 0) storage.removeItem(keyOf(folder));
  else storage.setItem(keyOf(folder), JSON.stringify(questions));
}
