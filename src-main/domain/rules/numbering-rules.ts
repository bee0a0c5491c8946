import { parseArchivalCode } from '../archival-code.ts';
import { groupBy } from '../group-by.ts';
import type { BoundVolumeFacts } from '../snapshot.ts';
import { nameOf } from './rule-context.ts';
import type { Rule, RuleContext, RuleHit } from './rule-context.ts';

const about = (rule: RuleHit['rule'], words: RuleHit['words'], evidence: RuleHit['evidence'] = null): RuleHit => ({ rule, indicator: null, evidence, words });
const range = ([first, last]: readonly [number, number]): string => (first === last ? String(first) : `${first}–${last}`);

/** Within each volume: 顺序号 and page numbers without gaps, index = stamp, totals = 备考表. */
export const volumeNumbers: Rule = (context) => (context.snapshot.bundle?.volumes ?? []).flatMap((volume) => [...indexHits(volume, context), ...continuityHits(volume), ...totalHits(volume)]);

function indexHits({ no, items }: BoundVolumeFacts, { evidence }: RuleContext): readonly RuleHit[] {
  return items.flatMap(({ evidenceId, order, indexed, stamped }) => {
    const facts = evidence.get(evidenceId);
    return indexed[0] === stamped[0] && indexed[1] === stamped[1]
      ? []
      : [about('numbering.index', { volume: no, order, title: facts === undefined ? evidenceId : nameOf(facts), indexed: range(indexed), stamped: range(stamped) }, evidenceId)];
  });
}

function continuityHits({ no, items }: BoundVolumeFacts): readonly RuleHit[] {
  return items.flatMap((item, at) => {
    const expected = (items[at - 1]?.stamped[1] ?? 0) + 1;
    return [
      ...(item.order === at + 1 ? [] : [about('numbering.order', { volume: no, expected: at + 1, found: item.order }, item.evidenceId)]),
      ...(item.stamped[0] === expected ? [] : [about('numbering.pages', { volume: no, order: item.order, found: item.stamped[0], expected }, item.evidenceId)]),
    ];
  });
}

function totalHits({ no, items, closing }: BoundVolumeFacts): readonly RuleHit[] {
  const pages = items.reduce((sum, { stamped }) => sum + stamped[1] - stamped[0] + 1, 0);
  return closing.items === items.length && closing.pages === pages ? [] : [about('numbering.totals', { volume: no, statedItems: closing.items, statedPages: closing.pages, items: items.length, pages })];
}

/** 档号 are unique, and 件号 of one series run from 1 without gaps. */
export const archivalCodes: Rule = ({ snapshot }) => {
  const volumes = snapshot.bundle?.volumes ?? [];
  const ofVolumes = volumes.map((volume) => volume.archivalCode).filter((code) => code !== '');
  const ofItems = volumes.flatMap((volume) => volume.items.map((item) => item.archivalCode)).filter((code) => code !== '');
  return [ofVolumes, ofItems].flatMap((codes) => [
    ...[...groupBy(codes, (code) => code)].flatMap(([code, uses]) => (uses.length > 1 ? [about('code.duplicate', { code, times: uses.length })] : [])),
    ...gapsIn(codes),
  ]);
};

function gapsIn(codes: readonly string[]): readonly RuleHit[] {
  const parsed = codes.flatMap((code) => {
    const parts = parseArchivalCode(code);
    return parts === undefined ? [] : [{ series: code.slice(0, code.lastIndexOf('-')), no: parts.no }];
  });
  return [...groupBy(parsed, ({ series }) => series)].flatMap(([series, members]) => {
    const used = [...new Set(members.map(({ no }) => no))].toSorted((a, b) => a - b);
    // Counted between neighbours: a code of eight digits must not make a list of a hundred million.
    const missing = used.flatMap((no, at) => {
      const expected = (used[at - 1] ?? 0) + 1;
      return no === expected ? [] : [no - expected === 1 ? String(expected) : `${expected}–${no - 1}`];
    });
    return missing.length === 0 ? [] : [about('code.gap', { series, missing: missing.join('、') })];
  });
}

/** One box holds one year, one 机构(问题) and one 保管期限 (DA/T 22). */
export const boxes: Rule = ({ snapshot }) =>
  (snapshot.bundle?.boxes ?? []).flatMap(({ no, items }) => {
    const mixed = [
      new Set(items.map((item) => item.year)).size > 1 ? '年度' : '',
      new Set(items.map((item) => item.organ)).size > 1 ? '机构（问题）' : '',
      new Set(items.map((item) => item.retention)).size > 1 ? '保管期限' : '',
    ].filter((name) => name !== '');
    return mixed.length === 0 ? [] : [about('box.mixed', { box: no, mixed: mixed.join('、') })];
  });
