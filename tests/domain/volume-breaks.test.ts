import { describe, expect, it } from 'vitest';
import { evidenceId } from '../../src-main/domain/ids.ts';
import { moveBreaks, type VolumeMove } from '../../src-main/domain/volume-breaks.ts';
import { planVolumes, type VolumeBreaks, type VolumeDivision } from '../../src-main/domain/volume-plan.ts';
import { makeCatalog, makeEvidence, makeIndicator, makeLink, numbering } from './volume-plan-fixture.ts';

const catalog = makeCatalog([[makeIndicator('1', '甲')], [makeIndicator('2', '乙')]]);
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const snapshot = {
  evidence: ids.map((id) => makeEvidence(id, 2)),
  links: ids.map((id, order) => makeLink(id, order < 4 ? '1' : '2', order)),
};
const none: VolumeBreaks = { breaks: [], joins: [] };

/** Volumes as words of item letters. */
const divide = (mode: { by: 'group' } | { by: 'page-cap'; cap: number }, moved: VolumeBreaks): string[] =>
  planVolumes(catalog, snapshot, { ...mode, ...moved } satisfies VolumeDivision, numbering).volumes.map((volume) => volume.items.map((item) => item.evidenceId).join(''));

function carryOut(mode: { by: 'group' } | { by: 'page-cap'; cap: number }, ...moves: readonly VolumeMove[]): string[] | string {
  let now = none;
  for (const move of moves) {
    const moved = moveBreaks(catalog, planVolumes(catalog, snapshot, { ...mode, ...now }, numbering), mode.by, now, move);
    if (!moved.ok) return moved.error;
    now = moved.value;
  }
  return divide(mode, now);
}

describe('borders of volumes moved by hand', () => {
  it('splits a group at an item and joins it again', () => {
    expect(divide({ by: 'group' }, none)).toEqual(['abcd', 'ef']);
    expect(carryOut({ by: 'group' }, { kind: 'split', at: evidenceId('c') })).toEqual(['ab', 'cd', 'ef']);
    expect(carryOut({ by: 'group' }, { kind: 'split', at: evidenceId('c') }, { kind: 'join', volume: 2 })).toEqual(['abcd', 'ef']);
  });

  it('shifts an item and those up to the border to the neighbour, and keeps their order', () => {
    const split: VolumeMove = { kind: 'split', at: evidenceId('c') };
    expect(carryOut({ by: 'group' }, split, { kind: 'shift', item: evidenceId('b'), to: 2 })).toEqual(['a', 'bcd', 'ef']);
    expect(carryOut({ by: 'group' }, split, { kind: 'shift', item: evidenceId('c'), to: 1 })).toEqual(['abc', 'd', 'ef']);
    expect(carryOut({ by: 'group' }, split, { kind: 'shift', item: evidenceId('d'), to: 1 })).toEqual(['abcd', 'ef']);
    expect(carryOut({ by: 'group' }, split, { kind: 'shift', item: evidenceId('a'), to: 2 })).toEqual(['abcd', 'ef']);
  });

  it('overrules the page cap where a person joins, and nowhere else', () => {
    const cap = { by: 'page-cap', cap: 4 } as const;
    expect(divide(cap, none)).toEqual(['ab', 'cd', 'ef']);
    expect(carryOut(cap, { kind: 'join', volume: 2 })).toEqual(['abcd', 'ef']);
    expect(carryOut(cap, { kind: 'shift', item: evidenceId('b'), to: 2 })).toEqual(['a', 'bcd', 'ef']);
    expect(carryOut(cap, { kind: 'shift', item: evidenceId('c'), to: 1 })).toEqual(['abc', 'de', 'f']);
  });

  it('refuses to mix groups, to jump over a volume, and to split where a volume begins', () => {
    expect(carryOut({ by: 'group' }, { kind: 'join', volume: 2 })).toBe('other-part');
    expect(carryOut({ by: 'group' }, { kind: 'shift', item: evidenceId('e'), to: 1 })).toBe('other-part');
    expect(carryOut({ by: 'group' }, { kind: 'split', at: evidenceId('c') }, { kind: 'shift', item: evidenceId('a'), to: 3 })).toBe('not-neighbours');
    expect(carryOut({ by: 'group' }, { kind: 'split', at: evidenceId('a') })).toBe('at-the-beginning');
    expect(carryOut({ by: 'group' }, { kind: 'split', at: evidenceId('z') })).toBe('unknown');
  });
});
