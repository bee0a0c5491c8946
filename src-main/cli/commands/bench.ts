import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { callError } from '../../contract/index.ts';
import { readCatalog } from '../../domain/catalog-file.ts';
import { openBundledFonts } from '../../service/font-files.ts';
import { findResources } from '../../service/resources.ts';
import { runBindBench } from '../bench/bind.ts';
import type { BindBenchRow } from '../bench/bind.ts';
import { runCheckBench } from '../bench/check.ts';
import type { CheckBenchRow } from '../bench/check.ts';
import { runExchangeBench } from '../bench/exchange.ts';
import type { ExchangeBenchRow } from '../bench/exchange.ts';
import { runImportBench } from '../bench/import.ts';
import type { ImportBenchRow } from '../bench/import.ts';
import type { OcrBenchRow } from '../bench/ocr.ts';
import { runReExportBench } from '../bench/re-export.ts';
import type { ReExportBenchRow, ReExportCorpus } from '../bench/re-export.ts';
import { runSearchBench } from '../bench/search.ts';
import type { SearchBenchRow } from '../bench/search.ts';
import { makeManyItems } from '../bench/many-items.ts';
import { measureWindow } from '../bench/window.ts';
import type { WindowBenchRow } from '../bench/window.ts';
import type { Command, CommandContext, Outcome } from '../command.ts';
import { couldNot, done, textOption, wrongUse } from '../command.ts';

/** Where a bench finds what it measures with; it runs from a checkout only. */
interface Checkout {
  readonly resources: string;
  /** Folder of the programs that are measured in processes of their own. */
  readonly workers: string;
}

/** What the product promises of pages drawn from its own fonts, tables included. */
const LEAST_RIGHT = 0.995;

const ratio = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

const corpora = ['mixed', '3000', '10000', '30000', 'huge'] as const;
type Corpus = (typeof corpora)[number];
const isCorpus = (word: string): word is Corpus => corpora.some((corpus) => corpus === word);

const describeBindRow = (row: BindBenchRow): string =>
  [row.corpus.padEnd(6), row.tool.padEnd(10), row.ok ? row.seconds.toFixed(2).padStart(8) : '  failed', ratio(row.timesCat).padStart(7), ratio(row.timesQpdf).padStart(7), String(row.peakMiB === null ? '–' : Math.round(row.peakMiB)).padStart(6), row.how].join('  ');

async function benchBind({ resources, workers }: Checkout, { options, say }: CommandContext): Promise<Outcome> {
  const wanted = (textOption(options, 'corpus') ?? 'mixed').split(',').filter((word) => word !== '');
  if (wanted.length === 0 || !wanted.every(isCorpus)) return wrongUse(`--corpus 可以是 ${corpora.join('、')}，用逗号分开。`);
  const directory = textOption(options, 'dir');
  const rounds = Number(textOption(options, 'rounds') ?? '1');
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 20) return wrongUse('--rounds 是1到20的整数。');
  const program = join(dirname(resources), 'dist', 'cli', 'main.cjs');
  say(['corpus', 'tool      ', ' seconds', '  ÷ cat', ' ÷ qpdf', '   MiB', 'how'].join('  '));
  const rows = await runBindBench({ font: join(resources, 'fonts', 'song.ttf'), program, rounds, workers, corpora: wanted.filter(isCorpus), onRow: (row) => say(describeBindRow(row)), ...(directory === undefined ? {} : { directory }) });
  return done({ rows }, rows.map(describeBindRow).join('\n'), rows.every((row) => row.ok) ? 0 : 1);
}

const describeImportRow = (row: ImportBenchRow): string =>
  [row.tool.padEnd(16), row.ok ? row.seconds.toFixed(2).padStart(8) : '  failed', ratio(row.timesCopy).padStart(10), String(row.peakMiB === null ? '–' : Math.round(row.peakMiB)).padStart(6), row.how].join('  ');

