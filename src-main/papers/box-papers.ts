import type { PlannedBox } from '../domain/box-plan.ts';
import { MM_PER_POINT, type DrawnPage, type DrawOp, type FontRole, type MeasureText } from '../domain/page-drawing.ts';
import { formatPageRange } from '../domain/page-number.ts';
import type { VolumePlan } from '../domain/volume-plan.ts';
import { breakLines, cleanText } from './line-breaking.ts';
import type { PaperOffice } from './office.ts';
import type { Paper } from './paper.ts';
import { describeForm } from './form-paper.ts';
import type { PaperProfile } from './profile.ts';
import { chineseDate } from './wording.ts';

/** 盒脊: what stands on a box's spine, at true size (DA/T 22-2015 §6.5). */
export interface SpineModel {
  readonly width: number;
  readonly fonds: string;
  readonly year: string;
  readonly retention: string;
  readonly organ: string;
  readonly volumes: string;
  readonly items: string;
  readonly box: string;
}

export const buildSpineModel = (box: PlannedBox, organName: string, office: PaperOffice): SpineModel => ({
  width: box.width,
  fonds: office.fondsCode,
  year: String(box.year),
  retention: box.retention,
  organ: organName,
  volumes: formatPageRange(box.volumes[0] ?? 0, box.volumes.at(-1) ?? 0),
  items: formatPageRange(box.firstItem, box.lastItem),
  box: String(box.no),
});

const gap = 8;
const margin = 15;
const cutMark = 4;

/** Spines side by side with cut marks, on A4 where they are short enough and on A3 otherwise; print without scaling. */
export function layoutSpines(spines: readonly SpineModel[], profile: PaperProfile, measure: MeasureText): readonly DrawnPage[] {
  const { height } = profile.box;
  const page = height + 2 * margin <= 297 ? { width: 210, height: 297 } : { width: 297, height: Math.max(420, height + 2 * margin) };
  const pages: DrawOp[][] = [];
  let x = Number.POSITIVE_INFINITY;
  for (const spine of spines) {
    if (x + spine.width > page.width - margin) {
      pages.push([]);
      x = margin;
    }
    pages.at(-1)?.push(...drawSpine(spine, x, margin, height, measure));
    x += spine.width + gap;
  }
  return pages.map((ops) => ({ ...page, ops }));
}

function drawSpine(spine: SpineModel, x: number, y: number, height: number, measure: MeasureText): readonly DrawOp[] {
  const fields = [
    { name: '全宗号', value: spine.fonds, part: 0.1, vertical: false },
    { name: '年度', value: spine.year, part: 0.09, vertical: false },
    { name: '保管期限', value: spine.retention, part: 0.1, vertical: false },
    { name: '机构（问题）', value: spine.organ, part: 0.41, vertical: true },
    // Beside the standard's six: citations name volumes, so the shelf must show them.
    { name: '起止卷号', value: spine.volumes, part: 0.1, vertical: false },
    { name: '起止件号', value: spine.items, part: 0.1, vertical: false },
    { name: '盒号', value: spine.box, part: 0.1, vertical: false },
  ];
  const ops: DrawOp[] = [{ op: 'rect', x, y, w: spine.width, h: height, stroke: [0, 0, 0], strokeWidth: 0.25 }, ...drawCutMarks(x, y, spine.width, height)];
  let top = y;
  for (const { name, value, part, vertical } of fields) {
    const h = height * part;
    ops.push({ op: 'line', x1: x, y1: top + h, x2: x + spine.width, y2: top + h, width: 0.18 });
    const below = setLines(name, 'hei', 8, x, top + 1.5, spine.width, measure);
    ops.push(...below.ops);
    const room = h - (below.bottom - top) - 2;
    ops.push(...(vertical ? setColumn(value, x, below.bottom + 1, spine.width, room) : setCentred(value, x, below.bottom, spine.width, room, measure)));
    top += h;
  }
  return ops;
}

/** Short lines outside the corners, along which to cut. */
function drawCutMarks(x: number, y: number, w: number, h: number): readonly DrawOp[] {
  const line = (x1: number, y1: number, x2: number, y2: number): DrawOp => ({ op: 'line', x1, y1, x2, y2, width: 0.1 });
  return [y, y + h].flatMap((edge, index) => {
    const outward = index === 0 ? -1 : 1;
    return [
      line(x - 1 - cutMark / 2, edge, x - 1, edge),
      line(x + w + 1, edge, x + w + 1 + cutMark / 2, edge),
      line(x, edge + outward, x, edge + outward * (1 + cutMark)),
      line(x + w, edge + outward, x + w, edge + outward * (1 + cutMark)),
    ];
  });
}

