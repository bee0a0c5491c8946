import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import path from 'node:path';
import { MM_PER_POINT, type FontRole, type MeasureText } from '../../src-main/domain/page-drawing.ts';
import { indicatorCode, evidenceId, type IndicatorCode } from '../../src-main/domain/ids.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Judgement } from '../../src-main/domain/target.ts';
import { planVolumes } from '../../src-main/domain/volume-plan.ts';
import type { PaperOffice } from '../../src-main/papers/index.ts';
import { makeCatalog, makeEvidence, makeIndicator, makeLink, numbering } from '../domain/volume-plan-fixture.ts';

const files: Readonly<Record<FontRole, string>> = { hei: 'hei', song: 'song', xiaobiaosong: 'xiaobiaosong', kai: 'kai', fangsong: 'song' };
const widths = new Map<string, number>();
const registered = new Set<string>();
const context = createCanvas(8, 8).getContext('2d');

/** Widths of the built fonts (`node scripts/build-fonts.mjs`), measured by an engine that is not ours. */
export const measure: MeasureText = (text, font, size) => {
  const file = files[font];
  let sum = 0;
  for (const character of text) {
    const key = `${file}${character}`;
    let width = widths.get(key);
    if (width === undefined) {
      // Asking for a font takes longer than measuring with it.
      if (!registered.has(file)) GlobalFonts.registerFromPath(path.join(import.meta.dirname, '../../resources/fonts', `${file}.ttf`), `paper-${file}`);
      registered.add(file);
      context.font = `1000px paper-${file}`;
      width = context.measureText(character).width / 1000;
      widths.set(key, width);
    }
    sum += width;
  }
  return sum * size * MM_PER_POINT;
};

export const office: PaperOffice = {
  fondsName: '青岛市市南区生态文明建设示范区创建工作领导小组办公室',
  fondsCode: 'Z109',
  category: '国家生态文明建设示范区创建',
  retention: '30年',
  compiler: '王立卷',
  inspector: '李检查',
  date: '2024-04-28',
  applicant: '青岛市市南区人民政府',
  superior: '青岛市生态环境局',
  contact: '王立卷 0532-88880000',
};

const names = ['党委政府对生态文明建设重大目标任务部署情况', '生态环境信息公开率', '环境空气质量改善', '水环境质量优良比例提高幅度', '声环境功能区夜间达标率', '近岸海域水质优良（一、二类）比例'];

/** Eight indicators in three groups: six assessed, one of declarations, one not applicable. */
export const catalog = {
  ...makeCatalog([
    names.slice(0, 2).map((name, index) => makeIndicator(String(index + 1), name)),
    names.slice(2).map((name, index) => makeIndicator(String(index + 3), name, { note: index === 0 ? '依据职责分别牵头' : '' })),
    [
      makeIndicator('7', '不得申报情形', {
        kind: 'declarations',
        target: { kind: 'declarations', text: '近三年未发生' },
        declarations: Array.from({ length: 7 }, (_, index) => `第${index + 1}种情形：发生较大及以上生态环境事件，或被上级约谈、通报、限批的，一律不得申报`),
      }),
      makeIndicator('N.1', '农村生活污水治理率', { kind: 'not-applicable', target: { kind: 'certificate', text: '不涉及' }, lead: ['区城市管理局', '区住房和城乡建设局'] }),
    ],
  ]),
  title: '市南区2024年国家生态文明建设示范区创建工作方案',
  region: '青岛市市南区',
};

const codes = ['1', '2', '3', '4', '5', '6', '7', 'N.1'];
const evidence = codes.flatMap((code, index) =>
  Array.from({ length: 5 + (index % 3) }, (_, k) =>
    makeEvidence(`e${code}-${k}`, 1 + ((k * 7 + index) % 9), {
      title: k % 3 === 0 ? `青岛市市南区人民政府办公室关于印发《市南区${2021 + (k % 3)}年度${names[index % 6] ?? ''}工作实施方案》的通知` : `${2021 + (k % 3)}年${names[index % 6] ?? ''}监测报告`,
      titleMade: k % 3 === 1,
      documentNumber: k % 2 === 0 ? `青南政办发〔${2021 + (k % 3)}〕${k + 3}号` : '',
      issuer: k % 2 === 0 ? '青岛市市南区人民政府办公室' : '青岛市生态环境局市南分局',
      date: `${2021 + (k % 3)}-0${1 + (k % 9)}-1${k % 10}`,
      kind: k === 4 ? 'photo' : 'official-document',
      integrity: code === '4' && k === 2 ? 'unreadable' : 'ok',
    }),
  ),
);

export const snapshot: Snapshot = {
  evidence,
  links: [...evidence.map((facts) => makeLink(facts.id, facts.id.slice(1).split('-')[0] ?? '', Number(facts.id.split('-')[1]))), makeLink('e1-0', '3', 90), makeLink('e2-1', '3', 91)],
  values: codes.slice(0, 6).flatMap((code, index) =>
    [2021, 2022, 2023].map((year) => ({
      indicator: indicatorCode(code),
      year,
      value: 95.1 + index * 0.3 + (year - 2021) * 0.4,
      unit: '%',
      numerator: 951,
      denominator: 1000,
      sourceEvidence: evidenceId(`e${code}-1`),
      sourcePage: 1,
    })),
  ),
  reports: codes.slice(0, 6).map((code) => ({
    indicator: indicatorCode(code),
    text: '2021年以来，市南区坚持以习近平生态文明思想为指导，深入贯彻落实党中央、国务院决策部署，健全工作机制，压实各级责任，逐年分解目标任务。\n三年来共投入资金12.6亿元，实施重点工程38项，空气质量优良天数比例由2021年的84.1%提高到2023年的87.4%，PM2.5年均浓度降至26μg/m³，各项任务均按期完成并通过上级考核（见佐证材料）。',
    citations: [{ evidenceId: evidenceId(`e${code}-0`), page: 1 }],
  })),
  declarations: Array.from({ length: 6 }, (_, index) => ({ indicator: indicatorCode('7'), number: index + 1, answer: 'no' as const, signedBy: '区生态环境分局', certificate: evidenceId('e7-0') })),
  signOffs: [],
  waivers: [],
  reviewFindings: [],
  today: '2024-04-28',
};

export const plan = planVolumes(catalog, snapshot, { by: 'group' }, numbering);

export const judgements: ReadonlyMap<IndicatorCode, Judgement> = new Map(
  codes.slice(0, 5).map((code) => [
    indicatorCode(code),
    {
      overall: code === '3' ? ('unmet' as const) : ('met' as const),
      because: '三年数值均不低于95%',
      years: [2021, 2022, 2023].map((year) => ({ year, verdict: code === '3' && year === 2021 ? ('unmet' as const) : ('met' as const), because: '95.1% ≥ 95%' })),
    },
  ]),
);
