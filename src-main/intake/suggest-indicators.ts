import type { Catalog, Indicator } from '../domain/catalog.ts';
import type { IndicatorCode } from '../domain/ids.ts';
import { withoutEnding } from './file-name.ts';

export interface Suggestion {
  readonly code: IndicatorCode;
  /** 0 to 1; above 0.5 the first is right more often than not. */
  readonly score: number;
  /** What in the document led there, longest first. */
  readonly words: readonly string[];
}

/** What is known of a new file. `text` is normalised page text; only its beginning is weighed. */
export interface Described {
  readonly title: string;
  readonly text: string;
  readonly issuer: string;
  readonly fileName: string;
}

/** A title that the clerk filed under an indicator earlier in this archive. */
export interface Learned {
  readonly code: IndicatorCode;
  readonly title: string;
}

interface Filed {
  readonly title: string;
  /** Without figures: last year's table has the same name but for the year. */
  readonly plain: string;
  readonly pairs: ReadonlySet<string>;
}

interface Profile {
  readonly indicator: Indicator;
  /** Pairs of characters and how much each stands for the indicator. */
  readonly pairs: ReadonlyMap<string, number>;
  readonly phrases: readonly string[];
  /** Titles filed under it earlier. */
  readonly filed: readonly Filed[];
  /** Everything the catalog says of the indicator, folded. */
  readonly all: string;
}

const weighedText = 6000;
/** How much a pair of the catalog's own title still counts. */
const COMMON_SHARE = 0.5;
/** Below this a proposal would be noise. */
const leastScore = 0.12;

/** Other wordings of the trade for what the catalog names; both sides are read as the second. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/细颗粒物(?:\(pm2\.?5\))?/gu, 'pm2.5'],
  [/pm₂\.₅|pm25/gu, 'pm2.5'],
  [/△eqi|ΔEQI/giu, 'eqi'],
  [/公交车|公共汽车/gu, '公共汽电车'],
  [/gdp/gu, '地区生产总值'],
  [/噪声/gu, '声环境'],
];

const fold = (text: string): string => wordings.reduce((folded, [pattern, word]) => folded.replace(pattern, word), text.normalize('NFKC').toLowerCase()).replace(/\s+/gu, '');

/** Runs of ideographs, letters and digits; marks part them. */
const runsOf = (text: string): readonly string[] => fold(text).match(/[\u4e00-\u9fff]+|[a-z0-9][a-z0-9.]*/gu) ?? [];

function* pairsOf(text: string): Generator<string> {
  for (const run of runsOf(text)) {
    if (/^[a-z0-9]/u.test(run)) {
      if (run.length >= 3) yield run;
      continue;
    }
    for (let at = 0; at + 2 <= run.length; at += 1) yield run.slice(at, at + 2);
  }
}

/**
 * Up to three indicators that a file may prove, best first. Characters in pairs are weighed by how few indicators share them; the
 * title and the file's name count most, the body least; a lead unit that issued the file, a code in its name (`5.1-…`, `指标5.1`)
 * and titles filed earlier add to it. An indicator that is retired is never proposed.
 *
 * @example
 * suggestIndicators(catalog, { title: '2023年度县城污水处理率情况表', text: '', issuer: '', fileName: '' })[0]?.code; // '5.1'
 */
export function suggestIndicators(catalog: Catalog, described: Described, learned: readonly Learned[] = []): readonly Suggestion[] {
  const profiles = buildProfiles(catalog, learned);
  const shared = new Map<string, number>();
  for (const { pairs } of profiles) for (const pair of pairs.keys()) shared.set(pair, (shared.get(pair) ?? 0) + 1);
  // What the dossier itself is called stands in many of its documents and tells none of them apart.
  const common = new Set(pairsOf(catalog.title));
  const rarity = (pair: string): number => (common.has(pair) ? COMMON_SHARE : 1) * Math.max(0, Math.log(profiles.length / (shared.get(pair) ?? profiles.length)) / Math.log(profiles.length));
  const fields = [
    { text: described.title, weight: 1 },
    { text: withoutEnding(described.fileName), weight: 0.8 },
    { text: described.text.slice(0, weighedText), weight: 0.35 },
  ].map((field) => ({ weight: field.weight, pairs: new Set(pairsOf(field.text)) }));
  const whole = fold(`${described.title}\n${described.fileName}\n${described.text.slice(0, weighedText)}`);
  const head = fold(`${described.title}${described.fileName}`);
  const named = readCode(described.fileName);
  return profiles
    .map((profile): Suggestion => {
      let found = 0;
      let possible = 0;
      for (const [pair, weight] of profile.pairs) {
        const value = weight * rarity(pair) ** 1.5;
        possible += value;
        found += value * fields.reduce((most, field) => Math.max(most, field.pairs.has(pair) ? field.weight : 0), 0);
      }
      const words = findWords(profile, whole, rarity);
      // A short title names a part of a long sentence, so the share found is measured against the name's weight, not all of it.
      let score = possible === 0 ? 0 : Math.min(1, (found / possible) * 1.25);
      const phrase = profile.phrases.find((candidate) => head.includes(candidate)) ?? '';
      if (phrase.length >= 4) score = Math.max(score, 0.85);
      else if (profile.phrases.some((candidate) => candidate.length >= 4 && whole.includes(candidate))) score = Math.max(score, 0.6);
      // Words that the catalog uses for this indicator alone name it, however long its sentences are.
      const own = findWords(profile, head, rarity).find((word) => profiles.filter((other) => other.all.includes(word)).length === 1);
      if (own !== undefined) score = Math.max(score, Math.min(0.75, own.length >= 4 ? 0.3 + own.length * 0.05 : own.length * 0.08));
      if (described.issuer !== '' && [...profile.indicator.lead, ...profile.indicator.assist].some((unit) => described.issuer.endsWith(unit) || unit.endsWith(described.issuer))) score *= 1.15;
      if (profile.indicator.kind === 'not-applicable') score *= head.includes('不涉及') ? 1.2 : 0.8;
      if (named !== undefined && named === profile.indicator.code) score = Math.max(score, 0.8);
      const like = findLikest(profile.filed, head, rarity);
      if (like !== undefined) score = Math.max(score, 0.9 * like.share);
      const evidence = [...(named === profile.indicator.code ? [`编号${named}`] : []), ...(like === undefined ? [] : [`曾归入《${like.title}》`]), ...words];
      return { code: profile.indicator.code, score: Math.round(Math.min(1, score) * 100) / 100, words: evidence };
    })
    .filter(({ score, words }) => score >= leastScore && words.length > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 3);
}

