import { MM_PER_POINT } from '../domain/page-drawing.ts';
import { scaleOf } from './chart-scale.ts';
import type { Chart } from './paper.ts';
import type { Sheet } from './sheet.ts';
import { formatFigure } from './wording.ts';

const labelSize = 9;
const em = labelSize * MM_PER_POINT;
const grey = [0.75, 0.75, 0.75] as const;
const blue = [0.12, 0.35, 0.65] as const;
const red = [0.8, 0, 0] as const;

/** Draws the chart and its caption in the middle of the text area; both stay on one page. */
export function layoutChart(chart: Chart, sheet: Sheet): void {
  const caption = sheet.wrap('cell', chart.caption);
  const captionPitch = sheet.profile.styles.cell.pitch * MM_PER_POINT;
  sheet.need(chart.height + caption.length * captionPitch);
  const left = sheet.setup.left + (sheet.area - chart.width) / 2;
  const scale = scaleOf(chart);
  const ticks = Array.from({ length: Math.round((scale.most - scale.least) / scale.step) + 1 }, (_, index) => Number((scale.least + index * scale.step).toPrecision(10)));
  const tickWidth = Math.max(...ticks.map((tick) => sheet.measureLabel(formatFigure(tick), labelSize)));
  const plot = { left: left + tickWidth + 3, right: left + chart.width - 4, top: sheet.y + 5, bottom: sheet.y + chart.height - em * 1.8 };
  const yOf = (value: number): number => plot.bottom - ((value - scale.least) / (scale.most - scale.least)) * (plot.bottom - plot.top);
  const xOf = (index: number): number => plot.left + ((index + 0.5) / chart.points.length) * (plot.right - plot.left);
  const write = (content: string, centre: number, baseline: number): void => {
    sheet.draw({ op: 'text', x: centre - sheet.measureLabel(content, labelSize) / 2, y: baseline, text: content, font: 'song', size: labelSize });
  };
  for (const tick of ticks) {
    const y = yOf(tick);
    sheet.draw({ op: 'line', x1: plot.left, y1: y, x2: plot.right, y2: y, width: 0.1, color: grey });
    const content = formatFigure(tick);
    sheet.draw({ op: 'text', x: plot.left - 1.5 - sheet.measureLabel(content, labelSize), y: y + em * 0.36, text: content, font: 'song', size: labelSize });
  }
  sheet.draw({ op: 'line', x1: plot.left, y1: plot.bottom, x2: plot.right, y2: plot.bottom, width: 0.2 });
  if (chart.threshold !== null) {
    const y = yOf(chart.threshold);
    sheet.draw({ op: 'line', x1: plot.left, y1: y, x2: plot.right, y2: y, width: 0.25, color: red, dash: [1.5, 1] });
    const content = `目标 ${formatFigure(chart.threshold)}`;
    sheet.draw({ op: 'text', x: plot.right - sheet.measureLabel(content, labelSize), y: y - 0.8, text: content, font: 'song', size: labelSize, color: red });
  }
  chart.points.forEach(({ label, value }, index) => {
    const x = xOf(index);
    write(label, x, plot.bottom + em * 1.3);
    if (value === null) return;
    const next = chart.points[index + 1];
    if (next !== undefined && next.value !== null) sheet.draw({ op: 'line', x1: x, y1: yOf(value), x2: xOf(index + 1), y2: yOf(next.value), width: 0.4, color: blue });
    sheet.draw({ op: 'ellipse', cx: x, cy: yOf(value), rx: 0.8, ry: 0.8, fill: blue });
    write(formatFigure(value), x, yOf(value) - 1.6);
  });
  sheet.advance(chart.height);
  for (const line of caption) {
    sheet.put('cell', sheet.setup.left + (sheet.area - sheet.width('cell', line)) / 2, line);
    sheet.advance(captionPitch);
  }
}
