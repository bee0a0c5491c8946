import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { PARTIAL_PREFIX, addPackOut, keepPackState, parseRowKey, readApplication, readCatalog, transact } from '../archive/index.ts';
import type { PlainCells, WritableArchive } from '../archive/index.ts';
import type { Indicator } from '../domain/catalog.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { atBorder } from './at-border.ts';
import { writeHistoryText } from './field-history.ts';
import { fileNameOf } from './file-name.ts';
import { writeFormDocument } from './form-document.ts';
import { FORM_DOCUMENT, FORM_FILE, writeForm } from './form-sheet.ts';
import type { IndicatorForm } from './form-sheet.ts';
import { makePackId, sha256Of } from './pack-manifest.ts';
import { PackFault } from './pack-trouble.ts';
import type { ExchangeTrouble } from './pack-trouble.ts';
import { writeRowText } from './row-lines.ts';
import { readUnitScope } from './unit-scope.ts';
import { sideForPack } from './write-pack.ts';

/** Tells a folder of forms from any other, and whose it is. */
export const FORMS_NOTE = '任务包信息（请勿删除）.json';
export const EVIDENCE_FOLDER = '佐证材料';
const FORMS_FORMAT = 'chuangdang-forms';
const FORMS_VERSION = 1;

const noteSchema = z.object({
  format: z.literal(FORMS_FORMAT),
  version: z.number().int(),
  id: z.string().regex(/^p[0-9a-f]{18}$/),
  archiveId: z.string().max(64),
  title: z.string().max(1000),
  unit: z.string().min(1).max(200),
  due: z.string().max(10),
  createdAt: z.string().max(40),
  /** SHA-256 of the forms as they were handed out: one of two that still has its own was not filled. */
  blanks: z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(20_000).default([]),
});
export type FormsNote = z.infer<typeof noteSchema>;

export interface FormsRequest {
  readonly unit: string;
  /** Folder to make; must not exist. */
  readonly out: string;
  readonly actor: string;
  readonly due: string;
  readonly sender: string;
  /** Papers for the top of the folder. */
  readonly papers: readonly { readonly path: string; readonly content: Uint8Array }[];
}

export interface WrittenForms {
  readonly id: string;
  readonly digest: string;
  readonly indicators: number;
  readonly items: number;
  readonly bytes: number;
}

const cellText = (cell: string | number | null | undefined): string => (cell === null || cell === undefined ? '' : String(cell));

const describeHowTo = (indicator: Indicator, role: string, due: string): string =>
  [
    `${indicator.code} ${indicator.name}`,
    `本单位分工：${role === 'lead' ? '牵头' : '协办'}${due === '' ? '' : `    请于 ${due} 前交回`}`,
    '',
    `目标：${indicator.target.text}`,
    `方案原文：${indicator.sentence}`,
    ...(indicator.explanation === '' ? [] : [`说明：${indicator.explanation}`]),
    '',
    '须提交的材料：',
    ...indicator.requirements.map((one, index) => `  ${index + 1}. ${one.name}${one.per === 'year' ? '（每年一份）' : ''}`),
    '',
    `填写办法：打开“${FORM_FILE}”（Excel、WPS表格）或“${FORM_DOCUMENT}”（Word、WPS文字），填好其中一份后保存，格式不要改，另一份不用填；把证明材料放进“${EVIDENCE_FOLDER}”，`,
    '分年度的放进对应年份的文件夹。“出处文件名”填材料的文件名。文件夹名称可以改，表里的指标编号不要改。',
    '填完后把整个文件夹拷回U盘（也可以压缩成zip）。',
    '',
  ].join('\r\n');

