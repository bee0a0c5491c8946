import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBoxes, type BoxContent } from '../../src-main/domain/box-plan.ts';

const sizes = { widths: [50, 20, 30, 40], sheetsPerMm: 10, perVolume: 2 };
const content = (volume: number, sheets: number, extra: Partial<BoxContent> = {}): BoxContent => ({
  volume, firstItem: volume * 10, lastItem: volume * 10 + 9, sheets, year: 2024, organ: 'STB', retention: '30年', ...extra,
});

describe('planBoxes', () => {
  it('takes the narrowest spine that holds the contents', () => {
    expect(planBoxes([content(1, 180)], sizes).map(({ width, thickness }) => [width, thickness])).toEqual([[20, 20]]);
    expect(planBoxes([content(1, 181)], sizes)[0]?.width).toBe(30);
    expect(planBoxes([content(1, 200), content(2, 200)], sizes).map(({ width, volumes, firstItem, lastItem }) => [width, volumes, firstItem, lastItem])).toEqual([[50, [1, 2], 10, 29]]);
  });

  it('says when one volume is thicker than any box', () => {
    expect(planBoxes([content(1, 900)], sizes)).toMatchObject([{ width: 50, overfull: true }]);
    expect(() => planBoxes([], { ...sizes, widths: [] })).toThrow(RangeError);
  });

  it('never mixes year, organ or retention, loses nothing and overfills nothing that could be divided', () => {
    const any = fc.record({ sheets: fc.integer({ min: 1, max: 600 }), year: fc.constantFrom(2022, 2023), organ: fc.constantFrom('A', 'B'), retention: fc.constantFrom('永久', '30年') });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (list) => {
        const contents = list.map((each, index) => content(index + 1, each.sheets, each));
        const boxes = planBoxes(contents, sizes);
        expect(boxes.flatMap(({ volumes }) => volumes)).toEqual(contents.map(({ volume }) => volume));
        for (const box of boxes) {
          const inside = contents.filter(({ volume }) => box.volumes.includes(volume));
          expect(new Set(inside.map(({ year, organ, retention }) => `${year} ${organ} ${retention}`)).size).toBe(1);
          expect(box.overfull).toBe(box.thickness > 50);
          if (box.volumes.length > 1) expect(box.overfull).toBe(false);
        }
      }),
    );
  });
});
