import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { dateSchema, evidenceIdSchema, evidenceKindSchema, evidenceViewSchema, fileKindSchema, indicatorCodeSchema, photoFactsSchema, retentionSchema, yearSchema } from '../domain-schemas.ts';
import { errorCodes } from '../errors.ts';
import { serviceCall, serviceJob } from './define.ts';

export const importResultSchema = z.object({
  imported: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      sha256: z.string(),
      kind: fileKindSchema,
      pages: z.number(),
      title: z.string(),
      documentNumber: z.string(),
      issuer: z.string(),
      date: z.string(),
      suggestions: z.array(z.object({ code: z.string(), score: z.number() })),
    }),
  ),
  duplicates: z.array(z.object({ file: z.string(), of: z.string() })),
  /** Imported all the same: pages that show what a page of another item shows. */
  alike: z.array(z.object({ id: z.string(), file: z.string(), page: z.number(), of: z.string(), ofPage: z.number() })),
  rejected: z.array(z.object({ file: z.string(), error: z.enum(errorCodes), message: z.string() })),
  /** Files of the system, such as Thumbs.db, that nobody means to file. */
  skipped: z.array(z.object({ file: z.string(), message: z.string() })),
});
export type ImportResult = DeepReadonly<z.infer<typeof importResultSchema>>;

/** Fields that are read from a document's pages or a photo's own record. */
export const readFields = ['title', 'documentNumber', 'issuer', 'date', 'secrecy', 'photoTime', 'meeting'] as const;

const linkTarget = { id: evidenceIdSchema, indicator: indicatorCodeSchema };

export const evidenceCalls = {
  /** Files and folders (walked); each file is copied, hashed and looked into. With `indicator`, linked to it at once. */
  'evidence.import': serviceJob(
    () => z.object({ jobId: z.string().min(1).max(64), paths: z.array(z.string().min(1)).min(1), indicator: indicatorCodeSchema.nullable().default(null), year: yearSchema.nullable().default(null) }),
    () => importResultSchema,
  ),
  'evidence.list': serviceCall(
    () => z.object({ filter: z.enum(['all', 'unlinked', 'unconfirmed', 'trash']).default('all'), text: z.string().default('') }),
    () => z.array(evidenceViewSchema),
  ),
  'evidence.read': serviceCall(
    () => z.object({ id: evidenceIdSchema }),
    () => evidenceViewSchema.extend({
      /** What was read on its pages, where, and how often such a reading is right (0–1): offered, never a fact until `confirmed`. */
      readings: z.array(z.object({ field: z.enum(readFields), value: z.string(), page: z.number(), text: z.string(), confidence: z.number() })),
      /** Fields of these that a person has filled in here. */
      typed: z.array(z.enum(readFields)),
      /** Files that it had before, oldest first, each with the exports that bound it. */
      revisions: z.array(z.object({ number: z.number(), fileName: z.string(), bytes: z.number(), pages: z.number(), replacedAt: z.string(), replacedBy: z.string(), reason: z.string(), usedBy: z.array(z.string()) })),
      /** Exports that bound the file it has now. */
      usedBy: z.array(z.string()),
      suggestions: z.array(z.object({ code: z.string(), name: z.string(), score: z.number(), words: z.array(z.string()) })),
    }),
  ),
  'evidence.update': serviceCall(
    () => z.object({
      id: evidenceIdSchema,
      change: z
        .object({
          title: z.string().max(500),
          titleMade: z.boolean(),
          documentNumber: z.string().max(100),
          issuer: z.string().max(200),
          date: dateSchema,
          secrecy: z.string().max(20),
          retention: retentionSchema,
          kind: evidenceKindSchema.nullable(),
          original: z.enum(['original', 'copy', '']),
          originalPlace: z.string().max(200),
          draft: z.boolean(),
          sealed: z.boolean(),
          confirmed: z.boolean(),
          validUntil: dateSchema,
          photoFacts: photoFactsSchema.nullable(),
        })
        .partial(),
    }),
    () => evidenceViewSchema,
  ),
  /** Another file in the item's place; the one before is kept. `usedBy`: exports that bound the one before. */
  'evidence.replace': serviceJob(
    () => z.object({ jobId: z.string().min(1).max(64), id: evidenceIdSchema, path: z.string().min(1), reason: z.string().max(200).default('') }),
    () => z.object({ id: z.string(), fileName: z.string(), sha256: z.string(), pages: z.number(), replaced: z.object({ fileName: z.string(), sha256: z.string() }), usedBy: z.array(z.string()), marksRemoved: z.number() }),
  ),
  /** `linked` is false, and nothing is recorded, where the item stood there for that year already. */
  'evidence.link': serviceCall(() => z.object({ ...linkTarget, year: yearSchema.nullable().default(null), requirement: z.string().default(''), note: z.string().max(500).default('') }), () => z.object({ linked: z.boolean() })),
  /** Takes the item off the indicator for one year (null: the whole period), or, as one step, for all it stands there for. */
  'evidence.unlink': serviceCall(() => z.object({ ...linkTarget, year: yearSchema.nullable().default(null), everyYear: z.boolean().default(false) }), () => z.object({})),
  /** Takes the item from one indicator to another, as one step: for one year (null: the whole period), or for all it stands there for, each year kept. */
  'evidence.moveLink': serviceCall(() => z.object({ ...linkTarget, to: indicatorCodeSchema, year: yearSchema.nullable().default(null), everyYear: z.boolean().default(false) }), () => z.object({})),
  /** Items of one indicator in their new order. */
  'evidence.reorder': serviceCall(() => z.object({ indicator: indicatorCodeSchema, ids: z.array(evidenceIdSchema) }), () => z.object({})),
  'evidence.trash': serviceCall(() => z.object({ id: evidenceIdSchema }), () => z.object({})),
  'evidence.restore': serviceCall(() => z.object({ id: evidenceIdSchema }), () => z.object({})),
  /** Removes for good what lies in 回收站; cannot be undone. */
  'evidence.emptyTrash': serviceCall(() => z.object({}), () => z.object({ items: z.number() })),
  /** The file to show for an item, for the shell's app:// protocol only. */
  'evidence.file': serviceCall(() => z.object({ id: evidenceIdSchema }), () => z.object({ path: z.string(), mime: z.string(), /** The file as it was taken in, and its name. */ original: z.string(), fileName: z.string() })),
  /** Words in titles, numbers, issuers and on pages; `places` are indicators and units of that name. */
  'search.query': serviceCall(
    () => z.object({ text: z.string().min(1).max(200), limit: z.number().int().min(1).max(500).default(50) }),
    () => z.object({
      hits: z.array(
        z.object({
          kind: z.enum(['item', 'page']),
          id: z.string(),
          title: z.string(),
          page: z.number(),
          snippet: z.string(),
          /** What was found, as offsets in `snippet`. */
          from: z.number(),
          to: z.number(),
          indicators: z.array(z.string()),
          /** 文号 or 责任者, and the date: tells it from others of its title. */
          about: z.string(),
        }),
      ),
      /** `sentence`: the plan's words around what was found, where not the indicator's name has it. */
      places: z.array(z.object({ kind: z.enum(['indicator', 'unit']), code: z.string(), name: z.string(), sentence: z.string() })),
      ms: z.number(),
    }),
  ),
  'history.undo': serviceCall(() => z.object({}), () => z.object({ text: z.string() })),
  'history.redo': serviceCall(() => z.object({}), () => z.object({ text: z.string() })),
};
