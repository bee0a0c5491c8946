import { basename } from 'node:path';
import { getPackIn, hashFile, keepPackState, listPacksIn, listPacksOut, putPackIn, readApplication, readRowState, transact } from '../archive/index.ts';
import type { PlainCells, RowState, WritableArchive } from '../archive/index.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { applyMerge } from './apply-merge.ts';
import { atBorder } from './at-border.ts';
import { parseFigure, readForm, readGrid } from './form-sheet.ts';
import type { FormGrid, IndicatorForm } from './form-sheet.ts';
import { findFilled, findForms } from './forms-folder.ts';
import type { FilledFolder, FormsNote } from './forms-folder.ts';
import { writeHistoryText } from './field-history.ts';
import { isMergedKind, mergedKinds } from './merge-fields.ts';
import type { MergedKind } from './merge-fields.ts';
import { assertReadable } from './merge-pack.ts';
import type { MergeReport, TakeInOptions } from './merge-pack.ts';
import { mergeRows } from './merge-rows.ts';
import type { MergeSide } from './merge-rows.ts';
import { sha256Of } from './pack-manifest.ts';
import { PackFault } from './pack-trouble.ts';
import type { ExchangeTrouble } from './pack-trouble.ts';
import { historiesOfWords, readPackSide } from './pack-words.ts';
import { readHistories } from './read-histories.ts';
import { writeRowText } from './row-lines.ts';
import { readUnitScope, withinUnit } from './unit-scope.ts';

/** A folder that a unit filled by hand, read and judged; nothing of it is in the archive yet. */
export interface FilledForms {
  readonly path: string;
  readonly note: FormsNote;
  /** What was handed out, or what the unit's forms said the last time. */
  readonly before: MergeSide;
  readonly indicators: readonly { readonly form: IndicatorForm; readonly files: FilledFolder['files'] }[];
  /** What could not be taken, in Chinese, for the clerk. */
  readonly notes: readonly string[];
}

/** Rows of a document's tables, or why there are none; how the service reads them. */
export type TableReader = (path: string) => Promise<Result<FormGrid, string>>;

const readOneForm = async (path: string, readTables: TableReader): Promise<IndicatorForm> => {
  if (!/\.docx$/iu.test(path)) return readForm(path);
  const tables = await readTables(path);
  if (!tables.ok) throw new PackFault({ code: 'pack-changed', path, detail: `填报表打不开（${tables.error}）` });
  return readGrid(path, tables.value);
};

/** The one form of a folder that was filled; where none was, any of them. */
const filledOf = async (forms: readonly string[], { blanks }: FormsNote): Promise<string> => {
  const touched: string[] = [];
  for (const path of forms) if (forms.length === 1 || !blanks.includes((await hashFile(path)).sha256)) touched.push(path);
  const [form = forms[0], another] = touched;
  if (form === undefined || another !== undefined) {
    throw new PackFault({ code: 'pack-changed', path: form ?? '', detail: `“${touched.map((path) => basename(path)).join('”和“')}”都填过，请只留一份` });
  }
  return form;
};

