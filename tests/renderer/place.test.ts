import { describe, expect, it } from 'vitest';
import { goBack, goTo, placeOf, readPlace } from '../../src-renderer/app/place.ts';
import type { Trail } from '../../src-renderer/app/place.ts';

describe('the place in the window', () => {
  it('reads back what was written, and takes anything else for the overview', () => {
    for (const place of [{ page: 'indicators', code: '5.2' }, { page: 'preview', id: 'e1', at: 3 }, { page: 'settings', tab: 'about' }, { page: 'check' }, { page: 'reviews' }, { page: 'catalog', tab: 'units', code: null }, { page: 'catalog', tab: 'units', code: null, question: 3 }]) {
      expect(readPlace(JSON.stringify(place))).toEqual(place);
    }
    for (const text of [null, '', '{', '7', '{"page":"gone"}', '{"page":"preview"}']) expect(readPlace(text)).toEqual({ page: 'overview' });
    expect(readPlace('{"page":"settings","tab":"gone"}')).toEqual({ page: 'settings', tab: 'units' });
  });

  it('goes on and back, counting no step twice', () => {
    const start: Trail = { steps: [{ page: 'overview' }] };
    const there = goTo(goTo(start, { page: 'check' }), { page: 'check' });
    expect(there.steps).toHaveLength(2);
    expect(placeOf(goBack(there))).toEqual({ page: 'overview' });
    expect(goBack(goBack(there))).toEqual(start);
  });

  it('keeps a bounded trail', () => {
    let trail: Trail = { steps: [{ page: 'overview' }] };
    for (let step = 0; step < 120; step += 1) trail = goTo(trail, { page: 'indicators', code: String(step) });
    expect(trail.steps).toHaveLength(50);
    expect(placeOf(trail)).toEqual({ page: 'indicators', code: '119' });
  });
});
