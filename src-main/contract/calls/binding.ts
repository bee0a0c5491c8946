import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { evidenceIdSchema } from '../domain-schemas.ts';
import { serviceCall, serviceJob } from './define.ts';

export const volumeBySchema = z.enum(['indicator', 'group', 'page-cap']);

export const lateNumberingSchema = z.enum(['renumber', 'suffix']);

export const exportResultSchema = z.object({
  version: z.string(),
  draft: z.boolean(),
  /** Folder that holds the files. */
  folder: z.string(),
  files: z.array(z.object({ path: z.string(), kind: z.string(), pages: z.number(), bytes: z.number(), sha256: z.string() })),
  volumes: z.array(z.object({ no: z.number(), title: z.string(), items: z.number(), pages: z.number() })),
  reprint: z.array(z.object({ volume: z.number(), sheets: z.array(z.string()) })),
});
export type ExportResult = DeepReadonly<z.infer<typeof exportResultSchema>>;

export const bindingCalls = {
  'binding.plan': serviceCall(
    () => z.object({}),
    () => z.object({
      by: volumeBySchema,
      /** Pages a volume may hold where `by` is `page-cap`. */
      cap: z.number().int(),
      volumes: z.array(
        z.object({
          no: z.number(),
          title: z.string(),
          archivalCode: z.string(),
          pages: z.number(),
          /** Whether it may be put to the volume before it. */
          mayJoin: z.boolean(),
          /** `number` and `pages` as they are printed: 顺序号 `3` or `3-1`, 页号 `12–15` or `12-1–12-3`. */
          items: z.array(
            z.object({ id: z.string(), order: z.number(), number: z.string(), indicator: z.string(), title: z.string(), firstPage: z.number(), lastPage: z.number(), pages: z.string() }),
          ),
        }),
      ),
      /** Why a final export is not possible yet; empty when it is. */
      blockers: z.array(z.string()),
      /** What differs from the printed version (the last final one, or the last draft while there is none): sheets to print again, in the words of the 换页单. Null before the first. */
      changes: z.object({ since: z.string(), reprint: z.array(z.object({ volume: z.number(), sheets: z.array(z.string()) })) }).nullable(),
      /** Volumes that can be numbered both ways after what came, went or moved since the printed version; sheets to print in either, and the numbers that `suffix` gives and leaves free. */
      late: z.array(
        z.object({ volume: z.number(), mode: lateNumberingSchema, renumberSheets: z.number(), suffixSheets: z.number(), inserts: z.array(z.string()), free: z.array(z.string()) }).readonly(),
      ),
      versions: z.array(z.object({ version: z.string(), at: z.string(), draft: z.boolean(), pages: z.number() })),
    }),
  ),
  'binding.setMode': serviceCall(() => z.object({ by: volumeBySchema, cap: z.number().int().min(20).max(2000).default(200) }), () => z.object({})),
  /**
   * Borders of volumes by hand: `split` begins a volume at an item, `join` puts a volume to the one before, `shift` moves an item (and
   * those between it and the border) to the neighbouring volume. Volumes of different groups or indicators, where these divide, stay apart.
   */
  'binding.moveBorder': serviceCall(
    () => z.object({
      move: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('split'), at: evidenceIdSchema }),
        z.object({ kind: z.literal('join'), volume: z.number().int().min(2) }),
        z.object({ kind: z.literal('shift'), item: evidenceIdSchema, to: z.number().int().min(1) }),
      ]),
    }),
    () => z.object({}),
  ),
  /** How a volume that was exported before is numbered from now on: through from 1, or so that printed sheets keep their numbers (插页 12-1, 12-2). */
  'binding.numberLate': serviceCall(() => z.object({ volume: z.number().int().min(1), mode: lateNumberingSchema }), () => z.object({})),
  /**
   * One volume as it would be bound now, stamps and papers included, for looking at: `id` serves it as `app://…/paper/ID` while the
   * session lasts. `items` tell on which page of the file (from 1) each begins, and how many it has.
   */
  'binding.preview': serviceJob(
    () => z.object({ jobId: z.string().min(1).max(64), volume: z.number().int().min(1) }),
    () => z.object({ id: z.string(), name: z.string(), pages: z.number(), draft: z.boolean(), items: z.array(z.object({ id: z.string(), page: z.number(), pages: z.number() })) }),
  ),
  /** Binds every volume and paper into a new `exports/vNNN`, and copies it to `out` when given. */
  'binding.export': serviceJob(() => z.object({ jobId: z.string().min(1).max(64), draft: z.boolean(), out: z.string().nullable().default(null) }), () => exportResultSchema),
  /** Copies a version that was exported before into a folder of its own in `into`, such as a stick; answers that folder. */
  'binding.copyVersion': serviceJob(() => z.object({ jobId: z.string().min(1).max(64), version: z.string().max(20), into: z.string().min(1).max(4000) }), () => z.object({ folder: z.string() })),
};
