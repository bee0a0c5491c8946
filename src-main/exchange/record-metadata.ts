import type { PlainCells } from '../archive/index.ts';
import { formatOrder, formatPages } from '../domain/page-number.ts';
import type { PlannedItem } from '../domain/volume-plan.ts';

/** One item as the package's metadata describe it. Paths are within the package's `objects/`. */
export interface RecordDescription {
  readonly id: string;
  readonly row: PlainCells;
  readonly archivalCode: string;
  /** Its numbers in the volume. */
  readonly item: PlannedItem;
  readonly volume: number;
  readonly volumeTitle: string;
  readonly original: string;
}

export interface PackageOwner {
  readonly fondsName: string;
  readonly fondsCode: string;
  readonly applicant: string;
  readonly title: string;
  readonly year: string;
}

const xml = (text: string): string =>
  // Characters that XML 1.0 cannot hold at all.
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const element = (name: string, value: string, indent: string): string => (value === '' ? '' : `${indent}<${name}>${xml(value)}</${name}>\n`);

const drafts: Readonly<Record<string, string>> = { '0': '正本', '1': '草稿' };
const text = (row: PlainCells, column: string): string => (row[column] === null || row[column] === undefined ? '' : String(row[column]));

/**
 * Metadata of every item by the element names of DA/T 46-2009 (文书类电子文件元数据方案), where it has one; an element without content is
 * left out. 印证 and the place in the bound volume are this project's own and stand in their own namespace.
 */
export const renderRecordMetadata = (owner: PackageOwner, records: readonly RecordDescription[]): string => {
  const blocks = records.map(({ id, row, archivalCode, item, volume, original }) =>
    [
      `  <文件实体>\n`,
      element('聚合层次', '件', '    '),
      `    <来源>\n`,
      element('全宗名称', owner.fondsName, '      '),
      element('立档单位名称', owner.applicant, '      '),
      `    </来源>\n`,
      element('电子文件号', id, '    '),
      `    <档号>\n`,
      element('编码', archivalCode, '      '),
      element('全宗号', owner.fondsCode, '      '),
      element('年度', owner.year, '      '),
      element('保管期限', text(row, 'retention'), '      '),
      element('件号', formatOrder(item), '      '),
      `    </档号>\n`,
      `    <内容描述>\n`,
      element('题名', text(row, 'title') || text(row, 'file_name'), '      '),
      element('文件编号', text(row, 'document_number'), '      '),
      element('责任者', text(row, 'issuer'), '      '),
      element('日期', text(row, 'date'), '      '),
      element('密级', text(row, 'secrecy'), '      '),
      element('分类号', item.indicator, '      '),
      `    </内容描述>\n`,
      `    <形式特征>\n`,
      element('文件组合类型', '单件', '      '),
      element('页数', text(row, 'pages'), '      '),
      element('稿本', drafts[text(row, 'draft')] ?? '', '      '),
      `    </形式特征>\n`,
      `    <电子属性>\n`,
      `      <格式信息>\n`,
      element('格式名称', text(row, 'file_kind'), '        '),
      `      </格式信息>\n`,
      element('计算机文件名', text(row, 'file_name'), '      '),
      element('计算机文件大小', text(row, 'bytes'), '      '),
      `    </电子属性>\n`,
      `    <存储位置>\n`,
      element('当前位置', original === '' ? '' : `objects/${original}`, '      '),
      `    </存储位置>\n`,
      element('附注', text(row, 'original_place') === '' ? '' : `原件存放：${text(row, 'original_place')}`, '    '),
      `    <创:装订 卷号="${volume}" 页号="${formatPages(item)}" 校验值="${text(row, 'sha256')}"/>\n`,
      `  </文件实体>\n`,
    ].join(''),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<电子文件元数据 标准="DA/T 46-2009" 项目="${xml(owner.title)}" xmlns:创="urn:chuangdang:package:1">\n${blocks.join('')}</电子文件元数据>\n`;
};

const csvCell = (value: string): string => {
  const guarded = /^\s*[=+\-@\t]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
};

/** `metadata.csv` as Archivematica reads it: Dublin Core by file. */
export const renderDublinCore = (owner: PackageOwner, records: readonly RecordDescription[]): string => {
  const heads = ['filename', 'dc.title', 'dc.creator', 'dc.date', 'dc.identifier', 'dc.type', 'dc.format', 'dc.language', 'dc.relation', 'dc.description'];
  const rows = records
    .filter(({ original }) => original !== '')
    .map(({ id, row, archivalCode, item, volume, volumeTitle, original }) => [
      `objects/${original}`, text(row, 'title') || text(row, 'file_name'), text(row, 'issuer'), text(row, 'date'), text(row, 'document_number') || archivalCode || id, 'Text', text(row, 'file_kind'), 'zh',
      `${owner.title}；指标${item.indicator}`, `${volumeTitle}，第${volume}卷 ${formatPages(item)}页`,
    ]);
  return [heads, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
};
