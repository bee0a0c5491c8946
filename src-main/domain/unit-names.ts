import type { Catalog } from './catalog.ts';

/** Name of a unit for comparison: no spaces, one form of brackets, no trailing "(盖章)". */
export const tidyUnitName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/\((?:盖章|公章|章)\)$/u, '');

const RANKS = '省市区县州旗';

/**
 * Why two spellings may name one unit: `prefix` where one only lacks the leading 市 or 区 (生态环境局市南分局), `region` where one only
 * spells out the region (青岛市市南区统计局 for 区统计局), `short` where one leaves out a part joined by 和 (自然资源局 for
 * 自然资源和规划局). Null where nothing speaks for it.
 */
export const likenessOfUnits = (one: string, other: string): 'same' | 'prefix' | 'region' | 'short' | null => {
  const [a, b] = [tidyUnitName(one), tidyUnitName(other)];
  if (a === b) return 'same';
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 4) return null;
  if (long.length === short.length + 1 && long.endsWith(short) && RANKS.includes(long.charAt(0))) return 'prefix';
  if (long.endsWith(short) && RANKS.includes(short.charAt(0))) return 'region';
  if (long.endsWith(short) && RANKS.includes(long.charAt(long.length - short.length - 1))) return 'region';
  const joint = /^(?<head>.+?)和[^和、]{1,6}?(?<tail>(?:局|委|厅|办).*)$/u.exec(long)?.groups;
  return joint?.['head'] !== undefined && joint['tail'] !== undefined && joint['head'] + joint['tail'] === short ? 'short' : null;
};

/** Answers a unit's canonical name for a name, an alias or a spelled-out form of either; a name that is none of them comes back tidied. */
export const unitResolver = (catalog: Pick<Catalog, 'units'>): ((name: string) => string) => {
  const exact = new Map<string, string>();
  for (const unit of catalog.units) for (const spelling of [...unit.aliases, unit.name]) exact.set(tidyUnitName(spelling), unit.name);
  const known = new Map<string, string>();
  return (name) => {
    const tidy = tidyUnitName(name);
    const found = exact.get(tidy) ?? known.get(tidy);
    if (found !== undefined) return found;
    const near = [...exact].filter(([spelling]) => ['prefix', 'region'].includes(likenessOfUnits(spelling, tidy) ?? ''));
    const names = new Set(near.map(([, canonical]) => canonical));
    const answer = names.size === 1 ? ([...names][0] ?? tidy) : tidy;
    known.set(tidy, answer);
    return answer;
  };
};

/** The units that a text of issuers names, `A、B` or `A B`, in canonical form. */
export const issuersIn = (issuer: string, resolve: (name: string) => string): readonly string[] =>
  issuer
    .split(/[、,\uff0c;\uff1b\s]+/u)
    .filter((part) => part !== '')
    .map(resolve);
