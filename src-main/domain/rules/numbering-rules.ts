import { parseArchivalCode } from '../archival-code.ts';
import { groupBy } from '../group-by.ts';
import { formatOrder, formatPages, pageNumbersOf } from '../page-number.ts';
import type { ItemOrder, NumberRun, PageSpan } from '../page-number.ts';
import type { BoundItemFacts, BoundVolumeFacts } from '../snapshot.ts';
import { nameOf } from './rule-context.ts';
import type { Rule, RuleContext, RuleHit } from './rule-context.ts';

const about = (rule: RuleHit['rule'], words: RuleHit['words'], evidence: RuleHit['evidence'] = null): RuleHit => ({ rule, indicator: null, evidence, words });
const spanOf = ([firstPage, lastPage]: readonly [number, number], after: number | undefined): PageSpan => ({ firstPage, lastPage, ...(after === undefined ? {} : { after }) });
const indexedSpan = ({ indexed, indexedAfter }: BoundItemFacts): PageSpan => spanOf(indexed, indexedAfter);
const stampedSpan = ({ stamped, stampedAfter }: BoundItemFacts): PageSpan => spanOf(stamped, stampedAfter);
const range = (span: PageSpan): string => (span.firstPage === 0 ? '无' : formatPages(span));

/** Within each volume: 顺序号 and page numbers without gaps but those that 备考表 states, index = stamp, totals = 备考表. */
export const volumeNumbers: Rule = (context) =>
  (context.snapshot.bundle?.volumes ?? []).flatMap((volume) => [...indexHits(volume, context), ...orderHits(volume), ...(volume.sheets === undefined ? stampHits(volume) : sheetHits(volume, volume.sheets)), ...totalHits(volume)]);

function indexHits({ no, items, strays = [] }: BoundVolumeFacts, { evidence }: RuleContext): readonly RuleHit[] {
  const wrong = items.flatMap((item) => {
    const facts = evidence.get(item.evidenceId);
    const [indexed, stamped] = [range(indexedSpan(item)), range(stampedSpan(item))];
    return indexed === stamped ? [] : [about('numbering.index', { volume: no, order: formatOrder(item), title: facts === undefined ? item.evidenceId : nameOf(facts), indexed, stamped }, item.evidenceId)];
  });
  return [...wrong, ...strays.map(({ order, title, page }) => about('numbering.index', { volume: no, order, title, indexed: String(page), stamped: '无' }))];
}

/**
 * The number that comes next: of the volume, over those that are free, or where late inserts are, behind the last one. `after` is the page
 * behind which the item says to be; that one may be free.
 */
function nextNumber(last: number, inserted: number, after: number | undefined, free: readonly NumberRun[]): { readonly first: number; readonly after?: number } {
  const gap = free.find(([from, to]) => from <= last + 1 && last + 1 <= to);
  if (after === undefined) return { first: (gap?.[1] ?? last) + 1 };
  return gap !== undefined && after > last && after <= gap[1] ? { first: 1, after } : { first: inserted + 1, after: last };
}

/** The rows of 卷内目录 that name an item, counted. */
function orderHits({ no, items, closing }: BoundVolumeFacts): readonly RuleHit[] {
  let [last, inserted] = [0, 0];
  return items.filter(({ indexed }) => indexed[0] > 0).flatMap((item) => {
    const { first, after } = nextNumber(last, inserted, item.orderAfter, closing.freeOrders ?? []);
    const expected: ItemOrder = { order: first, ...(after === undefined ? {} : { orderAfter: after }) };
    [last, inserted] = after === undefined ? [first, 0] : [after, first];
    return formatOrder(item) === formatOrder(expected) ? [] : [about('numbering.order', { volume: no, expected: formatOrder(expected), found: formatOrder(item) }, item.evidenceId)];
  });
}

function stampHits({ no, items, closing }: BoundVolumeFacts): readonly RuleHit[] {
  let [last, inserted] = [0, 0];
  return items.flatMap((item, at) => {
    const { first, after } = nextNumber(last, inserted, item.stampedAfter, closing.freePages ?? []);
    const [expected, found] = [formatPages(spanOf([first, first], after)), formatPages(spanOf([item.stamped[0], item.stamped[0]], item.stampedAfter))];
    [last, inserted] = item.stampedAfter === undefined ? [item.stamped[1], 0] : [item.stampedAfter, item.stamped[1]];
    return found === expected ? [] : [about('numbering.pages', { volume: no, where: `第${at + 1}件首页`, found, expected }, item.evidenceId)];
  });
}

/** What was found on the sheets of a file that is no longer as it was written, against what was stamped on them. */
function sheetHits({ no, items }: BoundVolumeFacts, sheets: readonly string[]): readonly RuleHit[] {
  const stamped = items.flatMap((item) => pageNumbersOf(stampedSpan(item)));
  const next = new Map(stamped.map((page, at) => [page, stamped[at + 1]] as const));
  return sheets.flatMap((found, at) => {
    const before = sheets[at - 1];
    const expected = before === undefined ? (stamped[0] ?? '1') : (next.get(before) ?? String(Number.parseInt(before, 10) + 1));
    return found === expected ? [] : [about('numbering.pages', { volume: no, where: before === undefined ? '首页' : `${before}页之后`, found, expected })];
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