async function benchImport({ resources, workers }: Checkout, { options, say }: CommandContext): Promise<Outcome> {
  const directory = textOption(options, 'dir');
  say(['tool            ', ' seconds', '÷ (sum+cp)', '   MiB', 'how'].join('  '));
  const rows = await runImportBench({ font: join(resources, 'fonts', 'song.ttf'), workers, onRow: (row) => say(describeImportRow(row)), ...(directory === undefined ? {} : { directory }) });
  return done({ rows }, rows.map(describeImportRow).join('\n'), rows.every((row) => row.ok) ? 0 : 1);
}

const describeSearchRow = (row: SearchBenchRow): string =>
  [row.form.padEnd(7, '　'), `${row.found}/${row.queries}`.padStart(7), ...[row.p50, row.p95, row.slowest].map((time) => time.toFixed(1).padStart(8)), ratio(row.grepTimes).padStart(9)].join('  ');

async function benchSearch({ resources }: Checkout, { options, say }: CommandContext): Promise<Outcome> {
  const catalog = readCatalog(JSON.parse(readFileSync(join(resources, 'catalogs', 'shinan-2024.json'), 'utf8')));
  if (!catalog.ok) return couldNot(callError('catalog-wrong', 'shinan-2024'));
  const directory = textOption(options, 'dir');
  say(['词的形式　　　', '  found', '  p50 ms', '  p95 ms', '  slowest', '÷ of grep'].join('  '));
  const rows = await runSearchBench({ catalog: catalog.value, say, onRow: (row) => say(describeSearchRow(row)), ...(directory === undefined ? {} : { directory }) });
  return done({ rows }, rows.map(describeSearchRow).join('\n'));
}

const describeCheckRow = (row: CheckBenchRow): string => [row.work.padEnd(8, '　'), row.ms.toFixed(1).padStart(9), row.slowest.toFixed(1).padStart(9), row.cpuMs.toFixed(1).padStart(9), ratio(row.timesRead).padStart(7)].join('  ');

/** What design §7 promises of a check: under a second. */
const LONGEST_CHECK = 1000;

async function benchCheck({ resources }: Checkout, { options, say }: CommandContext): Promise<Outcome> {
  const catalog = readCatalog(JSON.parse(readFileSync(join(resources, 'catalogs', 'shinan-2024.json'), 'utf8')));
  if (!catalog.ok) return couldNot(callError('catalog-wrong', 'shinan-2024'));
  const directory = textOption(options, 'dir');
  say(['　　　　　　　　', '       ms', '  slowest', '   cpu ms', ' ÷ read'].join('  '));
  const rows = await runCheckBench({ catalog: catalog.value, say, onRow: (row) => say(describeCheckRow(row)), ...(directory === undefined ? {} : { directory }) });
  return done({ rows }, rows.map(describeCheckRow).join('\n'), rows.every((row) => row.ms < LONGEST_CHECK) ? 0 : 1);
}

const kindWords = { text: '正文', table: '表格', all: '合计' } as const;
const qualityWords = { clean: '清晰', scanned: '扫描', poor: '低劣', all: '' } as const;

const describeOcrRow = (row: OcrBenchRow): string =>
  [`${kindWords[row.kind]}${qualityWords[row.quality]}`.padEnd(4, '　'), String(row.pages).padStart(6), String(row.characters).padStart(6), (row.right * 100).toFixed(2).padStart(8), row.secondsPerPage.toFixed(1).padStart(8), String(row.peakMiB === null ? '–' : Math.round(row.peakMiB)).padStart(6)].join('  ');

async function benchOcr({ resources, workers }: Checkout, { say }: CommandContext): Promise<Outcome> {
  const { runOcrBench } = await import('../bench/ocr.ts');
  say(['页面　　', ' pages', ' chars', ' right %', '  s/page', '   MiB'].join('  '));
  const rows = await runOcrBench({ fonts: openBundledFonts(resources), workers, onRow: (row) => say(describeOcrRow(row)) });
  const least = Math.min(...rows.map((row) => row.right));
  return done({ rows }, rows.map(describeOcrRow).join('\n'), least >= LEAST_RIGHT ? 0 : 1);
}

