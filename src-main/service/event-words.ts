import type { ArchiveEvent } from '../archive/index.ts';

const words: Readonly<Record<string, string>> = {
  'create-archive': '建立档案库',
  'add-evidence': '导入材料',
  'change-evidence': '修改著录',
  'replace-file': '更换文件',
  'add-proof-mark': '划印证标识',
  'remove-proof-mark': '取消印证标识',
  link: '归入指标',
  unlink: '移出指标',
  reorder: '调整顺序',
  trash: '移到回收站',
  restore: '从回收站取回',
  'empty-trash': '清空回收站',
  'set-value': '填写数值',
  'remove-value': '删除数值',
  'set-report': '填写达标情况说明',
  'remove-report': '删除达标情况说明',
  declare: '填写声明',
  'withdraw-declaration': '撤回声明',
  'set-certificate': '登记证明',
  'remove-certificate': '删除证明登记',
  'sign-off': '签署',
  'withdraw-sign-off': '撤回签署',
  rule: '人工判定',
  'withdraw-ruling': '撤回人工判定',
  'change-catalog': '修改指标目录',
  waive: '豁免提醒',
  'withdraw-waiver': '撤销豁免',
  export: '导出案卷',
  'set-replacement': '以文件代替文书',
  'withdraw-replacement': '恢复生成的文书',
  'set-template': '设置文书模板',
  'withdraw-template': '停用文书模板',
  'change-setting': '修改设置',
  'change-application': '修改档案库信息',
  'set-unit-task': '设置单位任务',
  'remove-unit-task': '删除单位任务',
  'open-review-round': '开始审核轮次',
  'close-review-round': '结束审核轮次',
  'raise-finding': '登记审核问题',
  'assign-finding': '交办问题',
  'answer-finding': '答复问题',
  'close-finding': '问题销号',
  'reopen-finding': '重新打开问题',
  'hand-out': '发出任务包',
  'take-in': '收到报送包',
  'open-pack': '打开任务包',
  merge: '合并报送内容',
  'find-conflict': '发现冲突',
  'decide-conflict': '裁定冲突',
  undo: '撤销',
  redo: '重做',
};

/** What an entry of the log says to a clerk, e.g. `填写数值 指标5.1 2023`. `titleOf` names an item by its identity, with nothing where it is gone for good. Verbs added later show as they are. */
export function describeEvent(event: ArchiveEvent, titleOf: (id: string) => string): string {
  const what = words[event.verb] ?? event.verb;
  const cells = event.after ?? event.before ?? {};
  const title = cells['title'];
  if (typeof title === 'string' && title !== '') return `${what} ${title}`;
  const item = aboutItems.has(event.subjectKind) && typeof event.subject[0] === 'string' ? titleOf(event.subject[0]) : '';
  const named = item === '' ? '' : ` ${item}`;
  if (event.subjectKind === 'link') return `${what.endsWith('指标') ? what : `${what} 指标`}${String(event.subject[1] ?? '')}${named}`;
  if (named !== '') return `${what}${named}`;
  const indicator = firstIsIndicator.has(event.subjectKind) ? event.subject[0] : null;
  if (indicator === null || indicator === undefined) return what;
  return `${what} 指标${indicator}${describeDetail(event)}`;
}

/** Subjects whose key begins with an item's identity. */
const aboutItems: ReadonlySet<string> = new Set(['evidence', 'link', 'revision']);

/** Subjects whose key begins with the indicator's code. */
const firstIsIndicator: ReadonlySet<string> = new Set(['value', 'sign-off', 'declaration', 'report', 'ruling', 'certificate', 'indicator']);

function describeDetail({ subjectKind, subject }: ArchiveEvent): string {
  const second = subject[1] ?? '';
  switch (subjectKind) {
    case 'value':
    case 'sign-off':
      return ` ${second}`;
    case 'declaration':
      return ` 第${second}项`;
    case 'ruling':
      return second === 0 ? '' : ` ${second}年`;
    case 'certificate':
      return ` ${subject[2] ?? ''}`;
    default:
      return '';
  }
}