/** Writes a unit's task as a plain folder, to be filled without the program, and notes that it was handed out. Appears whole or not at all. */
export const writeForms = (archive: WritableArchive, request: FormsRequest): Promise<Result<WrittenForms, ExchangeTrouble>> =>
  atBorder(request.out, async () => {
    const { db } = archive;
    const { rows: state, histories } = sideForPack(archive, request.unit, 'task');
    const { roles } = readUnitScope(state, request.unit);
    if (roles.size === 0) return fail({ code: 'pack-unit-unknown', path: request.unit, detail: '没有一项指标由它牵头或协办' });
    const catalog = readCatalog(db);
    const id = makePackId();
    const application = readApplication(db);
    const blanks: string[] = [];
    const titles = new Map([...(state.get('evidence') ?? [])].map(([key, row]) => [String(parseRowKey(key)[0]), String(row['file_name'])]));
    const contact = state.get('unit-task')?.get(JSON.stringify([request.unit, '']));
    const partial = join(dirname(request.out), `${PARTIAL_PREFIX}${randomBytes(6).toString('hex')}`);
    let bytes = 0;
    let noteText = '';
    const write = async (path: string, content: Uint8Array): Promise<void> => {
      await mkdir(dirname(join(partial, path)), { recursive: true });
      await writeFile(join(partial, path), content, { flag: 'wx' });
      bytes += content.byteLength;
    };
    try {
      for (const paper of request.papers) await write(paper.path, paper.content);
      for (const indicator of catalog.groups.flatMap((group) => group.indicators)) {
        const role = roles.get(indicator.code);
        if (role === undefined) continue;
        const folder = fileNameOf(`${indicator.code} ${indicator.name}`);
        const value = (year: number): PlainCells | undefined => state.get('value')?.get(JSON.stringify([indicator.code, year]));
        const signOff = state.get('sign-off')?.get(JSON.stringify([indicator.code, request.unit]));
        const years = indicator.kind === 'assessed' ? catalog.years : [];
        const form: IndicatorForm = {
          code: indicator.code, name: indicator.name, target: indicator.target.text, unit: request.unit, person: cellText(contact?.['contact']), phone: cellText(contact?.['phone']),
          years: years.map((year) => {
            const row = value(year);
            const unit = 'unit' in indicator.target ? indicator.target.unit : '';
            return {
              year, value: cellText(row?.['value']), unit: row === undefined ? unit : cellText(row['unit']), numerator: cellText(row?.['numerator']), denominator: cellText(row?.['denominator']),
              source: titles.get(cellText(row?.['source_evidence'])) ?? '', page: cellText(row?.['source_page']), note: cellText(row?.['note']),
            };
          }),
          text: cellText(state.get('report')?.get(JSON.stringify([indicator.code]))?.['body']),
          declarations: indicator.declarations.map((situation, index) => {
            const row = state.get('declaration')?.get(JSON.stringify([indicator.code, index + 1]));
            return { number: index + 1, situation, answer: row === undefined ? '' : row['answer'] === 'yes' ? '是' : '否', signedBy: cellText(row?.['signed_by']) };
          }),
          signer: signOff?.['kind'] === 'signed' ? cellText(signOff['by_name']) : '',
          none: signOff?.['kind'] === 'declared-none' ? '是' : '',
        };
        for (const [name, content] of [[FORM_FILE, await writeForm(form)], [FORM_DOCUMENT, await writeFormDocument(form)]] as const) {
          blanks.push(sha256Of(content));
          await write(join(folder, name), content);
        }
        await write(join(folder, '说明.txt'), Buffer.from(`\uFEFF${describeHowTo(indicator, role, request.due)}`));
        for (const year of years) await mkdir(join(partial, folder, EVIDENCE_FOLDER, `${year}年`), { recursive: true });
        await mkdir(join(partial, folder, EVIDENCE_FOLDER, '不分年度'), { recursive: true });
      }
      const note: FormsNote = { format: FORMS_FORMAT, version: FORMS_VERSION, id, archiveId: application.archiveId, title: application.title, unit: request.unit, due: request.due, createdAt: new Date().toISOString(), blanks };
      noteText = `${JSON.stringify(note, null, 2)}\n`;
      await write(FORMS_NOTE, Buffer.from(noteText));
      await rename(partial, request.out);
    } finally {
      await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    }
    const digest = sha256Of(noteText);
    const items = state.get('evidence')?.size ?? 0;
    keepPackState(db, id, { rows: writeRowText(state), histories: writeHistoryText(histories) });
    transact(db, request.actor, (tx) => addPackOut(tx, { id, kind: 'forms', unit: request.unit, due: request.due, items, bytes, digest, fileName: basename(request.out), note: '' }), { label: '发出任务包', undoable: false });
    return ok({ id, digest, indicators: roles.size, items, bytes });
  });

