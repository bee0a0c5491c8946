import { appendFile, chmod, copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exportFolder, getLastExport, listEvidence, listLinks, objectPath, verifyArchive } from '../archive/index.ts';
import type { WritableArchive } from '../archive/index.ts';
import { planBinding, writeVolume } from '../binder/index.ts';
import type { Section } from '../binder/index.ts';
import { finish } from '../domain/steps.ts';
import type { PlannedVolume } from '../domain/volume-plan.ts';
import { buildClosingNoteModel, buildVolumeIndexModel, describeClosingNote, describeVolumeIndex } from '../papers/index.ts';
import type { Paper, VolumeIndexModel } from '../papers/index.ts';
import { exportDossier } from './binding/export.ts';
import { markFoundSheets } from './binding/found-sheets.ts';
import { describePaperPlan } from './binding/volume-sections.ts';
import type { BindingMaterial } from './binding/volume-sections.ts';
import type { Job } from './jobs.ts';
import { markIntegrity } from './mark-integrity.ts';
import { readPaperMaterial } from './papers/material.ts';
import { replacePaper } from './papers/office-files.ts';
import { findPaperKind } from './papers/paper-kinds.ts';
import { volumeScope } from './papers/scopes.ts';
import type { PlantedFault } from './sample-faults.ts';
import type { Session } from './session.ts';

/** An office's own edition of a volume's paper, wrong in one place. */
interface OwnPaper extends PlantedFault {
  /** Group whose volume it stands in. */
  readonly group: string;
  readonly kind: 'volume-index' | 'closing-note';
  readonly draw: (material: BindingMaterial, volume: PlannedVolume) => Paper;
}

type Rows = VolumeIndexModel['rows'];

const index = (change: (rows: Rows) => Rows, code: (own: string) => string = (own) => own): OwnPaper['draw'] => ({ snapshot, profile }, volume) => {
  const model = buildVolumeIndexModel(snapshot, volume, false);
  return describeVolumeIndex({ ...model, rows: change(model.rows), archivalCode: code(model.archivalCode) }, profile);
};

const own = (rule: PlantedFault['rule'], group: string, kind: OwnPaper['kind'], text: string, draw: OwnPaper['draw']): OwnPaper => ({ rule, indicator: null, group, kind, text, draw });

const ownPapers: readonly OwnPaper[] = [
  own('numbering.index', '一', 'volume-index', '自编的第1卷卷内目录里，第2件的页号写错', index((rows) => rows.map((row, at) => (at === 1 ? { ...row, item: { ...row.item, firstPage: row.item.firstPage + 1 } } : row)))),
  own('numbering.order', '二', 'volume-index', '自编的第2卷卷内目录里，最后一件的顺序号跳了一号', index((rows) => rows.map((row, at) => (at === rows.length - 1 ? { ...row, item: { ...row.item, order: row.item.order + 1 } } : row)))),
  own('numbering.totals', '三', 'closing-note', '自编的第3卷备考表少写了一页', ({ office, profile }, volume) => {
    const model = buildClosingNoteModel(volume, office, '', false);
    return describeClosingNote({ ...model, pages: model.pages - 1 }, profile);
  }),
  own('code.duplicate', '五', 'volume-index', '第5卷卷内目录由第4卷的改成，档号忘了改', index((rows) => rows, (code) => code.replace(/5$/u, '4'))),
  own('code.gap', '五', 'volume-index', '档号因此缺第5号', index((rows) => rows, (code) => code.replace(/5$/u, '4'))),
  own('box.mixed', '六', 'volume-index', '第6卷卷内目录的档号写成30年，却与永久的各卷同盒', index((rows) => rows, (code) => code.replace('-Y-', '-D30-'))),
];

/** Group whose bound volume loses a sheet after it was exported. */
const SHORTENED = '四';

const objectFaults: readonly PlantedFault[] = [
  { rule: 'file.changed', indicator: '8', text: '2021年材料入库后在磁盘上被改动' },
  { rule: 'file.unreadable', indicator: '8', text: '2022年材料的原件从磁盘上消失' },
];

async function drawTo(path: string, sections: readonly Section[], material: BindingMaterial, title: string): Promise<void> {
  const bound = await planBinding({ info: { title, created: material.created }, fonts: material.fonts, numbering: {}, onMissing: 'stop', sections });
  if (!bound.ok) throw new Error(`${title} cannot be planned`, { cause: bound.error });
  const written = await writeVolume(bound.value, path);
  if (!written.ok) throw new Error(`${title} cannot be written`, { cause: written.error });
}

