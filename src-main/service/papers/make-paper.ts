import { copyFile, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { listPaperFiles, objectPath } from '../../archive/index.ts';
import type { Archive, PaperFile } from '../../archive/index.ts';
import { planBindingSteps, writeVolume } from '../../binder/index.ts';
import type { Section } from '../../binder/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Envelope, MadePaper as MadeAnswer } from '../../contract/index.ts';
import type { Steps } from '../../domain/steps.ts';
import { compareFacts, factsOfPaper, joinPapers, renderCsv, sheetsOfPaper } from '../../papers/index.ts';
import type { FactChange, Paper } from '../../papers/index.ts';
import { explainBindError } from '../bind-trouble.ts';
import { fileNameOf } from '../binding/export-files.ts';
import { drawPaper } from '../binding/paper-sections.ts';
import { replacedSection } from '../binding/volume-sections.ts';
import { explainFileError } from '../file-trouble.ts';
import { Converter } from '../import/convert-files.ts';
import type { Job } from '../jobs.ts';
import type { Session } from '../session.ts';
import { inTurns } from '../turns.ts';
import { withoutDate } from './material.ts';
import type { MadePaper, PaperFormat, PaperKind, PaperMaterial, PaperScope } from './paper-kind.ts';
import { findVolume, volumeScope } from './scopes.ts';

export interface PaperRequest {
  readonly kind: PaperKind;
  readonly scope: string;
  readonly format: PaperFormat;
  readonly out: string | null;
  /** Passes over the office's own files and template. */
  readonly generated: boolean;
}

const mimes: Readonly<Record<PaperFormat, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** One paper to be made, with the file that stands for it where there is one. */
interface Part {
  readonly scope: PaperScope;
  readonly made: MadePaper;
  readonly replacement: PaperFile | undefined;
}

interface Written {
  readonly pages: number;
  readonly source: MadeAnswer['source'];
}

/** The scopes that a request names: one, or all where it names none of several. */
export function scopesOfRequest(kind: PaperKind, material: PaperMaterial, scope: string): readonly PaperScope[] {
  const scopes = kind.scopes(material);
  if (scope === '') return scopes;
  const exact = scopes.filter(({ id }) => id === scope);
  if (exact.length > 0) return exact;
  // A volume may be asked for by its number, an indicator's certificates by its code.
  const volume = kind.scopeName === '案卷' ? findVolume(material.plan, scope) : undefined;
  if (volume !== undefined) return scopes.filter(({ id }) => id === volumeScope(material.plan, volume));
  return scopes.filter(({ id }) => id.split('／').includes(scope));
}

/** What a replaced paper said when the office's file took its place, against what it would say now. */
export function changesOf(kind: PaperKind, material: PaperMaterial, scope: string, replacement: PaperFile): readonly FactChange[] {
  const made = kind.make(withoutDate(material), scope);
  return made === null || made.kind !== 'paper' ? [] : compareFacts(replacement.facts, factsOfPaper(made.paper));
}

/** Makes a paper in the asked form: into the session's room to be shown or printed, and to `out` where that is given. */
export async function makePaper(archive: Archive, session: Session, material: PaperMaterial, request: PaperRequest, job: Job): Promise<Envelope<MadeAnswer>> {
  const { kind, format, out } = request;
  if (!kind.formats.includes(format)) return fail('paper-unknown', kind.name, `没有 ${format.toUpperCase()} 形式`);
  const scopes = scopesOfRequest(kind, material, request.scope);
  const together = kind.makeAll !== undefined && scopes.length > 1 ? [{ scope: { id: '', name: '' }, made: kind.makeAll(material), replacement: undefined }] : null;
  const parts = together ?? scopes.flatMap((scope): Part[] => {
    const made = kind.make(material, scope.id);
    return made === null ? [] : [{ scope, made, replacement: request.generated ? undefined : material.replacementOf(kind.kind, scope.id) }];
  });
  const [first] = parts;
  if (first === undefined) return fail('paper-unknown', kind.name, request.scope === '' ? '' : `（${request.scope}）`);
  const label = parts.length === 1 && first.scope.name !== '' ? `${kind.name} ${first.scope.name}` : kind.name;
  const replacedDocx = format === 'docx' && parts.length === 1 && first.replacement?.fileKind === 'docx';
  const target = await session.papers.reserve(`${fileNameOf(label)}.${format}`, mimes[format]);
  try {
    const written = await write(archive, session, material, { ...request, parts, label, path: target.path }, job);
    if (!written.ok) {
      await session.papers.forget(target.id);
      return written;
    }
    const saved = out === null ? succeed('') : await saveTo(target.path, out);
    if (!saved.ok) return saved;
    const draft = parts.some(({ made }) => made.kind === 'paper' && made.paper.draft);
    return succeed({
      id: target.id,
      name: target.name,
      format,
      pages: written.value.pages,
      bytes: (await stat(target.path)).size,
      draft: draft && !replacedDocx,
      path: saved.value,
      source: written.value.source,
      changes: parts.flatMap(({ scope, replacement }) => (replacement === undefined ? [] : changesOf(kind, material, scope.id, replacement))),
      gaps: gapsOf(kind, material, parts),
    });
  } catch (error) {
    await session.papers.forget(target.id);
    const trouble = explainFileError(error, out ?? target.name);
    if (trouble === undefined) throw error;
    return { ok: false, error: trouble };
  }
}

/** What the reader of several papers finds empty: what is so in every one is said once. */
function gapsOf(kind: PaperKind, material: PaperMaterial, parts: readonly Part[]): readonly string[] {
  const each = parts.map(({ scope, replacement }) => ({ scope, gaps: replacement === undefined ? (kind.gaps?.(material, scope.id) ?? []) : [] }));
  const common = new Set(each[0]?.gaps.filter((gap) => each.every(({ gaps }) => gaps.includes(gap))));
  return [...common, ...each.flatMap(({ scope, gaps }) => gaps.filter((gap) => !common.has(gap)).map((gap) => `${scope.name}：${gap}`))];
}

interface Writing extends PaperRequest {
  readonly parts: readonly Part[];
  readonly label: string;
  readonly path: string;
}

async function write(archive: Archive, session: Session, material: PaperMaterial, writing: Writing, job: Job): Promise<Envelope<Written>> {
  const { parts, format, path, label } = writing;
  const papers = parts.flatMap(({ made }) => (made.kind === 'paper' ? [made.paper] : []));
  const template = writing.generated ? undefined : listPaperFiles(archive.db).find(({ role, kind }) => role === 'template' && kind === writing.kind.kind);
  switch (format) {
    case 'pdf': {
      const replaced = parts.some(({ replacement }) => replacement !== undefined);
      if (template !== undefined && !replaced) return writeTemplatePdf(archive, session, material, template, writing, job);
      return writePdf(material, writing, job, replaced ? 'replacement' : 'generated');
    }
    case 'docx': {
      const [only] = parts;
      if (parts.length === 1 && only?.replacement?.fileKind === 'docx') {
        await copyFile(objectPath(archive, only.replacement.sha256), path);
        return succeed({ pages: only.replacement.pages, source: 'replacement' });
      }
      if (template !== undefined) {
        const filled = await fillFor(archive, session, material, template, writing, job);
        if (!filled.ok) return filled;
        await writeFile(path, filled.value);
        return succeed({ pages: 0, source: 'template' });
      }
      await writeFile(path, await session.docx.render(oneOf(label, papers), material.profile, job.signal));
      return succeed({ pages: 0, source: 'generated' });
    }
    case 'xlsx':
    case 'csv': {
      const sheets = parts.flatMap(({ made, scope }) => {
        if (made.kind !== 'paper') return [];
        const own = made.sheets ?? sheetsOfPaper(made.paper);
        return own.length === 1 && scope.name !== '' ? own.map((sheet) => ({ ...sheet, name: scope.name })) : own;
      });
      await writeFile(path, format === 'xlsx' ? await session.docx.renderSheets(sheets, job.signal) : renderCsv(sheets));
      return succeed({ pages: 0, source: 'generated' });
    }
    default:
      return format satisfies never;
  }
}

const oneOf = (title: string, papers: readonly Paper[]): Paper => {
  const [only] = papers;
  return papers.length === 1 && only !== undefined ? only : joinPapers(title, papers);
};

async function writePdf(material: PaperMaterial, { parts, label, path }: Writing, job: Job, source: Written['source']): Promise<Envelope<Written>> {
  const { profile, fonts, office, created } = material;
  const drawPart = function* ({ scope, made, replacement }: Part, index: number): Steps<readonly Section[]> {
    const key = `paper-${index + 1}`;
    const title = scope.name === '' ? label : scope.name;
    if (replacement !== undefined) return [replacedSection(material, replacement, key, title)];
    if (made.kind === 'sections') return made.sections.map((section, place) => ({ ...section, key: `${key}-${place + 1}` }));
    return made.kind === 'pages' ? [{ kind: 'drawn', key, title, labelPrefix: '', pages: made.pages }] : yield* drawPaper(made.paper, profile, fonts.measure, key, title);
  };
  const sections: Section[] = [];
  for (const [index, part] of parts.entries()) sections.push(...(await inTurns(drawPart(part, index), job.signal)));
  const bound = await inTurns(planBindingSteps({ info: { title: label, author: office.applicant, created, language: 'zh-CN' }, fonts, numbering: {}, sections, onMissing: 'stop' }), job.signal);
  if (!bound.ok) {
    const [error] = bound.error;
    return error === undefined ? fail('binding-failed', label) : { ok: false, error: explainBindError(error, label) };
  }
  const total = Math.max(1, bound.value.sections.reduce((sum, section) => sum + section.pages, 0));
  const written = await writeVolume(bound.value, path, { signal: job.signal, onProgress: ({ pages }) => job.progress(pages / total, label) });
  return written.ok ? succeed({ pages: written.value.pages, source }) : { ok: false, error: explainBindError(written.error, label) };
}

async function fillFor(archive: Archive, session: Session, material: PaperMaterial, template: PaperFile, { kind, parts, label }: Writing, job: Job): Promise<Envelope<Uint8Array>> {
  const [only] = parts;
  const values = only === undefined ? null : kind.fields?.(material, only.scope.id);
  if (parts.length !== 1 || values === null || values === undefined) return fail('paper-no-pdf', label, '按模板生成的文书要一份一份地做');
  const filled = await session.docx.fill(await readFile(objectPath(archive, template.sha256)), values, job.signal);
  return filled.ok ? succeed(filled.bytes) : fail('template-wrong', template.fileName, filled.problems.join('；'));
}

/** The filled template as LibreOffice prints it; without it the clerk prints the DOCX from Word. */
async function writeTemplatePdf(archive: Archive, session: Session, material: PaperMaterial, template: PaperFile, writing: Writing, job: Job): Promise<Envelope<Written>> {
  const filled = await fillFor(archive, session, material, template, writing, job);
  if (!filled.ok) return filled;
  const converter = await Converter.open(archive, session.readingRoom, session.resources);
  if (!converter.kinds.has('docx')) return fail('paper-no-pdf', writing.label, '本机没有可用的办公软件来转换');
  const docx = await session.papers.reserve(`${fileNameOf(writing.label)}.docx`, mimes.docx);
  try {
    await writeFile(docx.path, filled.value);
    const [answer] = await converter.convert([{ path: docx.path, kind: 'docx' }], job.signal);
    if (answer === undefined || !answer.ok) return fail('paper-no-pdf', writing.label, answer?.trouble.message ?? '');
    await copyFile(answer.pdf.partial, writing.path);
    await rm(answer.pdf.partial, { force: true });
    return succeed({ pages: answer.pdf.pages, source: 'template' });
  } finally {
    await session.papers.forget(docx.id);
  }
}

/** Copies a finished paper to where the user wants it; it appears there whole or not at all. */
export async function saveTo(path: string, out: string): Promise<Envelope<string>> {
  const target = resolve(out);
  const wanted = extname(path);
  const named = extname(target).toLowerCase() === wanted ? target : `${target}${wanted}`;
  const partial = join(dirname(named), `.tmp-${randomBytes(4).toString('hex')}-${basename(named)}`.slice(0, 200));
  try {
    await copyFile(path, partial);
    await rename(partial, named);
    return succeed(named);
  } catch (error) {
    const trouble = explainFileError(error, named);
    if (trouble === undefined) throw error;
    return { ok: false, error: trouble };
  } finally {
    await rm(partial, { force: true });
  }
}
