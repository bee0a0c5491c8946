import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { addExport, exportFolder, exportName, findLastExportFolder, getLastExport, getPrintedExport, listExports, syncFolder, transact } from '../../archive/index.ts';
import type { ExportedFile, ExportManifest, WritableArchive } from '../../archive/index.ts';
import { planBindingSteps, writeVolume } from '../../binder/index.ts';
import type { BindPlan, BoundPlan } from '../../binder/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Envelope, ExportResult } from '../../contract/index.ts';
import type { IndicatorCode } from '../../domain/ids.ts';
import { reprintDiff } from '../../domain/reprint.ts';
import type { VolumeReprint } from '../../domain/reprint.ts';
import type { BoundVolumeFacts } from '../../domain/snapshot.ts';
import type { Steps } from '../../domain/steps.ts';
import type { Judgement } from '../../domain/target.ts';
import { buildItemCatalogModel, catalogSheet, namesOfReprinted, reprintActions } from '../../papers/index.ts';
import { explainBindError } from '../bind-trouble.ts';
import type { Job } from '../jobs.ts';
import type { DocxDesk } from '../papers/docx-desk.ts';
import { inTurns } from '../turns.ts';
import { describeBound } from './bound-facts.ts';
import { copyExport, fileNameOf, writeExportFile } from './export-files.ts';
import { listExportPapers } from './export-papers.ts';
import type { ExportPaper } from './export-papers.ts';
import { FormerFiles, identify } from './former-files.ts';
import { KeptPictures } from './kept-pictures.ts';
import { SettledPapers } from './settled-papers.ts';
import { numberingOf } from './office.ts';
import { describePaperPlan, describeVolume, drawVolume, identifyPaper, identifyVolume } from './volume-sections.ts';
import type { BindingMaterial } from './volume-sections.ts';

export interface ExportRequest {
  readonly material: BindingMaterial;
  readonly judgements: ReadonlyMap<IndicatorCode, Judgement>;
  /** Folder that receives a copy, or null. */
  readonly out: string | null;
  readonly actor: string;
  readonly docx: DocxDesk;
}

type Written = Envelope<ExportedFile>;

/** Sheets to replace in the words of the 换页单: `换 12–15`, `撤出 7`; unnumbered papers by name. */
export function describeSheets(reprint: VolumeReprint): string[] {
  return [...namesOfReprinted(reprint).map((name) => `${reprintActions.replace} ${name}`), ...reprint.sheets.map((sheet) => `${reprintActions[sheet.action]} ${sheet.newPages === '' ? sheet.oldPages : sheet.newPages}`)];
}

/**
 * Binds every volume and prints every paper into a new `exports/vNNN`, which appears whole or not at all, then copies it to
 * `out`. What is the same as in the last export is taken over from it. Cancelling leaves earlier versions as they were.
 */