const describeWindowRow = (row: WindowBenchRow): string => [row.what.padEnd(56), row.value.toFixed(0).padStart(8), ratio(row.timesEmpty).padStart(8), row.how].join('  ');

/** What the product promises: the overview of 10,000 items is there in at most this many times an empty window. */
const MOST_TIMES_EMPTY = 1.5;
/** … and a call while a job runs is answered in this many milliseconds, 95 times of 100. */
const MOST_BESIDE_EXPORT = 100;
const ANY_BESIDE_EXPORT = 'any call beside an export';

async function benchWindow({ resources }: Checkout, { options, say }: CommandContext): Promise<Outcome> {
  const catalog = readCatalog(JSON.parse(readFileSync(join(resources, 'catalogs', 'shinan-2024.json'), 'utf8')));
  if (!catalog.ok) return couldNot(callError('catalog-wrong', 'shinan-2024'));
  const items = Number(textOption(options, 'items') ?? '10000');
  const rounds = Number(textOption(options, 'rounds') ?? '3');
  if (!Number.isInteger(items) || items < 1 || items > 200_000 || !Number.isInteger(rounds) || rounds < 1 || rounds > 20) return wrongUse('--items 是1到200000的整数，--rounds 是1到20的整数。');
  const only = textOption(options, 'only-archive');
  if (only !== undefined) {
    await makeManyItems(only, catalog.value, items);
    return done({ archive: only, items }, `${only}：${items} 件`);
  }
  say(['what'.padEnd(56), '      ms', ' ÷ empty', 'how'].join('  '));
  const rows = await measureWindow({ driver: join(dirname(resources), 'scripts', 'bench', 'window.mjs'), catalog: catalog.value, items, rounds, archive: textOption(options, 'archive') ?? null, onRow: (row) => say(describeWindowRow(row)) });
  return done({ rows }, rows.map(describeWindowRow).join('\n'), rows.every((row) => (row.kind !== 'ready' || (row.timesEmpty ?? 0) <= MOST_TIMES_EMPTY) && (row.what !== ANY_BESIDE_EXPORT || row.value <= MOST_BESIDE_EXPORT)) ? 0 : 1);
}

const describeExchangeRow = (row: ExchangeBenchRow): string =>
  [`${row.megabytes} MB`.padStart(8), row.tool.padEnd(17), row.ok ? row.seconds.toFixed(2).padStart(8) : '  failed', ratio(row.timesCopy).padStart(7), String(row.peakMiB === null ? '–' : Math.round(row.peakMiB)).padStart(6), String(row.items).padStart(6)].join('  ');

async function benchExchange({ resources, workers }: Checkout, { options, say }: CommandContext): Promise<Outcome> {
  const catalog = readCatalog(JSON.parse(readFileSync(join(resources, 'catalogs', 'shinan-2024.json'), 'utf8')));
  if (!catalog.ok) return couldNot(callError('catalog-wrong', 'shinan-2024'));
  const megabytes = Number(textOption(options, 'megabytes') ?? 2000);
  if (!Number.isInteger(megabytes) || megabytes < 4) return wrongUse('--megabytes 应为不小于4的整数。');
  const directory = textOption(options, 'dir');
  say(['evidence', 'tool             ', ' seconds', '÷ copy ', '   MiB', ' items'].join('  '));
  const rows = await runExchangeBench({ catalog: catalog.value, workers, megabytes, onRow: (row) => say(describeExchangeRow(row)), ...(directory === undefined ? {} : { directory }) });
  return done({ rows }, rows.map(describeExchangeRow).join('\n'), rows.every((row) => row.ok) ? 0 : 1);
}

