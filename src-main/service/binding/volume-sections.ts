import { objectPath } from '../../archive/index.ts';
import type { PaperFile } from '../../archive/index.ts';
import { identifyPlan } from '../../binder/index.ts';
import type { BindPlan, DrawnSection, Fonts, ImagePlacement, ItemNumbering, NumberStamp, Section } from '../../binder/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import { formatOrder } from '../../domain/page-number.ts';
import { A4 } from '../../domain/page-drawing.ts';
import type { EvidenceFacts, Snapshot } from '../../domain/snapshot.ts';
import type { Steps } from '../../domain/steps.ts';
import type { PlannedItem, PlannedVolume, VolumePlan } from '../../domain/volume-plan.ts';
import {
  buildClosingNoteModel, buildCoverModel, buildPlaceholderModel, buildSeparatorModel, buildVolumeIndexModel, describeClosingNote, describeCover, describePlaceholder,
  describePhoto, describeSeparator, describeVolumeIndex, filingStampRows, layoutPaperSteps,
} from '../../papers/index.ts';
import type { Paper, PaperProfile } from '../../papers/index.ts';
import { separatorScope, volumeScope } from '../papers/scopes.ts';
import { identify } from './former-files.ts';
import { numberingOf } from './office.ts';
import type { Office } from './office.ts';
import { drawPaper } from './paper-sections.ts';

/** A red line of the archive's, in its own space: see the archive's `ProofMark`. */
export interface ProofLine {
  readonly page: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** The space: of a PDF page, or of a picture that becomes a page. */
  readonly unit: 'user' | 'picture';
}

/** All that the bound volumes of one export are made from. */
export interface BindingMaterial {
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
  readonly plan: VolumePlan;
  readonly office: Office;
  readonly profile: PaperProfile;
  readonly fonts: Fonts;
  readonly draft: boolean;
  /** ISO 8601; the same for every file of one export. */
  readonly created: string;
  fileOf(id: EvidenceId): string;
  proofLinesOf(id: EvidenceId): readonly ProofLine[];
  /** The file that takes a generated paper's place, where there is one. */
  replacementOf(kind: string, scope: string): PaperFile | undefined;
  /** The archive's folder. */
  readonly folder: string;
}

/** A paper of the volume before it is laid out. */
interface UndrawnSection extends Omit<DrawnSection, 'kind' | 'pages'> {
  readonly kind: 'paper';
  readonly paper: Paper;
}

/** A volume as it will be bound, its papers not laid out yet: all that decides its bytes, at little cost. */
export interface DescribedVolume extends Omit<BindPlan, 'sections'> {
  readonly sections: readonly (Section | UndrawnSection)[];
}

/** The order in which a volume is read: cover, index, for each indicator a separator and its items, closing note. A step is an item. */
export function* describeVolume(material: BindingMaterial, volume: PlannedVolume): Steps<DescribedVolume> {
  const { catalog, snapshot, plan, office, profile, fonts, draft } = material;
  const scope = volumeScope(plan, volume);
  const paper = (kind: VolumePaper, own: string, key: string, title: string, labelPrefix: string, generated: () => Paper, outlinePath: readonly string[] = []): Section | UndrawnSection => {
    const replacement = material.replacementOf(kind, own);
    if (replacement !== undefined) return { ...replacedSection(material, replacement, key, title), outlinePath };
    return { kind: 'paper', key, title, labelPrefix, outlinePath, paper: generated() };
  };
  const facts = new Map(snapshot.evidence.map((evidence) => [evidence.id, evidence]));
  const groupOf = new Map(catalog.groups.flatMap((group) => group.indicators.map((indicator) => [indicator.code, { group, indicator }] as const)));
  const sections: (Section | UndrawnSection)[] = [
    paper('cover', scope, 'cover', '案卷封面', '封面', () => describeCover(buildCoverModel(catalog, plan, volume, office, draft), profile)),
    paper('volume-index', scope, 'index', '卷内目录', '目录', () => describeVolumeIndex(buildVolumeIndexModel(snapshot, volume, draft), profile)),
  ];
  for (const section of volume.sections) {
    const place = groupOf.get(section.indicator);
    const outlinePath = place === undefined ? [] : [place.group.name, `${place.indicator.code} ${place.indicator.name}`];
    yield;
    sections.push(paper('separator', separatorScope(scope, section.indicator), `separator-${section.indicator}`, '隔页', '隔', () => describeSeparator(buildSeparatorModel(catalog, snapshot, volume, section, draft), profile), outlinePath));
    for (const item of volume.items) {
      const evidence = facts.get(item.evidenceId);
      if (item.indicator !== section.indicator || evidence === undefined) continue;
      yield;
      sections.push(describeItem(material, item, evidence, outlinePath));
    }
  }
  sections.push(paper('closing-note', scope, 'closing-note', '卷内备考表', '备考', () => describeClosingNote(buildClosingNoteModel(volume, office, '', draft), profile)));
  return {
    info: { title: volume.title, author: office.applicant, subject: catalog.title, created: material.created, language: 'zh-CN' },
    fonts,
    numbering: { perVolume: describeNumberStamp(profile) },
    sections,
    onMissing: 'stop',
  };
}