/** Reads a filled folder; null where it is none. One bad form never stops the rest. */
export const readFilledForms = (archive: Pick<WritableArchive, 'db'>, root: string, readTables: TableReader): Promise<Result<FilledForms | null, ExchangeTrouble>> =>
  atBorder<FilledForms | null>(root, async () => {
    const found = await findForms(root);
    if (found === null) return ok(null);
    const { note, folder } = found;
    const application = readApplication(archive.db);
    if (note.archiveId !== application.archiveId) return fail({ code: 'pack-other-archive', path: root, detail: `它属于“${note.title}”` });
    const handedOut = listPacksOut(archive.db).find((pack) => pack.id === note.id);
    const earlier = listPacksIn(archive.db).findLast((one) => one.kind === 'forms' && one.summary['handedOut'] === note.id);
    const before = readPackSide(archive.db, earlier?.id ?? note.id);
    if (handedOut === undefined || before === null || handedOut.unit !== note.unit) return fail({ code: 'pack-changed', path: root, detail: '本档案库没有发出过这份表格，或任务包信息被改过' });
    const notes: string[] = [];
    const indicators: { form: IndicatorForm; files: FilledFolder['files'] }[] = [];
    const { roles } = readUnitScope(readRowState(archive.db, mergedKinds), note.unit);
    for (const one of await findFilled(folder)) {
      const place = basename(one.folder);
      let form: IndicatorForm;
      try {
        form = await readOneForm(await filledOf(one.forms, note), readTables);
      } catch (error) {
        if (!(error instanceof PackFault)) throw error;
        notes.push(`“${place}”没有收：${error.trouble.detail}`);
        continue;
      }
      if (!roles.has(form.code)) notes.push(`“${place}”没有收：指标“${form.code}”不由${note.unit}承担，请核对表里的指标编号`);
      else if (indicators.some((other) => other.form.code === form.code)) notes.push(`“${place}”没有收：指标${form.code}有两份填报表，请只留一份`);
      else indicators.push({ form, files: one.files });
    }
    for (const code of roles.keys()) if (!indicators.some(({ form }) => form.code === code)) notes.push(`指标${code}没有交回填报表`);
    return ok({ path: root, note, before, indicators, notes });
  });

/** How the service finds what the forms only name. */
export interface FormReferences {
  /** The item that a file name stands for among an indicator's evidence; null where there is none. */
  readonly itemOf: (code: string, fileName: string) => string | null;
  /** The JSON of the pages that a text cites. */
  readonly citationsOf: (text: string) => string;
}

const cell = (value: string): number | null | 'wrong' => (value === '' ? null : (parseFigure(value) ?? 'wrong'));

/** What the forms say, as rows over what was known before. An empty cell says nothing: it takes nothing away. */
const rowsOfForms = (filled: FilledForms, now: string, find: FormReferences, notes: string[]): RowState => {
  const rows = new Map<MergedKind, Map<string, PlainCells>>(mergedKinds.map((kind) => [kind, new Map(filled.before.rows.get(kind))]));
  const put = (kind: MergedKind, key: readonly (string | number)[], cells: PlainCells): void => void rows.get(kind)?.set(JSON.stringify(key), cells);
  const baseOf = (kind: MergedKind, key: readonly (string | number)[]): PlainCells | undefined => filled.before.rows.get(kind)?.get(JSON.stringify(key));
  for (const { form } of filled.indicators) {
    for (const year of form.years) {
      if (year.value === '') continue;
      const [value, numerator, denominator, page] = [year.value, year.numerator, year.denominator, year.page].map(cell);
      const where = `指标${form.code} ${year.year}年`;
      if (typeof value !== 'number' || numerator === 'wrong' || denominator === 'wrong' || numerator === undefined || denominator === undefined || !Number.isInteger(year.year) || year.year < 1900 || year.year > 2200) {
        notes.push(`${where}的数值“${year.value}${numerator === 'wrong' ? `、分子${year.numerator}` : ''}${denominator === 'wrong' ? `、分母${year.denominator}` : ''}”不是数字，没有收`);
        continue;
      }
      // Excel keeps 96.3 % as 0.963 where the cell is not text.
      if (year.unit.normalize('NFKC').includes('%') && value > 0 && value <= 1) notes.push(`${where}的数值是${year.value}${year.unit}，请核对是不是应为${Number((value * 100).toPrecision(12))}%`);
      const before = baseOf('value', [form.code, year.year]);
      const item = year.source === '' ? null : find.itemOf(form.code, year.source);
      if (year.source !== '' && item === null) notes.push(`${where}的出处“${year.source}”不在交回的材料里，请补`);
      put('value', [form.code, year.year], {
        value, unit: year.unit, numerator, denominator, note: year.note,
        source_evidence: item ?? before?.['source_evidence'] ?? null,
        source_page: item === null ? (before?.['source_page'] ?? null) : typeof page === 'number' && Number.isInteger(page) && page > 0 ? page : null,
      });
    }
    const text = form.text.replace(/\r\n?/gu, '\n').trim();
    const report = baseOf('report', [form.code]);
    if (text !== '' && text !== report?.['body']) put('report', [form.code], { body: text, citations: find.citationsOf(text) });
    for (const { number, answer, signedBy } of form.declarations) {
      const said = answer === '' ? null : answer.startsWith('是') ? 'yes' : answer.startsWith('否') ? 'no' : 'wrong';
      if (said === 'wrong' || (said !== null && (!Number.isInteger(number) || number < 1))) notes.push(`指标${form.code}第${number}项“${answer}”不是“是”或“否”，没有收`);
      else if (said !== null) put('declaration', [form.code, number], { answer: said, signed_by: signedBy, certificate: baseOf('declaration', [form.code, number])?.['certificate'] ?? null });
    }
    const signed = form.signer !== '' ? { kind: 'signed', by_name: form.signer } : form.none.startsWith('是') ? { kind: 'declared-none', by_name: form.person } : null;
    const signOff = baseOf('sign-off', [form.code, filled.note.unit]);
    if (signed !== null && (signOff?.['kind'] !== signed.kind || signOff['by_name'] !== signed.by_name)) put('sign-off', [form.code, filled.note.unit], { ...signed, at: now });
    if (form.person !== '' || form.phone !== '') {
      const task = rows.get('unit-task')?.get(JSON.stringify([filled.note.unit, '']));
      if (task !== undefined) put('unit-task', [filled.note.unit, ''], { ...task, contact: form.person || (task['contact'] ?? ''), phone: form.phone || (task['phone'] ?? '') });
    }
  }
  return rows;
};

