import { changeLabel, getReviewFinding } from '../archive/index.ts';
import type { ArchiveEvent, PlainCell, ReadableDb } from '../archive/index.ts';
import { nameOfRule } from '../domain/rules/rule-table.ts';
import { PROGRAM_ACTOR } from './program-actor.ts';

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

/** Columns of an item as a clerk knows them; what is not here is the program's own. */
const fields: Readonly<Record<string, string>> = {
  title: '题名', document_number: '文号', issuer: '责任者', date: '日期', secrecy: '密级', retention: '保管期限', kind: '材料种类', original: '原件', original_place: '原件存放处', draft: '稿本',
  sealed: '盖章', confirmed: '著录已核对', valid_until: '有效期', photo_facts: '照片说明', integrity: '核验结果', title_made: '自拟题名', has_personal_id: '含身份证号',
};

/** What was handed out or came in. */
const packs: Readonly<Record<string, string>> = { task: '发出任务包', forms: '发出填报文件夹', whole: '发出全部内容包', return: '生成报送包' };

const settings: Readonly<Record<string, string>> = { office: '全宗与装订设置', 'paper-profile': '版式', 'volume-division': '分卷方式', 'found-sheets': '登记核验结果' };

/** Subjects whose key begins with an item's identity. */
const aboutItems: ReadonlySet<string> = new Set(['evidence', 'link', 'revision']);

/** Subjects whose key begins with the indicator's code. */
const firstIsIndicator: ReadonlySet<string> = new Set(['value', 'sign-off', 'declaration', 'report', 'ruling', 'certificate', 'indicator']);

const LONGEST_QUOTE = 40;
const quote = (text: string): string => `“${[...text].length > LONGEST_QUOTE ? `${[...text].slice(0, LONGEST_QUOTE).join('')}…` : text}”`;
const said = (cell: PlainCell | undefined): string => (typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '');

/** What an entry says, and where it leads. */
export interface DescribedEvent {
  /** E.g. `填写数值 指标5.1 2023`. */
  readonly text: string;
  /** The indicator it is about, else null. */
  readonly indicator: string | null;
  /** The item it is about, else null. */
  readonly item: string | null;
}

/** Titles of items by identity, empty where one is gone for good; each is read once. */
export function readTitles(db: ReadableDb): (id: string) => string {
  const known = new Map<string, string>();
  return (id) => {
    const kept = known.get(id);
    if (kept !== undefined) return kept;
    const title = said(readTitleCell(db, id));
    known.set(id, title);
    return title;
  };
}

function readTitleCell(db: ReadableDb, id: string): PlainCell {
  const cell = db.get('SELECT title FROM evidence WHERE id = ?', id)?.['title'];
  return typeof cell === 'string' ? cell : null;
}

/** What an entry of the log says to a clerk: the act, the document or unit or indicator it was done to, and what of it. Verbs added later show as they are. */
export function describeEvent(db: ReadableDb, event: ArchiveEvent, titleOf: (id: string) => string): DescribedEvent {
  const first = said(event.subject[0]);
  const item = aboutItems.has(event.subjectKind) ? first : event.subjectKind === 'proof-mark' ? said((event.after ?? event.before)?.['evidence_id']) : '';
  const title = item === '' ? '' : titleOf(item);
  // What is gone for good cannot be gone to.
  return { text: wordsFor(db, event, title), indicator: indicatorOf(event), item: title === '' ? null : item };
}

function indicatorOf({ subjectKind, subject, before, after }: ArchiveEvent): string | null {
  const code = subjectKind === 'link' || subjectKind === 'waiver' ? subject[1] : firstIsIndicator.has(subjectKind) ? subject[0] : subjectKind === 'review-finding' ? (after ?? before)?.['indicator'] : null;
  return typeof code === 'string' && code !== '' ? code : null;
}

function wordsFor(db: ReadableDb, event: ArchiveEvent, itemTitle: string): string {
  const { verb, subjectKind, subject } = event;
  const what = words[verb] ?? verb;
  // A step back names the step that it took back, in each of its entries.
  const label = verb === 'undo' || verb === 'redo' ? changeLabel(db, event.change) : '';
  const cells = { ...event.before, ...event.after };
  const title = said(cells['title']) || itemTitle;
  const named = title === '' ? '' : ` ${title}`;
  if (label !== '') return `${what}：${words[label] ?? label}${label.includes(title) ? '' : named}`;
  switch (subjectKind) {
    case 'link':
      return `${what.endsWith('指标') ? what : `${what} 指标`}${said(subject[1])}${named}`;
    case 'evidence':
      return verb === 'change-evidence' ? `${event.actor === PROGRAM_ACTOR ? '识别著录' : what}${named}${changedFields(event)}` : `${what}${named}`;
    case 'proof-mark':
      return `${what}${named} 第${said(cells['page'])}页`;
    case 'setting': {
      const name = changeLabel(db, event.change);
      const setting = settings[said(subject[0])];
      return name !== '' && name !== verb ? name : setting === undefined ? what : `${what}：${setting}`;
    }
    case 'pack-out':
      return `${verb === 'hand-out' ? (packs[said(cells['kind'])] ?? what) : what}${ofUnit(said(cells['unit']))} ${said(cells['file_name'])}`.trimEnd();
    case 'pack-in':
      return `${what}${ofUnit(said(cells['unit']) || said(cells['sender']))} ${said(cells['file_name'])}`.trimEnd();
    case 'conflict':
      return `${what}${ofUnit(said(cells['unit']))}`;
    case 'review-finding':
      return describeFinding(db, event, what);
    case 'review-round':
      return `${what} 第${said(subject[0])}轮${said(cells['name']) === '' ? '' : ` ${said(cells['name'])}`}`;
    case 'waiver':
      return `${what} ${nameOfRule(said(subject[0]))}${said(subject[1]) === '' ? '' : ` 指标${said(subject[1])}`}`;
    case 'export':
      return `${what} v${said(subject[0]).padStart(3, '0')}${cells['draft'] === 1 ? '（草稿）' : ''}`;
    case 'unit-task':
    case 'unit':
    case 'group':
      return `${what} ${said(subject[0])}`;
    default: {
      const code = firstIsIndicator.has(subjectKind) ? said(subject[0]) : '';
      return code === '' ? `${what}${named}` : `${what} 指标${code}${describeDetail(event)}`;
    }
  }
}

const ofUnit = (unit: string): string => (unit === '' ? '' : `：${unit}`);

function changedFields({ before, after }: ArchiveEvent): string {
  if (before === null || after === null) return '';
  const names = Object.keys(after).flatMap((column) => fields[column] ?? []);
  return names.length === 0 ? '' : `：${names.join('、')}`;
}

function describeFinding(db: ReadableDb, { subject, before, after }: ArchiveEvent, what: string): string {
  const cells = { ...before, ...after };
  const body = said(cells['body']) || (getReviewFinding(db, said(subject[0]))?.text ?? '');
  return `${what}${body === '' ? '' : quote(body)}${ofUnit(said(cells['assigned_to']))}`;
}

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
