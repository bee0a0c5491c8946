import { z } from 'zod';
import { readFields } from '../contract/index.ts';
import type { CallOutput } from '../contract/index.ts';

type Reading = CallOutput<'evidence.read'>['readings'][number];

const guessSchema = z.object({ value: z.string(), where: z.object({ page: z.number(), text: z.string() }), confidence: z.number() }).nullish();
/** What intake leaves in an item's details; a strange shape (another version wrote it) counts as nothing read. */
const readingsSchema = z.object({ title: guessSchema, documentNumber: guessSchema, issuer: guessSchema, date: guessSchema, secrecy: guessSchema, photoTime: guessSchema, meeting: guessSchema });

const typedSchema = z.array(z.string());

/** What recognition may fill in (`kind` and the photo's facts are told by the camera's record), and `sealed`: that a page bears no seal is known only once a person said so. */
const describedFields = [...readFields, 'kind', 'photoFacts', 'sealed'] as const;
export type DescribedField = (typeof describedFields)[number];

/** Whether a person has set this field of an item, be it to nothing: then no reading takes its place. */
export function isTypedByHand(details: Readonly<Record<string, unknown>>, field: DescribedField): boolean {
  const parsed = typedSchema.safeParse(details['typed']);
  return parsed.success && parsed.data.includes(field);
}

/** Read fields that a person filled in, as `rememberTyped` keeps them. */
export function listTyped(details: Readonly<Record<string, unknown>>): CallOutput<'evidence.read'>['typed'] {
  const parsed = typedSchema.safeParse(details['typed']);
  return parsed.success ? readFields.filter((field) => parsed.data.includes(field)) : [];
}

/** An item's details after a person has changed some of its fields, so that no reading is taken for what was typed. */
export const rememberTyped = (details: Readonly<Record<string, unknown>>, changed: readonly string[]): Readonly<Record<string, unknown>> => {
  const typed = describedFields.filter((field) => changed.includes(field) || isTypedByHand(details, field));
  return typed.length === 0 ? details : { ...details, typed };
};

/** Readings of an item in the order of its form, each with the place it was read from. */
export function listReadings(details: Readonly<Record<string, unknown>>): readonly Reading[] {
  const parsed = readingsSchema.safeParse(details['guess']);
  if (!parsed.success) return [];
  return readFields.flatMap((field): readonly Reading[] => {
    const guess = parsed.data[field];
    return guess === null || guess === undefined ? [] : [{ field, value: guess.value, page: guess.where.page, text: guess.where.text, confidence: guess.confidence }];
  });
}
