import type { IndicatorKind, Requirement } from './catalog.ts';
import type { Target } from './target.ts';

const DATA: Requirement = { id: 'data', name: '指标数据表（载明数值和出处）', kind: 'data-table', per: 'year' };
const TASK: Requirement = { id: 'task', name: '上级下达考核任务的文件', kind: 'official-document', per: 'year' };
const RESULT: Requirement = { id: 'result', name: '上级考核结果', kind: 'official-document', per: 'year' };
const PRACTICE: Requirement = { id: 'practice', name: '当年工作开展情况材料', kind: 'report', per: 'year' };

/**
 * What a reviewer must find for a target of this kind (domain P3–P6, P9, §6): the default an editor may change.
 * A declaration may name its own certificate; the one asked for here serves for all situations that name none.
 */
export const requirementsFor = (kind: IndicatorKind, target: Target): readonly Requirement[] => {
  if (kind === 'not-applicable') return [{ id: 'certificate', name: '不涉及证明（加盖公章）', kind: 'certificate', per: 'period' }];
  if (kind === 'declarations') return [{ id: 'certificate', name: '无所列情形的证明（逐项或合并出具）', kind: 'certificate', per: 'period' }];
  switch (target.kind) {
    case 'value':
    case 'trend':
      return [DATA];
    case 'conditional':
      return target.superiorTask ? [DATA, { ...TASK, optional: true }, { ...RESULT, optional: true }] : [DATA];
    case 'superior-task':
      return target.alsoTrend === null ? [TASK, RESULT] : [DATA, TASK, RESULT];
    case 'institutional':
      return target.inForce
        ? [
            { id: 'document', name: target.document, kind: 'official-document', per: 'period' },
            { id: 'approval', name: '批准实施文件', kind: 'official-document', per: 'period' },
          ]
        : [{ id: 'document', name: target.document, kind: 'official-document', per: 'period' }, PRACTICE];
    case 'certificate':
      return [{ id: 'certificate', name: '证明（加盖公章）', kind: 'certificate', per: 'period' }];
    case 'declarations':
      return [];
    default:
      return target satisfies never;
  }
};
