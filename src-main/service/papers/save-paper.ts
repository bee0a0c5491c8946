import { basename, join } from 'node:path';
import { exportFolder, listExports } from '../../archive/index.ts';
import { planBinding, writeVolume } from '../../binder/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallOutput, Envelope } from '../../contract/index.ts';
import { explainBindError } from '../bind-trouble.ts';
import type { Job } from '../jobs.ts';
import type { Session } from '../session.ts';
import { saveTo } from './make-paper.ts';

/** Where a made paper or a PDF of an export (`vVERSION-PLACE`) lies. */
export async function findPaperFile(session: Session, id: string): Promise<Envelope<CallOutput<'papers.file'>>> {
  const paper = session.papers.find(id);
  if (paper !== null) return succeed({ path: paper.path, mime: paper.mime, name: paper.name });
  const [, version, place] = /^v(\d{1,6})-(\d{1,5})$/.exec(id) ?? [];
  if (version === undefined || place === undefined) return fail('paper-unknown', id);
  return session.read((archive) => {
    const file = listExports(archive.db).find((record) => record.version === Number(version))?.manifest.files[Number(place)];
    if (file === undefined || !file.path.endsWith('.pdf')) return fail('paper-unknown', id);
    return succeed({ path: join(exportFolder(archive.folder, Number(version)), file.path), mime: 'application/pdf', name: basename(file.path) });
  });
}

interface SaveRequest {
  readonly id: string;
  /** From 1, both included; null for all. */
  readonly pages: { readonly first: number; readonly last: number } | null;
  readonly out: string;
}

/** Saves what is shown, or some of its pages, as the PDF that a printer would get. Answers the path it was written to. */
export async function savePaper(session: Session, { id, pages, out }: SaveRequest, job: Job): Promise<Envelope<CallOutput<'papers.save'>>> {
  const found = await findPaperFile(session, id);
  if (!found.ok) return found;
  const { path, name } = found.value;
  if (pages === null) {
    const saved = await saveTo(path, out);
    return saved.ok ? succeed({ path: saved.value }) : saved;
  }
  const title = name.replace(/\.pdf$/u, '');
  const plan = planBinding({
    info: { title, created: `${session.today}T00:00:00+08:00`, language: 'zh-CN' },
    fonts: session.fonts,
    numbering: {},
    sections: [{ kind: 'source', key: 'pages', path, title, pageRange: pages, numbering: { kind: 'none' } }],
    onMissing: 'stop',
  });
  if (!plan.ok) {
    const [error] = plan.error;
    return error === undefined ? fail('binding-failed', name) : { ok: false, error: explainBindError(error, name) };
  }
  const part = await session.papers.reserve(name, 'application/pdf');
  try {
    const written = await writeVolume(plan.value, part.path, { signal: job.signal, onProgress: (done) => job.progress(done.pages / Math.max(1, plan.value.pages), name) });
    if (!written.ok) return { ok: false, error: explainBindError(written.error, name) };
    const saved = await saveTo(part.path, out);
    return saved.ok ? succeed({ path: saved.value }) : saved;
  } finally {
    await session.papers.forget(part.id);
  }
}
