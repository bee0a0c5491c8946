import { exportName } from '../../archive/index.ts';
import type { PackIn, PackOut } from '../../archive/index.ts';
import { groupBy } from '../../domain/group-by.ts';
import { nameOfRule } from '../../domain/rules/rule-table.ts';
import { byDebt } from '../../domain/unit-tasks.ts';
import { checkCode } from '../../exchange/index.ts';
import type { Difference } from '../../exchange/index.ts';
import { describeHandOutList, describeOutstanding, describeReceipt, describeVersionList } from '../../papers/index.ts';
import type { OutstandingModel, ReceiptModel } from '../../papers/index.ts';
import type { PaperKind, PaperMaterial } from './paper-kind.ts';
import { single } from './paper-kind.ts';
import { standings, taskSheets } from './unit-papers.ts';

const day = (at: string): string => at.slice(0, 10);
const textList = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []);
const isWhole = (unit: string): string => (unit === '' ? '（全部）' : unit);

const receiptOut = ({ catalog, office }: PaperMaterial, pack: PackOut): ReceiptModel => ({
  direction: 'out', project: catalog.title, giver: office.applicant, taker: isWhole(pack.unit), date: day(pack.at), fileName: pack.fileName, code: checkCode(pack.digest), due: pack.due, bytes: pack.bytes,
  counts: [['形式', pack.kind === 'forms' ? '填报文件夹' : '创档任务包'], ['已有材料', `${pack.items}件`]],
  notes: [],
});

const countNames: readonly (readonly [name: string, words: string, measure: string])[] = [
  ['items', '新收或更新的材料', '件'], ['links', '归入指标', '处'], ['values', '数值', '个'], ['texts', '说明文字', '处'], ['others', '签署、声明等', '处'], ['removed', '撤回', '处'], ['conflicts', '与原有内容不一致', '处'], ['outside', '不属于本单位、未收', '处'],
];

const receiptIn = ({ catalog, office }: PaperMaterial, pack: PackIn): ReceiptModel => ({
  direction: 'in', project: catalog.title, giver: pack.unit || pack.sender, taker: office.applicant, date: day(pack.at), fileName: pack.fileName, code: checkCode(pack.digest), due: '', bytes: 0,
  counts: countNames.map(([name, words, measure]) => [words, `${typeof pack.summary[name] === 'number' ? pack.summary[name] : 0}${measure}`] as const),
  notes: textList(pack.summary['notes']),
});

const daysLate = (due: string, today: string): number => (due === '' || due >= today ? 0 : Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${due}T00:00:00Z`)) / 86_400_000));

function outstanding(material: PaperMaterial): OutstandingModel {
  const { today } = material.snapshot;
  const errors = material.check.findings.filter(({ severity }) => severity === 'error');
  return {
    date: today,
    rows: byDebt(standings(material)).map(({ name, due, owed, overdue, handedOut, cameBack }) => {
      const own = groupBy(errors.filter(({ units, indicator }) => indicator !== null && units.includes(name)), ({ rule }) => nameOfRule(rule));
      return { unit: name, due, owed, overdueDays: overdue ? daysLate(due, today) : 0, handedOut: day(handedOut), cameBack: day(cameBack), lacking: [...own].map(([what, found]) => `${what}${found.length}处`) };
    }),
  };
}

const kindWords: Readonly<Record<Difference['kind'], string>> = { indicator: '指标', value: '数值', report: '说明', evidence: '材料', page: '页号' };
const MOST_VERSIONS = 12;

/** 收发与版本: what was handed out and came back, who is late, and what two versions differ in. */
export const exchangePapers: readonly PaperKind[] = [
  {
    kind: 'exchange-receipt', name: '收发回执', purpose: 'units', says: '发出的任务包和收到的报送各一张：内容、校验码，双方签字', formats: ['docx', 'pdf'], scopeName: '任务包', replaceable: false,
    scopes: ({ packsOut, packsIn }) => [
      ...packsOut.map((pack) => ({ id: pack.id, name: `发出 ${day(pack.at)} ${isWhole(pack.unit)}` })),
      ...packsIn.map((pack) => ({ id: pack.id, name: `收到 ${day(pack.at)} ${pack.unit || pack.sender}` })),
    ],
    make: (material, scope) => {
      const [out, taken] = [material.packsOut.find((pack) => pack.id === scope), material.packsIn.find((pack) => pack.id === scope)];
      const model = out !== undefined ? receiptOut(material, out) : taken !== undefined ? receiptIn(material, taken) : null;
      return model === null ? null : { kind: 'paper', paper: describeReceipt(model, material.profile) };
    },
  },
  {
    kind: 'hand-out-list', name: '任务包发放清单', purpose: 'units', says: '发给各单位的任务包：文件、校验码、交回日期，供签收', formats: ['docx', 'pdf', 'xlsx', 'csv'], scopeName: '', replaceable: false,
    scopes: ({ packsOut }) => single(packsOut.some((pack) => pack.kind === 'task' || pack.kind === 'forms')),
    make: (material) => {
      const sheets = new Map(taskSheets(material).map((sheet) => [sheet.unit, sheet.rows.length]));
      const rows = material.packsOut.filter((pack) => pack.kind === 'task' || pack.kind === 'forms').map((pack) => ({ unit: pack.unit, fileName: pack.fileName, indicators: sheets.get(pack.unit) ?? 0, items: pack.items, due: pack.due, code: checkCode(pack.digest) }));
      return { kind: 'paper', paper: describeHandOutList({ date: material.snapshot.today, rows }, material.profile) };
    },
  },
  {
    kind: 'outstanding', name: '各单位报送情况清单', purpose: 'units', says: '哪些单位逾期、尚欠哪些指标、各缺什么', formats: ['docx', 'pdf', 'xlsx', 'csv'], scopeName: '', replaceable: false,
    scopes: () => single(true),
    make: (material) => ({ kind: 'paper', paper: describeOutstanding(outstanding(material), material.profile) }),
  },
  {
    kind: 'version-comparison', name: '版本对照表', purpose: 'binding', says: '两次导出之间指标、材料、数值、说明和页号的不同', formats: ['docx', 'pdf', 'xlsx', 'csv'], scopeName: '版本', replaceable: false,
    scopes: ({ versions }) => {
      const last = versions.slice(-MOST_VERSIONS).map(exportName);
      return last.flatMap((to, index) => last.slice(0, index).map((from) => ({ id: `${from}-${to}`, name: `${from} 与 ${to}` })));
    },
    make: (material, scope) => {
      const [from = '', to = ''] = scope.split('-');
      const compared = material.compare(Number(from.slice(1)), Number(to.slice(1)));
      if (compared === null) return null;
      const names = new Map(material.catalog.groups.flatMap((group) => group.indicators.map((one) => [one.code as string, one.name] as const)));
      const rows = compared.differences.map((one) => ({ indicator: `${one.indicator} ${names.get(one.indicator) ?? ''}`.trim(), kind: kindWords[one.kind], what: one.what, before: one.before, after: one.after }));
      return { kind: 'paper', paper: describeVersionList({ from, to, date: material.snapshot.today, rows }, material.profile) };
    },
  },
];