/** The volume with its papers laid out. A step is a row, a paragraph. */
export function* drawVolume({ sections, ...volume }: DescribedVolume, profile: PaperProfile): Steps<BindPlan> {
  const drawn: Section[] = [];
  for (const section of sections) {
    if (section.kind !== 'paper') {
      drawn.push(section);
      continue;
    }
    const { kind: _, paper, ...rest } = section;
    drawn.push({ ...rest, kind: 'drawn', pages: (yield* layoutPaperSteps(paper, profile, volume.fonts.measure)).pages });
  }
  return { ...volume, sections: drawn };
}

/** What decides the bytes of a described volume, but for the day of its making; null where its plan does not tell. */
export function* identifyVolume({ sections, ...volume }: DescribedVolume, profile: PaperProfile): Steps<string | null> {
  const papers = sections.flatMap((section) => (section.kind === 'paper' ? [section.paper] : []));
  const plan = yield* identifyPlan({ ...volume, sections: sections.map((section): Section => {
    if (section.kind !== 'paper') return section;
    const { paper: _, ...rest } = section;
    return { ...rest, kind: 'drawn', pages: [] };
  }) });
  return plan === null ? null : identify(plan, papers, profile);
}

/** Papers that stand in a volume; they bear no 页号. */
export type VolumePaper = 'cover' | 'volume-index' | 'separator' | 'closing-note';

/** The office's own file in a paper's place: as many pages as it has, none of them numbered. */
export const replacedSection = (material: Pick<BindingMaterial, 'folder' | 'draft' | 'profile'>, file: PaperFile, key: string, title: string): Extract<Section, { kind: 'source' }> => ({
  kind: 'source',
  key,
  path: objectPath(material, file.boundSha256 === '' ? file.sha256 : file.boundSha256),
  title,
  contentId: file.boundSha256 === '' ? file.sha256 : file.boundSha256,
  expectedPages: file.pages,
  numbering: { kind: 'none' },
  ...(material.draft ? { watermark: { text: material.profile.wording.draft } } : {}),
});

function describeItem(material: BindingMaterial, item: PlannedItem, evidence: EvidenceFacts, outlinePath: readonly string[]): Section | UndrawnSection {
  const { profile, office, draft } = material;
  const title = `${formatOrder(item)} ${nameOf(evidence)}`;
  if (item.placeholder) {
    return { kind: 'paper', key: item.evidenceId, title, outlinePath, labelPrefix: '', paper: describePlaceholder(buildPlaceholderModel(evidence, item, draft), profile), numbering: numberingOfItem(item) };
  }
  const proofMarks = material.proofLinesOf(item.evidenceId).map(({ page, x1, y1, x2, y2, unit }) => ({ page, rect: { x: Math.min(x1, x2), y: Math.min(y1, y2), w: Math.abs(x2 - x1), h: Math.abs(y2 - y1) }, unit }));
  return {
    kind: 'source',
    key: item.evidenceId,
    path: material.fileOf(item.evidenceId),
    title,
    outlinePath,
    // The bytes' own name: where the archive lies does not show in the volume.
    contentId: item.sourceHash,
    expectedPages: evidence.pages,
    numbering: numberingOfItem(item),
    ...(proofMarks.length > 0 ? { proofMarks } : {}),
    ...(isPhoto(evidence) ? { placement: placePhoto(material, evidence) } : {}),
    // The papers mark their own pages.
    ...(draft ? { watermark: { text: profile.wording.draft } } : {}),
    ...(office.fondsCode === '' ? {} : { filingStamp: describeFilingStamp(material, item, evidence) }),
  };
}

