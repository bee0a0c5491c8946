import { basename } from 'node:path';
import { planBinding, UPPER_DUPLEX_NUMBERS, writeVolume } from '../../binder/index.ts';
import type { BindError, BindPlan, Fonts, PlacedSource, Section } from '../../binder/index.ts';
import type { DrawnPage } from '../../domain/page-drawing.ts';
import { explainError } from '../../contract/sentences.ts';
import { explainBindError } from '../../service/bind-trouble.ts';
import { openBundledFonts } from '../../service/font-files.ts';
import { findResources } from '../../service/resources.ts';
import { layoutContents } from '../bind-contents.ts';
import type { ContentsRow } from '../bind-contents.ts';
import type { StandaloneCommand } from '../command.ts';
import { couldNot, done, textOption, wrongUse } from '../command.ts';

interface Failed {
  readonly file: string;
  readonly error: string;
  readonly message: string;
}

function describe(error: BindError): Failed {
  const trouble = explainBindError(error, basename(error.file));
  return { file: error.file, error: trouble.code, message: explainError(trouble) };
}

function describeSections(files: readonly string[], toc: boolean, fonts: Fonts): BindPlan['sections'] {
  const sources = files.map((file, index): Section => ({ kind: 'source', key: `s${index}`, path: file, title: basename(file) }));
  if (!toc) return sources;
  const layOut = (placed: readonly PlacedSource[]): readonly DrawnPage[] =>
    layoutContents(
      placed.map(({ item, firstPage }): ContentsRow => ({ key: item.key, title: item.title, page: firstPage })),
      fonts.measure,
    );
  // The contents pages are numbered too, so that the printed number is also the page's place in the file.
  return [{ kind: 'laid-out', key: 'contents', title: '目录', labelPrefix: '', layOut, numbering: { kind: 'continue' } }, ...sources];
}

export const bindCommand: StandaloneCommand = {
  standalone: true,
  usage: 'bind FILE… --out F.pdf [--toc] [--stamp]',
  summary: '不用档案库,直接把文件装订成一个PDF',
  options: { out: { type: 'string' }, toc: { type: 'boolean' }, stamp: { type: 'boolean' } },
  positionals: { min: 1, max: Number.POSITIVE_INFINITY },
  async run({ positionals, options, signal }) {
    const out = textOption(options, 'out');
    if (out === undefined) return wrongUse('请用 --out 指明输出的PDF文件。');
    const fonts = openBundledFonts(findResources());
    const plan: BindPlan = {
      // A fixed date: the same files make the same bytes.
      info: { title: basename(out, '.pdf'), created: '2000-01-01T00:00:00Z' },
      fonts,
      numbering: options['stamp'] === true ? { perVolume: UPPER_DUPLEX_NUMBERS } : {},
      sections: describeSections(positionals, options['toc'] === true, fonts),
      onMissing: 'leave-out',
    };
    const bound = planBinding(plan);
    const failed = (bound.ok ? bound.value.missing : bound.error).map(describe);
    if (!bound.ok) return done({ pages: 0, bytes: 0, sources: [], failed }, ['没有可以装订的文件', ...failed.map((item) => `  ${item.message}`)].join('\n'), 1);
    const written = await writeVolume(bound.value, out, { signal, checksum: false });
    if (!written.ok) return couldNot(explainBindError(written.error, basename(written.error.file)));
    const { pages, bytes, sources } = written.value;
    return done(
      { pages, bytes, sources: sources.map((source) => ({ file: source.path, pages: source.pages, firstPage: source.firstPage, repaired: source.repaired, notes: source.notes })), failed },
      [`${pages} 页,${bytes} 字节:${out}`, ...failed.map((item) => `  未装订:${item.message}`)].join('\n'),
      failed.length > 0 ? 1 : 0,
    );
  },
};
