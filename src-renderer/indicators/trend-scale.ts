/** Places of a small chart in its own units, y growing downwards. */
export interface ChartPoint {
  readonly year: number;
  readonly value: number;
  readonly x: number;
  readonly y: number;
}

export interface Chart {
  readonly points: readonly ChartPoint[];
  /** Height of the target line, or null where the target is no figure. */
  readonly targetY: number | null;
}

export interface ChartBox {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
}

/**
 * Lays out yearly values and the target line so that both are in sight. Years without a value leave a gap at their place. A flat
 * line lies in the middle: small noise is not blown up to a mountain.
 */
export function layOutChart(years: readonly number[], values: ReadonlyMap<number, number>, target: number | null, box: ChartBox): Chart {
  const all = [...values.values(), ...(target === null ? [] : [target])];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const spread = high - low;
  const pad = spread === 0 ? Math.max(1, Math.abs(high) * 0.1) : spread * 0.15;
  const inner = { width: box.width - 2 * box.margin, height: box.height - 2 * box.margin };
  const yOf = (value: number): number => box.margin + inner.height * (1 - (value - (low - pad)) / (spread + 2 * pad));
  const xOf = (index: number): number => box.margin + (years.length === 1 ? inner.width / 2 : (inner.width * index) / (years.length - 1));
  return {
    points: years.flatMap((year, index) => {
      const value = values.get(year);
      return value === undefined ? [] : [{ year, value, x: xOf(index), y: yOf(value) }];
    }),
    targetY: target === null || all.length === 0 ? null : yOf(target),
  };
}
