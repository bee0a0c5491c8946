import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addEvidence, createArchive, linkEvidence, listPageTexts, putPageTexts, searchArchive, transact } from '../../archive/index.ts';
import type { WritableArchive } from '../../archive/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { sha256, type IndicatorCode, type Sha256 } from '../../domain/ids.ts';
import { measureProcess } from './measured-process.ts';
import { OfficeText } from './office-text.ts';

export interface SearchBenchOptions {
  readonly catalog: Catalog;
  /** Default 10,000. */
  readonly items?: number;
  /** Pages of each item; default 10. */
  readonly pagesPerItem?: number;
  /** Queries of each form; default 60. */
  readonly queries?: number;
  /** Where the archive is made (about 1 GB); default the system's temporary folder. */
  readonly directory?: string;
  readonly onRow?: (row: SearchBenchRow) => void;
  readonly say?: (line: string) => void;
}

export interface SearchBenchRow {
  /** What kind of words were asked for. */
  readonly form: string;
  readonly queries: number;
  /** Queries that found something. */
  readonly found: number;
  /** Milliseconds: half of the queries, 95 of 100, the slowest. */
  readonly p50: number;
  readonly p95: number;
  readonly slowest: number;
  /** Median time of `grep -rl` over the same texts as files, divided by `p50`; null where it was not run. */
  readonly grepTimes: number | null;
}

const hitsWanted = 50;
const grepRuns = 3;

/**
 * Searches an archive of 10,000 items and 100,000 pages for words of several forms, each asked once, as a person would; beside it `grep` over
 * the same texts as plain files, which knows neither width nor line breaks.
 */
export async function runSearchBench(options: SearchBenchOptions): Promise<readonly SearchBenchRow[]> {
  const { items = 10_000, pagesPerItem = 10, queries = 60, say = () => undefined } = options;
  const parent = options.directory ?? tmpdir();
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, 'chuangdang-search-'));
  try {
    const made = await createArchive(join(directory, '检索.cdarchive'), { title: '检索', catalog: options.catalog });
    if (!made.ok) throw new Error(`cannot make the archive: ${made.error.code}`);
    const archive = made.value;
    try {
      const texts = join(directory, 'texts');
      mkdirSync(texts);
      const started = performance.now();
      const shas = fill(archive, texts, { items, pagesPerItem, codes: options.catalog.groups.flatMap((group) => group.indicators.map(({ code }) => code)) });
      say(`${items} 件、${items * pagesPerItem} 页已入库，${Math.round((performance.now() - started) / 100) / 10} 秒`);
      const rows: SearchBenchRow[] = [];
      for (const [form, words] of Object.entries(makeQueries(archive, shas, queries))) {
        const row = await measure(archive, texts, form, words);
        rows.push(row);
        options.onRow?.(row);
      }
      return rows;
    } finally {
      archive.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function fill(archive: WritableArchive, texts: string, shape: { readonly items: number; readonly pagesPerItem: number; readonly codes: readonly IndicatorCode[] }): readonly Sha256[] {
  const office = new OfficeText(20240430);
  const shas: Sha256[] = [];
  for (let from = 0; from < shape.items; from += 100) {
    const batch = Array.from({ length: Math.min(100, shape.items - from) }, (_, index) => ({ sha: sha256(createHash('sha256').update(String(from + index)).digest('hex')), pages: Array.from({ length: shape.pagesPerItem }, () => office.page()) }));
    transact(archive.db, '', (tx) => {
      for (const { sha } of batch) {
        const title = `关于${office.word()}${office.word()}${office.word()}工作的通知`;
        const evidenceId = addEvidence(tx, { sha256: sha, fileName: `${title}.pdf`, fileKind: 'pdf', bytes: 1, pages: shape.pagesPerItem, title, documentNumber: office.documentNumber(), issuer: '区生态环境局' });
        const indicator = shape.codes[office.below(shape.codes.length)];
        if (indicator !== undefined) linkEvidence(tx, { evidenceId, indicator, year: 2023, requirement: '' });
      }
    });
    archive.db.atomically(() => {
      for (const { sha, pages } of batch) putPageTexts(archive.db, sha, pages.map((text, index) => ({ page: index + 1, text })), { state: 'done', source: 'pdf', note: '' });
    });
    for (const { sha, pages } of batch) {
      writeFileSync(join(texts, `${sha}.txt`), pages.join('\n'));
      shas.push(sha);
    }
  }
  return shas;
}

/** Words as persons type them, cut from pages so that most are found: frequent and rare, within a word and across two, spaced and full-width. */
function makeQueries(archive: WritableArchive, shas: readonly Sha256[], count: number): Readonly<Record<string, readonly string[]>> {
  const office = new OfficeText(1);
  const page = (): string => (listPageTexts(archive.db, shas[office.below(shas.length)] ?? sha256('0'.repeat(64)))[0]?.text ?? '').replace(/\s/gu, '');
  const cut = (length: number): string => {
    for (let tries = 0; tries < 50; tries += 1) {
      const text = page();
      const piece = text.slice(100 + office.below(300)).match(new RegExp(`[\\u4e00-\\u9fff]{${length}}`, 'u'))?.[0];
      if (piece !== undefined) return piece;
    }
    return '生态环境'.slice(0, length);
  };
  const several = (make: () => string): readonly string[] => Array.from({ length: count }, make);
  const widen = (text: string): string => text.replace(/[!-~]/gu, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0));
  return {
    两个字: several(() => cut(2)),
    词典里的词: several(() => office.word()),
    四个字: several(() => cut(4)),
    一句话: several(() => cut(9)),
    两个词: several(() => `${cut(2)} ${cut(2)}`),
    三个词: several(() => `${cut(2)} ${cut(2)} ${cut(2)}`),
    字间有空格: several(() => [...cut(4)].join(' ')),
    文号: several(() => office.documentNumber().replace('〔', '[').replace('〕', ']')),
    '全角数字': several(() => widen(/\d+\.\d+%/u.exec(page())?.[0] ?? '96.3%')),
    '没有的词': several(() => `${cut(2)}龘${cut(1)}`),
    一个字: several(() => cut(1)),
  };
}

async function measure(archive: WritableArchive, texts: string, form: string, words: readonly string[]): Promise<SearchBenchRow> {
  let found = 0;
  const times = words.map((text) => {
    const started = performance.now();
    if (searchArchive(archive.db, text, hitsWanted).length > 0) found += 1;
    return performance.now() - started;
  });
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const greps: number[] = [];
  for (const text of words.slice(0, grepRuns)) {
    const run = await measureProcess('grep', ['-rlF', '--', text, texts]);
    if (run.output === '' || run.ok) greps.push(run.seconds * 1000);
  }
  const grep = greps.toSorted((a, b) => a - b)[Math.floor(greps.length / 2)];
  return { form, queries: words.length, found, p50: at(0.5), p95: at(0.95), slowest: sorted.at(-1) ?? 0, grepTimes: grep === undefined ? null : grep / Math.max(0.01, at(0.5)) };
}
