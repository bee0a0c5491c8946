import { describe, expect, it } from 'vitest';
import { moveSelection, pickRow, settleSelection } from '../../src-renderer/inbox/selection.ts';
import { moveItem } from '../../src-renderer/indicators/move-item.ts';

const ids = ['a', 'b', 'c', 'd'];
const none = { at: 0, current: 'a', marked: [] };

describe('the selection of the inbox', () => {
  it('looks at what took the place of an item that left the list', () => {
    expect(settleSelection({ at: 1, current: 'b', marked: ['b', 'c'] }, ['a', 'c', 'd'])).toEqual({ at: 1, current: 'c', marked: ['c'] });
    expect(settleSelection({ at: 3, current: 'd', marked: [] }, ['a'])).toEqual({ at: 0, current: 'a', marked: [] });
    expect(settleSelection({ at: 0, current: 'a', marked: [] }, [])).toEqual({ at: 0, current: null, marked: [] });
  });

  it('walks within the list and marks what Shift passes over', () => {
    expect(moveSelection(none, ids, -1).current).toBe('a');
    const twice = moveSelection(moveSelection(none, ids, 1, true), ids, 1, true);
    expect(twice).toEqual({ at: 2, current: 'c', marked: ['a', 'b', 'c'] });
    expect(moveSelection(twice, ids, 1).marked).toEqual([]);
  });

  it('picks one, adds, takes away and spans', () => {
    const added = pickRow(none, ids, 'c', 'add');
    expect(added.marked).toEqual(['a', 'c']);
    expect(pickRow(added, ids, 'a', 'add').marked).toEqual(['c']);
    expect(pickRow(none, ids, 'c', 'range').marked).toEqual(['a', 'b', 'c']);
    expect(pickRow(added, ids, 'd', 'one')).toEqual({ at: 3, current: 'd', marked: [] });
    expect(pickRow(none, ids, 'gone', 'one')).toBe(none);
  });
});

describe('moving an item', () => {
  it('keeps every item and refuses places outside the list', () => {
    expect(moveItem(ids, 0, 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(moveItem(ids, 3, 0)).toEqual(['d', 'a', 'b', 'c']);
    expect(moveItem(ids, 1, 4)).toEqual(ids);
    expect(moveItem(ids, -1, 0)).toEqual(ids);
  });
});
