import { getEvidence, parseRowKey } from '../../archive/index.ts';
import type { Conflict, PlainCell, PlainCells, ReadableDb } from '../../archive/index.ts';
import type { ConflictView } from '../../contract/index.ts';
import { evidenceId } from '../../domain/ids.ts';
import { volumeOfDecision } from '../binding/late-inserts.ts';
import { oursNow } from '../../exchange/index.ts';

/** Columns as a clerk knows them; a column that is missing here is not shown. */
const columnWords: Readonly<Record<string, string>> = {
  title: '题名', applicant: '申报单位', fonds_code: '全宗号', fonds_name: '全宗名称', note: '备注', body: '内容', contact: '联系人', phone: '电话', due: '期限',
  file_name: '文件', bytes: '字节', pages: '页数', kind: '类别', document_number: '文号', issuer: '责任者', date: '日期', secrecy: '密级', retention: '保管期限', valid_until: '有效期至',
  photo_facts: '照片说明', original: '原件或复制件', original_place: '原件存放处', draft: '草稿', sealed: '已盖章', page: '页', value: '数值', unit: '单位', numerator: '分子', denominator: '分母',
  source_evidence: '出处', source_page: '出处页码', answer: '答复', signed_by: '签字人', certificate: '证明', evidence_id: '材料', by_name: '签名', verdict: '判定', reason: '理由',
  name: '名称', raised_by: '提出人', assigned_to: '交办单位', answered_by: '答复人', indicator: '指标',
};

const fieldWords: Readonly<Record<string, string>> = {
  '*': '整条内容', file: '文件', title: '题名', value: '数值', source: '出处', text: '达标情况说明', answer: '答复', certificate: '证明', signed: '签署', note: '备注', contact: '联系人', phone: '电话',
  due: '期限', body: '内容', mark: '印证标识', original: '原件情况', kind: '类别', document_number: '文号', issuer: '责任者', date: '日期', secrecy: '密级', retention: '保管期限', valid_until: '有效期',
  photo_facts: '照片说明', draft: '草稿', sealed: '盖章', evidence: '材料', verdict: '判定', reason: '理由', name: '名称', finding: '问题', assignment: '交办', applicant: '申报单位', fonds_code: '全宗号', fonds_name: '全宗名称',
};

const kindWords: Partial<Record<Conflict['rowKind'], string>> = {
  application: '档案库信息', catalog: '指标目录', group: '指标分组', indicator: '指标定义', unit: '单位', 'unit-task': '任务分工', evidence: '材料', 'proof-mark': '印证标识', link: '归入', value: '数值',
  report: '达标情况说明', declaration: '声明', certificate: '证明', 'sign-off': '签署', ruling: '人工判定', waiver: '豁免', 'review-round': '审核轮次', 'review-finding': '审核问题', setting: '设置',
};

const cellWords: Readonly<Record<string, string>> = { signed: '已签署', 'declared-none': '声明无材料', yes: '是', no: '否', met: '达标', unmet: '未达标', 'official-document': '正式发文', 'data-table': '数据表', report: '说明报告', photo: '图片', 'web-capture': '网页公开截图', '"renumber"': '后面重新编号', '"suffix"': '编为插页' };

const titleOf = (db: ReadableDb, id: PlainCell): string => {
  if (typeof id !== 'string') return '';
  const record = getEvidence(db, evidenceId(id));
  return record === null ? id : record.title || record.fileName;
};

const itemColumns = new Set(['source_evidence', 'certificate', 'evidence_id']);
const flagColumns = new Set(['draft', 'sealed']);

const describeCell = (db: ReadableDb, column: string, cell: PlainCell): string => {
  if (cell === null) return '（空）';
  if (itemColumns.has(column)) return titleOf(db, cell);
  if (flagColumns.has(column)) return cell === 1 ? '是' : '否';
  const text = String(cell);
  return text === '' ? '（空）' : (cellWords[text] ?? text);
};

const describeSide = (db: ReadableDb, cells: PlainCells | null): { label: string; text: string }[] | null =>
  cells === null
    ? null
    : Object.entries(cells).flatMap(([column, cell]) => {
        const label = columnWords[column];
        return label === undefined ? [] : [{ label, text: describeCell(db, column, cell) }];
      });

/** A conflict as the page shows it: both sides in words, and what both knew before. */
export function viewConflict(db: ReadableDb, conflict: Conflict): ConflictView {
  const [first, second, third] = parseRowKey(conflict.rowKey);
  const what = kindWords[conflict.rowKind] ?? conflict.rowKind;
  let indicator = '';
  let subject = `${what} ${String(first ?? '')}`;
  switch (conflict.rowKind) {
    case 'value':
    case 'declaration':
    case 'ruling':
      indicator = String(first);
      subject = `指标${indicator} ${conflict.rowKind === 'declaration' ? `第${second}项` : second === 0 ? '' : `${second}年`}${what}`;
      break;
    case 'report':
    case 'indicator':
      indicator = String(first);
      subject = `指标${indicator} ${what}`;
      break;
    case 'sign-off':
    case 'waiver':
      indicator = String(conflict.rowKind === 'waiver' ? second : first);
      subject = `指标${indicator} ${conflict.rowKind === 'waiver' ? first : second} ${what}`;
      break;
    case 'certificate':
      indicator = String(first);
      subject = `指标${indicator} ${third} ${what}`;
      break;
    case 'link':
      indicator = String(second);
      subject = `指标${indicator} 材料“${titleOf(db, first ?? null)}”的归入`;
      break;
    case 'evidence':
      subject = `材料“${titleOf(db, first ?? null)}”`;
      break;
    case 'unit-task':
      subject = `${first} 任务分工`;
      break;
    case 'setting': {
      const volume = volumeOfDecision(String(first));
      if (volume !== null) subject = `案卷“${volume}”的页号编法`;
      break;
    }
    default:
      break;
  }
  return {
    id: conflict.id,
    unit: conflict.unit,
    at: conflict.at,
    subject,
    indicator,
    field: fieldWords[conflict.field] ?? conflict.field,
    base: describeSide(db, conflict.base),
    ours: describeSide(db, oursNow(db, conflict)),
    theirs: describeSide(db, conflict.theirs),
  };
}
