import { mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readApplication, readCatalog } from '../../archive/index.ts';
import type { WritableArchive } from '../../archive/index.ts';
import { explainError, fail, succeed } from '../../contract/index.ts';
import type { CallOutput, Envelope } from '../../contract/index.ts';
import { ok } from '../../domain/result.ts';
import { PACK_EXTENSION, atBorder, checkCode, fileNameOf, writeForms, writePack } from '../../exchange/index.ts';
import type { PackRequest } from '../../exchange/index.ts';
import { defaultProfile, describeHandOutList, describeTaskSheet, renderPaperDocx } from '../../papers/index.ts';
import { writeExportFile } from '../binding/export-files.ts';
import { readOffice } from '../binding/office.ts';
import type { Job } from '../jobs.ts';
import type { Session } from '../session.ts';
import { setUnitEntry } from '../unit-duties.ts';
import { canonicalUnit } from '../unit-name.ts';
import { readOrigin, readTaskSheets } from './exchange-state.ts';
import { explainExchangeTrouble, refusedBy } from './exchange-trouble.ts';

type Packed = CallOutput<'exchange.pack'>;
type HandedOut = CallOutput<'exchange.handOut'>;

/** How a person without the program, or who has never seen a pack, finds out what it is. */
const readMe = (title: string, unit: string, due: string): Uint8Array =>
  Buffer.from(
    `\uFEFF${[
      '这是创档任务包，请用“创档”打开：开始页 → 打开任务包，选择本文件，另选一个文件夹存放。',
      '填报完成后在“收发”页点“生成报送包”，把生成的文件拷回U盘交回。',
      '没有安装创档的单位，请向发出方索取“填报文件夹”，用Excel或WPS填写即可。',
      '',
      `项目：${title}`,
      `单位：${unit === '' ? '全部' : unit}`,
      ...(due === '' ? [] : [`请于 ${due} 前交回`]),
      '',
      '请不要解压后改动本文件再压缩：途中有任何改动，收件时都会被拒绝。',
      '',
    ].join('\r\n')}`,
  );

/** The 任务分解表 of one unit, to lie beside its forms. */
async function taskPapers(archive: WritableArchive, session: Session, unit: string, due: string): Promise<PackRequest['papers']> {
  const title = readApplication(archive.db).title;
  const sheet = readTaskSheets(archive.db, session.today).find((one) => one.unit === unit);
  const note = { path: '说明.txt', content: readMe(title, unit, due) };
  if (sheet === undefined) return [note];
  return [note, { path: '任务分解表.docx', content: await renderPaperDocx(describeTaskSheet(due === '' ? sheet : { ...sheet, due }, defaultProfile), defaultProfile) }];
}

const senderOf = (archive: WritableArchive, session: Session): string => {
  const { applicant } = readOffice(archive.db, session.today);
  return applicant === '' ? readCatalog(archive.db).region || session.actor : applicant;
};

/** One pack to one file. In a unit's copy it is what goes back; elsewhere a unit's task, or everything. */
export async function packTo(archive: WritableArchive, session: Session, request: { readonly unit: string; readonly out: string; readonly due: string }, job: Job): Promise<Envelope<Packed>> {
  const origin = readOrigin(archive.db);
  const catalog = readCatalog(archive.db);
  const asked = canonicalUnit(catalog, request.unit);
  const kind = origin !== null && (request.unit === '' || asked === origin.unit) ? 'return' : request.unit === '' ? 'whole' : 'task';
  const unit = kind === 'return' ? (origin?.unit ?? '') : asked;
  const stem = kind === 'return' ? `报送 ${unit === '' ? '全部' : unit} ${session.today}` : `任务包 ${unit === '' ? '全部' : unit}`;
  const isFolder = await stat(request.out).then((found) => found.isDirectory(), () => false);
  const out = isFolder ? await freeName(request.out, fileNameOf(stem), PACK_EXTENSION) : request.out;
  const written = await writePack(archive, {
    kind, unit, out, due: request.due, actor: session.actor,
    sender: kind === 'return' ? unit || senderOf(archive, session) : senderOf(archive, session),
    papers: await taskPapers(archive, session, unit, request.due),
    signal: job.signal,
    onProgress: (part) => job.progress(part, `写入${basename(out)}`),
  });
  if (!written.ok) return refusedBy(written.error);
  const { id, digest, indicators, items, rows, bytes } = written.value;
  return succeed({ id, kind, unit, path: out, indicators, items, rows, bytes, code: checkCode(digest) });
}