export interface FormsReport extends Omit<MergeReport, 'kind'> {
  readonly kind: 'forms';
  readonly notes: readonly string[];
}

/** Merges what the forms say, after their files were taken in: one change that can be undone. */
export const mergeForms = (archive: WritableArchive, filled: FilledForms, find: FormReferences, options: TakeInOptions): Promise<Result<FormsReport, ExchangeTrouble>> =>
  atBorder<FormsReport>(filled.path, () => {
    const { db } = archive;
    const { unit, id: handedOut } = filled.note;
    const notes = [...filled.notes];
    const saying = rowsOfForms(filled, new Date().toISOString(), find, notes);
    const words = JSON.stringify(filled.indicators.map(({ form }) => form));
    const digest = sha256Of(words);
    const id = `f${sha256Of(`${handedOut}\n${words}`).slice(0, 24)}`;
    const head = { pack: id, kind: 'forms' as const, unit, sender: unit, digest, notes };
    if (getPackIn(db, id) !== null) return Promise.resolve(ok({ ...head, items: 0, links: 0, values: 0, texts: 0, others: 0, removed: 0, conflicts: 0, outside: 0, again: true }));
    const histories = historiesOfWords(filled.before, saying, { pack: id, areWhole: false });
    keepPackState(db, id, { rows: writeRowText(saying), histories: writeHistoryText(histories) });
    const report = transact(
      db,
      options.actor,
      (tx) => {
        const ours = { rows: readRowState(tx, mergedKinds), histories: readHistories(tx) };
        const theirs = withinUnit({ rows: saying, histories }, ours.rows, unit, new Set());
        // Items came in by themselves: the forms speak of the rest.
        const spoken = { rows: new Map([...theirs.rows].filter(([kind]) => isMergedKind(kind) && spokenKinds.has(kind))), histories: new Map([...theirs.histories].filter(([kind]) => spokenKinds.has(kind))) };
        const counts = applyMerge(tx, mergeRows({ ours, theirs: spoken, now: tx.now, asUnit: true }), { pack: id, unit });
        putPackIn(tx, { id, kind: 'forms', unit, sender: unit, digest, fileName: basename(filled.path), headSeq: 0, headHash: '', summary: { ...counts, outside: 0, handedOut, notes } });
        assertReadable(tx, filled.path);
        return { ...head, ...counts, outside: 0, again: false };
      },
      { label: `合并${unit}的报送表格` },
    );
    return Promise.resolve(ok(report));
  });

const spokenKinds: ReadonlySet<MergedKind> = new Set(['value', 'report', 'declaration', 'sign-off', 'unit-task']);
