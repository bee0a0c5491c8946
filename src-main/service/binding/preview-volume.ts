import { planBindingSteps, writeVolume } from '../../binder/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallOutput, Envelope } from '../../contract/index.ts';
import { explainBindError } from '../bind-trouble.ts';
import type { Job } from '../jobs.ts';
import type { PaperRoom } from '../papers/paper-room.ts';
import { inTurns } from '../turns.ts';
import { fileNameOf } from './export-files.ts';
import { describeVolume, drawVolume } from './volume-sections.ts';
import type { BindingMaterial } from './volume-sections.ts';

/** Binds one volume as an export would, into a file that lasts as long as the session. */
export async function previewVolume(papers: PaperRoom, material: BindingMaterial, no: number, job: Job): Promise<Envelope<CallOutput<'binding.preview'>>> {
  const volume = material.plan.volumes.find((candidate) => candidate.no === no);
  if (volume === undefined) return fail('wrong-input', '', `没有第${no}卷`);
  const name = `第${no}卷 ${fileNameOf(volume.title)}`;
  const nameOf = (key: string | undefined): string => material.snapshot.evidence.find((item) => item.id === key)?.fileName ?? name;
  const described = await inTurns(describeVolume(material, volume), job.signal);
  const bound = await inTurns(planBindingSteps(await inTurns(drawVolume(described, material.profile), job.signal)), job.signal);
  if (!bound.ok) {
    const [first] = bound.error;
    return first === undefined ? fail('binding-failed', name) : { ok: false, error: explainBindError(first, nameOf(first.key)) };
  }
  const kept = await papers.reserve(`${name}.pdf`, 'application/pdf');
  const written = await writeVolume(bound.value, kept.path, { signal: job.signal, onProgress: ({ pages }) => job.progress(pages / Math.max(1, bound.value.pages), name) });
  if (!written.ok) {
    await papers.forget(kept.id);
    return { ok: false, error: explainBindError(written.error, nameOf(written.error.key)) };
  }
  const evidence = new Set<string>(volume.items.map((item) => item.evidenceId));
  const items = bound.value.sections.flatMap(({ section, firstPage, pages }) => (evidence.has(section.key) ? [{ id: section.key, page: firstPage, pages }] : []));
  return succeed({ id: kept.id, name, pages: written.value.pages, draft: material.draft, items });
}
