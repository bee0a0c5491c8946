import type { Indicator } from '../../../src-main/domain/catalog.ts';
import type { PlanReading } from '../../../src-main/intake/plan-reader/assemble.ts';

function bound({ target }: Indicator): string {
  switch (target.kind) {
    case 'value':
      return ` ${target.op}${target.value}${target.unit}${target.ratio ? ' 分子/分母' : ''}`;
    case 'trend':
      return ` ${target.direction}`;
    case 'conditional':
      return ` <${target.threshold}${target.unit} ${target.below}, ${target.otherwise}`;
    case 'superior-task':
    case 'institutional':
    case 'declarations':
    case 'certificate':
      return '';
    default:
      return target satisfies never;
  }
}

/** Everything a reading says, a line for each thing, to be compared with what a person read in the same plan. */
export const showReading = ({ catalog, questions }: PlanReading): readonly string[] => [
  `${catalog.title} | ${catalog.region} | ${catalog.documentNumber} | ${catalog.years.join('、')} | ${catalog.deadline}`,
  ...catalog.milestones.map(({ name, from, to }) => `阶段 ${name} ${from}~${to}`),
  ...catalog.groups.flatMap((group) => [
    `${group.code} ${group.name}`,
    ...group.indicators.map((indicator) => `  ${indicator.code} ${indicator.name} | ${indicator.target.kind}${bound(indicator)} | ${indicator.target.text} | ${indicator.lead.join('、')} | ${indicator.assist.join('、')}${indicator.note === '' ? '' : ` | ${indicator.note}`}${indicator.declarations.map((text) => `\n    - ${text}`).join('')}`),
  ]),
  ...catalog.units.map(({ name, kind, aliases }) => `${kind === 'group' ? '单位组' : '单位'} ${name}${aliases.length === 0 ? '' : `（${aliases.join('、')}）`}`),
  ...questions.map(({ where, asks }) => `问 ${where}：${asks}`),
].flatMap((line) => line.split('\n'));
