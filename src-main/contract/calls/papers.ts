import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { serviceCall, serviceJob } from './define.ts';

export const paperFormatSchema = z.enum(['pdf', 'docx', 'xlsx', 'csv']);
export type PaperFormat = z.infer<typeof paperFormatSchema>;
export const paperPurposeSchema = z.enum(['submit', 'units', 'binding', 'review']);

const jobId = z.string().min(1).max(64);
const which = {
  kind: z.string().min(1).max(40),
  /** Which one of its kind, as `papers.list` names it; empty for the one, or for all of them in one file. */
  scope: z.string().max(500).default(''),
};

/** What a replaced paper said when the office's file took its place, and what it would say now. */
const factChangeSchema = z.object({ before: z.string(), now: z.string() });
const replacedSchema = z.object({ fileName: z.string(), pages: z.number(), note: z.string(), conversionNote: z.string(), at: z.string(), by: z.string(), changes: z.array(factChangeSchema) });
const templateSchema = z.object({ fileName: z.string(), at: z.string() });

export const paperListSchema = z.object({
  /** The papers that bear it are marked 草稿 while the check finds errors. */
  draft: z.boolean(),
  kinds: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      purpose: paperPurposeSchema,
      says: z.string(),
      formats: z.array(paperFormatSchema),
      scopeName: z.string(),
      replaceable: z.boolean(),
      /** Fields that an own template may name; empty where the kind takes none. */
      fields: z.array(z.string()),
      template: templateSchema.nullable(),
      scopes: z.array(z.object({ id: z.string(), name: z.string(), /** Beside the name in a list; empty where there is nothing to say. */ note: z.string(), replaced: replacedSchema.nullable() })),
    }),
  ),
  /** PDFs of the last export, to look at and to print page ranges of; `id` serves them as a made paper's does. */
  bound: z.object({ version: z.string(), draft: z.boolean(), files: z.array(z.object({ id: z.string(), name: z.string(), pages: z.number() })) }).nullable(),
  /** Files that stood for a paper that is no more, as after volumes were divided otherwise: they are bound nowhere. */
  stray: z.array(z.object({ kind: z.string(), name: z.string(), scope: z.string(), fileName: z.string() })),
});
export type PaperList = DeepReadonly<z.infer<typeof paperListSchema>>;

export const madePaperSchema = z.object({
  /** Serves the file to the window as `app://…/paper/ID` while the archive is open. */
  id: z.string(),
  name: z.string(),
  format: paperFormatSchema,
  pages: z.number(),
  bytes: z.number(),
  draft: z.boolean(),
  /** Where it was written; empty where it was only made to be looked at. */
  path: z.string(),
  /** `replacement`: the office's own file stands for it. `template`: the office's template was filled in. */
  source: z.enum(['generated', 'replacement', 'template']),
  changes: z.array(factChangeSchema),
  /** What its reader will find empty, in words for the clerk: known before it goes to paper. */
  gaps: z.array(z.string()),
});
export type MadePaper = DeepReadonly<z.infer<typeof madePaperSchema>>;

export const paperCalls = {
  /** Every paper that can be made now, by purpose. */
  'papers.list': serviceCall(() => z.object({}), () => paperListSchema),
  /** Makes one paper, or all of a kind in one file. `out` is a file path; without it the file lasts as long as the session. `generated` passes over the office's own file. */
  'papers.make': serviceJob(() => z.object({ jobId, ...which, format: paperFormatSchema, out: z.string().min(1).nullable().default(null), generated: z.boolean().default(false) }), () => madePaperSchema),
  /** Saves a made paper or a PDF of an export, whole or from page to page (from 1, both included), to the file path `out`. */
  'papers.save': serviceJob(() => z.object({ jobId, id: z.string().max(64), pages: z.object({ first: z.number().int().min(1), last: z.number().int().min(1) }).nullable().default(null), out: z.string().min(1) }), () => z.object({ path: z.string() })),
  /** Where a made paper lies; answered for the protocol and print handlers alone. */
  'papers.file': serviceCall(() => z.object({ id: z.string().max(64) }), () => z.object({ path: z.string(), mime: z.string(), name: z.string() })),
  /** A file of the office's (edited DOCX, signed scan) takes a paper's place wherever it is bound or made. */
  'papers.replace': serviceJob(() => z.object({ jobId, ...which, path: z.string().min(1), note: z.string().max(500).default('') }), () => replacedSchema),
  'papers.restore': serviceCall(() => z.object(which), () => z.object({})),
  /** The office's own DOCX with fields such as {{单位名称}}. */
  'papers.setTemplate': serviceCall(() => z.object({ kind: which.kind, path: z.string().min(1) }), () => templateSchema),
  'papers.removeTemplate': serviceCall(() => z.object({ kind: which.kind }), () => z.object({})),
};
