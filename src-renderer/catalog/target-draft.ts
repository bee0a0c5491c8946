import type { CallInput, CallOutput } from '../../src-main/contract/index.ts';

/** A target as the catalog calls take it. */
export type TargetInput = NonNullable<CallInput<'catalog.changeIndicator'>['change']['target']>;
export type CatalogIndicator = CallOutput<'catalog.read'>['groups'][number]['indicators'][number];
export type Comparison = Extract<TargetInput, { kind: 'value' }>['op'];
export type Direction = Extract<TargetInput, { kind: 'trend' }>['direction'];

export const kindWords: Readonly<Record<TargetInput['kind'], string>> = {
  value: '数值（与限值比较）',
  trend: '趋势（逐年比较）',
  conditional: '分段（达到分界值前后要求不同）',
  'superior-task': '完成上级任务',
  institutional: '制度、文件、工作材料',
  declarations: '禁止情形声明',
  certificate: '不涉及证明',
};

export const comparisonWords: Readonly<Record<Comparison, string>> = { '>=': '≥ 不低于', '<=': '≤ 不高于', '>': '> 高于', '<': '< 低于', '=': '= 等于' };
export const directionWords: Readonly<Record<Direction, string>> = { 'not-falling': '保持稳定或提高', 'not-rising': '保持稳定或下降', rising: '持续提高', falling: '持续下降' };

/** The kinds that an indicator of a sort may have. */
export const kindsFor = (kind: CatalogIndicator['kind']): readonly TargetInput['kind'][] => (kind === 'declarations' ? ['declarations'] : kind === 'not-applicable' ? ['certificate'] : ['value', 'trend', 'conditional', 'superior-task', 'institutional']);

/** A target of another kind that keeps the wording and whatever both kinds have. */
export function targetOfKind(kind: TargetInput['kind'], from: TargetInput): TargetInput {
  const { text } = from;
  const unit = 'unit' in from ? from.unit : '%';
  const ratio = 'ratio' in from ? from.ratio : false;
  switch (kind) {
    case 'value':
      return { kind, text, op: '>=', value: 0, unit, ratio };
    case 'trend':
      return { kind, text, direction: 'not-falling', unit, ratio };
    case 'conditional':
      return { kind, text, threshold: 'value' in from ? from.value : 0, unit, below: 'rising', otherwise: 'not-falling', superiorTask: false };
    case 'superior-task':
      return { kind, text, alsoTrend: null, unit };
    case 'institutional':
      return { kind, text, document: text === '' ? '工作材料' : text.slice(0, 60), inForce: false };
    case 'declarations':
      return { kind, text };
    case 'certificate':
      return { kind, text };
    default:
      return kind satisfies never;
  }
}

/** Why a target cannot be saved, or empty. */
export function targetTrouble(target: TargetInput): string {
  if (target.text.trim() === '') return '请写明目标的文字，报告和台账照此打印。';
  if (target.kind === 'value' && !Number.isFinite(target.value)) return '限值要写成数字。';
  if (target.kind === 'conditional' && !Number.isFinite(target.threshold)) return '分界值要写成数字。';
  return target.kind === 'institutional' && target.document.trim() === '' ? '请写明要归档的文件。' : '';
}
