import { parseRowKey } from '../archive/index.ts';
import type { PlainCells } from '../archive/index.ts';
import { formatPages } from '../domain/page-number.ts';
import { reprintDiff } from '../domain/reprint.ts';
import type { VolumeReprint } from '../domain/reprint.ts';
import { indexPlacements } from '../domain/volume-plan.ts';
import type { PlannedItem } from '../domain/volume-plan.ts';
import { describeValue, evidenceOf, indicatorsOf, titleOf } from './version.ts';
import type { Version } from './version.ts';

export type DifferenceKind = 'indicator' | 'evidence' | 'value' | 'report' | 'page';

/** One difference between two versions; a text is empty where there is nothing on that side. */
export interface Difference {
  /** Empty where it is about no indicator. */
  readonly indicator: string;
  readonly kind: DifferenceKind;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  readonly reprints: readonly VolumeReprint[];
}

const place = (version: Version): ReadonlyMap<string, string> =>
  new Map([...indexPlacements(version.record.plan)].map(([id, placement]) => [id, `第${placement.volume}卷 ${formatPages(placement)}页`]));

const itemsOf = (version: Version): ReadonlyMap<string, PlannedItem> => new Map(version.record.plan.volumes.flatMap((volume) => volume.items.map((item) => [item.evidenceId, item] as const)));

const excerpt = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 57)}…`);

/**
 * What differs between two exports: indicators of the catalog, evidence (added, removed, other file, moved), figures, texts, pages. In the
 * catalog's order. `duplex` as the sheets are printed.
 */
export const compareVersions = (before: Version, after: Version, duplex: boolean): Comparison => {
  const differences: Difference[] = [];
  const order = new Map([...indicatorsOf(before), ...indicatorsOf(after)].map((one, index) => [one.code, index]));
  const [oldIndicators, newIndicators] = [before, after].map((version) => new Map(indicatorsOf(version).map((one) => [one.code, one])));
  for (const code of order.keys()) {
    const [old, now] = [oldIndicators?.get(code), newIndicators?.get(code)];
    const describe = (one: typeof old): string => (one === undefined ? '' : `${one.name}，目标：${one.target}`);
    if (describe(old) !== describe(now)) differences.push({ indicator: code, kind: 'indicator', what: old === undefined ? '新增指标' : now === undefined ? '删除指标' : '指标改动', before: describe(old), after: describe(now) });
  }
  const [oldItems, newItems] = [itemsOf(before), itemsOf(after)];
  const [oldPlace, newPlace] = [place(before), place(after)];
  for (const id of new Set([...oldItems.keys(), ...newItems.keys()])) {
    const [old, now] = [oldItems.get(id), newItems.get(id)];
    const [oldRow, newRow] = [evidenceOf(before, id), evidenceOf(after, id)];
    const indicator = now?.indicator ?? old?.indicator ?? '';
    const what = titleOf(newRow ?? oldRow);
    const [was, is] = [oldPlace.get(id) ?? '', newPlace.get(id) ?? ''];
    if (old === undefined) differences.push({ indicator, kind: 'evidence', what, before: '', after: is });
    else if (now === undefined) differences.push({ indicator, kind: 'evidence', what, before: was, after: '' });
    else if (old.sourceHash !== now.sourceHash) differences.push({ indicator, kind: 'evidence', what, before: `${was}，${String(oldRow?.['file_name'] ?? '')}`, after: `${is}，换为${String(newRow?.['file_name'] ?? '')}` });
    else if (titleOf(oldRow) !== titleOf(newRow)) differences.push({ indicator, kind: 'evidence', what: '题名改动', before: titleOf(oldRow), after: titleOf(newRow) });
    if (old !== undefined && now !== undefined && was !== is) differences.push({ indicator, kind: 'page', what, before: was, after: is });
  }
  const compareRows = (kind: 'value' | 'report', describe: (row: PlainCells) => string, name: (key: string) => string): void => {
    const [old, now] = [before.rows.get(kind) ?? new Map<string, PlainCells>(), after.rows.get(kind) ?? new Map<string, PlainCells>()];
    for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
      const [was, is] = [old.get(key), now.get(key)].map((row) => (row === undefined ? '' : describe(row)));
      if (was !== is) differences.push({ indicator: String(parseRowKey(key)[0]), kind, what: name(key), before: excerpt(was ?? ''), after: excerpt(is ?? '') });
    }
  };
  compareRows('value', describeValue, (key) => `${String(parseRowKey(key)[1])}年数值`);
  compareRows('report', (row) => String(row['body']), () => '达标情况说明');
  const rank: Readonly<Record<DifferenceKind, number>> = { indicator: 0, value: 1, report: 2, evidence: 3, page: 4 };
  const at = (code: string): number => order.get(code) ?? order.size;
  return {
    differences: differences.toSorted((a, b) => at(a.indicator) - at(b.indicator) || rank[a.kind] - rank[b.kind]),
    reprints: reprintDiff(before.record.plan, after.record.plan, duplex),
  };
};
