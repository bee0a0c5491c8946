import { formatFigure } from '../ui/words.ts';
import type { IndicatorRead } from './indicator-read.ts';
import { layOutChart } from './trend-scale.ts';

const box = { width: 260, height: 150, margin: 30 };

/** Values over the years with the target's line; nothing while there is no value. */
export function TrendChart({ detail }: { readonly detail: IndicatorRead }) {
  const { target } = detail.indicator;
  const values = new Map(detail.values.map((value) => [value.year, value.value]));
  if (values.size === 0) return null;
  const goal = target.kind === 'value' ? (target.value ?? null) : null;
  const { points, targetY } = layOutChart(detail.years, values, goal, box);
  const unit = detail.values[0]?.unit ?? '';
  const says = points.map((point) => `${point.year}年 ${formatFigure(point.value)}${unit}`).join('，');
  return (
    <figure className="trend">
      <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={`趋势图：${says}${goal === null ? '' : `；目标 ${target.text}`}`} data-testid="trend-chart">
        <line className="trend-axis" x1={box.margin - 14} x2={box.width - box.margin + 14} y1={box.height - 18} y2={box.height - 18} />
        {targetY === null ? null : (
          <>
            <line className="trend-target" x1={box.margin - 14} x2={box.width - box.margin + 14} y1={targetY} y2={targetY} />
            <text className="trend-target-word" x={box.width - 4} y={targetY - 4} textAnchor="end">
              {target.text}
            </text>
          </>
        )}
        <polyline className="trend-line" points={points.map((point) => `${point.x},${point.y}`).join(' ')} />
        {points.map((point) => (
          <g key={point.year}>
            <circle className="trend-dot" cx={point.x} cy={point.y} r={3.5} />
            <text className="trend-value" x={point.x} y={point.y - 8} textAnchor="middle">
              {formatFigure(point.value)}
            </text>
            <text className="trend-year" x={point.x} y={box.height - 5} textAnchor="middle">
              {point.year}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