/** A name in the folder that is not taken yet: what was handed out before stays. */
async function freeName(folder: string, stem: string, extension: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${stem}${number === 1 ? '' : `（${number}）`}${extension}`);
    if ((await stat(path).catch(() => null)) === null) return path;
  }
}

/** Packs or folders of forms for several units, with the list to be signed; a unit that cannot be served never stops the rest. */
export async function handOut(archive: WritableArchive, session: Session, request: { readonly units: readonly string[]; readonly folder: string; readonly as: 'pack' | 'forms'; readonly due: string }, job: Job): Promise<Envelope<HandedOut>> {
  const packs: HandedOut['packs'][number][] = [];
  const failed: HandedOut['failed'][number][] = [];
  const catalog = readCatalog(archive.db);
  const made = await atBorder(request.folder, async () => ok(await mkdir(request.folder, { recursive: true })));
  if (!made.ok) return refusedBy(made.error);
  const knows = (unit: string): boolean => readTaskSheets(archive.db, session.today).some((sheet) => sheet.unit === unit);
  const due = (unit: string): string => request.due || (readTaskSheets(archive.db, session.today).find((sheet) => sheet.unit === unit)?.due ?? '');
  for (const [index, asked] of request.units.entries()) {
    job.signal.throwIfAborted();
    const unit = canonicalUnit(catalog, asked);
    // The day that is printed on the pack is the unit's from now on, in the pack too.
    if (request.due !== '' && knows(unit)) setUnitEntry(archive.db, session.actor, unit, { due: request.due });
    job.progress(index / request.units.length, `发给${unit}`);
    const path = await freeName(request.folder, fileNameOf(`${request.as === 'pack' ? '任务包' : '填报文件夹'} ${unit}`), request.as === 'pack' ? PACK_EXTENSION : '');
    const papers = await taskPapers(archive, session, unit, due(unit));
    const common = { unit, out: path, due: due(unit), actor: session.actor, sender: senderOf(archive, session), papers };
    const written = request.as === 'pack' ? await writePack(archive, { ...common, kind: 'task', signal: job.signal }) : await writeForms(archive, common);
    if (written.ok) packs.push({ unit, path: basename(path), indicators: written.value.indicators, items: written.value.items, bytes: written.value.bytes, code: checkCode(written.value.digest) });
    else {
      const trouble = explainExchangeTrouble(written.error);
      failed.push({ unit, message: explainError(trouble) });
      // The next unit would meet the same full or missing stick.
      if (['disk-full', 'drive-gone', 'no-permission'].includes(trouble.code)) break;
    }
  }
  const [first] = failed;
  if (packs.length === 0 && first !== undefined) return fail('pack-unit-unknown', first.unit, first.message);
  if (packs.length > 1) {
    const list = describeHandOutList({ date: session.today, rows: packs.map((pack) => ({ unit: pack.unit, fileName: pack.path, indicators: pack.indicators, items: pack.items, due: due(pack.unit), code: pack.code })) }, defaultProfile);
    await writeExportFile(request.folder, basename(await freeName(request.folder, `发放清单 ${session.today}`, '.docx')), 'hand-out-list', 0, await renderPaperDocx(list, defaultProfile));
  }
  return succeed({ packs, failed });
}

