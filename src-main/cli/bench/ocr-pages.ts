import type { Fonts } from '../../binder/index.ts';
import type { DrawnPage } from '../../domain/page-drawing.ts';
import { MM_PER_POINT } from '../../domain/page-drawing.ts';
import { joinIntoLines } from '../../intake/normalise-text.ts';
import { writePages, type Block } from '../../sample/page-writer.ts';
import { openRandom, type Random } from '../../sample/random.ts';
import { registerFonts, scanPage } from '../../sample/raster.ts';

/** How a page looks: as printed, as an office scanner gives it, and as one set too low and too strong in compression. */
export const qualities = ['clean', 'scanned', 'poor'] as const;
export type Quality = (typeof qualities)[number];
export const kinds = ['text', 'table'] as const;
export type PageKind = (typeof kinds)[number];

export interface BenchPage {
  readonly kind: PageKind;
  readonly quality: Quality;
  readonly jpeg: Buffer;
  /** What stands on it, line by line. */
  readonly text: string;
}

const sentences = [
  '为深入贯彻落实生态文明建设部署要求，扎实推进示范区创建工作，结合我区实际，制定本方案。',
  '各责任单位应于每季度末将工作进展、佐证材料和存在问题书面报送领导小组办公室。',
  '2023年，全区空气质量优良天数比率为87.9%，细颗粒物年均浓度为24微克/立方米，同比下降11.1%。',
  '县城污水处理率达到98.6%，其中处理量1234.5万吨，排放总量1252.0万吨，数据来源于统计年鉴。',
  '加强海岸带保护修复，完成岸线整治3.2公里，新增绿地面积15.6公顷，森林覆盖率提高到23.4%。',
  '对照考核指标逐项自查，建立问题清单、任务清单、责任清单，实行销号管理，做到底数清、情况明。',
  '依据《中华人民共和国环境保护法》和《建设项目环境保护管理条例》，依法查处环境违法行为12起。',
  '领导干部自然资源资产离任审计实现全覆盖，审计发现的7个问题已全部整改到位。',
  '鼓励公众参与监督，全年受理群众举报326件，按期办结率100%，群众满意度为95.2%。',
  '工业固体废物综合利用率稳定在96%以上，危险废物经营单位规范化管理抽查合格率为98%。',
] as const;
const works = ['污水管网改造', '海湾综合整治', '扬尘污染防治', '餐饮油烟治理', '噪声敏感区巡查', '生活垃圾分类', '绿色建筑评价', '清洁生产审核', '湿地生态修复', '环境应急演练', '节水型单位创建', '古树名木保护'] as const;
const states = ['已完成', '按计划推进', '已复核', '资料齐全', '正在整改', '已归档'] as const;

const chinese = (random: Random, count: number): string => Array.from({ length: count }, () => random.pick([...sentences])).join('');

function textBlocks(random: Random): readonly Block[] {
  return [
    { block: 'title', text: '关于开展生态文明建设示范区自查工作的通知' },
    { block: 'para', text: '各街道办事处，区政府各部门，各有关单位：', flush: true },
    { block: 'heading', text: '一、总体要求', level: 1 },
    ...Array.from({ length: 4 }, (): Block => ({ block: 'para', text: chinese(random, 3) })),
  ];
}

function tableBlocks(random: Random): readonly Block[] {
  const rows = Array.from({ length: 18 }, (_, at) => {
    const quarters = Array.from({ length: 4 }, () => random.whole(3, 980));
    return [String(at + 1), random.pick([...works]), ...quarters.map(String), `${random.whole(60, 99)}.${random.whole(0, 9)}%`, random.pick([...states])];
  });
  return [
    { block: 'title', text: '2023年重点工作完成情况统计表' },
    { block: 'table', caption: '表1 分季度完成情况（项次）', widths: [14, 40, 16, 16, 16, 16, 20, 28], header: ['序号', '工作内容', '一季度', '二季度', '三季度', '四季度', '完成率', '备注'], rows },
  ];
}

/** The texts of a drawn page in reading order, put together by the same rule as what was read. */
function textOf(page: DrawnPage, fonts: Fonts): string {
  const runs = page.ops.flatMap((op) => {
    if (op.op !== 'text') return [];
    const size = op.size * MM_PER_POINT;
    return [{ str: op.text, x: op.x, y: -op.y, w: fonts.measure(op.text, op.font, op.size), h: size * 1.3 }];
  });
  return joinIntoLines(runs);
}

/** Pages of Chinese text and of tables, `each` of every kind and quality, drawn from the bundled fonts; the same for the same number. */
export async function makeBenchPages(fonts: Fonts, each: number): Promise<readonly BenchPage[]> {
  registerFonts({ hei: fonts.fontOf('hei').path, song: fonts.fontOf('song').path, kai: fonts.fontOf('kai').path, xiaobiaosong: fonts.fontOf('xiaobiaosong').path });
  const pages: BenchPage[] = [];
  for (const kind of kinds) {
    for (let number = 0; number < each; number += 1) {
      const random = openRandom(`${kind} ${number}`);
      const [page] = writePages(kind === 'text' ? textBlocks(random) : tableBlocks(random), fonts.measure);
      if (page === undefined) continue;
      const text = textOf(page, fonts);
      for (const quality of qualities) pages.push({ kind, quality, text, jpeg: await picture(page, quality, random) });
    }
  }
  return pages;
}

async function picture(page: DrawnPage, quality: Quality, random: Random): Promise<Buffer> {
  switch (quality) {
    case 'clean':
      return (await scanPage(page, 200, openRandom('clean'), 'flawless')).jpeg;
    case 'scanned':
      return (await scanPage(page, 200, random)).jpeg;
    case 'poor':
      return (await scanPage(page, 130, random)).jpeg;
    default:
      return quality satisfies never;
  }
}

/** Characters of a text that count: no white space, and marks in whichever width. */
const counted = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '').replace(/[—–-]/gu, '-').replace(/[·•]/gu, '·');

/** Characters of `truth`, and how many edits lead from them to what was read. */
export function countErrors(truth: string, read: string): { readonly characters: number; readonly errors: number } {
  const [a, b] = [[...counted(truth)], [...counted(read)]];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of a.entries()) {
    const next = [row + 1];
    for (const [column, other] of b.entries()) next.push(Math.min((last[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1, (last[column] ?? 0) + (letter === other ? 0 : 1)));
    last = next;
  }
  return { characters: a.length, errors: last[b.length] ?? 0 };
}
