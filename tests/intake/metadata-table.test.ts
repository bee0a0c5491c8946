import { describe, expect, it } from 'vitest';
import { guessMetadata, normaliseText } from '../../src-main/intake/index.ts';
import { metadataCases, type MetadataCase } from './metadata-cases.ts';

/** Units as a district's catalog has them; most issuers of the cases are not among them. */
const units = ['滨城区生态环境局', '青南市滨城区人民政府', '滨城区水务管理局'];
const squeeze = (text: string): string => normaliseText(text).replace(/\s/gu, '');

interface Outcome {
  readonly shape: string;
  readonly field: string;
  readonly wanted: string;
  readonly read: string;
  readonly confidence: number;
}

function readAll({ shape, pages, fileName = '扫描件.pdf', number = '', issuer = '', title, date = '', secrecy = '' }: MetadataCase): readonly Outcome[] {
  const guess = guessMetadata(pages.map((text, index) => ({ page: index + 1, text: normaliseText(text), items: [] })), fileName, units);
  return ([['文号', number, guess.documentNumber], ['责任者', issuer, guess.issuer], ['题名', title, guess.title], ['日期', date, guess.date], ['密级', secrecy, guess.secrecy]] as const).map(([field, wanted, read]) => ({ shape, field, wanted: squeeze(wanted), read: squeeze(read?.value ?? ''), confidence: read?.confidence ?? 0 }));
}

describe('metadata of invented documents of many shapes', () => {
  const outcomes = metadataCases.flatMap(readAll);
  const shares = (field: string): { readonly right: number; readonly wrong: readonly Outcome[] } => {
    const stated = outcomes.filter((one) => one.field === field && one.wanted !== '');
    const wrong = stated.filter((one) => one.read !== one.wanted);
    return { right: 1 - wrong.length / Math.max(1, stated.length), wrong };
  };

  it('has sixty cases and more', () => expect(metadataCases.length).toBeGreaterThanOrEqual(60));

  // Floors a little below what is reached, so that a change that reads worse shows.
  it.each([['文号', 0.97], ['责任者', 0.91], ['题名', 0.95], ['日期', 0.97], ['密级', 1]])('reads %s right where it is stated, at least %f', (field, floor) => {
    const { right, wrong } = shares(field);
    expect(right, JSON.stringify(wrong, null, 1)).toBeGreaterThanOrEqual(floor);
  });

  it('fills in nothing that is not stated: what is surely wrong has little confidence', () => {
    const invented = outcomes.filter(({ field, wanted, read, confidence }) => field !== '题名' && wanted === '' && read !== '' && confidence >= 0.5);
    expect(invented.length / outcomes.filter(({ wanted }) => wanted === '').length, JSON.stringify(invented, null, 1)).toBeLessThan(0.08);
  });

  it('is right nine times of ten where it says so', () => {
    const sure = outcomes.filter(({ confidence, wanted }) => confidence >= 0.85 && wanted !== '');
    expect(sure.filter(({ read, wanted }) => read === wanted).length / sure.length).toBeGreaterThan(0.93);
  });
});
