import { parseProfile, type PaperProfile, type ProfileResult } from './profile.ts';

export type ProfileValue = string | number | boolean;

/** Every single value of a profile by its place: `pageStamp.fromSide`, `volumeIndex.columns.3.width`. */
export function valuesOfProfile(profile: PaperProfile): Readonly<Record<string, ProfileValue>> {
  const values: Record<string, ProfileValue> = {};
  const walk = (node: unknown, place: string): void => {
    if (typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean') values[place] = node;
    else if (typeof node === 'object' && node !== null) for (const [key, below] of Object.entries(node)) walk(below, place === '' ? key : `${place}.${key}`);
  };
  walk(profile, '');
  return values;
}

/** The profile with one value changed, or what is wrong with it. A place that the profile does not have is a problem too. */
export function withValue(profile: PaperProfile, place: string, value: ProfileValue): ProfileResult {
  if (place === 'id' || place === 'schema' || !Object.hasOwn(valuesOfProfile(profile), place)) return { ok: false, problems: [`${place}：版式里没有这一项，或不能改`] };
  const change = (node: unknown, steps: readonly string[]): unknown => {
    const [step, ...rest] = steps;
    if (step === undefined) return value;
    if (Array.isArray(node)) return node.map((below: unknown, index) => (String(index) === step ? change(below, rest) : below));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, below]) => [key, key === step ? change(below, rest) : below]));
  };
  return parseProfile(change(profile, place.split('.')));
}
