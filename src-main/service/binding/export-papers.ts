import type { ExportRecord } from '../../archive/index.ts';
import { exportName } from '../../archive/index.ts';
import type { IndicatorCode } from '../../domain/ids.ts';
import type { VolumeReprint } from '../../domain/reprint.ts';
import type { Steps } from '../../domain/steps.ts';
import type { Judgement } from '../../domain/target.ts';
import {
  buildCertificateModels, buildReportModel, buildReprintListModel, buildVolumeIndexModel, describeCertificate, describeItemCatalog, describeReport, describeReprintList, describeVolumeIndex,
} from '../../papers/index.ts';
import type { ItemCatalogModel, Paper } from '../../papers/index.ts';
import { fileNameOf } from './export-files.ts';
import type { BindingMaterial } from './volume-sections.ts';

/** A paper of an export as a file: always a DOCX, some a PDF too. */
export interface ExportPaper {
  readonly paper: Paper;
  /** Path in the export without ending. */
  readonly name: string;
  readonly kind: string;
  readonly alsoPdf: boolean;
}

/** What an export says beside its volumes. */
export interface PaperSources {
  readonly material: BindingMaterial;
  readonly judgements: ReadonlyMap<IndicatorCode, Judgement>;
  readonly itemCatalog: ItemCatalogModel;
  /** The version whose sheets are on the shelf, and what differs from it. */
  readonly printed: ExportRecord | null;
  readonly reprints: readonly VolumeReprint[];
  readonly version: number;
}

/** The papers of an export in the order in which its manifest lists them. A step is a paper. */
export function* listExportPapers({ material, judgements, itemCatalog, printed, reprints, version }: PaperSources): Steps<readonly ExportPaper[]> {
  const { catalog, plan, snapshot, office, profile, draft } = material;
  const report = buildReportModel({ catalog, snapshot, plan, judgements, office, draft });
  yield;
  const papers: ExportPaper[] = [
    { paper: describeReport(report, profile), name: '自评估报告', kind: 'report', alsoPdf: true },
    { paper: describeItemCatalog(itemCatalog, profile), name: '归档文件目录', kind: 'item-catalog', alsoPdf: true },
  ];
  for (const volume of plan.volumes) {
    yield;
    papers.push({ paper: describeVolumeIndex(buildVolumeIndexModel(snapshot, volume, draft), profile), name: `卷内目录/第${String(volume.no).padStart(2, '0')}卷 卷内目录`, kind: 'volume-index', alsoPdf: false });
  }
  yield;
  if (printed !== null) {
    const model = buildReprintListModel(reprints, snapshot, { from: exportName(printed.version), to: exportName(version) }, office, draft);
    papers.push({ paper: describeReprintList(model, profile), name: '换页单', kind: 'reprint-list', alsoPdf: true });
  }
  if (!draft) return papers;
  // What units still owe is printed along, ready to be sealed; not what is filed and only waits for a person's look at its seal.
  const owed = new Set<string>([...judgements].filter(([, { overall }]) => overall === 'missing' || overall === 'unmet').map(([code]) => code));
  const certificates = buildCertificateModels(catalog, new Map(), '').filter((model) => owed.has(model.code));
  return [...papers, ...certificates.map((model) => ({ paper: describeCertificate(model), name: `不涉及证明(待盖章)/${fileNameOf(`${model.code} ${model.name} ${model.unit}`)}`, kind: 'certificate-form', alsoPdf: true }))];
}
