import type { Unit } from '../../domain/catalog.ts';
import { likenessOfUnits } from '../../domain/unit-names.ts';
import type { Draft, Question } from './draft.ts';
import { isGroupName, looksLikeUnit } from './responsibility.ts';

export interface PlanUnits {
  readonly units: readonly Unit[];
  /** The canonical name for each spelling found. */
  readonly canonical: ReadonlyMap<string, string>;
  readonly questions: readonly Question[];
}

const reasons = { prefix: '只差开头一个字', region: '只差地区名', short: '只差“和…”一段', same: '' } as const;

const MOST_COMPARED = 400;

/** `市住建局（市节水办）`: one body with two names. */
const TWO_NAMES = /^([^()\uff08\uff09]+)[(\uff08]([^()\uff08\uff09]+)[)\uff09]$/u;

/** Whether one name could be the other's short form: same first and last sign, its signs in their order, at most as many again between them. */
const isAbbreviation = (short: string, whole: string): boolean => {
  const long = whole.replace(/委员会$/u, '委');
  if (short.length < 4 || long.length <= short.length || long.length > short.length * 2 || short.at(0) !== long.at(0) || short.at(-1) !== long.at(-1)) return false;
  let at = 0;
  for (const sign of long) if (sign === short.charAt(at)) at += 1;
  return at === short.length && likenessOfUnits(short, whole) === null;
};

/** All units of the drafts in the order in which the plan names them, spellings of one unit merged, each merger asked about. */
export const collectUnits = (drafts: readonly Draft[]): PlanUnits => {
  const places = drafts.flatMap((draft) => (draft.responsibility === null ? [] : [...draft.responsibility.lead, ...draft.responsibility.assist].map((name) => ({ name, sentence: draft.responsibilityWords }))));
  const names = [...new Set(places.map(({ name }) => name))];
  const questions: Question[] = [];
  const canonical = new Map(names.map((name) => [name, name]));
  const twoNames = new Map(names.flatMap((name) => {
    const [, outer = '', inner = ''] = TWO_NAMES.exec(name) ?? [];
    return !isGroupName(name) && looksLikeUnit(outer) && looksLikeUnit(inner) ? [[name, { outer, inner }] as const] : [];
  }));
  const sentenceOf = (name: string): string => places.find((place) => place.name === name)?.sentence ?? '';
  // Every pair is compared: beyond a few hundred names something else was read than units.
  for (const [name, { outer, inner }] of twoNames) {
    for (const spelling of [name, inner]) canonical.set(spelling, outer);
    canonical.set(outer, outer);
    questions.push({ where: '单位', sentence: sentenceOf(name), asks: `“${name}”按一个单位“${outer}”处理，“${inner}”记为别名，请确认。` });
  }
  for (const name of names.length > MOST_COMPARED ? [] : names) {
    if (isGroupName(name) || canonical.get(name) !== name) continue;
    const shortOf = names.filter((other) => other !== name && !twoNames.has(other) && isAbbreviation(name, other));
    for (const other of shortOf) questions.push({ where: '单位', sentence: sentenceOf(name), asks: `“${name}”像是“${other}”的简称，是不是同一单位？现作为两个单位。` });
    const likes = names.flatMap((other) => {
      const likeness = other.length > name.length && !isGroupName(other) && !twoNames.has(other) ? likenessOfUnits(name, other) : null;
      return likeness === null ? [] : [{ other, likeness }];
    });
    const only = likes.length === 1 ? likes[0] : undefined;
    if (only !== undefined) {
      canonical.set(name, only.other);
      questions.push({ where: '单位', sentence: sentenceOf(name), asks: `“${name}”与“${only.other}”${reasons[only.likeness]}，是不是同一单位？已按同一单位处理，前者记为别名。` });
    } else if (likes.length > 1) {
      questions.push({ where: '单位', sentence: sentenceOf(name), asks: `“${name}”可能是${likes.map(({ other }) => `“${other}”`).join('或')}，是哪一个？现作为单独的单位。` });
    }
  }
  const resolve = (name: string): string => {
    const next = canonical.get(name) ?? name;
    return next === name ? name : resolve(next);
  };
  for (const name of names) canonical.set(name, resolve(name));
  const leads = [...new Set(drafts.flatMap((draft) => draft.responsibility?.lead ?? []).map(resolve))].filter((name) => !isGroupName(name));
  const spellings = [...new Set([...names, ...[...twoNames.values()].map(({ inner }) => inner)])];
  const units = [...new Set(names.map(resolve))].map((name): Unit => {
    const group = isGroupName(name);
    const members = group && /牵头单位|责任单位/u.test(name) ? leads : [];
    if (group && members.length === 0) questions.push({ where: `单位组 ${name}`, sentence: sentenceOf(name), asks: `“${name}”包括哪些单位？请填写成员。` });
    return { name, aliases: spellings.filter((other) => other !== name && resolve(other) === name), kind: group ? 'group' : 'unit', members };
  });
  return { units, canonical, questions };
};
