import { exportName } from '../../archive/index.ts';
import { isUnsettledPicture } from '../../domain/photo.ts';
import { reprintDiff } from '../../domain/reprint.ts';
import type { PlannedVolume } from '../../domain/volume-plan.ts';
import {
  buildBoxNoteModel, buildClosingNoteModel, buildCoverModel, buildHandoverModel, buildItemCatalogCoverModel, buildItemCatalogModel, buildReprintListModel, buildSeparatorModel, buildSpineModel, buildVolumeIndexModel,
  catalogSheet, catalogTitle, describeBoxNote, describeClosingNote, describeCover, describeHandover, describeItemCatalog, describeItemCatalogCover, describeReprintList, describeSeparator, describeVolumeIndex, gapsOfClosingNote, gapsOfOffice, gapsOfVolumeIndex, layoutSpines,
} from '../../papers/index.ts';
import type { ItemCatalogModel, Paper } from '../../papers/index.ts';
import { numberingOf } from '../binding/office.ts';
import { describePhotoSheet, isPhoto } from '../binding/volume-sections.ts';
import type { VolumePaper } from '../binding/volume-sections.ts';
import { single } from './paper-kind.ts';
import type { PaperFormat, PaperKind, PaperMaterial, PaperScope } from './paper-kind.ts';
import { findVolume, separatorScope, volumeScope } from './scopes.ts';

const nameOfVolume = ({ no, title }: PlannedVolume): string => `第${no}卷 ${title}`;

/** A paper that stands in each volume. */
const perVolume = (kind: VolumePaper, name: string, says: string, formats: readonly PaperFormat[], describe: (material: PaperMaterial, volume: PlannedVolume) => Paper): PaperKind => ({
  kind,
  name,
  purpose: 'binding',
  says,
  formats,
  scopeName: '案卷',
  replaceable: true,
  scopes: ({ plan }) => plan.volumes.map((volume) => ({ id: volumeScope(plan, volume), name: nameOfVolume(volume) })),
  make: (material, scope) => {
    const volume = findVolume(material.plan, scope);
    return volume === undefined ? null : { kind: 'paper', paper: describe(material, volume) };
  },
});

const separators = ({ plan, catalog }: PaperMaterial): readonly (PaperScope & { readonly volume: PlannedVolume; readonly section: PlannedVolume['sections'][number] })[] => {
  const names = new Map(catalog.groups.flatMap(({ indicators }) => indicators.map(({ code, name }) => [code, name] as const)));
  return plan.volumes.flatMap((volume) =>
    volume.sections.map((section) => ({
      id: separatorScope(volumeScope(plan, volume), section.indicator),
      name: `第${volume.no}卷 ${section.indicator} ${names.get(section.indicator) ?? ''}`,
      volume,
      section,
    })),
  );
};

const itemCatalog = ({ snapshot, plan, office, catalog, draft, profile }: PaperMaterial): ItemCatalogModel =>
  buildItemCatalogModel(snapshot, plan, numberingOf(office, catalog, profile), office.fondsName, draft);

const boxScopes = ({ boxes }: PaperMaterial): readonly PaperScope[] => boxes.map(({ no, volumes, width }) => ({ id: String(no), name: `第${no}盒（${volumes.length}卷，盒脊${width}毫米）` }));

