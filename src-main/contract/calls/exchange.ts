import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { archiveInfoSchema } from './archive.ts';
import { serviceCall, serviceJob } from './define.ts';

const jobId = z.string().min(1).max(64);

/** One field of a conflict as a person reads it. */
const sideSchema = z.object({ label: z.string(), text: z.string() });

export const conflictSchema = z.object({
  id: z.string(),
  unit: z.string(),
  at: z.string(),
  /** What it is about, `指标5.2 2023年数值`, and the indicator to go to; empty where it is about none. */
  subject: z.string(),
  indicator: z.string(),
  field: z.string(),
  /** Both sides and what both knew before; null where the row is not there on that side. */
  base: z.array(sideSchema).nullable(),
  ours: z.array(sideSchema).nullable(),
  theirs: z.array(sideSchema).nullable(),
});
export type ConflictView = DeepReadonly<z.infer<typeof conflictSchema>>;

export const mergeReportSchema = z.object({
  pack: z.string(),
  kind: z.enum(['task', 'whole', 'return', 'archive', 'forms']),
  unit: z.string(),
  sender: z.string(),
  /** First digits of the digest, for comparing over the telephone. */
  code: z.string(),
  items: z.number(),
  links: z.number(),
  values: z.number(),
  texts: z.number(),
  others: z.number(),
  removed: z.number(),
  conflicts: z.number(),
  /** Rows that were not the unit's to say, and were left out. */
  outside: z.number(),
  /** It had been merged before; nothing was done. */
  again: z.boolean(),
  /** What a person should look at, in Chinese. */
  notes: z.array(z.string()),
});
export type MergeReportView = DeepReadonly<z.infer<typeof mergeReportSchema>>;

const versionName = z.string().regex(/^v\d{3,}$/, '版本写成 v001');
const remarkSchema = z.object({ path: z.string(), message: z.string() });

export const packOutSchema = z.object({
  id: z.string(),
  kind: z.enum(['task', 'forms', 'whole', 'return']),
  unit: z.string(),
  at: z.string(),
  due: z.string(),
  items: z.number(),
  bytes: z.number(),
  code: z.string(),
  fileName: z.string(),
});

export const exchangeCalls = {
  /** All that the page 收发 shows. */
  'exchange.state': serviceCall(
    () => z.object({}),
    () => z.object({
      /** Where this archive is a unit's copy: whose, from whom, and when it is wanted back. */
      origin: z.object({ unit: z.string(), sender: z.string(), due: z.string() }).nullable(),
      /** `YYYY-MM-DD`. */
      today: z.string(),
      units: z.array(
        z.object({
          name: z.string(),
          indicators: z.number(),
          /** The unit's own day, or else the plan's. */
          due: z.string(),
          /** Last pack out and in, ISO 8601; empty where none. */
          handedOut: z.string(),
          cameBack: z.string(),
          /** 尚欠: indicators for which an open error belongs to it. */
          owed: z.array(z.string()),
          overdue: z.boolean(),
        }),
      ),
      out: z.array(packOutSchema),
      in: z.array(z.object({ id: z.string(), kind: z.string(), unit: z.string(), sender: z.string(), at: z.string(), fileName: z.string(), code: z.string(), items: z.number(), conflicts: z.number() })),
      conflicts: z.array(conflictSchema),
    }),
  ),
  /** Writes packs into a folder of the user's, one for each unit; with `forms` plain folders to be filled without the program. A `due` becomes the day of those units. */
  'exchange.handOut': serviceJob(
    () => z.object({ jobId, units: z.array(z.string().max(200)).min(1).max(500), folder: z.string().min(1), as: z.enum(['pack', 'forms']).default('pack'), due: z.string().regex(/^(?:\d{4}-\d{2}-\d{2})?$/u, '日期写作 2024-04-30').default('') }),
    () => z.object({ packs: z.array(z.object({ unit: z.string(), path: z.string(), indicators: z.number(), items: z.number(), bytes: z.number(), code: z.string() })), failed: z.array(z.object({ unit: z.string(), message: z.string() })) }),
  ),
  /** One pack to one file, or into a folder that is there under a name of its own: a unit's, or everything (`unit` empty), or what this copy sends back. */
  'exchange.pack': serviceJob(
    () => z.object({ jobId, unit: z.string().max(200).default(''), out: z.string().min(1), due: z.string().max(10).default('') }),
    () => z.object({ id: z.string(), kind: z.string(), unit: z.string(), path: z.string(), indicators: z.number(), items: z.number(), rows: z.number(), bytes: z.number(), code: z.string() }),
  ),
  /** Makes an archive of a pack in `folder` (which must not exist or be empty) and opens it. */
  'exchange.open': serviceJob(() => z.object({ jobId, file: z.string().min(1), folder: z.string().min(1) }), () => archiveInfoSchema),
  /** Takes in a pack, another workstation's archive folder, or a filled folder of forms (also zipped). */
  'exchange.merge': serviceJob(() => z.object({ jobId, path: z.string().min(1) }), () => mergeReportSchema),
  /** Carries out a person's decision on one conflict. */
  'exchange.decide': serviceCall(() => z.object({ id: z.string(), take: z.enum(['ours', 'theirs']) }), () => z.object({ open: z.number() })),
  /** Writes the submission package (BagIt) of an export into a new folder within `out`; without `version` of the last one. */
  'exchange.package': serviceJob(
    () => z.object({ jobId, out: z.string().min(1), version: versionName.nullable().default(null) }),
    () => z.object({ version: z.string(), draft: z.boolean(), folder: z.string(), files: z.number(), bytes: z.number(), readingRoom: z.string() }),
  ),
  /** Judges any BagIt package by RFC 8493; no archive has to be open. */
  'exchange.verifyPackage': serviceJob(
    () => z.object({ jobId, folder: z.string().min(1) }),
    () => z.object({ valid: z.boolean(), complete: z.boolean(), files: z.number(), bytes: z.number(), errors: z.array(remarkSchema), warnings: z.array(remarkSchema) }),
  ),
  /** What differs between two exports. */
  'exchange.compare': serviceCall(
    () => z.object({ from: versionName, to: versionName }),
    () => z.object({
      differences: z.array(z.object({ indicator: z.string(), name: z.string(), kind: z.enum(['indicator', 'evidence', 'value', 'report', 'page']), what: z.string(), before: z.string(), after: z.string() })),
      /** 换页单: what to do with the bound sheets. */
      reprint: z.array(z.object({ volume: z.number(), title: z.string(), sheets: z.array(z.string()) })),
      /** Sheets to print in all. */
      sheets: z.number(),
    }),
  ),
};
