import { requestKinds, type RequestKind } from '../domain/rules/rule-table.ts';
import { describeList } from './form-paper.ts';
import { space, text, type Block, type Paper } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import type { TaskSheetModel } from './task-sheet.ts';
import { chineseDate } from './wording.ts';

/** 催办单: all that a unit still owes after its day, as requests to it. */
export interface ReminderModel {
  readonly unit: string;
  readonly person: string;
  readonly due: string;
  readonly today: string;
  /** Whether the task was ever given to the unit: only then does its letter blame it for being late. */
  readonly handedOut: boolean;
  readonly rows: readonly { readonly code: string; readonly name: string; readonly asks: readonly Request[] }[];
  /** Who signs; empty where no office is stated. */
  readonly from: string;
  readonly contact: string;
}

/** One thing that a unit is asked for, as a request without a full stop. */
export interface Request {
  readonly kind: RequestKind;
  readonly text: string;
}

/** What each unit is asked for, by unit and indicator. */
export type Requests = ReadonlyMap<string, ReadonlyMap<string, readonly Request[]>>;

/** One reminder for each unit whose day is past (`today`) and of which something is asked, most asked of first. `handedOut` names the units that were given their task. */
export function buildReminderModels(
  sheets: readonly TaskSheetModel[],
  requests: Requests,
  today: string,
  handedOut: ReadonlySet<string>,
  signatory: { readonly from: string; readonly contact: string },
): readonly ReminderModel[] {
  return sheets
    .filter(({ due }) => due !== '' && due < today)
    .map(({ unit, person, due, rows }): ReminderModel => ({
      unit, person, due, today,
      handedOut: handedOut.has(unit),
      rows: rows.flatMap(({ code, name }) => {
        const asks = requests.get(unit)?.get(code) ?? [];
        return asks.length === 0 ? [] : [{ code, name, asks }];
      }),
      ...signatory,
    }))
    .filter(({ rows }) => rows.length > 0)
    .toSorted((a, b) => b.rows.length - a.rows.length);
}

/** Whole days from one `YYYY-MM-DD` to another. */
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

const listTexts = (texts: readonly string[]): string => (texts.length === 1 ? `${texts[0] ?? ''}。` : `\n${texts.map((each, index) => `${index + 1}. ${each}${index + 1 === texts.length ? '。' : '；'}`).join('\n')}`);

/** Grouped by what kind of thing is asked. */
const listAsks = (asks: readonly Request[]): string =>
  requestKinds
    .flatMap((kind) => {
      const texts = asks.filter((ask) => ask.kind === kind).map((ask) => ask.text);
      return texts.length === 0 ? [] : [`${kind}：${listTexts(texts)}`];
    })
    .join('\n');

/** A number of at least seven digits is a telephone's. */
const namesPhone = (contact: string): boolean => contact.replace(/[^0-9]/gu, '').length >= 7;

/** What is left to be written by hand. */
export function gapsOfReminder({ from, contact }: ReminderModel): readonly string[] {
  return [
    '文号、办结期限留给手写',
    ...(from === '' ? ['落款单位没有填写，留了空：设置 → 全宗与装订 → 申报单位，写单位全称'] : []),
    ...(contact === '' ? ['联系人和电话没有填写，留了空：设置 → 全宗与装订 → 联系人'] : namesPhone(contact) ? [] : ['联系人没有电话，留了空：设置 → 全宗与装订 → 联系人，姓名后写上电话']),
  ];
}

const describeContact = (contact: string): string => {
  if (contact === '') return '联系人：____________    联系电话：________________';
  return namesPhone(contact) ? `联系人及电话：${contact}` : `联系人：${contact}    联系电话：________________`;
};

/** Who signs above the day, at the size of the text (GB/T 9704-2012 §7.3.5). */
function sign(from: string, today: string): readonly Block[] {
  const date = chineseDate(today);
  return [{ kind: 'text', style: 'formSignature', text: from === '' ? '（落款单位）____________________' : from, over: date }, text('formSignature', date)];
}

export function describeReminder(model: ReminderModel, profile: PaperProfile): Paper {
  const late = model.handedOut ? `应于${chineseDate(model.due)}前报送或办结，现已逾期${daysBetween(model.due, model.today)}天` : `的报送时限为${chineseDate(model.due)}，现已到期`;
  return describeList(
    {
      title: '催 办 单',
      page: 'form',
      note: '',
      columns: [['编号', 14, 'center'], ['指标', 40, 'left'], ['尚未完成，请报送或办理', 92, 'left'], ['完成时间', 24, 'center']],
      rows: model.rows.map(({ code, name, asks }) => [code, name, listAsks(asks), '']),
      empty: '没有逾期事项。',
      before: [
        text('formNote', '文号：______________________'),
        { kind: 'text', style: 'formBody', text: `${model.unit}${model.person === '' ? '' : `（${model.person}）`}：`, continues: true },
        text('formBody', `你单位承担的下列事项${late}，尚有表中所列各项未完成；已经报送的不必重报。请于      年    月    日前报送或办结，并在末栏填写完成时间。`),
        space(2),
      ],
      after: [space(4), { kind: 'text', style: 'formBody', text: describeContact(model.contact), continues: true }, space(10), ...sign(model.from, model.today)],
      draft: false,
    },
    profile,
  );
}
