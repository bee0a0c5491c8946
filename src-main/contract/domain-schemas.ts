import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { evidenceId, indicatorCode } from '../domain/ids.ts';

/** Run-time shapes of the domain's words where they cross a process border. Kept equal to the types by `satisfies` in the tests of this layer. */
export const indicatorCodeSchema = z.string().min(1).max(20).transform(indicatorCode);
export const evidenceIdSchema = z.string().min(1).max(64).transform(evidenceId);
export const yearSchema = z.number().int().min(1949).max(2200);
export const dateSchema = z.string().regex(/^(|\d{4}|\d{4}-\d{2}-\d{2})$/, '日期写作 2024-04-30');
export const verdictSchema = z.enum(['met', 'unmet', 'missing', 'judge']);
export const evidenceKindSchema = z.enum(['official-document', 'data-table', 'report', 'photo', 'web-capture', 'certificate']);
export const fileKindSchema = z.enum(['pdf', 'jpeg', 'png', 'tiff', 'webp', 'bmp', 'heic', 'docx', 'xlsx', 'doc', 'xls', 'ppt', 'ofd', 'txt', 'unknown']);
export const retentionSchema = z.enum(['', '永久', '30年', '10年']);

export const yearVerdictSchema = z.object({ year: yearSchema, verdict: verdictSchema, because: z.string() });
export const judgementSchema = z.object({ overall: verdictSchema, because: z.string(), years: z.array(yearVerdictSchema) });

export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  indicator: z.string().nullable(),
  evidence: z.string().nullable(),
  /** The year whose value it is about; null where it is about none or about several. */
  year: z.number().nullable(),
  message: z.string(),
  basis: z.string(),
  waived: z.boolean(),
  /** Units that must act; empty where it is the office that compiles. */
  units: z.array(z.string()),
});

export const milestoneSchema = z.object({ name: z.string(), from: z.string(), to: z.string() });
export const unitSchema = z.object({ name: z.string(), aliases: z.array(z.string()), kind: z.enum(['unit', 'group']), members: z.array(z.string()), retired: z.literal(true).optional() });
export const requirementSchema = z.object({ id: z.string(), name: z.string(), kind: evidenceKindSchema, per: z.enum(['year', 'period']) });

/** Target as screen and terminal show it: its kind, its wording, and the comparison where it has one. */
export const targetViewSchema = z.object({
  kind: z.enum(['value', 'trend', 'conditional', 'superior-task', 'institutional', 'declarations', 'certificate']),
  text: z.string(),
  op: z.string().optional(),
  value: z.number().optional(),
  unit: z.string().optional(),
}).loose();

export const indicatorViewSchema = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(['assessed', 'declarations', 'not-applicable']),
  target: targetViewSchema,
  /** Where a figure comes from that the plan itself does not state. */
  targetBasis: z.string().optional(),
  lead: z.array(z.string()),
  assist: z.array(z.string()),
  note: z.string(),
  declarations: z.array(z.string()),
  sentence: z.string(),
  requirements: z.array(requirementSchema),
  explanation: z.string(),
  /** Taken out of the programme: kept for the record, neither judged nor checked. */
  retired: z.literal(true).optional(),
});

export const catalogViewSchema = z.object({
  title: z.string(),
  region: z.string(),
  documentNumber: z.string(),
  years: z.array(yearSchema),
  deadline: z.string(),
  milestones: z.array(milestoneSchema),
  groups: z.array(z.object({ code: z.string(), name: z.string(), indicators: z.array(indicatorViewSchema) })),
  units: z.array(unitSchema),
});

export const photoFactsSchema = z.object({
  time: z.string(), place: z.string(), people: z.string(), subject: z.string(), background: z.string(), occasion: z.string(),
});

/** One 件 in a list. */
export const evidenceViewSchema = z.object({
  id: z.string(),
  sha256: z.string(),
  fileName: z.string(),
  fileKind: fileKindSchema,
  bytes: z.number(),
  pages: z.number(),
  kind: evidenceKindSchema.nullable(),
  title: z.string(),
  titleMade: z.boolean(),
  documentNumber: z.string(),
  issuer: z.string(),
  date: z.string(),
  secrecy: z.string(),
  retention: retentionSchema,
  original: z.enum(['original', 'copy', '']),
  originalPlace: z.string(),
  draft: z.boolean(),
  sealed: z.boolean(),
  confirmed: z.boolean(),
  validUntil: z.string(),
  integrity: z.enum(['ok', 'changed', 'unreadable', 'encrypted']),
  /** How the window shows it: as PDF (its own or a conversion), as a picture, or not at all. */
  shownAs: z.enum(['pdf', 'picture', 'none']),
  /** Reservation about the PDF that was made of the file, as 近似转换; empty where the file itself is bound or nothing was lost. */
  conversionNote: z.string(),
  photoFacts: photoFactsSchema.nullable(),
  links: z.array(z.object({ indicator: z.string(), year: yearSchema.nullable(), requirement: z.string(), order: z.number(), note: z.string() })),
});
export type EvidenceView = DeepReadonly<z.infer<typeof evidenceViewSchema>>;
