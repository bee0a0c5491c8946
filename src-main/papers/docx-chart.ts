import { AlignmentType, LineRuleType, Paragraph } from 'docx';
import { ChartRun } from 'docx/charts';
import { scaleOf } from './chart-scale.ts';
import { latinFont, paragraphLook, textRun } from './docx-text.ts';
import type { Chart } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import { formatFigure } from './wording.ts';

const pixels = (millimetres: number): number => Math.round((millimetres / 25.4) * 96);

/** A chart that Word and WPS can edit, and its caption below. A paragraph with a picture must not have an exact line height. */
export function renderChart(chart: Chart, profile: PaperProfile): readonly Paragraph[] {
  const scale = scaleOf(chart);
  const threshold = chart.threshold;
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { line: 240, lineRule: LineRuleType.AUTO, before: 0, after: 0 },
      keepNext: true,
      children: [
        new ChartRun({
          type: 'line',
          markers: true,
          categories: chart.points.map(({ label }) => label),
          series: [
            { name: '指标值', values: chart.points.map(({ value }) => value), color: '1F5AA6', dataLabels: { value: true, position: 'above' } },
            ...(threshold === null
              ? []
              : [{ name: `目标 ${formatFigure(threshold)}`, values: chart.points.map(() => threshold), color: 'CC0000', markers: false, line: { dash: 'dash' as const } }]),
          ],
          valueAxis: { minimum: scale.least, maximum: scale.most, interval: scale.step },
          legend: threshold === null ? false : { position: 'bottom' },
          font: { name: latinFont },
          transformation: { width: pixels(chart.width), height: pixels(chart.height) },
        }),
      ],
    }),
    new Paragraph({ ...paragraphLook(profile, 'cell', 'center'), children: [textRun(chart.caption)] }),
  ];
}