const describeReExportRow = (row: ReExportBenchRow): string =>
  [row.corpus.padEnd(7), row.by.padEnd(7), row.work.padEnd(12), row.ok ? row.seconds.toFixed(2).padStart(8) : '  failed', ratio(row.timesFirst).padStart(8), row.cpuSeconds.toFixed(2).padStart(8), ratio(row.cpuTimesFirst).padStart(8), String(row.peakMiB === null ? '–' : Math.round(row.peakMiB)).padStart(6)].join('  ');

/** What the product promises of an export after one late file. */
const MOST_TIMES_FIRST = 0.15;

async function benchReExport({ resources }: Checkout, { options, say, dispatcher }: CommandContext): Promise<Outcome> {
  const catalog = readCatalog(JSON.parse(readFileSync(join(resources, 'catalogs', 'shinan-2024.json'), 'utf8')));
  if (!catalog.ok) return couldNot(callError('catalog-wrong', 'shinan-2024'));
  const wanted = (textOption(options, 'corpus') ?? 'sample,mixed').split(',').flatMap((word): ReExportCorpus[] => (word === 'sample' || word === 'mixed' ? [word] : []));
  const rounds = Number(textOption(options, 'rounds') ?? '3');
  if (wanted.length === 0 || !Number.isInteger(rounds) || rounds < 1 || rounds > 20) return wrongUse('--corpus 可以是 sample、mixed，用逗号分开；--rounds 是1到20的整数。');
  const directory = textOption(options, 'dir');
  say(['archive', 'by     ', 'work        ', ' seconds', ' ÷ first', '   cpu s', ' ÷ first', '   MiB'].join('  '));
  const rows = await runReExportBench({
    catalog: catalog.value, font: join(resources, 'fonts', 'song.ttf'), program: join(dirname(resources), 'dist', 'cli', 'main.cjs'), rounds, dispatcher, corpora: wanted, archive: textOption(options, 'archive') ?? null,
    onRow: (row) => say(describeReExportRow(row)), ...(directory === undefined ? {} : { directory }),
  });
  return done({ rows }, rows.map(describeReExportRow).join('\n'), rows.every((row) => row.ok && (row.work === 'first' || row.work === 'unchanged' || (row.timesFirst ?? 1) <= MOST_TIMES_FIRST)) ? 0 : 1);
}

const benches: ReadonlyMap<string, (checkout: Checkout, context: CommandContext) => Promise<Outcome>> = new Map([
  ['bind', benchBind],
  ['check', benchCheck],
  ['import', benchImport],
  ['search', benchSearch],
  ['ocr', benchOcr],
  ['window', benchWindow],
  ['exchange', benchExchange],
  ['re-export', benchReExport],
]);

/** Measures against what a user would run instead; from a checkout only, since it compares with development tools. */
export const benchCommand: Command = {
  usage: 'bench [bind|check|import|search|ocr|window|exchange|re-export] [--corpus sample,mixed,3000,10000,30000,huge] [--rounds N] [--items N] [--megabytes N] [--archive DIR] [--only-archive DIR] [--dir DIR]',
  summary: '性能对比表：本程序与通用工具同一次运行的比值（仅源码目录）',
  options: { corpus: { type: 'string' }, rounds: { type: 'string' }, dir: { type: 'string' }, items: { type: 'string' }, megabytes: { type: 'string' }, archive: { type: 'string' }, 'only-archive': { type: 'string' } },
  positionals: { min: 0, max: 1 },
  async run(context) {
    const [name = 'bind'] = context.positionals;
    const bench = benches.get(name);
    if (bench === undefined) return wrongUse(`没有“${name}”这项性能对比；有：${[...benches.keys()].join('、')}`);
    const resources = findResources();
    const workers = join(dirname(resources), 'src-main', 'cli', 'bench');
    if (!existsSync(workers)) return couldNot(callError('wrong-input', name, '性能对比只能在源码目录中运行'));
    return bench({ resources, workers }, context);
  },
};
