import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { addExport, exportFolder, exportName, findLastExportFolder, getLastExport, listExports, syncFolder, transact } from '../../archive/index.ts';
import type { ExportedFile, ExportManifest, WritableArchive } from '../../archive/index.ts';
import { identifyPlan, planBinding, writeVolume } from '../../binder/index.ts';
import type { BindPlan, BoundPlan } from '../../binder/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Envelope, ExportResult } from '../../contract/index.ts';
import type { IndicatorCode } from '../../domain/ids.ts';
import { reprintDiff } from '../../domain/reprint.ts';
import type { VolumeReprint } from '../../domain/reprint.ts';
import type { BoundVolumeFacts } from '../../domain/snapshot.ts';
import type { Judgement } from '../../domain/target.ts';
import {
  buildCertificateModels, buildItemCatalogModel, buildReportModel, buildReprintListModel, buildVolumeIndexModel, describeCertificate, describeItemCatalog, describeReport, describeReprintList, describeVolumeIndex, reprintActions, reprintedPaperNames, catalogSheet, renderXlsx,
} from '../../papers/index.ts';
import type { Paper } from '../../papers/index.ts';
import { explainBindError } from '../bind-trouble.ts';
import type { Job } from '../jobs.ts';
import type { DocxDesk } from '../papers/docx-desk.ts';
import { describeBound } from './bound-facts.ts';
import { copyExport, fileNameOf, writeExportFile } from './export-files.ts';
import { FormerFiles, identify } from './former-files.ts';
import { numberingOf } from './office.ts';
import { describePaperPlan, describeVolume } from './volume-sections.ts';
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
  return [...reprint.papers.map((paper) => `${reprintActions.replace} ${reprintedPaperNames[paper]}`), ...reprint.sheets.map((sheet) => `${reprintActions[sheet.action]} ${sheet.newPages === '' ? sheet.oldPages : sheet.newPages}`)];
}

/** What decides a bound file's bytes; null where its plan does not tell. */
function identityOf(plan: BindPlan): string | null {
  const identity = identifyPlan(plan);
  return identity === null ? null : identify(identity);
}

/**
 * Binds every volume and prints every paper into a new `exports/vNNN`, which appears whole or not at all, then copies it to
 * `out`. What is the same as in the last export is taken over from it. Cancelling leaves earlier versions as they were.
 */
