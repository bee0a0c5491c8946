import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { serviceCall } from './define.ts';

const id = z.string().min(1).max(60);
const leafSchema = z.union([z.string().max(60), z.number(), z.boolean()]);

export const profileListSchema = z.object({
  active: z.string(),
  profiles: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      builtIn: z.boolean(),
      /** Every single value by its place, e.g. `pageStamp.fromSide` or `volumeIndex.columns.3.width`. */
      values: z.record(z.string(), leafSchema),
    }),
  ),
});
export type ProfileList = DeepReadonly<z.infer<typeof profileListSchema>>;

/** Layouts (版式) of papers, stamps and boxes. An office copies one and changes it; a wrong value changes nothing and names its place. */
export const profileCalls = {
  'profile.list': serviceCall(() => z.object({}), () => profileListSchema),
  'profile.choose': serviceCall(() => z.object({ id }), () => z.object({})),
  'profile.copy': serviceCall(() => z.object({ from: id, name: z.string().trim().min(1).max(60) }), () => z.object({ id: z.string() })),
  'profile.change': serviceCall(() => z.object({ id, place: z.string().min(1).max(100), value: leafSchema }), () => z.object({})),
  /** A JSON file as `profile.export` writes it. */
  'profile.import': serviceCall(() => z.object({ path: z.string().min(1) }), () => z.object({ id: z.string() })),
  'profile.export': serviceCall(() => z.object({ id, out: z.string().min(1) }), () => z.object({ path: z.string() })),
  'profile.remove': serviceCall(() => z.object({ id }), () => z.object({})),
};
