import { createHash } from 'node:crypto';
import { evidenceId, indicatorCode, sha256 } from '../../src-main/domain/ids.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { SampleSet } from '../../src-main/sample/index.ts';

/** The sample as an archive would answer it after the clerk entered everything. */
export function snapshotOf(set: SampleSet, sizeOf: (path: string) => number): Snapshot {
  const idOf = (path: string): string => `e${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
  const at = '2024-04-20T09:00:00+08:00';
  return {
    evidence: set.files.map((file) => ({
      ...file,
      id: evidenceId(idOf(file.path)),
      sha256: sha256(createHash('sha256').update(file.path).digest('hex')),
      fileName: file.path,
      fileKind: file.path.endsWith('.pdf') ? 'pdf' : file.path.endsWith('.png') ? 'png' : 'jpeg',
      bytes: sizeOf(file.path),
      titleMade: false,
      ...(file.sealed ? {} : { sealStated: true as const }),
      secrecy: '',
      confirmed: true,
      integrity: 'ok',
      hasPersonalId: false,
      imagePixels: file.path.endsWith('.pdf') ? null : 2400,
      proofMarks: 0,
    })),
    links: set.files.map((file, order) => ({ evidenceId: evidenceId(idOf(file.path)), indicator: indicatorCode(file.indicator), year: file.year, requirement: file.requirement, order, note: '' })),
    values: set.indicators.flatMap(({ code, values }) => values.map(({ source, ...value }) => ({ ...value, indicator: indicatorCode(code), sourceEvidence: source === null ? null : evidenceId(idOf(source)) }))),
    reports: set.indicators.filter(({ report }) => report !== '').map(({ code, report }) => ({ indicator: indicatorCode(code), text: report, citations: [...report.matchAll(/〔见 @(.+?):(\d+)〕/gu)].map(([, path = '', page = '1']) => ({ evidenceId: evidenceId(idOf(path)), page: Number(page) })) })),
    declarations: set.indicators.flatMap(({ code, declarations }) => declarations.map(({ certificate, ...answer }) => ({ ...answer, indicator: indicatorCode(code), certificate: evidenceId(idOf(certificate)) }))),
    signOffs: set.indicators.flatMap(({ code, signOffs }) => signOffs.map((signOff) => ({ ...signOff, indicator: indicatorCode(code), at }))),
    waivers: [],
    reviewFindings: [],
    today: '2024-04-20',
  };
}
