import { parseArchivalCode } from '../archival-code.ts';
import { groupBy } from '../group-by.ts';
import type { BoundVolumeFacts } from '../snapshot.ts';
import { nameOf } from './rule-context.ts';
import type { Rule, RuleContext, RuleHit } from './rule-context.ts';

const about = (rule: RuleHit['rule'], words: RuleHit['words'], evidence: RuleHit['evidence'] = null): RuleHit => ({ rule, indicator: null, evidence, words });
const range = ([first, last]: readonly [number, number]): string => (first === 0 ? '无' : first === last ? String(first) : `${first}–${last}`);

/** Within each volume: 顺序号 and page numbers without gaps, index = stamp, totals = 备考表. */
export const volumeNumbers: Rule = (context) =>
  (context.snapshot.bundle?.volumes ?? []).flatMap((volume) => [...indexHits(volume, context), ...orderHits(volume), ...(volume.sheets === undefined ? stampHits(volume) : sheetHits(volume.no, volume.sheets)), ...totalHits(volume)]);

function indexHits({ no, items, strays = [] }: BoundVolumeFacts, { evidence }: RuleContext): readonly RuleHit[] {
  const wrong = items.flatMap(({ evidenceId, order, indexed, stamped }) => {
    const facts = evidence.get(evidenceId);
    return indexed[0] === stamped[0] && indexed[1] === stamped[1]
      ? []
      : [about('numbering.index', { volume: no, order, title: facts === undefined ? evidenceId : nameOf(facts), indexed: range(indexed), stamped: range(stamped) }, evidenceId)];
  });
  return [...wrong, ...strays.map(({ order, title, page }) => about('numbering.index', { volume: no, order, title, indexed: String(page), stamped: '无' }))];
}

/** The rows of 卷内目录 that name an item, counted. */
function orderHits({ no, items }: BoundVolumeFacts): readonly RuleHit[] {
  const listed = items.filter(({ indexed }) => indexed[0] > 0);
  return listed.flatMap((item, at) => (item.order === at + 1 ? [] : [about('numbering.order', { volume: no, expected: at + 1, found: item.order }, item.evidenceId)]));
}

function stampHits({ no, items }: BoundVolumeFacts): readonly RuleHit[] {
  return items.flatMap((item, at) => {
    const expected = (items[at - 1]?.stamped[1] ?? 0) + 1;
    return item.stamped[0] === expected ? [] : [about('numbering.pages', { volume: no, where: `第${at + 1}件首页`, found: item.stamped[0], expected }, item.evidenceId)];
  });
}

function sheetHits(no: number, sheets: readonly number[]): readonly RuleHit[] {
  return sheets.flatMap((found, at) => {
    const before = sheets[at - 1] ?? 0;
    return found === before + 1 ? [] : [about('numbering.pages', { volume: no, where: before === 0 ? '首页' : `${before}页之后`, found, expected: before + 1 })];
  });
}

function totalHits({ no, items, closing, sheets }: BoundVolumeFacts): readonly RuleHit[] {
  const pages = sheets === undefined ? items.reduce((sum, { stamped }) => sum + stamped[1] - stamped[0] + 1, 0) : sheets.length;
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
