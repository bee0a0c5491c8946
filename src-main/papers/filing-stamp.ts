import { MM_PER_POINT, type DrawOp, type MeasureText } from '../domain/page-drawing.ts';
import { formatItemNumber } from '../domain/archival-code.ts';
import type { PaperProfile } from './profile.ts';

/** 归档章: row 1 全宗号·年度·件号, row 2 机构（问题）·保管期限·页数 (DA/T 22-2015 §5.4). */
export interface FilingStampModel {
  readonly fonds: string;
  /** Null where the item's date is not known: the cell stays blank to write in. */
  readonly year: number | null;
  readonly item: number;
  readonly organ: string;
  readonly retention: string;
  readonly pages: number;
}

/** The six texts of the stamp, row by row. */
export const filingStampRows = (model: FilingStampModel, profile: PaperProfile): readonly [readonly [string, string, string], readonly [string, string, string]] => [
  [model.fonds, model.year === null ? '' : String(model.year), formatItemNumber(model.item, profile.filingStamp.digits)],
  [model.organ, model.retention, String(model.pages)],
];

/** Draws the stamp with its top left corner at (x, y), at the profile's size and colour; texts shrink to their cell. */
export function drawFilingStamp(model: FilingStampModel, x: number, y: number, profile: PaperProfile, measure: MeasureText): readonly DrawOp[] {
  const { width, height, color, font, size } = profile.filingStamp;
  const line = (x1: number, y1: number, x2: number, y2: number): DrawOp => ({ op: 'line', x1, y1, x2, y2, width: 0.3, color });
  const grid: readonly DrawOp[] = [
    { op: 'rect', x, y, w: width, h: height, stroke: color, strokeWidth: 0.3 },
    line(x, y + height / 2, x + width, y + height / 2),
    line(x + width / 3, y, x + width / 3, y + height),
    line(x + (2 * width) / 3, y, x + (2 * width) / 3, y + height),
  ];
  const texts = filingStampRows(model, profile).flatMap((row, r) =>
    row.map((content, c): DrawOp => {
      const room = width / 3 - 1;
      const fitted = Math.min(size, (size * room) / Math.max(0.01, measure(content, font, size)));
      const em = fitted * MM_PER_POINT;
      return {
        op: 'text',
        x: x + (c * width) / 3 + (width / 3 - measure(content, font, fitted)) / 2,
        y: y + (r * height) / 2 + (height / 2 - em) / 2 + 0.88 * em,
        text: content,
        font,
        size: fitted,
        color,
      };
    }),
  );
  return [...grid, ...texts.filter((op) => op.op !== 'text' || op.text !== '')];
}
