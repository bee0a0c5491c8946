import type { CallOutput, EvidenceView } from '../../src-main/contract/index.ts';
import { localDay, localTime } from '../../src-main/domain/local-time.ts';

type VerdictWord = CallOutput<'indicator.read'>['judgement']['overall'];

export const verdictSigns: Readonly<Record<VerdictWord, string>> = { met: '✓', unmet: '✕', missing: '–', judge: '?' };

type EvidenceKind = NonNullable<EvidenceView['kind']>;

export const evidenceKindWords: Readonly<Record<EvidenceKind, string>> = {
  'official-document': '正式发文',
  'data-table': '数据表',
  report: '说明报告',
  photo: '图片',
  'web-capture': '网页公开截图',
  certificate: '证明',
};

export const evidenceKindOptions = [{ value: '', label: '未定' }, ...Object.entries(evidenceKindWords).map(([value, label]) => ({ value, label }))];

export const isEvidenceKind = (value: string): value is EvidenceKind => Object.hasOwn(evidenceKindWords, value);

export const fileKindWords: Readonly<Record<EvidenceView['fileKind'], string>> = {
  pdf: 'PDF', jpeg: 'JPEG', png: 'PNG', tiff: 'TIFF', webp: 'WebP', bmp: 'BMP', heic: 'HEIC', docx: 'DOCX', xlsx: 'XLSX', doc: 'DOC', xls: 'XLS', ppt: 'PPT', ofd: 'OFD', txt: 'TXT', unknown: '未知类型',
};

export const integrityWords: Readonly<Record<EvidenceView['integrity'], string>> = { ok: '', changed: '文件已被改动', unreadable: '文件读不出', encrypted: '有打开密码' };

export const retentions: readonly EvidenceView['retention'][] = ['', '永久', '30年', '10年'];

/** `1.2 MB`; binary multiples, as file managers show them. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** An ISO instant as local `2024-04-30 09:05`; a text that is no instant stays as it is. */
export function formatInstant(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return `${localDay(date)} ${localTime(date)}`;
}

/** Whole days from one `YYYY-MM-DD` to another, negative when it is past; null where either is no such date. */
export function daysBetween(from: string, to: string): number | null {
  const [start, end] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  if (Number.isNaN(start) || Number.isNaN(end)) return null;
  return Math.round((end - start) / 86_400_000);
}

/** `约 3 分 20 秒`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} 秒`;
  return `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}

/** A figure without trailing zeros or floating noise. */
export const formatFigure = (value: number): string => String(Number(value.toPrecision(12)));

/** Characters of a text as a clerk counts them: without blanks and line ends. */
export const countCharacters = (text: string): number => [...text.replaceAll(/\s/gu, '')].length;

const backupReasons: Readonly<Record<string, string>> = { open: '打开时', migration: '升级前', daily: '每日', asked: '手动', replaced: '恢复前的状态' };

/** Why a backup was made. */
export const nameBackupReason = (reason: string): string => backupReasons[reason] ?? reason;
