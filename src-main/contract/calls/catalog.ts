import { z } from 'zod';
import { evidenceKindSchema, indicatorCodeSchema, milestoneSchema, yearSchema } from '../domain-schemas.ts';
import { serviceCall } from './define.ts';

const text = z.string().max(20_000);
/** A name as it is kept: without blanks at its ends. */
const named = z.string().trim().min(1).max(500);
const comparison = z.enum(['>=', '<=', '=', '>', '<']);
const direction = z.enum(['not-falling', 'not-rising', 'rising', 'falling']);
const day = z.union([z.literal(''), z.iso.date('日期写作 2024-04-30')]);
const place = z.number().int().min(0).max(10_000);

/** A target as an editor states it; see the domain's `Target`. */
export const targetInputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), text, op: comparison, value: z.number(), unit: text, ratio: z.boolean() }),
  z.object({ kind: z.literal('trend'), text, direction, unit: text, ratio: z.boolean() }),
  z.object({ kind: z.literal('conditional'), text, threshold: z.number(), unit: text, below: direction, otherwise: direction, superiorTask: z.boolean() }),
  z.object({ kind: z.literal('superior-task'), text, alsoTrend: direction.nullable(), unit: text }),
  z.object({ kind: z.literal('institutional'), text, document: named, inForce: z.boolean() }),
  z.object({ kind: z.literal('declarations'), text }),
  z.object({ kind: z.literal('certificate'), text, stated: z.object({ op: comparison, value: z.number(), unit: text }).exactOptional() }),
]);

const indicatorFields = {
  name: named,
  kind: z.enum(['assessed', 'declarations', 'not-applicable']),
  target: targetInputSchema,
  lead: z.array(named).max(200),
  assist: z.array(named).max(200),
  note: text,
  declarations: z.array(named).max(200),
  sentence: text,
  requirements: z.array(z.object({ id: named, name: named, kind: evidenceKindSchema, per: z.enum(['year', 'period']), optional: z.literal(true).exactOptional() })).max(200),
  explanation: text,
};

const unitFields = { name: named, aliases: z.array(named).max(200), kind: z.enum(['unit', 'group']), members: z.array(named).max(500) };

/** An editor's changes to the catalog. One that would contradict itself is refused with every fault in words. */
export const catalogCalls = {
  /** Without a code it gets the next free number; without requirements those that its target asks for. `at` is its place in the group, from 0; last where null. */
  'catalog.addIndicator': serviceCall(
    () => z.object({
      group: named,
      at: place.nullable().default(null),
      indicator: z.object({
        ...indicatorFields,
        code: indicatorCodeSchema.pipe(z.custom<z.output<typeof indicatorCodeSchema>>((code) => typeof code === 'string' && /^[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*$/u.test(code), '编号只能用数字、字母和点，如 5.2、N.7')).nullable().default(null),
        kind: indicatorFields.kind.default('assessed'),
        lead: indicatorFields.lead.default([]),
        assist: indicatorFields.assist.default([]),
        note: text.default(''),
        declarations: indicatorFields.declarations.default([]),
        sentence: text.default(''),
        requirements: indicatorFields.requirements.nullable().default(null),
        explanation: text.default(''),
      }),
    }),
    () => z.object({ code: z.string() }),
  ),
  /** Its code stays: what was filed hangs on it. */
  'catalog.changeIndicator': serviceCall(() => z.object({ code: indicatorCodeSchema, change: z.object(indicatorFields).partial() }), () => z.object({})),
  'catalog.moveIndicator': serviceCall(() => z.object({ code: indicatorCodeSchema, group: named, at: place }), () => z.object({})),
  /** Out of the programme (or, with `retired: false`, back in). What was filed for it stays. */
  'catalog.retireIndicator': serviceCall(() => z.object({ code: indicatorCodeSchema, retired: z.boolean().default(true) }), () => z.object({})),
  /** Title, region, the plan's number, years, deadline and phases. What was entered for a year that goes stays, and is no longer asked for. */
  'catalog.changeHead': serviceCall(
    () => z.object({ change: z.object({ title: named, region: text, documentNumber: text, years: z.array(yearSchema).min(1).max(12), deadline: day, milestones: z.array(milestoneSchema.extend({ name: named, from: day, to: day })).max(40) }).partial() }),
    () => z.object({}),
  ),
  /** What the plan reader was not sure of when the archive was made, with the sentence. `code` is the indicator it is about; `settled` is null until a person has answered. */
  'catalog.questions': serviceCall(
    () => z.object({}),
    () => z.array(z.object({ number: z.number(), where: z.string(), sentence: z.string(), asks: z.string(), code: z.string().nullable(), settled: z.object({ note: z.string(), at: z.string() }).nullable() })),
  ),
  /** Answers a question, with a note of what was decided (it may be empty), or opens it again. */
  'catalog.settleQuestion': serviceCall(() => z.object({ number: z.number().int().min(1).max(100_000), settled: z.boolean(), note: z.string().trim().max(2000).default('') }), () => z.object({})),
  /** The same for several at once, as one change. */
  'catalog.settleQuestions': serviceCall(() => z.object({ numbers: z.array(z.number().int().min(1).max(100_000)).min(1).max(10_000), settled: z.boolean() }), () => z.object({ settled: z.number() })),
  /** Who belongs to a group of units. A name that no unit has becomes a unit, in the same change. */
  'catalog.setMembers': serviceCall(() => z.object({ group: named, members: z.array(named).max(500) }), () => z.object({})),
  'catalog.addUnit': serviceCall(() => z.object({ name: named, aliases: unitFields.aliases.default([]), kind: unitFields.kind.default('unit'), members: unitFields.members.default([]) }), () => z.object({})),
  /** A new name is carried into indicators, tasks, signatures and certificates; the old one stays as an alias. */
  'catalog.changeUnit': serviceCall(() => z.object({ name: named, change: z.object(unitFields).partial() }), () => z.object({})),
  'catalog.retireUnit': serviceCall(() => z.object({ name: named, retired: z.boolean().default(true) }), () => z.object({})),
  /** Two names of one unit: `from` and its aliases become aliases of `into`. */
  'catalog.mergeUnits': serviceCall(() => z.object({ from: named, into: named }), () => z.object({})),
};
