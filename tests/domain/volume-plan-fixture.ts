import type { Catalog, Indicator } from '../../src-main/domain/catalog.ts';
import type { ArchivalNumbering } from '../../src-main/domain/archival-code.ts';
import { evidenceId, indicatorCode, sha256 } from '../../src-main/domain/ids.ts';
import type { EvidenceFacts, LinkFacts } from '../../src-main/domain/snapshot.ts';

/** An indicator with a plain threshold, led by one unit. */
export const makeIndicator = (code: string, name: string, extra: Partial<Indicator> = {}): Indicator => ({
  code: indicatorCode(code),
  name,
  kind: 'assessed',
  target: { kind: 'value', text: '≥95%', op: '>=', value: 95, unit: '%', ratio: true },
  lead: ['区生态环境分局'],
  assist: ['区统计局'],
  note: '',
  declarations: [],
  sentence: `${name}达到≥95%。`,
  requirements: [],
  explanation: '',
  ...extra,
});

/** Groups of indicators by code; names are the codes with a word before them. */
export const makeCatalog = (groups: readonly (readonly Indicator[])[]): Catalog => ({
  schema: 1,
  id: 'test',
  title: '测试区生态文明建设示范区创建',
  region: '测试区',
  documentNumber: '测政发〔2024〕10号',
  years: [2021, 2022, 2023],
  deadline: '2024-04-30',
  milestones: [],
  groups: groups.map((indicators, index) => ({ code: String(index + 1), name: `第${index + 1}组`, indicators })),
  units: [],
});

/** A readable, confirmed document of `pages` pages. */
export const makeEvidence = (id: string, pages: number, extra: Partial<EvidenceFacts> = {}): EvidenceFacts => ({
  id: evidenceId(id),
  sha256: sha256(`hash-of-${id}`),
  fileName: `${id}.pdf`,
  fileKind: 'pdf',
  bytes: 1000,
  pages,
  kind: 'official-document',
  title: `关于${id}的通知`,
  titleMade: false,
  documentNumber: '测环发〔2023〕1号',
  issuer: '测试区生态环境分局',
  date: '2023-05-06',
  secrecy: '',
  retention: '30年',
  original: 'original',
  originalPlace: '',
  draft: false,
  sealed: true,
  confirmed: true,
  validUntil: '',
  integrity: 'ok',
  hasPersonalId: false,
  photoFacts: null,
  imagePixels: null,
  proofMarks: 0,
  ...extra,
});

export const makeLink = (evidence: string, indicator: string, order: number): LinkFacts => ({
  evidenceId: evidenceId(evidence),
  indicator: indicatorCode(indicator),
  year: 2023,
  requirement: '',
  order,
  note: '',
});

export const numbering: ArchivalNumbering = { style: 'DA/T 13-2022', fonds: 'Z109', category: 'WS', year: 2024, retention: '30年', organ: 'STB', digits: 4 };
