import { formatItemOrder } from '../domain/archival-code.ts';
import type { ItemOrder } from '../domain/page-number.ts';
import type { PaperProfile } from './profile.ts';

/** 归档章, drawn by the binder: row 1 全宗号·年度·件号, row 2 机构（问题）·保管期限·页数 (DA/T 22-2015 §5.4). */
export interface FilingStampModel {
  readonly fonds: string;
  /** Null where the item's date is not known: the cell stays blank to write in. */
  readonly year: number | null;
  readonly item: ItemOrder;
  readonly organ: string;
  readonly retention: string;
  readonly pages: number;
}

/** The six texts of the stamp, row by row. */
export const filingStampRows = (model: FilingStampModel, profile: PaperProfile): readonly [readonly [string, string, string], readonly [string, string, string]] => [
  [model.fonds, model.year === null ? '' : String(model.year), formatItemOrder(model.item, profile.filingStamp.digits)],
  [model.organ, model.retention, String(model.pages)],
];
