import { exportName, listPaperFiles, transact, withdrawPaperFile } from '../../archive/index.ts';
import type { Archive, ExportRecord, PaperFile } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Envelope, PaperList } from '../../contract/index.ts';
import type { HandlersOf } from '../handler.ts';
import { KeptUntilChange } from '../kept.ts';
import { changesOf, makePaper, scopesOfRequest } from '../papers/make-paper.ts';
import { readPaperMaterial } from '../papers/material.ts';
import { replacePaper, setTemplate } from '../papers/office-files.ts';
import type { PaperKind, PaperMaterial } from '../papers/paper-kind.ts';
import { findPaperKind, paperKinds } from '../papers/paper-kinds.ts';
import { findPaperFile, savePaper } from '../papers/save-paper.ts';
import type { Session } from '../session.ts';

type Replaced = NonNullable<PaperList['kinds'][number]['scopes'][number]['replaced']>;

const viewReplaced = (kind: PaperKind, material: PaperMaterial, file: PaperFile): Replaced => ({
  fileName: file.fileName,
  pages: file.pages,
  note: file.note,
  conversionNote: file.boundNote,
  at: file.at,
  by: file.by,
  changes: changesOf(kind, material, file.scope, file),
});

function viewKind(kind: PaperKind, material: PaperMaterial, files: readonly PaperFile[]): PaperList['kinds'][number] {
  const template = files.find(({ role, kind: of }) => role === 'template' && of === kind.kind);
  const scopes = kind.scopes(material);
  const first = scopes[0];
  return {
    kind: kind.kind,
    name: kind.name,
    purpose: kind.purpose,
    says: kind.says,
    formats: [...kind.formats],
    scopeName: kind.scopeName,
    replaceable: kind.replaceable,
    fields: first === undefined ? [] : Object.keys(kind.fields?.(material, first.id) ?? {}),
    template: template === undefined ? null : { fileName: template.fileName, at: template.at },
    scopes: scopes.map(({ id, name, note = '' }) => {
      const file = material.replacementOf(kind.kind, id);
      return { id, name, note, replaced: file === undefined ? null : viewReplaced(kind, material, file) };
    }),
  };
}

/** PDFs of an export, each by its place in the manifest. */
function viewBound(record: ExportRecord | null): PaperList['bound'] {
  if (record === null) return null;
  const files = record.manifest.files.flatMap(({ path, pages }, index) => (path.endsWith('.pdf') ? [{ id: `v${record.version}-${index}`, name: path.replace(/\.pdf$/u, ''), pages }] : []));
  return { version: exportName(record.version), draft: record.draft, files };
}

/** The one paper that a change is about: the change of all papers of a kind at once is no thing a clerk means. */
function oneScope(kind: PaperKind, material: PaperMaterial, scope: string): Envelope<string> {
  const scopes = scopesOfRequest(kind, material, scope);
  const [only] = scopes;
  if (only === undefined) return fail('paper-unknown', kind.name, scope === '' ? '' : `（${scope}）`);
  return scopes.length === 1 ? succeed(only.id) : fail('paper-unknown', kind.name, `，请指明是哪一个${kind.scopeName}`);
}

const shownLists = new KeptUntilChange<PaperList>();

function listPapers(archive: Archive, session: Session): PaperList {
  const material = readPaperMaterial(archive, session);
  const files = listPaperFiles(archive.db);
  const kinds = paperKinds.map((kind) => viewKind(kind, material, files));
  const there = new Set(kinds.flatMap(({ kind, scopes }) => scopes.map(({ id }) => `${kind}\n${id}`)));
  const stray = files.filter(({ role, kind, scope }) => role === 'replacement' && !there.has(`${kind}\n${scope}`));
  return { draft: material.draft, kinds, bound: viewBound(material.lastExport), stray: stray.map(({ kind, scope, fileName }) => ({ kind, name: findPaperKind(kind)?.name ?? kind, scope, fileName })) };
}

export const paperHandlers: HandlersOf<'papers.list' | 'papers.make' | 'papers.save' | 'papers.file' | 'papers.replace' | 'papers.restore' | 'papers.setTemplate' | 'papers.removeTemplate'> = {
  'papers.list': (_input, session) =>
    session.read((archive) => succeed(shownLists.of(archive.db, session.today, () => listPapers(archive, session)))),

  'papers.make': ({ kind: name, scope, format, out, generated }, session, job) =>
    session.read((archive) => {
      const kind = findPaperKind(name);
      if (kind === undefined) return fail('paper-unknown', name);
      return makePaper(archive, session, readPaperMaterial(archive, session), { kind, scope, format, out, generated }, job);
    }),

  'papers.file': ({ id }, session) => findPaperFile(session, id),

  'papers.save': ({ id, pages, out }, session, job) => savePaper(session, { id, pages, out }, job),

  'papers.replace': ({ kind: name, scope, path, note }, session, job) =>
    session.write(async (archive) => {
      const kind = findPaperKind(name);
      if (kind === undefined) return fail('paper-unknown', name);
      const material = readPaperMaterial(archive, session);
      const only = oneScope(kind, material, scope);
      if (!only.ok) return only;
      const done = await replacePaper(archive, session, material, { kind, scope: only.value, path, note }, job);
      if (!done.ok) return done;
      const file = listPaperFiles(archive.db).find((each) => each.role === 'replacement' && each.kind === kind.kind && each.scope === only.value);
      return file === undefined ? fail('internal', name, 'the replacement was not kept') : succeed(viewReplaced(kind, material, file));
    }),

  'papers.restore': ({ kind: name, scope }, session) =>
    session.write((archive) => {
      const kind = findPaperKind(name);
      const kept = listPaperFiles(archive.db).find((file) => file.role === 'replacement' && file.kind === name && file.scope === scope);
      const only = kept !== undefined ? succeed(scope) : kind === undefined ? fail('paper-unknown', name) : oneScope(kind, readPaperMaterial(archive, session), scope);
      if (!only.ok) return only;
      const label = `恢复生成的${kind?.name ?? '文书'}`;
      const gone = transact(archive.db, session.actor, (tx) => withdrawPaperFile(tx, { role: 'replacement', kind: name, scope: only.value }), { label });
      return gone ? succeed({}) : fail('paper-unknown', kind?.name ?? name, '没有被文件代替');
    }),

  'papers.setTemplate': ({ kind: name, path }, session) =>
    session.write(async (archive) => {
      const kind = findPaperKind(name);
      if (kind === undefined) return fail('paper-unknown', name);
      const done = await setTemplate(archive, session, readPaperMaterial(archive, session), kind, path);
      if (!done.ok) return done;
      const file = listPaperFiles(archive.db).find(({ role, kind: of }) => role === 'template' && of === name);
      return file === undefined ? fail('internal', name, 'the template was not kept') : succeed({ fileName: file.fileName, at: file.at });
    }),

  'papers.removeTemplate': ({ kind: name }, session) =>
    session.write((archive) => {
      const label = `停用${findPaperKind(name)?.name ?? '文书'}的模板`;
      const gone = transact(archive.db, session.actor, (tx) => withdrawPaperFile(tx, { role: 'template', kind: name, scope: '' }), { label });
      return gone ? succeed({}) : fail('paper-unknown', findPaperKind(name)?.name ?? name, '没有设置模板');
    }),
};