/** The note of a folder of forms, looked for in the folder and one level down (a zip often adds a level); null where there is none. */
export const findForms = async (folder: string): Promise<{ readonly folder: string; readonly note: FormsNote } | null> => {
  const below = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  for (const place of [folder, ...below]) {
    const text = await readFile(join(place, FORMS_NOTE), 'utf8').catch(() => null);
    if (text === null) continue;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw new PackFault({ code: 'pack-changed', path: place, detail: `“${FORMS_NOTE}”被改坏了` });
    }
    if (typeof json === 'object' && json !== null && 'version' in json && typeof json.version === 'number' && json.version > FORMS_VERSION) {
      throw new PackFault({ code: 'pack-newer', path: place, detail: `表格格式${json.version}，本程序支持到${FORMS_VERSION}` });
    }
    const parsed = noteSchema.safeParse(json);
    if (!parsed.success) throw new PackFault({ code: 'pack-changed', path: place, detail: `“${FORMS_NOTE}”的内容不完整` });
    return { folder: place, note: parsed.data };
  }
  return null;
};

/** One indicator's folder as it came back: its forms, and what lies beside them by year (null: not by year). */
export interface FilledFolder {
  readonly folder: string;
  readonly forms: readonly string[];
  readonly files: ReadonlyMap<number | null, readonly string[]>;
}

/** Names that office programs and systems leave about. */
const litter = /^(?:\.|~\$|thumbs\.db$|desktop\.ini$)/iu;
const deepest = 12;

/** Finds the forms below a folder and the files that belong to each. Links are left alone: the importer refuses them by name. */
export const findFilled = async (root: string): Promise<readonly FilledFolder[]> => {
  const found: FilledFolder[] = [];
  const collect = async (folder: string, year: number | null, files: Map<number | null, string[]>, depth: number): Promise<void> => {
    for (const entry of (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (litter.test(entry.name) || (depth === 0 && (entry.name === '说明.txt' || isForm(entry.name)))) continue;
      const path = join(folder, entry.name);
      const stated = /^(20\d{2})\s*年?/u.exec(entry.name.normalize('NFKC'))?.[1];
      if (entry.isDirectory() && depth < deepest) await collect(path, stated === undefined ? year : Number(stated), files, depth + 1);
      else if (!entry.isDirectory()) files.set(year, [...(files.get(year) ?? []), path]);
    }
  };
  const look = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    const forms = entries.filter((entry) => entry.isFile() && isForm(entry.name)).map((entry) => join(folder, entry.name)).sort();
    if (forms.length > 0) {
      const files = new Map<number | null, string[]>();
      await collect(folder, null, files, 0);
      found.push({ folder, forms, files });
      return;
    }
    if (depth >= 3) return;
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) if (entry.isDirectory()) await look(join(folder, entry.name), depth + 1);
  };
  await look(root, 0);
  return found;
};

/** `填报表.xlsx` or `.docx`, also as a clerk's copies of it are called: `填报表(1).xlsx`, `填报表-终稿.docx`. */
const isForm = (name: string): boolean => /^填报表.*\.(?:xlsx|docx)$/iu.test(name.normalize('NFC')) && !litter.test(name);

