import type { PlannedVolume } from '../domain/volume-plan.ts';
import type { PaperOffice } from './office.ts';
import { cell, label, text, type Paper } from './paper.ts';
import { textWidth, type PaperProfile } from './profile.ts';
import { chineseDate } from './wording.ts';

/** 卷内备考表 (GB/T 9705-2008 §7): counts are computed, persons are entered. */
export interface ClosingNoteModel {
  readonly volume: number;
  readonly volumeTitle: string;
  readonly archivalCode: string;
  readonly items: number;
  readonly pages: number;
  readonly photos: number;
  readonly photoPages: number;
  /** Items for which one page stands in, by 顺序号. */
  readonly missing: readonly number[];
  /** 修改 补充 移出 in the office's words. */
  readonly remarks: string;
  readonly compiler: string;
  readonly inspector: string;
  readonly date: string;
  readonly draft: boolean;
}

export const buildClosingNoteModel = (volume: PlannedVolume, office: PaperOffice, remarks: string, draft: boolean): ClosingNoteModel => ({
  volume: volume.no,
  volumeTitle: volume.title,
  archivalCode: volume.archivalCode,
  items: volume.totals.items,
  pages: volume.totals.pages,
  photos: volume.totals.photos,
  photoPages: volume.totals.photoPages,
  missing: volume.items.filter(({ placeholder }) => placeholder).map(({ order }) => order),
  remarks,
  compiler: office.compiler,
  inspector: office.inspector,
  date: office.date,
  draft,
});

export function describeClosingNote(model: ClosingNoteModel, profile: PaperProfile): Paper {
  const width = textWidth(profile.pages.form);
  const photos = model.photos === 0 ? '无照片' : `其中照片 ${model.photos} 件、${model.photoPages} 页`;
  const condition = [
    `本卷共有文件材料 ${model.items} 件、${model.pages} 页，${photos}。`,
    model.missing.length === 0 ? '页号连续，无缺损。' : `顺序号 ${model.missing.join('、')} 的原件未能装入，以说明页代替，待补充后换页。`,
    ...(model.remarks === '' ? [] : [model.remarks]),
  ].join('\n');
  return {
    title: `${model.volumeTitle} 卷内备考表`,
    draft: model.draft,
    sections: [
      {
        page: 'form',
        numbering: 'none',
        blocks: [
          text('formTitle', '卷内备考表'),
          text('formNote', `案卷题名：第${model.volume}卷 ${model.volumeTitle}${model.archivalCode === '' ? '' : `    档号：${model.archivalCode}`}`),
          {
            kind: 'table',
            table: {
              columns: [0.16, 0.34, 0.16, 0.34].map((part) => ({ width: width * part, align: 'center' as const })),
              headers: [],
              rowHeight: 12,
              leastRows: 0,
              rows: [
                { cells: [label('文件件数'), cell(`${model.items} 件`), label('文件页数'), cell(`${model.pages} 页`)] },
                { cells: [label('照片'), cell(model.photos === 0 ? '无' : `${model.photos} 件 ${model.photoPages} 页`), label('缺件'), cell(model.missing.length === 0 ? '无' : `${model.missing.length} 件`)] },
                { cells: [{ text: '本卷情况说明', span: 4, header: true }] },
                { height: 118, cells: [{ text: condition.split('\n').map((line) => `　　${line}`).join('\n'), span: 4, align: 'left', vertical: 'top', style: 'formBody' }] },
                { cells: [label('立卷人'), cell(model.compiler), label('检查人'), cell(model.inspector)] },
                { cells: [label('立卷时间'), { ...cell(chineseDate(model.date)), span: 3 }] },
              ],
            },
          },
        ],
      },
    ],
  };
}