/** 装订: what is bound into volumes, put into boxes and lies beside them. */
export const bindingPapers: readonly PaperKind[] = [
  {
    ...perVolume('cover', '案卷封面', '每卷一张', ['pdf', 'docx'], ({ catalog, plan, office, draft, profile }, volume) => describeCover(buildCoverModel(catalog, plan, volume, office, draft), profile)),
    gaps: ({ office }) => gapsOfOffice(office, ['fondsName', 'category', 'retention', 'fondsCode']),
  },
  {
    ...perVolume('volume-index', '卷内目录', '每卷一份，页号与盖印的页号一致', ['pdf', 'docx', 'xlsx', 'csv'], ({ snapshot, draft, profile }, volume) => describeVolumeIndex(buildVolumeIndexModel(snapshot, volume, draft), profile)),
    gaps: ({ plan, snapshot, draft, profile }, scope) => {
      const volume = findVolume(plan, scope);
      return volume === undefined ? [] : gapsOfVolumeIndex(buildVolumeIndexModel(snapshot, volume, draft), profile);
    },
  },
  {
    kind: 'separator',
    name: '指标隔页',
    purpose: 'binding',
    says: '每个指标的佐证之前一张',
    formats: ['pdf', 'docx'],
    scopeName: '案卷和指标',
    replaceable: true,
    scopes: (material) => separators(material).map(({ id, name }) => ({ id, name })),
    make: (material, scope) => {
      const found = separators(material).find(({ id }) => id === scope);
      if (found === undefined) return null;
      return { kind: 'paper', paper: describeSeparator(buildSeparatorModel(material.catalog, material.snapshot, found.volume, found.section, material.draft), material.profile) };
    },
  },
  {
    ...perVolume('closing-note', '卷内备考表', '每卷一张，件数页数由程序统计', ['pdf', 'docx'], ({ office, draft, profile }, volume) => describeClosingNote(buildClosingNoteModel(volume, office, '', draft), profile)),
    gaps: ({ plan, snapshot }, scope) => {
      const bound = new Set(findVolume(plan, scope)?.items.map(({ evidenceId }) => evidenceId));
      return gapsOfClosingNote(snapshot.evidence.filter((facts) => bound.has(facts.id) && isUnsettledPicture(facts)).map(catalogTitle));
    },
  },
  {
    kind: 'photo-sheet',
    name: '照片页',
    purpose: 'binding',
    says: '每张照片一页A4，下附时间、地点、人物、主题、背景、事由',
    formats: ['pdf'],
    scopeName: '照片',
    replaceable: false,
    scopes: ({ snapshot }) => snapshot.evidence.filter(isPhoto).map(({ id, title, fileName }) => ({ id, name: title === '' ? fileName : title })),
    make: (material, scope) => {
      const photo = material.snapshot.evidence.find(({ id }) => id === scope);
      return photo === undefined || !isPhoto(photo) ? null : { kind: 'sections', title: photo.title, sections: [describePhotoSheet(material, photo)] };
    },
  },
  {
    kind: 'item-catalog',
    name: '归档文件目录',
    purpose: 'binding',
    says: '全部文件按装订顺序，带档号',
    formats: ['pdf', 'docx', 'xlsx', 'csv'],
    scopeName: '',
    replaceable: true,
    scopes: ({ plan }) => single(plan.volumes.length > 0),
    make: (material) => {
      const model = itemCatalog(material);
      return { kind: 'paper', paper: describeItemCatalog(model, material.profile), sheets: [catalogSheet(model)] };
    },
  },
  {
    kind: 'item-catalog-cover',
    name: '归档文件目录封面',
    purpose: 'binding',
    says: '目录单独装订时的封面',
    formats: ['pdf', 'docx'],
    scopeName: '',
    replaceable: true,
    scopes: ({ plan }) => single(plan.volumes.length > 0),
    make: (material) => {
      const { office, catalog, draft, profile } = material;
      const items = material.plan.volumes.reduce((sum, volume) => sum + volume.items.length, 0);
      return { kind: 'paper', paper: describeItemCatalogCover(buildItemCatalogCoverModel(office, numberingOf(office, catalog, profile).year, items, draft), profile) };
    },
  },
  {
    kind: 'spine',
    name: '盒脊',
    purpose: 'binding',
    says: '按实际尺寸，带裁切线；打印时选“实际大小”',
    formats: ['pdf'],
    scopeName: '档案盒',
    replaceable: false,
    scopes: boxScopes,
    gaps: ({ office }) => gapsOfOffice(office, ['fondsCode', 'retention']),
    make: ({ boxes, office, profile, fonts }, scope) => {
      const box = boxes.find(({ no }) => String(no) === scope);
      return box === undefined ? null : { kind: 'pages', title: `第${box.no}盒盒脊`, pages: layoutSpines([buildSpineModel(box, office.category, office)], profile, fonts.measure) };
    },
    makeAll: ({ boxes, office, profile, fonts }) => ({ kind: 'pages', title: '盒脊', pages: layoutSpines(boxes.map((box) => buildSpineModel(box, office.category, office)), profile, fonts.measure) }),
  },
  {
    kind: 'box-note',
    name: '盒内备考表',
    purpose: 'binding',
    says: '每盒一张，放在盒内最后',
    formats: ['pdf', 'docx'],
    scopeName: '档案盒',
    replaceable: true,
    scopes: boxScopes,
    make: ({ boxes, plan, office, profile }, scope) => {
      const box = boxes.find(({ no }) => String(no) === scope);
      return box === undefined ? null : { kind: 'paper', paper: describeBoxNote(buildBoxNoteModel(box, plan, '', office), profile) };
    },
  },
  {
    kind: 'handover',
    name: '移交清单',
    purpose: 'binding',
    says: '移交档案馆或上级时双方签字',
    formats: ['docx', 'pdf', 'xlsx', 'csv'],
    scopeName: '',
    replaceable: true,
    scopes: ({ plan }) => single(plan.volumes.length > 0),
    make: ({ plan, office, profile }) => ({ kind: 'paper', paper: describeHandover(buildHandoverModel(plan, office), profile) }),
  },
  {
    kind: 'reprint-list',
    name: '换页单',
    purpose: 'binding',
    says: '与最近一次正式装订的版本相比（还没有正式装订时与最近的草稿相比），哪些页要换',
    formats: ['pdf', 'docx', 'xlsx'],
    scopeName: '',
    replaceable: false,
    scopes: ({ printed }) => single(printed !== null),
    make: ({ lastExport, printed, plan, snapshot, office, profile, draft }) => {
      if (lastExport === null || printed === null) return null;
      const versions = { from: exportName(printed.version), to: exportName(lastExport.version + 1) };
      return { kind: 'paper', paper: describeReprintList(buildReprintListModel(reprintDiff(printed.plan, plan, profile.pageStamp.duplex), snapshot, versions, office, draft), profile) };
    },
  },
];
