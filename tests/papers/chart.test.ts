import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { buildReportModel, defaultProfile, describeReport, layoutPaper, renderPaperDocx } from '../../src-main/papers/index.ts';
import { scaleOf } from '../../src-main/papers/chart-scale.ts';
import type { Chart } from '../../src-main/papers/paper.ts';
import { catalog, judgements, measure, office, plan, snapshot } from './paper-fixture.ts';

const chartOf = (values: readonly (number | null)[], threshold: number | null): Chart => ({
  caption: '变化', unit: '%', threshold, width: 120, height: 48, points: values.map((value, index) => ({ label: String(2021 + index), value })),
});

describe('charts', () => {
  it('have a scale of round steps that holds every figure and the target', () => {
    expect(scaleOf(chartOf([95.1, 95.5, 95.9], 95))).toEqual({ least: 94.5, most: 96, step: 0.5 });
    expect(scaleOf(chartOf([0, 0, 0], null))).toMatchObject({ least: 0 });
    expect(scaleOf(chartOf([96.5, 96.5], null)).step).toBeGreaterThan(1);
    expect(scaleOf(chartOf([0, 5e-324], null))).toMatchObject({ least: 0, step: 0.5 });
    const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(figure, { minLength: 2, maxLength: 5 }), fc.option(figure), (values, threshold) => {
        const { least, most, step } = scaleOf(chartOf(values, threshold));
        const all = threshold === null ? values : [...values, threshold];
        const rounding = 1e-6 * Math.max(1, ...all.map(Math.abs));
        expect(least).toBeLessThanOrEqual(Math.min(...all) + rounding);
        expect(most).toBeGreaterThanOrEqual(Math.max(...all) - rounding);
        expect((most - least) / step).toBeLessThanOrEqual(12);
        expect(step).toBeGreaterThan(0);
      }),
    );
  });

  it('stand in both renderings of the report: one for each indicator that has figures of two years', { timeout: 60_000 }, async () => {
    const paper = describeReport(buildReportModel({ catalog, snapshot, plan, judgements, office, draft: false }), defaultProfile);
    const ops = layoutPaper(paper, defaultProfile, measure).flatMap((page) => page.ops);
    expect(ops.filter((op) => op.op === 'ellipse')).toHaveLength(18);
    expect(ops.filter((op) => op.op === 'text' && op.text === '目标 95')).toHaveLength(6);
    const parts = unzipSync(await renderPaperDocx(paper, defaultProfile));
    const charts = Object.keys(parts).filter((name) => /^word\/charts\/chart\d+\.xml$/u.test(name));
    expect(charts).toHaveLength(6);
    expect(strFromU8(parts['word/charts/chart1.xml'] ?? new Uint8Array())).toContain('<c:v>95.1</c:v>');
  });
});
