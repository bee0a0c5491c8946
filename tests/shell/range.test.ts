import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRange } from '../../src-main/shell/range.ts';

describe('parseRange', () => {
  it.each([
    [null, 100, { kind: 'whole' }],
    ['', 100, { kind: 'whole' }],
    ['bytes=0-', 100, { kind: 'part', start: 0, end: 99 }],
    ['bytes=0-0', 100, { kind: 'part', start: 0, end: 0 }],
    ['bytes=10-19', 100, { kind: 'part', start: 10, end: 19 }],
    ['bytes=90-500', 100, { kind: 'part', start: 90, end: 99 }],
    ['bytes=-10', 100, { kind: 'part', start: 90, end: 99 }],
    ['bytes=-500', 100, { kind: 'part', start: 0, end: 99 }],
    ['bytes=-0', 100, { kind: 'unsatisfiable' }],
    ['bytes=100-', 100, { kind: 'unsatisfiable' }],
    ['bytes=0-', 0, { kind: 'unsatisfiable' }],
    ['bytes=20-10', 100, { kind: 'whole' }],
    ['bytes=0-1,5-6', 100, { kind: 'whole' }],
    ['items=0-1', 100, { kind: 'whole' }],
    ['bytes=a-b', 100, { kind: 'whole' }],
    ['bytes=-', 100, { kind: 'whole' }],
  ] as const)('%s of %i bytes', (header, size, expected) => {
    expect(parseRange(header, size)).toEqual(expected);
  });

  it('never names a byte outside the file', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`), fc.nat().map((n) => `bytes=-${n}`)), fc.nat(), (header, size) => {
        const range = parseRange(header, size);
        return range.kind !== 'part' || (range.start >= 0 && range.start <= range.end && range.end < size);
      }),
    );
  });
});
