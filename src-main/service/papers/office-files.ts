import { readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { addPaperFile, putObject, transact } from '../../archive/index.ts';
import type { PaperFile, WritableArchive } from '../../archive/index.ts';
import { callError, fail, succeed } from '../../contract/index.ts';
import type { Envelope } from '../../contract/index.ts';
import { ok } from '../../domain/result.ts';
import { cleanFileName, lookInto, recognise, withPackage } from '../../intake/index.ts';
import type { IntakeTrouble } from '../../intake/index.ts';
import { factsOfPaper } from '../../papers/index.ts';
import { explainArchiveTrouble } from '../archive-trouble.ts';
import { readStatingPapers } from '../binding/stated-papers.ts';
import { Converter } from '../import/convert-files.ts';
import { inspectBindable } from '../import/store-file.ts';
import type { Job } from '../jobs.ts';
import type { Session } from '../session.ts';
import { withoutDate } from './material.ts';
import type { PaperKind, PaperMaterial } from './paper-kind.ts';

const asCallError = (trouble: IntakeTrouble, name: string) => callError(trouble.error, name, trouble.message.replace(/。$/u, ''));

type Kept = Pick<PaperFile, 'sha256' | 'fileName' | 'fileKind' | 'bytes' | 'boundSha256' | 'boundBytes' | 'pages' | 'boundNote'>;

/** Keeps a file in the archive, and the PDF that is bound of it where it cannot be bound as it is. */
async function keepBindable(archive: WritableArchive, session: Session, path: string, job: Job): Promise<Envelope<Kept>> {
  const name = cleanFileName(basename(path));
  const converter = await Converter.open(archive, session.readingRoom, session.resources);
  const looked = await lookInto(path, { inspectBindable, convertible: converter.kinds });
  if (!looked.ok) return { ok: false, error: asCallError(looked.error, name) };
  const original = await putObject(archive, path, { signal: job.signal });
  if (!original.ok) return { ok: false, error: explainArchiveTrouble(original.error, name) };
  const kept = { sha256: original.value.sha256, fileName: name, fileKind: looked.value.kind, bytes: original.value.bytes };
  if (!looked.value.needsConversion) return succeed({ ...kept, boundSha256: kept.sha256, boundBytes: kept.bytes, pages: looked.value.pages, boundNote: '' });
  job.progress(0.3, `把 ${name} 转换成PDF`);
  const [answer] = await converter.convert([{ path, kind: looked.value.kind }], job.signal);
  if (answer === undefined) return fail('cancelled');
  if (!answer.ok) return { ok: false, error: asCallError(answer.trouble, name) };
  const bound = await putObject(archive, answer.pdf.partial, { signal: job.signal });
  await rm(answer.pdf.partial, { force: true });
  if (!bound.ok) return { ok: false, error: explainArchiveTrouble(bound.error, name) };
  return succeed({ ...kept, boundSha256: bound.value.sha256, boundBytes: bound.value.bytes, pages: answer.pdf.pages, boundNote: answer.pdf.note });
}

/** Puts the office's file in the place of one paper, and remembers what the generated one said. */
export async function replacePaper(
  archive: WritableArchive,
  session: Session,
  material: PaperMaterial,
  request: { readonly kind: PaperKind; readonly scope: string; readonly path: string; readonly note: string },
  job: Job,
): Promise<Envelope<null>> {
  const { kind, scope, path, note } = request;
  const made = kind.make(withoutDate(material), scope);
  if (made === null) return fail('paper-unknown', kind.name, scope === '' ? '' : `（${scope}）`);
  if (!kind.replaceable || made.kind !== 'paper') return fail('paper-not-replaceable', kind.name, '它随档案库变动，每次都要重新生成');
  const kept = await keepBindable(archive, session, path, job);
  if (!kept.ok) return kept;
  transact(archive.db, session.actor, (tx) => addPaperFile(tx, { role: 'replacement', kind: kind.kind, scope, ...kept.value, facts: factsOfPaper(made.paper), note }), { label: `以“${kept.value.fileName}”代替${kind.name}` });
  await readStatingPapers(archive, session.workers);
  return succeed(null);
}

/** Largest template that is looked at: a form with a letterhead and a few pictures. */
const MOST_BYTES = 20 * 1048576;

/** Keeps the office's template once all its fields are known. */
export async function setTemplate(archive: WritableArchive, session: Session, material: PaperMaterial, kind: PaperKind, path: string): Promise<Envelope<null>> {
  const name = cleanFileName(basename(path));
  const [scope] = kind.scopes(material);
  const values = scope === undefined ? null : kind.fields?.(material, scope.id);
  if (values === null || values === undefined) return fail('paper-not-replaceable', kind.name, '它不用模板');
  const seen = await recognise(path);
  if (!seen.ok) return { ok: false, error: asCallError(seen.error, name) };
  if (seen.value.kind !== 'docx') return fail('template-wrong', name, '模板要用 DOCX 文件');
  if (seen.value.bytes > MOST_BYTES) return fail('file-too-large', name, '模板不能超过20MB');
  // Unpacked once within bounds, so that a bomb is found here and nowhere else.
  const sound = await withPackage(path, async (parts) => {
    for (const part of parts.names) await (/\.(?:xml|rels)$/u.test(part) ? parts.xml(part) : parts.bytes(part));
    return ok(null);
  });
  if (!sound.ok) return { ok: false, error: asCallError(sound.error, name) };
  // Tried before it is kept: a template that is refused leaves nothing behind.
  const filled = await session.docx.fill(await readFile(path), values);
  if (!filled.ok) return fail('template-wrong', name, filled.problems.join('；'));
  const stored = await putObject(archive, path);
  if (!stored.ok) return { ok: false, error: explainArchiveTrouble(stored.error, name) };
  const file = { role: 'template', kind: kind.kind, scope: '', sha256: stored.value.sha256, fileName: name, fileKind: 'docx', bytes: stored.value.bytes, boundSha256: '', boundBytes: 0, pages: 0, boundNote: '', facts: [], note: '' } as const;
  transact(archive.db, session.actor, (tx) => addPaperFile(tx, file), { label: `设置${kind.name}的模板` });
  return succeed(null);
}
