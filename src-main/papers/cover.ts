import type { Catalog } from '../domain/catalog.ts';
import type { PlannedVolume, VolumePlan } from '../domain/volume-plan.ts';
import type { PaperOffice } from './office.ts';
import { cell, label, space, text, type Paper, type Row, type StyleName } from './paper.ts';
import { textWidth, type PaperProfile } from './profile.ts';
import { archiveName, chineseSpan } from './wording.ts';

/** 案卷封面 (GB/T 9705-2008, GB/T 11822-2008). */
export interface CoverModel {
  readonly fondsName: string;
  readonly fondsCode: string;
  readonly category: string;
  readonly projectTitle: string;
  readonly volumeTitle: string;
  readonly volume: number;
  readonly volumes: number;
  readonly span: string;
  readonly retention: string;
  readonly items: number;
  readonly pages: number;
  readonly archivalCode: string;
  readonly draft: boolean;
}

export const buildCoverModel = (catalog: Catalog, plan: VolumePlan, volume: PlannedVolume, office: PaperOffice, draft: boolean): CoverModel => ({
  fondsName: office.fondsName,
  fondsCode: office.fondsCode,
  category: office.category,
  projectTitle: archiveName(catalog.title),
  volumeTitle: volume.title,
  volume: volume.no,
  volumes: plan.volumes.length,
  span: chineseSpan(volume.totals.firstDate, volume.totals.lastDate),
  retention: office.retention,
  items: volume.totals.items,
  pages: volume.totals.pages,
  archivalCode: volume.archivalCode,
  draft,
});

/** Lines of the cover that nobody stated, and where they are stated. */
export const gapsOfOffice = (office: Pick<PaperOffice, 'fondsName' | 'fondsCode' | 'category' | 'retention'>, fields: readonly ('fondsName' | 'fondsCode' | 'category' | 'retention')[]): readonly string[] => {
  const names = { fondsName: '全宗名称', fondsCode: '全宗号', category: '类目名称', retention: '保管期限' } as const;
  const empty = fields.filter((field) => office[field] === '').map((field) => names[field]);
  return empty.length === 0 ? [] : [`${empty.join('、')}没有填写，印出来是空的：设置 → 全宗与装订`];
};

export function describeCover(model: CoverModel, profile: PaperProfile): Paper {
  const width = textWidth(profile.pages.form);
  const written = (content: string, style: StyleName): Row => ({ height: 20, cells: [{ text: content, style, align: 'center', vertical: 'bottom' }] });
  return {
    title: `${model.volumeTitle} 案卷封面`,
    draft: model.draft,
    sections: [
      {
        page: 'form',
        numbering: 'none',
        blocks: [
          {
            kind: 'table',
            table: {
              columns: [{ width: width * 0.86, align: 'center' }],
              headers: [],
              rows: [written(model.fondsName, 'coverFonds'), written(model.category, 'coverCategory')],
              rowHeight: 20,
              leastRows: 0,
              ruled: 'below',
            },
          },
          { kind: 'move-to', y: 112 },
          text('coverTitle', model.projectTitle),
          space(4),
          text('coverCategory', model.volumeTitle),
          space(4),
          text('coverLine', `第 ${model.volume} 卷（共 ${model.volumes} 卷）`),
          { kind: 'move-to', y: 206 },
          {
            kind: 'table',
            table: {
              columns: [0.52, 0.2, 0.28].map((part) => ({ width: width * part, align: 'center' as const })),
              headers: [],
              rowHeight: 13,
              leastRows: 0,
              rows: [
                { cells: [cell(model.span === '' ? '' : model.span.includes('至') ? `自 ${model.span}` : model.span), label('保管期限'), cell(model.retention)] },
                { cells: [cell(`本卷共 ${model.items} 件 ${model.pages} 页`), label('归档号'), cell('')] },
              ],
            },
          },
          space(5),
          {
            kind: 'table',
            table: {
              columns: [0.16, 0.16, 0.34].map((part) => ({ width: width * part, align: 'center' as const })),
              headers: ['全宗号', '案卷号', '档号'],
              rowHeight: 10,
              leastRows: 0,
              place: 'right',
              rows: [{ cells: [cell(model.fondsCode), cell(String(model.volume)), cell(model.archivalCode)] }],
            },
          },
        ],
      },
    ],
  };
}
