import { formatPageRange } from '../domain/page-number.ts';
import type { ReprintedPaper, SheetChange, VolumeReprint } from '../domain/reprint.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { PaperOffice } from './office.ts';
import { cell, text, type Paper, type Row } from './paper.ts';
import { textWidth, type PaperProfile } from './profile.ts';
import { catalogTitle, chineseDate } from './wording.ts';

/** 换页单: which sheets of the bound volumes to take out and which to put in after a change. */
export interface ReprintListModel {
  readonly fromVersion: string;
  readonly toVersion: string;
  readonly date: string;
  readonly rows: readonly ReprintRow[];
  /** Numbered sheets to print in all. */
  readonly sheets: number;
  readonly draft: boolean;
}

export interface ReprintRow {
  readonly volume: number;
  readonly volumeTitle: string;
  readonly action: string;
  readonly oldPages: string;
  readonly newPages: string;
  readonly what: string;
}

/** Unnumbered papers as the 换页单 names them. */
const reprintedPaperNames: Readonly<Record<ReprintedPaper, string>> = { cover: '案卷封面', index: '卷内目录', separators: '指标隔页', 'closing-note': '卷内备考表' };
/** The unnumbered papers of a volume that are to be printed again; 隔页 with their indicators where not all of them are. */
export const namesOfReprinted = ({ papers, separators }: VolumeReprint): readonly string[] =>
  papers.map((paper) => `${reprintedPaperNames[paper]}${paper === 'separators' && separators.length > 0 ? `（${separators.join('、')}）` : ''}`);

/** What is to be done with a run of sheets. */
export const reprintActions: Readonly<Record<SheetChange['action'], string>> = { replace: '换', insert: '插入', remove: '撤出' };
const changeNotes: Readonly<Record<VolumeReprint['change'], string>> = { new: '新增卷', changed: '', gone: '撤销卷' };

export function buildReprintListModel(
  reprints: readonly VolumeReprint[],
  snapshot: Pick<Snapshot, 'evidence'>,
  versions: { readonly from: string; readonly to: string },
  office: PaperOffice,
  draft: boolean,
): ReprintListModel {
  const titles = new Map(snapshot.evidence.map((facts) => [facts.id, catalogTitle(facts)]));
  const rows = reprints.flatMap((reprint): ReprintRow[] => {
    const base = { volume: reprint.volume, volumeTitle: reprint.title };
    const note = changeNotes[reprint.change];
    return [
      ...(note === '' ? [] : [{ ...base, action: note, oldPages: '', newPages: '', what: note === '撤销卷' ? '整卷撤出' : '整卷打印装订' }]),
      ...(reprint.papers.length === 0 ? [] : [{ ...base, action: reprintActions.replace, oldPages: '', newPages: '', what: namesOfReprinted(reprint).join('、') }]),
      ...joinRenumbered(reprint.sheets).map(({ change, items }): ReprintRow => ({
        ...base,
        action: reprintActions[change.action],
        oldPages: change.oldPages,
        newPages: change.newPages,
        what: `${titles.get(change.evidenceId) ?? '（已移出的材料）'}${items > 1 ? `等连续${items}件` : ''}${change.reason === 'number' ? '（内容不变，仅页号变动）' : ''}`,
      })),
    ];
  });
  return {
    fromVersion: versions.from,
    toVersion: versions.to,
    date: office.date,
    rows,
    sheets: reprints.flatMap(({ sheets }) => sheets).reduce((sum, { sheets }) => sum + sheets, 0),
    draft,
  };
}

/** Neighbours that only moved by the same number of pages are one instruction: take out 26–107, put in 34–115. */
function joinRenumbered(sheets: readonly SheetChange[]): readonly { readonly change: SheetChange; readonly items: number }[] {
  const joined: { readonly change: SheetChange; readonly items: number }[] = [];
  for (const change of sheets) {
    const before = joined.at(-1);
    const [old, next] = [joinRanges(before?.change.oldPages, change.oldPages), joinRanges(before?.change.newPages, change.newPages)];
    if (before !== undefined && old !== undefined && next !== undefined && change.reason === 'number' && before.change.reason === 'number') {
      joined[joined.length - 1] = { change: { ...before.change, oldPages: old, newPages: next, sheets: before.change.sheets + change.sheets }, items: before.items + 1 };
    } else joined.push({ change, items: 1 });
  }
  return joined;
}

/** `3–5` and `6` → `3–6`; undefined where the second does not follow the first. */
function joinRanges(first: string | undefined, second: string): string | undefined {
  const [from, to] = (first ?? '').split('–').map(Number);
  const [next, end] = second.split('–').map(Number);
  if (from === undefined || next === undefined || from === 0 || next !== (to ?? from) + 1) return undefined;
  return formatPageRange(from, end ?? next);
}

export function describeReprintList(model: ReprintListModel, profile: PaperProfile): Paper {
  const width = textWidth(profile.pages.form);
  const rows: readonly Row[] = model.rows.map((row) => ({
    cells: [cell(String(row.volume)), cell(row.action), cell(row.oldPages), cell(row.newPages), cell(row.what), cell('')],
  }));
  const nothing: Row = { cells: [{ text: '两个版本的装订内容相同，无需换页。', span: 6, align: 'center' }] };
  return {
    title: '换页单',
    draft: model.draft,
    sections: [
      {
        page: 'form',
        numbering: 'restart',
        blocks: [
          text('formTitle', '换 页 单'),
          text('formNote', `由 ${model.fromVersion} 版换为 ${model.toVersion} 版    ${chineseDate(model.date)}    共需打印 ${model.sheets} 张`),
          {
            kind: 'table',
            table: {
              columns: [
                { width: 12, align: 'center' },
                { width: 18, align: 'center' },
                { width: 24, align: 'center' },
                { width: 24, align: 'center' },
                { width: width - 12 - 18 - 24 - 24 - 26, align: 'left' },
                { width: 26, align: 'center' },
              ],
              headers: ['卷号', '处理', '取出页号', '放入页号', '内容', '已换（签字）'],
              rows: rows.length === 0 ? [nothing] : rows,
              rowHeight: 10,
              leastRows: 0,
            },
          },
          text('formNote', '处理方法：按卷号找到案卷，先取出旧页，再放入新页；“插入”只放入，“撤出”只取出。换完签字，本单存入盒内。'),
        ],
      },
    ],
  };
}