function setLines(content: string, font: FontRole, size: number, x: number, top: number, width: number, measure: MeasureText): { readonly ops: readonly DrawOp[]; readonly bottom: number } {
  const em = size * MM_PER_POINT;
  const lines = breakLines(cleanText(content), width - 2, (piece) => measure(piece, font, size));
  return {
    ops: lines.map((line, index) => ({ op: 'text', x: x + (width - measure(line, font, size)) / 2, y: top + em * (0.88 + 1.25 * index), text: line, font, size })),
    bottom: top + em * 1.25 * lines.length,
  };
}

/** Lines across the spine, in the middle of the room; smaller where they would not fit. */
function setCentred(content: string, x: number, top: number, width: number, room: number, measure: MeasureText): readonly DrawOp[] {
  for (let size = 16; size >= 6; size -= 0.5) {
    const set = setLines(content, 'song', size, x, 0, width, measure);
    if (set.bottom <= room) return setLines(content, 'song', size, x, top + (room - set.bottom) / 2, width, measure).ops;
  }
  return setLines(content, 'song', 6, x, top, width, measure).ops;
}

/** One character under the other, in as many columns (right to left) as the text needs. */
function setColumn(content: string, x: number, top: number, width: number, room: number): readonly DrawOp[] {
  const characters = [...cleanText(content).replaceAll('\n', '')];
  for (let size = 20; size >= 6; size -= 0.5) {
    const em = size * MM_PER_POINT;
    const perColumn = Math.floor(room / (em * 1.15));
    const columns = Math.max(1, Math.ceil(characters.length / Math.max(1, perColumn)));
    if (columns * em * 1.3 > width - 2 || (columns > 1 && size > 14)) continue;
    const longest = Math.ceil(characters.length / columns);
    const start = top + (room - longest * em * 1.15) / 2;
    return characters.map((character, index): DrawOp => {
      const column = Math.floor(index / longest);
      const left = x + width / 2 + (columns / 2 - column) * em * 1.3 - em * 1.15;
      return { op: 'text', x: left, y: start + (index % longest) * em * 1.15 + em * 0.88, text: character, font: 'xiaobiaosong', size };
    });
  }
  return [];
}

/** 盒内备考表 (DA/T 22-2015 §6.6): counts are computed, persons are entered. */
export interface BoxNoteModel {
  readonly box: number;
  readonly volumes: number;
  readonly items: number;
  readonly pages: number;
  readonly volumeRange: string;
  readonly range: string;
  readonly remarks: string;
  readonly compiler: string;
  readonly inspector: string;
  readonly date: string;
}

export const buildBoxNoteModel = (box: PlannedBox, plan: VolumePlan, remarks: string, office: PaperOffice): BoxNoteModel => ({
  box: box.no,
  volumes: box.volumes.length,
  items: box.lastItem - box.firstItem + 1,
  pages: plan.volumes.filter(({ no }) => box.volumes.includes(no)).reduce((sum, { totals }) => sum + totals.pages, 0),
  volumeRange: formatPageRange(box.volumes[0] ?? 0, box.volumes.at(-1) ?? 0),
  range: formatPageRange(box.firstItem, box.lastItem),
  remarks,
  compiler: office.compiler,
  inspector: office.inspector,
  date: office.date,
});

export const describeBoxNote = (model: BoxNoteModel, profile: PaperProfile): Paper =>
  describeForm(
    '盒内备考表',
    `盒号：${model.box}    卷号：${model.volumeRange}    件号：${model.range}`,
    [
      { name: '盒内文件\n情况说明', value: `本盒共装案卷 ${model.volumes} 卷，文件 ${model.items} 件、${model.pages} 页。${model.remarks === '' ? '' : `\n${model.remarks}`}`, height: 110 },
      { name: '整理人', value: model.compiler },
      { name: '整理日期', value: chineseDate(model.date) },
      { name: '检查人', value: model.inspector },
      { name: '检查日期', value: '' },
    ],
    [],
    false,
    profile,
  );
