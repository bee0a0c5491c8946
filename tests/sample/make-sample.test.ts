import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFonts } from '../../src-main/binder/index.ts';
import { readCatalog } from '../../src-main/domain/catalog-file.ts';
import type { Catalog } from '../../src-main/domain/catalog.ts';
import { suggestIndicators } from '../../src-main/intake/index.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { checkCompleteness } from '../../src-main/domain/completeness.ts';
import { fillCitations, makeSampleEvidence, type SampleSet } from '../../src-main/sample/index.ts';
import { snapshotOf } from './sample-snapshot.ts';

const resources = resolve(import.meta.dirname, '../../resources');
const fonts = loadFonts({ hei: join(resources, 'fonts/hei.ttf'), song: join(resources, 'fonts/song.ttf'), kai: join(resources, 'fonts/kai.ttf'), xiaobiaosong: join(resources, 'fonts/xiaobiaosong.ttf') });
const work = mkdtempSync(join(tmpdir(), 'chuangdang-sample-test-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function builtInCatalog(): Catalog {
  const read = readCatalog(JSON.parse(readFileSync(join(resources, 'catalogs/shinan-2024.json'), 'utf8')));
  if (!read.ok) throw new Error('the built-in catalog has faults');
  return read.value;
}

const catalog = builtInCatalog();
const digest = (folder: string, set: SampleSet): readonly string[] => set.files.map(({ path }) => createHash('sha256').update(readFileSync(join(folder, path))).digest('hex'));

describe('sample evidence', () => {
  const folder = join(work, 'gaps');
  let set: SampleSet;
  beforeAll(async () => {
    set = await makeSampleEvidence(catalog, folder, { fonts, size: 'small' });
  }, 120_000);

  it('has files for every indicator', () => {
    const codes = catalog.groups.flatMap((group) => group.indicators.map(({ code }) => String(code)));
    expect(codes).toHaveLength(36);
    expect(codes.filter((code) => !set.files.some((file) => file.indicator === code))).toEqual([]);
    expect(set.indicators.map(({ code }) => code)).toEqual(codes);
    expect(set.files.length).toBeGreaterThan(100);
    expect(set.pages).toBeGreaterThan(200);
    expect(new Set(set.files.map(({ path }) => path)).size).toBe(set.files.length);
  });

  it('is proposed for its own indicators by title and issuer alone', () => {
    const filed = set.files.map(({ title, issuer, indicator }) => ({ indicator, codes: suggestIndicators(catalog, { title, text: '', issuer, fileName: '' }).map(({ code }) => String(code)) }));
    const share = (hit: (one: (typeof filed)[number]) => boolean): number => filed.filter(hit).length / filed.length;
    expect(share(({ indicator, codes }) => codes[0] === indicator)).toBeGreaterThanOrEqual(0.95);
    expect(share(({ indicator, codes }) => codes.includes(indicator))).toBeGreaterThanOrEqual(0.98);
  });

  it('is proposed more surely once its like was filed', () => {
    const learned = set.files.filter((_, at) => at % 2 === 0).map(({ title, indicator }) => ({ code: indicatorCode(indicator), title }));
    const rest = set.files.filter((_, at) => at % 2 === 1);
    const hits = (known: typeof learned): number => rest.filter(({ title, issuer, indicator }) => suggestIndicators(catalog, { title, text: '', issuer, fileName: '' }, known)[0]?.code === indicator).length / rest.length;
    expect(hits(learned)).toBeGreaterThanOrEqual(hits([]));
    expect(hits(learned)).toBeGreaterThanOrEqual(0.98);
  });

  it('makes the same bytes again, and different bytes for each file', async () => {
    const again = join(work, 'again');
    const second = await makeSampleEvidence(catalog, again, { fonts, size: 'small' });
    expect(second).toEqual(set);
    expect(digest(again, second)).toEqual(digest(folder, set));
    expect(new Set(digest(folder, set)).size).toBe(set.files.length);
  }, 120_000);

  it('writes sound PDFs whose text holds the document number', () => {
    const pdfs = set.files.filter(({ path }) => path.endsWith('.pdf'));
    const numbered = pdfs.filter(({ documentNumber, original }) => documentNumber !== '' && original === 'original');
    expect(numbered.length).toBeGreaterThan(20);
    for (const { path } of pdfs.filter((_, at) => at % 6 === 0)) execFileSync('qpdf', ['--check', join(folder, path)], { stdio: 'pipe' });
    for (const { path, documentNumber } of numbered.filter((_, at) => at % 4 === 0)) expect(execFileSync('pdftotext', [join(folder, path), '-'], { encoding: 'utf8' })).toContain(documentNumber);
    for (const { path, pages } of pdfs.filter((_, at) => at % 9 === 0)) expect(execFileSync('pdfinfo', [join(folder, path)], { encoding: 'utf8' })).toMatch(new RegExp(`Pages:\\s+${pages}\\b`));
  }, 60_000);

  it('makes scans as large as an A4 sheet', () => {
    const scan = set.files.find(({ path, original }) => path.endsWith('.pdf') && original === 'copy');
    expect(execFileSync('pdfinfo', [join(folder, scan?.path ?? '')], { encoding: 'utf8' })).toMatch(/Page size:\s+595(\.\d+)? x 84[12]/u);
  });

  it('makes pictures that decode, with the six facts of each photo', async () => {
    const pictures = set.files.filter(({ path }) => /\.(?:jpg|png)$/u.test(path));
    const photos = pictures.filter(({ kind }) => kind === 'photo');
    expect(photos.length).toBeGreaterThan(2);
    expect(pictures.some(({ path }) => path.endsWith('.png'))).toBe(true);
    for (const { path } of pictures) {
      const image = await loadImage(join(folder, path));
      expect(Math.max(image.width, image.height)).toBeGreaterThanOrEqual(2339);
    }
    for (const { photoFacts } of photos) expect(Object.values(photoFacts ?? {}).filter((fact) => fact !== '')).toHaveLength(6);
  });

  it('plants exactly the gaps it names', () => {
    const report = checkCompleteness(catalog, snapshotOf(set, (path) => statSync(join(folder, path)).size));
    const errors = report.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, indicator }) => `${rule} ${indicator}`)).toEqual(['evidence.missing 9', 'value.ratio 11', 'certificate.seal N.8']);
    expect(set.planted.map(({ indicator }) => indicator)).toEqual(['9', '11', 'N.8']);
  });

  it('has no error and meets every indicator where no gap is asked for', async () => {
    const whole = await makeSampleEvidence(catalog, join(work, 'whole'), { fonts, size: 'small', gaps: false });
    const report = checkCompleteness(catalog, snapshotOf(whole, (path) => statSync(join(work, 'whole', path)).size));
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.states.filter(({ overall }) => overall !== 'met')).toEqual([]);
    expect(report.complete).toBe(36);
    expect(whole.planted).toEqual([]);
  }, 120_000);

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const onProgress = (value: number): void => {
      seen.push(value);
      if (seen.length === 3) abort.abort();
    };
    await expect(makeSampleEvidence(catalog, join(work, 'stopped'), { fonts, size: 'small', signal: abort.signal, onProgress })).rejects.toThrow();
    expect(seen.length).toBeLessThan(8);
  });

  it('puts ids where a report cites files', () => {
    expect(fillCitations('甲〔见 @1 名/01 表.pdf:2〕乙〔见 @x.pdf:1〕', (path) => (path.startsWith('1') ? 'e1' : undefined))).toBe('甲〔见 e1:2〕乙');
  });
});
