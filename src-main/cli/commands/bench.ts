import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { callError } from '../../contract/index.ts';
import { findResources } from '../../service/resources.ts';
import { runBindBench } from '../bench/bind.ts';
import type { BindBenchRow } from '../bench/bind.ts';
import type { Command } from '../command.ts';
import { couldNot, done, textOption, wrongUse } from '../command.ts';

const corpora = ['mixed', '3000', '10000', '30000'] as const;
type Corpus = (typeof corpora)[number];
const isCorpus = (word: string): word is Corpus => corpora.some((corpus) => corpus === word);

const ratio = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

const describeRow = (row: BindBenchRow): string =>
  [row.corpus.padEnd(6), row.tool.padEnd(10), row.ok ? row.seconds.toFixed(2).padStart(8) : '  failed', ratio(row.timesCat).padStart(7), ratio(row.timesQpdf).padStart(7), String(row.peakMiB === null ? '–' : Math.round(row.peakMiB)).padStart(6), row.how].join('  ');

/** Measures against what a user would run instead; from a checkout only, since it compares with development tools. */
export const benchCommand: Command = {
  usage: 'bench [bind] [--corpus mixed,3000,10000,30000] [--dir DIR]',
  summary: '性能对比表:本程序与通用工具同一次运行的比值(仅源码目录)',
  options: { corpus: { type: 'string' }, dir: { type: 'string' } },
  positionals: { min: 0, max: 1 },
  async run({ positionals, options, say }) {
    const [name = 'bind'] = positionals;
    if (name !== 'bind') return wrongUse(`没有“${name}”这项性能对比;有:bind`);
    const wanted = (textOption(options, 'corpus') ?? 'mixed').split(',').filter((word) => word !== '');
    if (wanted.length === 0 || !wanted.every(isCorpus)) return wrongUse(`--corpus 可以是 ${corpora.join('、')},用逗号分开。`);
    const resources = findResources();
    const workers = join(dirname(resources), 'src-main', 'cli', 'bench');
    if (!existsSync(workers)) return couldNot(callError('wrong-input', name, '性能对比只能在源码目录中运行'));
    const directory = textOption(options, 'dir');
    say(['corpus', 'tool      ', ' seconds', '  ÷ cat', ' ÷ qpdf', '   MiB', 'how'].join('  '));
    const rows = await runBindBench({ font: join(resources, 'fonts', 'song.ttf'), workers, corpora: wanted.filter(isCorpus), onRow: (row) => say(describeRow(row)), ...(directory === undefined ? {} : { directory }) });
    return done({ rows }, rows.map(describeRow).join('\n'), rows.every((row) => row.ok) ? 0 : 1);
  },
};
