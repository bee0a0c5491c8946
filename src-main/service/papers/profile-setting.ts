import { z } from 'zod';
import { getSetting } from '../../archive/index.ts';
import type { ReadableDb } from '../../archive/index.ts';
import { builtInProfiles, defaultProfile, parseProfile } from '../../papers/index.ts';
import type { PaperProfile } from '../../papers/index.ts';

/** Name of the setting that keeps which profile is in force and the office's own ones. */
export const profileSetting = 'paper-profile';

const keptSchema = z.object({ active: z.string(), own: z.array(z.unknown()) });

export interface ProfileShelf {
  /** Identity of the profile in force. */
  readonly active: string;
  readonly own: readonly PaperProfile[];
}

/** The office's profiles. One that this version no longer understands is left out: the default serves in its place. */
export function readProfiles(db: ReadableDb): ProfileShelf {
  const kept = keptSchema.safeParse(getSetting(db, profileSetting));
  if (!kept.success) return { active: defaultProfile.id, own: [] };
  const own = kept.data.own.flatMap((json) => {
    const result = parseProfile(json);
    return result.ok ? [result.profile] : [];
  });
  return { active: kept.data.active, own };
}

/** The profile in force. */
export function readProfile(db: ReadableDb): PaperProfile {
  const { active, own } = readProfiles(db);
  return [...own, ...builtInProfiles].find(({ id }) => id === active) ?? defaultProfile;
}
