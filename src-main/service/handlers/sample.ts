import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeApplication, changeEvidence, getEvidence, hasIndicator, linkEvidence, setDeclaration, setReport, setSetting, setSignOff, setValue, transact } from '../../archive/index.ts';
import type { WritableArchive } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallArguments, CallOutput, Envelope } from '../../contract/index.ts';
import { evidenceId, indicatorCode } from '../../domain/ids.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import { fillCitations } from '../../sample/sample-set.ts';
import type { SampleSet } from '../../sample/sample-set.ts';
import { settingNames } from '../binding/office.ts';
import { citationsOf } from '../citations.ts';
import type { HandlersOf } from '../handler.ts';
import { importFiles } from '../import/import-files.ts';
import { rememberTyped } from '../readings.ts';
import type { Job } from '../jobs.ts';
import type { Session } from '../session.ts';
import { makeLongDocument, plantFaults } from '../sample-faults.ts';
import { plantPaperFaults } from '../sample-paper-faults.ts';
import { makeArchive, readBuiltInCatalog } from './archive.ts';

const SAMPLE_CATALOG = 'shinan-2024';

/** A job whose progress is a stretch of another one's. */
const stretch = (job: Job, from: number, to: number): Job => ({ signal: job.signal, progress: (value, text) => job.progress(from + (to - from) * value, text) });

/** Enters what a clerk would enter about the imported files: descriptions, links, figures, reports, declarations, signatures. */
function enterSample(archive: WritableArchive, sample: SampleSet, ids: ReadonlyMap<string, EvidenceId>, actor: string): void {
  const known = sample.indicators.filter((indicator) => hasIndicator(archive.db, indicator.code));
  transact(
    archive.db,
    actor,
    (tx) => {
      changeApplication(tx, { applicant: '青岛市市南区人民政府', fondsCode: 'S001', fondsName: '市南区生态文明建设示范区创建档案（示例）' });
      setSetting(tx, settingNames.office, { category: '生态创建', retention: '永久', compiler: '林晓梅', inspector: '周立群', superior: '青岛市生态环境局', contact: '林晓梅', organ: 'STWM' });
      for (const file of sample.files) {
        const id = ids.get(file.path);
        if (id === undefined) continue;
        const { kind, title, documentNumber, issuer, date, sealed, draft, retention, original, originalPlace, validUntil, photoFacts } = file;
        changeEvidence(tx, id, { kind, title, documentNumber, issuer, date, sealed, draft, retention, original, originalPlace, validUntil, photoFacts, confirmed: true, ...(sealed ? {} : { details: rememberTyped(getEvidence(tx, id)?.details ?? {}, ['sealed']) }) });
        linkEvidence(tx, { evidenceId: id, indicator: indicatorCode(file.indicator), year: file.year, requirement: file.requirement });
      }
      for (const indicator of known) {
        const code = indicatorCode(indicator.code);
        for (const { source, ...value } of indicator.values) setValue(tx, { ...value, indicator: code, sourceEvidence: source === null ? null : (ids.get(source) ?? null) });
        for (const { unit, kind, by } of indicator.signOffs) setSignOff(tx, { indicator: code, unit, kind, by });
        for (const { number, answer, signedBy, certificate } of indicator.declarations) setDeclaration(tx, { indicator: code, number, answer, signedBy, certificate: ids.get(certificate) ?? null });
        const text = fillCitations(indicator.report, (path) => ids.get(path));
        if (text !== '') setReport(tx, { indicator: code, text, citations: citationsOf(tx, text) });
      }
    },
    { undoable: false, label: '建立示例档案库' },
  );
}

async function fillSample(session: Session, { folder, size, faults }: CallArguments<'archive.sample'>, work: string, job: Job): Promise<Envelope<CallOutput<'archive.sample'>>> {
  const catalog = await readBuiltInCatalog(session, SAMPLE_CATALOG);
  if (!catalog.ok) return catalog;
  // Painting pictures needs a canvas, which no other call of the service loads.
  const { makeFaultScans, makeSampleEvidence } = await import('../../sample/index.ts');
  const sample = await makeSampleEvidence(catalog.value, work, { size, fonts: session.fonts, signal: job.signal, onProgress: (value, text) => job.progress(0.5 * value, text) });
  if (faults) {
    await makeLongDocument(work, session.fonts);
    await makeFaultScans(work);
  }
  const made = await makeArchive(session, folder, catalog.value);
  if (!made.ok) return made;
  return session.write(async (archive) => {
    const imported = await importFiles(archive, session.readingRoom, { paths: [work], indicator: null, year: null }, session.actor, stretch(job, 0.5, 0.95));
    if (!imported.ok) return imported;
    const [rejected] = imported.value.rejected;
    if (rejected !== undefined) throw new Error(`the sample's own file ${rejected.file} was refused: ${rejected.message}`);
    if (job.signal.aborted) return fail('cancelled');
    const ids = new Map(imported.value.imported.map(({ file, id }) => [file.slice(work.length + 1).replaceAll('\\', '/'), evidenceId(id)]));
    enterSample(archive, sample, ids, session.actor);
    const entered = faults ? transact(archive.db, session.actor, plantFaults, { undoable: false, label: '布置示例差错' }) : [];
    const filed = faults ? await plantPaperFaults(archive, session, work, stretch(job, 0.95, 1)) : [];
    return succeed({ archive: made.value, evidence: imported.value.imported.length, planted: sample.planted.map((gap) => gap.text), faults: [...entered, ...filed] });
  });
}

export const sampleHandlers: HandlersOf<'archive.sample'> = {
  'archive.sample': async (input, session, job) => {
    if (input.faults && input.size !== 'small') return fail('wrong-input', 'faults', '带差错的示例只有小规模一种');
    const work = await mkdtemp(join(tmpdir(), 'chuangdang-sample-'));
    try {
      return await fillSample(session, input, work, job);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};
