import type { Indicator, Requirement } from '../../src-main/domain/catalog.ts';
import { evidenceId, indicatorCode, sha256 } from '../../src-main/domain/ids.ts';
import { requirementsFor } from '../../src-main/domain/requirements.ts';
import type { EvidenceFacts, LinkFacts, ValueFacts } from '../../src-main/domain/snapshot.ts';
import type { Target } from '../../src-main/domain/target.ts';

/** A sound document; tests change what they are about. */
export const evidence = (id: string, change: Partial<EvidenceFacts> = {}): EvidenceFacts => ({
  id: evidenceId(id), sha256: sha256(`${id}f`.padEnd(64, '0')), fileName: `${id}.pdf`, fileKind: 'pdf', bytes: 1000, pages: 3, kind: 'official-document', title: `材料${id}`, titleMade: false,
  documentNumber: '云环发〔2023〕1号', issuer: '甲局', date: '', secrecy: '', retention: '永久', original: 'original', originalPlace: '档案室', draft: false, sealed: true, confirmed: true,
  validUntil: '', integrity: 'ok', hasPersonalId: false, photoFacts: null, imagePixels: null, proofMarks: 1, ...change,
});

export const link = (id: string, indicator: string, change: Partial<LinkFacts> = {}): LinkFacts => ({ evidenceId: evidenceId(id), indicator: indicatorCode(indicator), year: null, requirement: '', order: 0, note: '', ...change });

export const value = (indicator: string, year: number, figure: number, change: Partial<ValueFacts> = {}): ValueFacts => ({
  indicator: indicatorCode(indicator), year, value: figure, unit: '%', numerator: null, denominator: null, sourceEvidence: null, sourcePage: null, ...change,
});

export const indicator = (target: Target, change: Partial<Indicator> = {}): Indicator => {
  const kind = target.kind === 'declarations' ? 'declarations' : target.kind === 'certificate' ? 'not-applicable' : 'assessed';
  return {
    code: indicatorCode('1'), name: '指标', kind, target, lead: ['甲局'], assist: [], note: '', declarations: kind === 'declarations' ? ['情形一', '情形二', '情形三'] : [], sentence: '', explanation: '',
    requirements: requirementsFor(kind, target), ...change,
  };
};

export const requirement = (id: string, change: Partial<Requirement> = {}): Requirement => ({ id, name: id, kind: 'official-document', per: 'period', ...change });