export async function exportDossier(archive: WritableArchive, request: ExportRequest, job: Job): Promise<Envelope<ExportResult>> {
  const { material } = request;
  const { plan, snapshot, office, profile, draft } = material;
  const previous = getLastExport(archive.db, false);
  const printed = getPrintedExport(archive.db);
  // A folder without its record is a version that was cut off in its last instant, or later than a backup that was put back: it keeps its number.
  const version = Math.max(listExports(archive.db).at(-1)?.version ?? 0, await findLastExportFolder(archive.folder)) + 1;
  const final = exportFolder(archive.folder, version);
  const folder = join(dirname(final), `tmp-${exportName(version)}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const docx: Promise<ExportedFile>[] = [];
  try {
    const files: ExportedFile[] = [];
    const totalPages = Math.max(1, plan.volumes.reduce((sum, volume) => sum + volume.pages, 0));
    let pagesDone = 0;
    const boundVolumes: BoundVolumeFacts[] = [];
    const pictures = new KeptPictures(archive);
    const former = new FormerFiles(previous === null ? '' : exportFolder(archive.folder, previous.version), previous);
    const bind = async (drawn: Steps<BindPlan>, identity: string | null, path: string, kind: string, text: string, onPlanned: (bound: BoundPlan) => void = () => undefined): Promise<Written> => {
      const bound = await inTurns(planBindingSteps(await inTurns(drawn, job.signal)), job.signal);
      const nameOf = (key: string | undefined, file: string): string => snapshot.evidence.find((item) => item.id === key)?.fileName ?? file;
      if (!bound.ok) {
        const first = bound.error[0];
        return first === undefined ? fail('binding-failed', path) : { ok: false, error: explainBindError(first, nameOf(first.key, path)) };
      }
      onPlanned(bound.value);
      await nextTurn();
      await mkdir(dirname(join(folder, path)), { recursive: true });
      const written = await writeVolume(bound.value, join(folder, path), {
        signal: job.signal,
        pictures,
        onProgress: ({ pages }) => job.progress(Math.min(0.95, (0.95 * (pagesDone + pages)) / totalPages), text),
      });
      if (!written.ok) return { ok: false, error: explainBindError(written.error, nameOf(written.error.key, path)) };
      const { pages, bytes, sha256 } = written.value;
      if (sha256 === null) throw new Error('a volume was written without its checksum');
      return succeed({ path, kind, pages, bytes, sha256, ...(identity === null ? {} : { identity }) });
    };
    const takeOver = async (kind: string, identity: string | null, path: string): Promise<ExportedFile | null> => (identity === null ? null : former.takeOver(kind, identity, folder, path));
    const itemCatalog = buildItemCatalogModel(snapshot, plan, numberingOf(office, material.catalog, profile), '归档文件目录', draft);
    const reprints = printed === null ? [] : reprintDiff(printed.plan, plan, profile.pageStamp.duplex);
    const papers = await inTurns(listExportPapers({ material, judgements: request.judgements, itemCatalog, printed, reprints, version }), job.signal);
    const settle = new SettledPapers(archive, profile, job.signal);
    const writeDocx = async ({ paper, name, kind }: ExportPaper): Promise<ExportedFile> => {
      const identity = identify(paper, profile);
      await nextTurn();
      const kept = await takeOver(`${kind}-docx`, identity, `${name}.docx`);
      return kept ?? { ...(await writeExportFile(folder, `${name}.docx`, `${kind}-docx`, 0, await request.docx.render(await settle.of(paper), profile, job.signal))), identity };
    };
    // Their thread writes them one after the other while the volumes are bound.
    for (const paper of papers) {
      const written = (docx.at(-1) ?? Promise.resolve()).then(async () => writeDocx(paper));
      written.catch(() => undefined);
      docx.push(written);
    }

    for (const volume of plan.volumes) {
      const name = `第${String(volume.no).padStart(2, '0')}卷 ${fileNameOf(volume.title)}`;
      const described = await inTurns(describeVolume(material, volume), job.signal);
      const identity = await inTurns(identifyVolume(described, profile), job.signal);
      // The numbers of a volume that is the same are the same; what was stated of it then is stated of it now.
      const facts = previous?.manifest.bound?.find(({ no }) => no === volume.no);
      const kept = facts === undefined ? null : await takeOver('volume', identity, `${name}.pdf`);
      if (kept !== null && facts !== undefined) boundVolumes.push(facts);
      const written = kept === null ? await bind(drawVolume(described, profile), identity, `${name}.pdf`, 'volume', `装订${name}`, (planned) => boundVolumes.push(describeBound(volume, planned, material))) : succeed(kept);
      if (!written.ok) return written;
      files.push(written.value);
      pagesDone += volume.pages;
    }
    for (const [index, { paper, name, kind, alsoPdf }] of papers.entries()) {
      if (job.signal.aborted) return fail('cancelled');
      let pages: number | null = null;
      if (alsoPdf) {
        const identity = identifyPaper(paper, material);
        const kept = await takeOver(`${kind}-pdf`, identity, `${name}.pdf`);
        const pdf = kept === null ? await bind(describePaperPlan(await settle.of(paper), material), identity, `${name}.pdf`, `${kind}-pdf`, name) : succeed(kept);
        if (!pdf.ok) return pdf;
        files.push(pdf.value);
        ({ pages } = pdf.value);
      }
      const written = await docx[index];
      if (written !== undefined) files.push(pages === null ? written : { ...written, pages });
    }

    const sheets = [catalogSheet(itemCatalog)];
    const sheetsIdentity = identify(sheets);
    const kept = await takeOver('item-catalog-xlsx', sheetsIdentity, '归档文件目录.xlsx');
    files.push(kept ?? { ...(await writeExportFile(folder, '归档文件目录.xlsx', 'item-catalog-xlsx', 0, await request.docx.renderSheets(sheets, job.signal))), identity: sheetsIdentity });

    const manifest: ExportManifest = { schema: 1, version, files, bound: boundVolumes };
    await writeExportFile(folder, 'manifest.json', 'manifest', 0, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    if (job.signal.aborted) return fail('cancelled');
    await rename(folder, final);
    await syncFolder(dirname(final));
    transact(archive.db, request.actor, (tx) => addExport(tx, { version, draft, pages: plan.volumes.reduce((sum, volume) => sum + volume.pages, 0), plan, manifest, note: '' }), { undoable: false, label: `导出${exportName(version)}` });
    await pictures.tidy();
    if (request.out !== null) {
      job.progress(0.97, '复制到输出文件夹');
      await copyExport(final, manifest, resolve(request.out), job.signal);
    }
    return succeed({
      version: exportName(version),
      draft,
      folder: request.out ?? final,
      files: [...files],
      volumes: plan.volumes.map((volume) => ({ no: volume.no, title: volume.title, items: volume.items.length, pages: volume.pages })),
      reprint: reprints.map((reprint) => ({ volume: reprint.volume, sheets: describeSheets(reprint) })),
    });
  } finally {
    // A file that is still being written would bring the folder back.
    await Promise.allSettled(docx);
    await rm(folder, { recursive: true, force: true });
  }
}
