import { notesOnNumbers } from '../domain/late-inserts.ts';
import type { NumberingNotes } from '../domain/late-inserts.ts';
import { formatOrder, formatPageRange } from '../domain/page-number.ts';
import type { NumberRun } from '../domain/page-number.ts';
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
  /** Pictures of which nobody has said whether they are photos: then the count of photos is left to be written by hand. */
  readonly unsettledPictures: number;
  /** Items for which one page stands in, by 顺序号. */
  readonly missing: readonly string[];
  /** Late inserts, and numbers that nothing bears any more. */
  readonly numbering: NumberingNotes;
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
  unsettledPictures: volume.totals.unsettledPictures ?? 0,
  missing: volume.items.filter(({ placeholder }) => placeholder).map(formatOrder),
  numbering: notesOnNumbers(volume),
  remarks,
  compiler: office.compiler,
  inspector: office.inspector,
  date: office.date,
  draft,
});

const isRunning = ({ inserts, freePages }: NumberingNotes): boolean => inserts.length === 0 && freePages.length === 0;

const runs = (numbers: readonly NumberRun[]): string => numbers.map(([first, last]) => formatPageRange(first, last)).join('、');

/** 补充 and 移出: where pages were put in and taken out while the sheets around them kept their numbers. */
function describeNumbering({ inserts, freePages, freeOrders }: NumberingNotes): readonly string[] {
  const places = inserts.map(({ after, pages }) => `${after === 0 ? '第 1 页前' : `第 ${after} 页后`}插入 ${pages} 页，编为 ${after}-1${pages === 1 ? '' : `${pages === 2 ? '、' : ' 至 '}${after}-${pages}`}`);
  return [
    ...(places.length === 0 ? [] : [`补充：${places.join('；')}。插页已计入总页数。`]),
    ...(freePages.length === 0 ? [] : [`移出：页号 ${runs(freePages)} 空缺，原页已撤出，其余页号不动。`]),
    ...(freeOrders.length === 0 ? [] : [`顺序号 ${runs(freeOrders)} 空缺。`]),
  ];
}

/** Pictures of a volume that nobody has said to be photos or not, by title: the count of photos is left blank for them. */
export const gapsOfClosingNote = (titles: readonly string[]): readonly string[] =>
  titles.length === 0 ? [] : [`${titles.slice(0, 3).map((title) => `《${title}》`).join('、')}${titles.length > 3 ? `等 ${titles.length} 件` : ''}可能是照片，照片数留了空：在著录里定下类别后，由程序统计`];

export function describeClosingNote(model: ClosingNoteModel, profile: PaperProfile): Paper {
  const width = textWidth(profile.pages.form);
  const byHand = model.unsettledPictures > 0;
  const photos = byHand ? '其中照片      件、      页' : model.photos === 0 ? '无照片' : `其中照片 ${model.photos} 件、${model.photoPages} 页`;
  const condition = [
    `本卷共有文件材料 ${model.items} 件、${model.pages} 页，${photos}。`,
    ...describeNumbering(model.numbering),
    model.missing.length === 0 ? (isRunning(model.numbering) ? '页号连续，无缺损。' : '其余页号连续，无缺损。') : `顺序号 ${model.missing.join('、')} 的原件未能装入，以说明页代替，待补充后换页。`,
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
                { cells: [label('照片'), cell(byHand ? '      件      页' : model.photos === 0 ? '无' : `${model.photos} 件 ${model.photoPages} 页`), label('缺件'), cell(model.missing.length === 0 ? '无' : `${model.missing.length} 件`)] },
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