const numberingOfItem = ({ firstPage, after }: PlannedItem): ItemNumbering => (after === undefined ? { kind: 'from', first: firstPage } : { kind: 'suffix', after, first: firstPage });

const nameOf = (evidence: EvidenceFacts): string => (evidence.title === '' ? evidence.fileName : evidence.title);

const PHOTO_MARGIN = 25;
/** Points, as the binder sets captions. */
const PHOTO_CAPTION_SIZE = 12;

const placePhoto = ({ fonts }: BindingMaterial, evidence: EvidenceFacts): ImagePlacement => ({
  kind: 'a4',
  margin: PHOTO_MARGIN,
  caption: describePhoto(nameOf(evidence), evidence.photoFacts, A4.width - 2 * PHOTO_MARGIN, PHOTO_CAPTION_SIZE, fonts.measure),
});

/** 照片页: the sheet on which a photo stands, by itself. */
export const describePhotoSheet = (material: BindingMaterial, evidence: EvidenceFacts): Section => ({
  kind: 'source',
  key: evidence.id,
  path: material.fileOf(evidence.id),
  title: nameOf(evidence),
  contentId: evidence.sha256,
  numbering: { kind: 'none' },
  placement: placePhoto(material, evidence),
  ...(material.draft ? { watermark: { text: material.profile.wording.draft } } : {}),
});

/** A picture that says something of itself: one on a sheet, its facts under it. */
export const isPhoto = (evidence: EvidenceFacts): boolean => evidence.kind === 'photo' && (evidence.fileKind === 'jpeg' || evidence.fileKind === 'png');

/** 归档章: 全宗号, 年度, 件号 over 机构(问题), 保管期限, 页数 (DA/T 22-2015 §6.4): year, number and retention as the item's 档号 has them. */
function describeFilingStamp({ profile, office, catalog }: BindingMaterial, item: PlannedItem, evidence: EvidenceFacts): NonNullable<Extract<Section, { kind: 'source' }>['filingStamp']> {
  const { filingStamp } = profile;
  const { year, retention } = numberingOf(office, catalog, profile);
  return {
    rows: filingStampRows(
      {
        fonds: office.fondsCode,
        year,
        item,
        organ: office.category,
        // An item is kept as long as the volume that it is bound in; its own term stands where the office stated none.
        retention: retention === '' ? evidence.retention : retention,
        pages: evidence.pages,
      },
      profile,
    ),
    position: filingStamp.place === 'top-centre' ? 'top-center' : 'top-right',
    width: filingStamp.width,
    height: filingStamp.height,
    offsetY: filingStamp.fromTop,
    offsetX: filingStamp.fromRight,
    font: filingStamp.font,
    size: filingStamp.size,
    color: filingStamp.color,
  };
}

/** Where 页号 stand, by the office's profile: DA/T 22 upper corners, GB/T 11822 lower ones. */
export function describeNumberStamp({ pageStamp }: PaperProfile): NumberStamp {
  return {
    place: pageStamp.duplex ? (pageStamp.corner === 'upper' ? 'duplex-upper' : 'duplex-lower') : pageStamp.corner === 'upper' ? 'upper-right' : 'lower-right',
    offsetX: pageStamp.fromSide,
    offsetY: pageStamp.fromEdge,
    font: pageStamp.font,
    size: pageStamp.size,
  };
}

type PaperMaterial = Pick<BindingMaterial, 'office' | 'profile' | 'fonts' | 'created'>;

/** What decides the bytes of a paper bound by itself, but for the day of its making. */
export const identifyPaper = (paper: Paper, { office, profile, fonts }: PaperMaterial): string => identify(paper, profile, office.applicant, fonts.fingerprint);

/** A paper bound by itself, with the page numbers it draws on its own. */
export function* describePaperPlan(paper: Paper, material: PaperMaterial): Steps<BindPlan> {
  const { office, profile, fonts, created } = material;
  return {
    info: { title: paper.title, author: office.applicant, created, language: 'zh-CN' },
    fonts,
    numbering: {},
    sections: yield* drawPaper(paper, profile, fonts.measure, 'paper', paper.title),
    onMissing: 'stop',
  };
}