/** Damages two files of the archive behind its back, as a disk or a careless hand would. */
async function damageObjects(archive: WritableArchive): Promise<void> {
  const shaOf = (year: number): string => {
    const link = listLinks(archive.db).find((item) => item.indicator === '8' && item.requirement === 'practice' && item.year === year);
    const item = listEvidence(archive.db).find(({ id }) => id === link?.evidenceId);
    if (item === undefined) throw new Error(`the sample files nothing as practice of 8 in ${year}`);
    return objectPath(archive, item.sha256);
  };
  await chmod(shaOf(2021), 0o600);
  await appendFile(shaOf(2021), '\n%changed\n');
  await rm(shaOf(2022), { force: true });
}

async function placeOwnPapers(archive: WritableArchive, session: Session, work: string, job: Job): Promise<void> {
  const material = readPaperMaterial(archive, session);
  for (const { group, kind, draw } of ownPapers) {
    const code = material.catalog.groups.find((item) => item.code === group)?.indicators[0]?.code;
    const volume = material.plan.volumes.find(({ items }) => items.some(({ indicator }) => indicator === code));
    const paperKind = findPaperKind(kind);
    if (volume === undefined || paperKind === undefined) throw new Error(`the sample binds no volume of group ${group}`);
    const path = join(work, `自编${paperKind.name}${volume.no}.pdf`);
    const paper = draw(material, volume);
    await drawTo(path, finish(describePaperPlan(paper, material)).sections.filter((section) => section.kind === 'drawn'), material, paper.title);
    const placed = await replacePaper(archive, session, material, { kind: paperKind, scope: volumeScope(material.plan, volume), path, note: '自编' }, job);
    if (!placed.ok) throw new Error(`${paper.title} was refused`, { cause: placed.error });
  }
}

/** Binds a draft, then takes a sheet out of one volume's file, as a program for PDF would. */
async function exportAndShorten(archive: WritableArchive, session: Session, work: string, job: Job): Promise<void> {
  const material = readPaperMaterial(archive, session);
  const judgements = new Map(material.check.states.map((state) => [state.code, state.judgement]));
  const exported = await exportDossier(archive, { material: { ...material, draft: true }, judgements, out: null, actor: session.actor, docx: session.docx }, job);
  const last = getLastExport(archive.db, false);
  const code = material.catalog.groups.find((item) => item.code === SHORTENED)?.indicators[0]?.code;
  const volume = material.plan.volumes.find(({ items }) => items.some(({ indicator }) => indicator === code));
  const bound = last?.manifest.bound?.find(({ no }) => no === volume?.no);
  const file = last?.manifest.files.filter(({ kind }) => kind === 'volume')[(volume?.no ?? 0) - 1];
  const page = bound?.items[1]?.filePage;
  if (!exported.ok || last === null || file === undefined || page === undefined) throw new Error('the faulty sample was not bound', { cause: exported });
  const path = join(exportFolder(archive.folder, last.version), file.path);
  const shortened = join(work, '少一页.pdf');
  const part = (key: string, first: number, end: number): Section => ({ kind: 'source', key, path, title: '', pageRange: { first, last: end }, numbering: { kind: 'none' } });
  await drawTo(shortened, [part('before', 1, page - 1), part('behind', page + 1, file.pages)], material, '少一页');
  await copyFile(shortened, path);
}

/**
 * What only files can have: originals damaged on disk, the office's own papers that disagree with the volumes, a volume that lost a sheet
 * after it was bound. Drafts lie in `work` meanwhile. Answers what the checker must find.
 */
export async function plantPaperFaults(archive: WritableArchive, session: Session, work: string, job: Job): Promise<readonly PlantedFault[]> {
  await damageObjects(archive);
  markIntegrity(archive, await verifyArchive(archive), session.actor);
  await placeOwnPapers(archive, session, work, job);
  await exportAndShorten(archive, session, work, job);
  await markFoundSheets(archive, session.workers, await verifyArchive(archive), session.actor);
  return [...objectFaults, { rule: 'numbering.pages', indicator: null, text: '第4卷装订后被抽去一页' }, ...ownPapers.map(({ rule, indicator, text }) => ({ rule, indicator, text }))];
}
