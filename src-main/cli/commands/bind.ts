import { basename } from 'node:path';
import { inspectSource, planBinding, UPPER_DUPLEX_NUMBERS, writeVolume } from '../../binder/index.ts';
import type { BindError, BindPlan, Fonts, Section } from '../../binder/index.ts';
import { explainError } from '../../contract/index.ts';
import { explainBindError } from '../../service/bind-trouble.ts';
import { openBundledFonts } from '../../service/font-files.ts';
import { findResources } from '../../service/resources.ts';
import { breakTitle, countContentsPages, layoutContents } from '../bind-contents.ts';
import type { ContentsRow } from '../bind-contents.ts';
import type { Command } from '../command.ts';
import { couldNot, done, textOption, wrongUse } from '../command.ts';

interface Counted {
  readonly key: string;
  readonly file: string;
  readonly pages: number;
  readonly repaired: boolean;
}

interface Failed {
  readonly file: string;
  readonly error: string;
  readonly message: string;
}

function describe(error: BindError, file: string): Failed {
  const trouble = explainBindError(error, basename(file));
  return { file, error: trouble.code, message: explainError(trouble) };
}

/** Opens every file once: those that can be bound with their page counts, and why the others cannot. */
async function countSources(files: readonly string[]): Promise<{ readonly counted: readonly Counted[]; readonly failed: readonly Failed[] }> {
  const counted: Counted[] = [];
  const failed: Failed[] = [];
  for (const [index, file] of files.entries()) {
    const inspected = await inspectSource(file);
    if (inspected.ok) counted.push({ key: `s${index}`, file, pages: inspected.value.pages, repaired: inspected.value.repaired });
    else failed.push(describe(inspected.error, file));
  }
  return { counted, failed };
}

function makeSections(counted: readonly Counted[], toc: boolean, fonts: Fonts): readonly Section[] {
  const sources = counted.map(({ key, file, pages }): Section => ({ kind: 'source', key, path: file, title: basename(file), expectedPages: pages }));
  if (!toc) return sources;
  const lines = counted.reduce((sum, { file }) => sum + breakTitle(basename(file), fonts.measure).length, 0);
  let next = countContentsPages(lines) + 1;
  const rows = counted.map(({ key, file, pages }): ContentsRow => {
    const row = { key, title: basename(file), page: next };
    next += pages;
    return row;
  });
  // The contents pages are numbered too, so that the printed number is also the page's place in the file.
  return [{ kind: 'drawn', key: 'contents', title: '目录', labelPrefix: '', pages: layoutContents(rows, fonts.measure), numbering: { kind: 'continue' } }, ...sources];
}

export const bindCommand: Command = {
  usage: 'bind FILE… --out F.pdf [--toc] [--stamp]',
  summary: '不用档案库,直接把文件装订成一个PDF',
  options: { out: { type: 'string' }, toc: { type: 'boolean' }, stamp: { type: 'boolean' } },
  positionals: { min: 1, max: Number.POSITIVE_INFINITY },
  async run({ positionals, options, signal }) {
    const out = textOption(options, 'out');
    if (out === undefined) return wrongUse('请用 --out 指明输出的PDF文件。');
    const fonts = openBundledFonts(findResources());
    const { counted, failed } = await countSources(positionals);
    if (counted.length === 0) return done({ pages: 0, bytes: 0, sources: [], failed }, ['没有可以装订的文件', ...failed.map((item) => `  ${item.message}`)].join('\n'), 1);
    const plan: BindPlan = {
      // A fixed date: the same files make the same bytes.
      info: { title: basename(out, '.pdf'), created: '2000-01-01T00:00:00Z' },
      fonts,
      numbering: options['stamp'] === true ? { perVolume: UPPER_DUPLEX_NUMBERS } : {},
      sections: makeSections(counted, options['toc'] === true, fonts),
      onMissing: 'stop',
    };
    const bound = await planBinding(plan);
    if (!bound.ok) return couldNot(explainBindError(bound.error[0] ?? { code: 'write-failed', file: out, detail: '' }, basename(bound.error[0]?.file ?? out)));
    const written = await writeVolume(bound.value, out, { signal });
    if (!written.ok) return couldNot(explainBindError(written.error, basename(written.error.file)));
    const { pages, bytes, sources } = written.value;
    return done(
      { pages, bytes, sources: sources.map((source) => ({ file: source.path, pages: source.pages, firstPage: source.firstPage, repaired: source.repaired, notes: source.notes })), failed },
      [`${pages} 页,${bytes} 字节:${out}`, ...failed.map((item) => `  未装订:${item.message}`)].join('\n'),
      failed.length > 0 ? 1 : 0,
    );
  },
};
