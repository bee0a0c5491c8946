import type { Catalog } from '../domain/catalog.ts';
import type { PlannedVolume, VolumePlan } from '../domain/volume-plan.ts';
import type { PaperOffice } from './office.ts';
import { cell, label, space, text, type Paper } from './paper.ts';
import { textWidth, type PaperProfile } from './profile.ts';
import { chineseSpan, projectName } from './wording.ts';

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
  projectTitle: projectName(catalog.title),
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

export function describeCover(model: CoverModel, profile: PaperProfile): Paper {
  const width = textWidth(profile.pages.form);
  const quarter = width / 4;
  return {
    title: `${model.volumeTitle} 案卷封面`,
    draft: model.draft,
    sections: [
      {
        page: 'form',
        numbering: 'none',
        blocks: [
          space(14),
          text('coverFonds', model.fondsName),
          ...(model.category === '' ? [] : [text('coverCategory', model.category)]),
          { kind: 'move-to', y: 100 },
          text('coverTitle', model.projectTitle),
          text('coverCategory', model.volumeTitle),
          { kind: 'move-to', y: 196 },
          text('coverLine', `第 ${model.volume} 卷 / 共 ${model.volumes} 卷`),
          { kind: 'move-to', y: 214 },
          {
            kind: 'table',
            table: {
              columns: [quarter * 0.8, quarter * 1.2, quarter * 0.8, quarter * 1.2].map((each) => ({ width: each, align: 'center' as const })),
              headers: [],
              rowHeight: 12,
              leastRows: 0,
              rows: [
                { cells: [label('起止时间'), { ...cell(model.span), span: 3 }] },
                { cells: [label('保管期限'), cell(model.retention), label('归档号'), cell('')] },
                { cells: [label('件数'), cell(`本卷共 ${model.items} 件`), label('页数'), cell(`${model.pages} 页`)] },
                { cells: [label('全宗号'), cell(model.fondsCode), label('档号'), cell(model.archivalCode)] },
              ],
            },
          },
        ],
      },
    ],
  };
}
