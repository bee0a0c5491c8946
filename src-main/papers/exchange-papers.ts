import { describeForm, describeList } from './form-paper.ts';
import { text, type Paper } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import { chineseDate } from './wording.ts';

/** 收发回执: what one side handed to the other, with the code that both can compare. */
export interface ReceiptModel {
  readonly direction: 'out' | 'in';
  readonly project: string;
  readonly giver: string;
  readonly taker: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly fileName: string;
  readonly code: string;
  readonly due: string;
  readonly bytes: number;
  /** What it held, and after a merge what came of it: `新收材料` → `12件`. */
  readonly counts: readonly (readonly [name: string, count: string])[];
  readonly notes: readonly string[];
}

const megabytes = (bytes: number): string => (bytes === 0 ? '' : bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`);

export const describeReceipt = (model: ReceiptModel, profile: PaperProfile): Paper =>
  describeForm(
    model.direction === 'out' ? '任务包发放回执' : '报送材料收件回执',
    `${model.project}    ${chineseDate(model.date)}`,
    [
      { name: model.direction === 'out' ? '发放单位' : '报送单位', value: model.giver },
      { name: model.direction === 'out' ? '接收单位' : '收件单位', value: model.taker },
      { name: '文件名', value: `${model.fileName}${model.bytes === 0 ? '' : `（${megabytes(model.bytes)}）`}` },
      { name: '校验码', value: `${model.code}\n双方电脑上显示的校验码一致，即为同一份文件、途中没有改动。` },
      ...(model.due === '' ? [] : [{ name: '要求交回日期', value: chineseDate(model.due) }]),
      { name: '内容', value: model.counts.map(([name, count]) => `${name}：${count}`).join('\n') },
      ...(model.notes.length === 0 ? [] : [{ name: '需要核对', value: model.notes.map((note, index) => `${index + 1}. ${note}`).join('\n') }]),
      { name: '经办人签字', value: '发出方：                    接收方：\n\n                    年   月   日', height: 24 },
    ],
    [text('formNote', '本回执一式两份，发出方和接收方各存一份。')],
    false,
    profile,
  );

/** 任务包发放清单: all that was handed out together, to be signed for. */
export interface HandOutListModel {
  readonly date: string;
  readonly rows: readonly { readonly unit: string; readonly fileName: string; readonly indicators: number; readonly items: number; readonly due: string; readonly code: string }[];
}

export const describeHandOutList = (model: HandOutListModel, profile: PaperProfile): Paper =>
  describeList(
    {
      title: '任务包发放清单',
      page: 'landscape',
      note: `共 ${model.rows.length} 个单位    ${chineseDate(model.date)}`,
      columns: [['序号', 12, 'center'], ['单位', 46, 'left'], ['文件', 62, 'left'], ['指标数', 16, 'center'], ['已有材料', 18, 'center'], ['交回日期', 28, 'center'], ['校验码', 44, 'center'], ['签收', 30, 'center']],
      rows: model.rows.map((row, index) => [`${index + 1}`, row.unit, row.fileName, `${row.indicators}`, `${row.items}`, row.due === '' ? '' : chineseDate(row.due), row.code, '']),
      empty: '没有发出任务包。',
      draft: false,
    },
    profile,
  );

/** 报送情况清单: who is late, and what each unit still owes. */
export interface OutstandingModel {
  readonly date: string;
  readonly rows: readonly { readonly unit: string; readonly due: string; readonly overdueDays: number; readonly handedOut: string; readonly cameBack: string; readonly owed: readonly string[]; readonly lacking: readonly string[] }[];
}

export function describeOutstanding(model: OutstandingModel, profile: PaperProfile): Paper {
  const late = model.rows.filter((row) => row.overdueDays > 0);
  const unsent = late.filter((row) => row.handedOut === '').length;
  return describeList(
    {
      title: '各单位报送情况清单',
      page: 'landscape',
      note: `截至${chineseDate(model.date)}，逾期 ${late.length} 个单位${unsent === 0 ? '' : `（其中 ${unsent} 个任务包未发出）`}，尚有欠缺 ${model.rows.filter((row) => row.owed.length > 0).length} 个单位`,
      columns: [['序号', 12, 'center'], ['单位', 44, 'left'], ['期限', 28, 'center'], ['逾期', 18, 'center'], ['发出', 24, 'center'], ['收回', 24, 'center'], ['尚欠的指标', 40, 'left'], ['欠缺情况', 66, 'left']],
      rows: model.rows.map((row, index) => [
        `${index + 1}`, row.unit, row.due === '' ? '' : chineseDate(row.due), row.overdueDays > 0 ? `${row.overdueDays}天` : '', row.handedOut === '' ? '未发出' : row.handedOut, row.cameBack, row.owed.join('、'), row.lacking.join('；'),
      ]),
      empty: '没有承担任务的单位。',
      draft: false,
    },
    profile,
  );
}

/** 版本对照表: what differs between two exports. */
export interface VersionListModel {
  readonly from: string;
  readonly to: string;
  readonly date: string;
  readonly rows: readonly { readonly indicator: string; readonly kind: string; readonly what: string; readonly before: string; readonly after: string }[];
}

export const describeVersionList = (model: VersionListModel, profile: PaperProfile): Paper =>
  describeList(
    {
      title: '版本对照表',
      page: 'landscape',
      note: `${model.from} 与 ${model.to} 对照，共 ${model.rows.length} 处不同    ${chineseDate(model.date)}`,
      columns: [['序号', 12, 'center'], ['指标', 44, 'left'], ['类别', 20, 'center'], ['内容', 80, 'left'], [model.from, 50, 'left'], [model.to, 50, 'left']],
      rows: model.rows.map((row, index) => [`${index + 1}`, row.indicator, row.kind, row.what, row.before, row.after]),
      empty: '两个版本的内容相同。',
      draft: false,
    },
    profile,
  );
