import type { PaperOffice } from './office.ts';
import { cell, label, text, type Paper } from './paper.ts';
import { textWidth, type PaperProfile } from './profile.ts';

/** The cover that 归档文件目录 is bound with (DA/T 22-2015 §6.4): 全宗名称, 年度, 保管期限, 机构（问题）. */
export interface ItemCatalogCoverModel {
  readonly fondsName: string;
  readonly fondsCode: string;
  readonly year: number;
  readonly retention: string;
  readonly organ: string;
  readonly items: number;
  readonly draft: boolean;
}

export const buildItemCatalogCoverModel = (office: PaperOffice, year: number, items: number, draft: boolean): ItemCatalogCoverModel => ({
  fondsName: office.fondsName,
  fondsCode: office.fondsCode,
  year,
  retention: office.retention,
  organ: office.category,
  items,
  draft,
});

export function describeItemCatalogCover(model: ItemCatalogCoverModel, profile: PaperProfile): Paper {
  const width = Math.min(170, textWidth(profile.pages.landscape));
  const row = (name: string, value: string) => ({ cells: [label(name), cell(value)] });
  return {
    title: `${profile.itemCatalog.title}封面`,
    draft: model.draft,
    sections: [
      {
        page: 'landscape',
        numbering: 'none',
        blocks: [
          { kind: 'move-to', y: 48 },
          text('coverTitle', [...profile.itemCatalog.title].join(' ')),
          { kind: 'move-to', y: 88 },
          {
            kind: 'table',
            table: {
              columns: [
                { width: 46, align: 'center' },
                { width: width - 46, align: 'left' },
              ],
              headers: [],
              rowHeight: 14,
              leastRows: 0,
              rows: [
                row('全宗名称', model.fondsName),
                row('全宗号', model.fondsCode),
                row('年度', String(model.year)),
                row('保管期限', model.retention),
                row('机构（问题）', model.organ),
                row('件数', `${model.items} 件`),
              ],
            },
          },
        ],
      },
    ],
  };
}