export async function exportDossier(archive: WritableArchive, request: ExportRequest, job: Job): Promise<Envelope<ExportResult>> {
  const { material } = request;
  const { plan, snapshot, office, profile, draft } = material;
  const previous = getLastExport(archive.db, false);
  // A folder without its record is a version that was cut off in its last instant, or later than a backup that was put back: it keeps its number.
  const version = Math.max(listExports(archive.db).at(-1)?.version ?? 0, await findLastExportFolder(archive.folder)) + 1;
  const final = exportFolder(archive.folder, version);
  const folder = join(dirname(final), `tmp-${exportName(version)}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    const files: ExportedFile[] = [];
    const totalPages = Math.max(1, plan.volumes.reduce((sum, volume) => sum + volume.pages, 0));
    let pagesDone = 0;
    const boundVolumes: BoundVolumeFacts[] = [];
    const former = new FormerFiles(previous === null ? '' : exportFolder(archive.folder, previous.version), previous);
    const bind = async (bindPlan: BindPlan, path: string, kind: string, text: string, onPlanned: (bound: BoundPlan) => void = () => undefined): Promise<Written> => {
      const identity = identityOf(bindPlan);
      const bound = await planBinding(bindPlan);
      const nameOf = (key: string | undefined, file: string): string => snapshot.evidence.find((item) => item.id === key)?.fileName ?? file;
      if (!bound.ok) {
        const first = bound.error[0];
        return first === undefined ? fail('binding-failed', path) : { ok: false, error: explainBindError(first, nameOf(first.key, path)) };
      }
      onPlanned(bound.value);
      await mkdir(dirname(join(folder, path)), { recursive: true });
      const written = await writeVolume(bound.value, join(folder, path), {
        signal: job.signal,
        onProgress: ({ pages }) => job.progress(Math.min(0.95, (0.95 * (pagesDone + pages)) / totalPages), text),
      });
      if (!written.ok) return { ok: false, error: explainBindError(written.error, nameOf(written.error.key, path)) };
      const { pages, bytes, sha256 } = written.value;
      if (sha256 === null) throw new Error('a volume was written without its checksum');
      return succeed({ path, kind, pages, bytes, sha256, ...(identity === null ? {} : { identity }) });
    };
    const takeOver = async (kind: string, identity: string | null, path: string): Promise<ExportedFile | null> => (identity === null ? null : former.takeOver(kind, identity, folder, path));
    const print = async (paper: Paper, name: string, kind: string, alsoPdf: boolean): Promise<Envelope<null>> => {
      if (job.signal.aborted) return fail('cancelled');
      let pages = 0;
      if (alsoPdf) {
        const paperPlan = describePaperPlan(paper, material);
        const kept = await takeOver(`${kind}-pdf`, identityOf(paperPlan), `${name}.pdf`);
        const pdf = kept === null ? await bind(paperPlan, `${name}.pdf`, `${kind}-pdf`, name) : succeed(kept);
        if (!pdf.ok) return pdf;
        files.push(pdf.value);
        ({ pages } = pdf.value);
      }
      const identity = identify(paper, profile);
      const kept = await takeOver(`${kind}-docx`, identity, `${name}.docx`);
      files.push(kept ?? { ...(await writeExportFile(folder, `${name}.docx`, `${kind}-docx`, pages, await request.docx.render(paper, profile, job.signal))), identity });
      return succeed(null);
    };

    for (const volume of plan.volumes) {
      const name = `第${String(volume.no).padStart(2, '0')}卷 ${fileNameOf(volume.title)}`;
      const volumePlan = describeVolume(material, volume);
      // The numbers of a volume that is the same are the same; what was stated of it then is stated of it now.
      const facts = previous?.manifest.bound?.find(({ no }) => no === volume.no);
      const kept = facts === undefined ? null : await takeOver('volume', identityOf(volumePlan), `${name}.pdf`);
      if (kept !== null && facts !== undefined) boundVolumes.push(facts);
      const written = kept === null ? await bind(volumePlan, `${name}.pdf`, 'volume', `装订${name}`, (planned) => boundVolumes.push(describeBound(volume, planned, material))) : succeed(kept);
      if (!written.ok) return written;
      files.push(written.value);
      pagesDone += volume.pages;
    }
    const itemCatalog = buildItemCatalogModel(snapshot, plan, numberingOf(office, material.catalog, profile), '归档文件目录', draft);
    const papers: readonly (readonly [Paper, string, string, boolean])[] = [
      [describeReport(buildReportModel({ catalog: material.catalog, snapshot, plan, judgements: request.judgements, office, draft }), profile), '自评估报告', 'report', true],
      [describeItemCatalog(itemCatalog, profile), '归档文件目录', 'item-catalog', true],
      ...plan.volumes.map((volume) => [describeVolumeIndex(buildVolumeIndexModel(snapshot, volume, draft), profile), `卷内目录/第${String(volume.no).padStart(2, '0')}卷 卷内目录`, 'volume-index', false] as const),
    ];
    const notMet = new Set<string>([...request.judgements].filter(([, judgement]) => judgement.overall !== 'met').map(([code]) => code));
    const reprints = previous === null ? [] : reprintDiff(previous.plan, plan, profile.pageStamp.duplex);
    const reprintPaper = previous === null ? [] : [[describeReprintList(buildReprintListModel(reprints, snapshot, { from: exportName(previous.version), to: exportName(version) }, office, draft), profile), '换页单', 'reprint-list', true] as const];
    // What the checker still asks for is printed along, ready to be sealed.
    const certificates = !draft
      ? []
      : buildCertificateModels(material.catalog, new Map(), '')
          .filter((model) => notMet.has(model.code))
          .map((model) => [describeCertificate(model), `不涉及证明(待盖章)/${fileNameOf(`${model.code} ${model.name} ${model.unit}`)}`, 'certificate-form', true] as const);
    for (const [paper, name, kind, alsoPdf] of [...papers, ...reprintPaper, ...certificates]) {
      const printed = await print(paper, name, kind, alsoPdf);
      if (!printed.ok) return printed;
    }

    files.push(await writeExportFile(folder, '归档文件目录.xlsx', 'item-catalog-xlsx', 0, await renderXlsx([catalogSheet(itemCatalog)])));

    const manifest: ExportManifest = { schema: 1, version, files, bound: boundVolumes };
    await writeExportFile(folder, 'manifest.json', 'manifest', 0, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    if (job.signal.aborted) return fail('cancelled');
    await rename(folder, final);
    await syncFolder(dirname(final));
    transact(archive.db, request.actor, (tx) => addExport(tx, { version, draft, pages: plan.volumes.reduce((sum, volume) => sum + volume.pages, 0), plan, manifest, note: '' }), { undoable: false, label: `导出${exportName(version)}` });
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
    await rm(folder, { recursive: true, force: true });
  }
}
