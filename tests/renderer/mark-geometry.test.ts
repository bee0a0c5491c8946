import { describe, expect, it } from 'vitest';
import { joinLines, mapStroke, straighten, strokesUnder, strokeUnder, turnPart, turnPoint } from '../../src-renderer/preview/mark-geometry.ts';

const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

describe('joinLines', () => {
  it('puts pieces side by side together and keeps lines and columns apart', () => {
    expect(joinLines([box(60, 11, 90, 25), box(10, 10, 58, 24), box(10, 40, 80, 54)])).toEqual([box(10, 10, 90, 25), box(10, 40, 80, 54)]);
    expect(joinLines([box(10, 10, 60, 24), box(200, 10, 260, 24)])).toHaveLength(2);
  });

  it('passes over pieces without an extent', () => {
    expect(joinLines([box(10, 10, 10, 24), box(10, 10, 60, 10)])).toEqual([]);
  });
});

describe('strokes', () => {
  it('lies under a line of text, beside one that lies on its side', () => {
    expect(strokeUnder(box(10, 10, 90, 24), 2)).toEqual({ x1: 10, y1: 26, x2: 90, y2: 26 });
    expect(strokeUnder(box(10, 10, 24, 90), 2)).toEqual({ x1: 8, y1: 10, x2: 8, y2: 90 });
  });

  it('is made level or upright, and a click is none', () => {
    expect(straighten({ x1: 80, y1: 20, x2: 10, y2: 26 })).toEqual({ x1: 10, y1: 20, x2: 80, y2: 20 });
    expect(straighten({ x1: 80, y1: 90, x2: 84, y2: 20 })).toEqual({ x1: 80, y1: 20, x2: 80, y2: 90 });
    expect(straighten({ x1: 80, y1: 20, x2: 83, y2: 21 })).toBeNull();
  });

  it('comes back to where it was when the view of a picture is turned and turned back', () => {
    for (const turn of [0, 90, 180, 270]) {
      const there = mapStroke({ x1: 0.1, y1: 0.2, x2: 0.6, y2: 0.2 }, (u, v) => turnPoint([u, v], turn));
      const back = mapStroke(there, (u, v) => turnPoint([u, v], (360 - turn) % 360));
      expect(Object.values(back).map((part) => Math.round(part * 1000))).toEqual([100, 200, 600, 200]);
    }
    expect(turnPoint([0, 0], 90)).toEqual([1, 0]);
  });
});

describe('a place that recognition found on a page', () => {
  it('turns with the view, and keeps its size', () => {
    const part = { x: 0.1, y: 0.2, w: 0.3, h: 0.05 };
    const turned = [0, 90, 180, 270].map((turn) => Object.values(turnPart(part, turn)).map((value) => Math.round(value * 100) / 100));
    expect(turned).toEqual([[0.1, 0.2, 0.3, 0.05], [0.75, 0.1, 0.05, 0.3], [0.6, 0.75, 0.3, 0.05], [0.2, 0.6, 0.05, 0.3]]);
  });

  it('has its line under it, one for each line of text', () => {
    const lines = strokesUnder([{ x: 0.1, y: 0.2, w: 0.3, h: 0.05 }, { x: 0.1, y: 0.3, w: 0.2, h: 0.05 }], 0, { width: 200, height: 400 }, 2);
    expect(lines.map((line) => Object.values(line).map((value) => Math.round(value)))).toEqual([[20, 102, 80, 102], [20, 142, 60, 142]]);
  });
});
