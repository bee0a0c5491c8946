import type { Catalog } from './catalog.ts';
import type { EvidenceId, IndicatorCode } from './ids.ts';
import type { Result } from './result.ts';
import { fail, ok } from './result.ts';
import type { PlannedItem, PlannedVolume, VolumeBreaks, VolumeDivision, VolumePlan } from './volume-plan.ts';

/** What a person does to the volumes by hand: begin one at an item, join one to the one before, or shift an item over a border. */
export type VolumeMove =
  | { readonly kind: 'split'; readonly at: EvidenceId }
  | { readonly kind: 'join'; readonly volume: number }
  | { readonly kind: 'shift'; readonly item: EvidenceId; readonly to: number };

export type VolumeMoveTrouble = 'unknown' | 'at-the-beginning' | 'not-neighbours' | 'other-part';

/**
 * The borders after a move. Items keep their order, so an item that goes to a neighbouring volume takes along those between it and the
 * border. Volumes of different indicators or groups (where these divide) are never mixed.
 */
export function moveBreaks(catalog: Catalog, plan: VolumePlan, by: VolumeDivision['by'], now: VolumeBreaks, move: VolumeMove): Result<VolumeBreaks, VolumeMoveTrouble> {
  switch (move.kind) {
    case 'split': {
      const place = findItem(plan, move.at);
      if (place === undefined) return fail('unknown');
      return place.index === 0 ? fail('at-the-beginning') : ok(withBreak(now, move.at));
    }
    case 'join': {
      const [before, volume] = [plan.volumes[move.volume - 2], plan.volumes[move.volume - 1]];
      if (volume === undefined) return fail('unknown');
      if (before === undefined) return fail('not-neighbours');
      return partOf(catalog, by, before) === partOf(catalog, by, volume) ? ok(withoutBreaks(now, volume.items, by)) : fail('other-part');
    }
    case 'shift': {
      const place = findItem(plan, move.item);
      const target = plan.volumes[move.to - 1];
      if (place === undefined || target === undefined) return fail('unknown');
      const { volume, index } = place;
      if (Math.abs(target.no - volume.no) !== 1) return fail('not-neighbours');
      if (partOf(catalog, by, target) !== partOf(catalog, by, volume)) return fail('other-part');
      if (target.no > volume.no) {
        const joined = withoutBreaks(now, [...volume.items.slice(index + 1), ...target.items], by);
        return ok(index === 0 ? joined : withBreak(joined, move.item));
      }
      const joined = withoutBreaks(now, volume.items.slice(0, index + 1), by);
      const next = volume.items[index + 1];
      return ok(next === undefined ? joined : withBreak(joined, next.evidenceId));
    }
    default:
      return move satisfies never;
  }
}

function findItem(plan: VolumePlan, id: EvidenceId): { readonly volume: PlannedVolume; readonly index: number } | undefined {
  for (const volume of plan.volumes) {
    const index = volume.items.findIndex((item) => item.evidenceId === id);
    if (index !== -1) return { volume, index };
  }
  return undefined;
}

/** What a volume may not be mixed beyond: its indicator, its group, or nothing. */
function partOf(catalog: Catalog, by: VolumeDivision['by'], volume: PlannedVolume): string {
  const code: IndicatorCode | undefined = volume.items[0]?.indicator;
  switch (by) {
    case 'indicator':
      return code ?? '';
    case 'group':
      return catalog.groups.find((group) => group.indicators.some((indicator) => indicator.code === code))?.code ?? '';
    case 'page-cap':
      return '';
    default:
      return by satisfies never;
  }
}

const withBreak = ({ breaks, joins }: VolumeBreaks, at: EvidenceId): VolumeBreaks => ({ breaks: [...breaks.filter((id) => id !== at), at], joins: joins.filter((id) => id !== at) });

/** No volume begins at these. Only a page cap begins volumes by itself, so only there the joins have to be kept. */
function withoutBreaks({ breaks, joins }: VolumeBreaks, items: readonly PlannedItem[], by: VolumeDivision['by']): VolumeBreaks {
  const ids = new Set(items.map((item) => item.evidenceId));
  return { breaks: breaks.filter((id) => !ids.has(id)), joins: by === 'page-cap' ? [...joins.filter((id) => !ids.has(id)), ...ids] : joins };
}
