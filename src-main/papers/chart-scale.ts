import type { Chart } from './paper.ts';

export interface ChartScale {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** A scale of round numbers that holds all figures and the threshold, so that drawn page and DOCX show the same axis. */
export function scaleOf(chart: Chart): ChartScale {
  const values = [...chart.points.flatMap(({ value }) => value ?? []), ...(chart.threshold === null ? [] : [chart.threshold])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Figures that hardly differ are drawn as a level line, not magnified until rounding shows.
  const isLevel = high - low <= Math.max(size * 1e-6, 1e-9);
  const span = !isLevel ? high - low : size < 1e-6 ? 1 : size * 0.1;
  const rough = (span * 1.4) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= rough) ?? 10 * magnitude;
  const round = (value: number): number => Number(value.toPrecision(10));
  const least = round(Math.floor((low - span * 0.1) / step) * step);
  const most = round(Math.ceil((high + span * 0.1) / step) * step);
  // A share below nothing, or a figure that is never negative, needs no room under zero.
  return { least: low >= 0 ? Math.max(0, least) : least, most: most > least ? most : least + step, step: round(step) };
}