const withoutFigures = (folded: string): string => folded.replace(/[\d.]+|年度?|月|季度|上半|下半/gu, '');
/** Less in common than this is chance: all titles of an office are 通知 and 情况. */
const leastLikeness = 0.45;

/** The title filed earlier that this one is most like: what share of the rarer pairs of both they have in common. */
function findLikest(filed: readonly Filed[], head: string, rarity: (pair: string) => number): { readonly title: string; readonly share: number } | undefined {
  if (filed.length === 0) return undefined;
  const plain = withoutFigures(head);
  const pairs = new Set(pairsOf(plain));
  const weigh = (pair: string): number => 0.15 + rarity(pair);
  let whole = 0;
  for (const pair of pairs) whole += weigh(pair);
  let best: { readonly title: string; readonly share: number } | undefined;
  for (const { title, plain: known, pairs: others } of filed) {
    let shared = 0;
    let all = whole;
    for (const pair of others) {
      if (pairs.has(pair)) shared += weigh(pair);
      all += weigh(pair);
    }
    const share = known.length >= 4 && plain.includes(known) ? 1 : all === 0 ? 0 : (2 * shared) / all;
    if (share >= leastLikeness && share > (best?.share ?? 0)) best = { title, share };
  }
  return best;
}

/** `5.1-污水处理率.pdf`, `指标5.1…`, `N.3…`; a date or a mere serial number followed by a stop is none. */
function readCode(fileName: string): string | undefined {
  const match = /(?:^指标\s*|指标|^)(N\.\d{1,2}|\d{1,2}\.\d)(?![\d.])/iu.exec(fileName.normalize('NFKC')) ?? /指标\s*(\d{1,2})(?![\d.])/u.exec(fileName.normalize('NFKC'));
  return match?.[1]?.toUpperCase();
}

function buildProfiles(catalog: Catalog, learned: readonly Learned[]): readonly Profile[] {
  return catalog.groups.flatMap((group) => group.indicators).filter((indicator) => indicator.retired !== true).map((indicator) => {
    const pairs = new Map<string, number>();
    const add = (text: string, weight: number): void => {
      for (const pair of pairsOf(text)) pairs.set(pair, Math.max(pairs.get(pair) ?? 0, weight));
    };
    add(indicator.explanation, 0.1);
    add(indicator.sentence, 0.15);
    for (const requirement of indicator.requirements) add(requirement.name, 0.2);
    for (const declaration of indicator.declarations) add(declaration, 0.1);
    add(indicator.name, 1);
    const filed = learned.filter(({ code }) => code === indicator.code).map(({ title }): Filed => ({ title, plain: withoutFigures(fold(title)), pairs: new Set(pairsOf(withoutFigures(fold(title)))) }));
    const name = fold(indicator.name).replace(/[()（）]/gu, '');
    const core = name.replace(/(?:的比例|比例|占比|制度|机制|浓度|情况说明)$/u, '');
    return { indicator, pairs, filed, phrases: [...new Set([name, core, ...runsOf(indicator.name).filter((run) => run.length >= 6)])].filter((phrase) => phrase.length >= 3), all: fold([indicator.name, indicator.sentence, indicator.explanation, ...indicator.requirements.map((requirement) => requirement.name)].join('\n')) };
  });
}

/** Longest stretches that name and document share, at most four. */
function findWords(profile: Profile, whole: string, rarity: (pair: string) => number): readonly string[] {
  const words = new Set<string>();
  for (const text of [profile.indicator.name, ...profile.indicator.requirements.map((requirement) => requirement.name), profile.indicator.sentence]) {
    for (const run of runsOf(text)) {
      for (let at = 0; at < run.length; ) {
        let end = at;
        while (end < run.length && whole.includes(run.slice(at, end + 1))) end += 1;
        const word = run.slice(at, end);
        if (word.length >= 2 && [...pairsOf(word)].some((pair) => rarity(pair) > 0.3)) words.add(word);
        at = Math.max(end, at + 1);
      }
    }
  }
  const longestFirst = [...words].toSorted((a, b) => b.length - a.length);
  return longestFirst.filter((word, index) => !longestFirst.slice(0, index).some((longer) => longer.includes(word))).slice(0, 4);
}
