import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { serviceCall, serviceJob } from './define.ts';

export const archiveInfoSchema = z.object({
  folder: z.string(),
  title: z.string(),
  region: z.string(),
  readOnly: z.boolean(),
  /** Who holds the archive for writing, where this is not us; empty otherwise. */
  heldBy: z.string(),
});
export type ArchiveInfo = DeepReadonly<z.infer<typeof archiveInfoSchema>>;

/** A doubt of the plan reader, with the sentence it arose from. */
export const questionSchema = z.object({ where: z.string(), sentence: z.string(), asks: z.string() });

const jobId = z.string().min(1).max(64);

const backupsSchema = z.array(z.object({ name: z.string(), at: z.string(), bytes: z.number(), reason: z.string() }));

const verifyReportSchema = z.object({
  ok: z.boolean(),
  objects: z.number(),
  /** `mends`: what helps, a kept copy of the file or a restored backup of the database; empty for the rest. */
  problems: z.array(z.object({ kind: z.string(), path: z.string(), message: z.string(), mends: z.enum(['copy', 'backup', '']) })),
});

/** Where a new archive's indicators come from. */
const originSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('builtin'), id: z.string() }),
  z.object({ kind: z.literal('catalog-file'), path: z.string() }),
  z.object({ kind: z.literal('plan'), path: z.string() }),
]);

export const archiveCalls = {
  /** What an archive from there would hold, without making it; fails as `archive.create` would. `questions`: how many doubts the plan reader has. */
  'archive.foresee': serviceCall(() => z.object({ from: originSchema }), () => z.object({ title: z.string(), region: z.string(), indicators: z.number(), questions: z.number() })),
  /** Makes `folder` (which must not exist or be empty) and opens it. Exactly one source of indicators. */
  'archive.create': serviceCall(
    () => z.object({
      folder: z.string().min(1),
      from: originSchema,
    }),
    () => z.object({ archive: archiveInfoSchema, indicators: z.number(), questions: z.array(questionSchema) }),
  ),
  'archive.open': serviceCall(() => z.object({ folder: z.string().min(1), readOnly: z.boolean().default(false) }), () => archiveInfoSchema),
  'archive.close': serviceCall(() => z.object({}), () => z.object({})),
  /** The archive that is open, or null. */
  'archive.current': serviceCall(() => z.object({}), () => archiveInfoSchema.nullable()),
  /** Whether the open archive's folder can still be reached (a stick may have been pulled out). True where none is open. */
  'archive.present': serviceCall(() => z.object({}), () => z.object({ present: z.boolean() })),
  /** Makes a full sample archive in `folder` and opens it. */
  'archive.sample': serviceJob(
    () => z.object({ jobId, folder: z.string().min(1), size: z.enum(['full', 'small']).default('full'), faults: z.boolean().default(false) }),
    () => z.object({
      archive: archiveInfoSchema,
      evidence: z.number(),
      planted: z.array(z.string()),
      /** With `faults` (small only): every rule and indicator of which the check has to tell. */
      faults: z.array(z.object({ rule: z.string(), indicator: z.string().nullable(), text: z.string() })),
    }),
  ),
  'archive.verify': serviceJob(() => z.object({ jobId }), () => verifyReportSchema),
  /**
   * Verifies, and puts back what is damaged or missing from `from` (copies of the archive folder, or any folders or files), by hash; nothing
   * that is whole is touched. `left`: what is still wrong. Not while files come in.
   */
  'archive.repair': serviceJob(
    () => z.object({ jobId, from: z.array(z.string().min(1)).min(1).max(20) }),
    () => z.object({ repaired: z.array(z.object({ path: z.string(), name: z.string(), from: z.string() })), left: verifyReportSchema }),
  ),
  /** Verifies once more and removes stored files that no item uses; nothing that was filed is touched. Not while files come in. */
  'archive.removeOrphans': serviceJob(() => z.object({ jobId }), () => z.object({ removed: z.number() })),
  'archive.backups': serviceCall(() => z.object({}), () => backupsSchema),
  /** Backups of an archive that does not open, newest first. */
  'archive.backupsOf': serviceCall(() => z.object({ folder: z.string().min(1) }), () => backupsSchema),
  /** Puts a backup in place of a database that does not open any more, and opens the archive; the damaged one is kept beside the backups. */
  'archive.restoreDamaged': serviceCall(() => z.object({ folder: z.string().min(1), name: z.string().min(1) }), () => archiveInfoSchema),
  'archive.backup': serviceCall(() => z.object({}), () => z.object({ name: z.string(), made: z.boolean() })),
  'archive.restore': serviceCall(() => z.object({ name: z.string() }), () => archiveInfoSchema),
  /** Built-in catalogs to choose from. */
  'catalog.builtin': serviceCall(() => z.object({}), () => z.array(z.object({ id: z.string(), title: z.string(), region: z.string(), documentNumber: z.string(), indicators: z.number() }))),
  'jobs.cancel': serviceCall(() => z.object({ jobId }), () => z.object({ cancelled: z.boolean() })),
};
