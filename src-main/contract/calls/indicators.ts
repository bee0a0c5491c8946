import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { catalogViewSchema, dateSchema, evidenceIdSchema, evidenceViewSchema, findingSchema, indicatorCodeSchema, indicatorViewSchema, judgementSchema, verdictSchema, yearSchema } from '../domain-schemas.ts';
import { serviceCall } from './define.ts';

const signOffSchema = z.object({ unit: z.string(), kind: z.enum(['signed', 'declared-none']), by: z.string(), at: z.string() });
const valueSchema = z.object({
  year: yearSchema,
  value: z.number(),
  unit: z.string(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  sourceEvidence: z.string().nullable(),
  sourcePage: z.number().nullable(),
});

const proposalSchema = z.object({
  value: z.number(),
  unit: z.string(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  evidence: z.string(),
  title: z.string(),
  /** From 1. */
  page: z.number(),
  /** Where it stands, shortened. */
  sentence: z.string(),
});

/** State of one indicator as the tree and the completion map show it. */
export const indicatorStateSchema = z.object({
  code: z.string(),
  name: z.string(),
  group: z.string(),
  kind: z.enum(['assessed', 'declarations', 'not-applicable']),
  overall: verdictSchema,
  complete: z.boolean(),
  errors: z.number(),
  warnings: z.number(),
  evidence: z.number(),
});
export type IndicatorState = DeepReadonly<z.infer<typeof indicatorStateSchema>>;

export const indicatorCalls = {
  'catalog.read': serviceCall(() => z.object({}), () => catalogViewSchema),
  'overview.read': serviceCall(
    () => z.object({}),
    () => z.object({
      states: z.array(indicatorStateSchema),
      complete: z.number(),
      errors: z.number(),
      /** How many of the errors only tell of what is still to come. */
      pending: z.number(),
      warnings: z.number(),
      evidence: z.number(),
      pages: z.number(),
      unlinked: z.number(),
      today: z.string(),
      deadline: z.string(),
      milestones: z.array(z.object({ name: z.string(), from: z.string(), to: z.string(), state: z.enum(['past', 'now', 'ahead']) })),
      /**
       * Units that hold a task. `owes`: indicators for which an open error belongs to it. `due`, `contact` and `phone` as entered by
       * `unit.setDue`, else empty; `deadline` is that day, or else the plan's. `overdue` past that day with something owed, also where `handedOut` is empty.
       */
      units: z.array(
        z.object({
          name: z.string(), leads: z.number(), assists: z.number(), owes: z.number(), due: z.string(), deadline: z.string(), handedOut: z.string(), overdue: z.boolean(), contact: z.string(), phone: z.string(),
        }),
      ),
      /**
       * Where this archive is a unit's copy, made from its task pack: whose, for whom, by which day, and how much of its own errors
       * are values, signatures and everything else (material); otherwise null.
       */
      handBack: z.object({ unit: z.string(), sender: z.string(), due: z.string(), values: z.number(), material: z.number(), signOffs: z.number() }).nullable(),
      /** What to mend first: the first errors, then warnings, a few; in a unit's copy none that others must act on. */
      findings: z.array(findingSchema),
      events: z.array(z.object({ seq: z.number(), at: z.string(), actor: z.string(), text: z.string() })),
    }),
  ),
  'indicator.read': serviceCall(
    () => z.object({ code: indicatorCodeSchema }),
    () => z.object({
      indicator: indicatorViewSchema,
      group: z.string(),
      years: z.array(yearSchema),
      judgement: judgementSchema,
      values: z.array(valueSchema),
      report: z.string(),
      evidence: z.array(evidenceViewSchema),
      /** Each requirement and year: what fills it. `year` is null for the whole period. */
      requirements: z.array(z.object({ id: z.string(), name: z.string(), year: yearSchema.nullable(), evidence: z.array(z.string()) })),
      signOffs: z.array(signOffSchema),
      declarations: z.array(z.object({ number: z.number(), text: z.string(), answer: z.enum(['yes', 'no']).nullable(), signedBy: z.string(), certificate: z.string().nullable() })),
      /** What persons decided where the program left it to them; `year` is null for all years. */
      rulings: z.array(z.object({ year: yearSchema.nullable(), verdict: z.enum(['met', 'unmet']), reason: z.string(), by: z.string(), at: z.string() })),
      findings: z.array(findingSchema),
    }),
  ),
  /**
   * Values that filed documents state plainly for years that have none, each year of each indicator in the catalog's order; two or three
   * choices where documents differ. Nothing is entered: `indicator.setValue` takes one, with its source and page.
   */
  'indicator.proposals': serviceCall(
    () => z.object({}),
    () => z.array(z.object({ code: z.string(), year: yearSchema, choices: z.array(proposalSchema).min(1) })),
  ),
  'indicator.setValue': serviceCall(
    () => z.object({
      code: indicatorCodeSchema,
      year: yearSchema,
      value: z.number(),
      unit: z.string().max(40),
      numerator: z.number().nullable().default(null),
      denominator: z.number().nullable().default(null),
      sourceEvidence: evidenceIdSchema.nullable().default(null),
      sourcePage: z.number().int().min(1).nullable().default(null),
    }),
    () => judgementSchema,
  ),
  'indicator.clearValue': serviceCall(() => z.object({ code: indicatorCodeSchema, year: yearSchema }), () => judgementSchema),
  'indicator.setReport': serviceCall(() => z.object({ code: indicatorCodeSchema, text: z.string().max(200_000) }), () => z.object({})),
  /** A certificate that is left out stays as it was; null takes it off. */
  'indicator.declare': serviceCall(
    () => z.object({ code: indicatorCodeSchema, number: z.number().int().min(1), answer: z.enum(['yes', 'no']), signedBy: z.string().max(80).default(''), certificate: evidenceIdSchema.nullish() }),
    () => judgementSchema,
  ),
  'indicator.signOff': serviceCall(
    () => z.object({ code: indicatorCodeSchema, unit: z.string().min(1), kind: z.enum(['signed', 'declared-none']).default('signed'), by: z.string().max(80).default('') }),
    () => judgementSchema,
  ),
  'indicator.withdrawSignOff': serviceCall(() => z.object({ code: indicatorCodeSchema, unit: z.string().min(1) }), () => judgementSchema),
  /** A person decides what the program leaves to persons. It settles a year left open and may withdraw a pass; it never makes up for missing data. */
  'indicator.rule': serviceCall(
    () => z.object({ code: indicatorCodeSchema, year: yearSchema.nullable().default(null), verdict: z.enum(['met', 'unmet']), reason: z.string().trim().min(1).max(2000), by: z.string().trim().min(1).max(80) }),
    () => judgementSchema,
  ),
  'indicator.withdrawRuling': serviceCall(() => z.object({ code: indicatorCodeSchema, year: yearSchema.nullable().default(null) }), () => judgementSchema),
  'check.run': serviceCall(
    () => z.object({}),
    () => z.object({ indicators: z.number(), complete: z.number(), errors: z.number(), /** Among the errors. */ pending: z.number(), warnings: z.number(), findings: z.array(findingSchema) }),
  ),
  'check.waive': serviceCall(
    () => z.object({ rule: z.string(), indicator: indicatorCodeSchema.nullable(), evidence: evidenceIdSchema.nullable(), reason: z.string().min(1).max(2000), by: z.string().min(1).max(80) }),
    () => z.object({}),
  ),
  /** Takes back a waiver given earlier; the finding counts again. */
  'check.withdrawWaiver': serviceCall(() => z.object({ rule: z.string(), indicator: indicatorCodeSchema.nullable(), evidence: evidenceIdSchema.nullable() }), () => z.object({})),
  /** What is left out stays: two fields that are left one after the other do not undo each other. */
  'unit.setDue': serviceCall(() => z.object({ unit: z.string(), due: dateSchema.optional(), contact: z.string().max(80).optional(), phone: z.string().max(40).optional() }), () => z.object({})),
};
