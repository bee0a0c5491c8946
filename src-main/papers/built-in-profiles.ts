import dat22 from '../../resources/profiles/dat-22-2015.json' with { type: 'json' };
import gbt11822 from '../../resources/profiles/gbt-11822-2008.json' with { type: 'json' };
import { parseProfile, type PaperProfile } from './profile.ts';

function requireProfile(json: unknown): PaperProfile {
  const result = parseProfile(json);
  if (!result.ok) throw new Error(`a built-in profile is wrong: ${result.problems.join('; ')}`);
  return result.profile;
}

/** The layouts that come with the program; the first is the default. */
export const builtInProfiles: readonly [PaperProfile, ...PaperProfile[]] = [requireProfile(dat22), requireProfile(gbt11822)];

export const defaultProfile: PaperProfile = builtInProfiles[0];
