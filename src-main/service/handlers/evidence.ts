import {
  changeEvidence, emptyTrash, getEvidence, hasIndicator, isLinked, linkEvidence, listEvidence, listLinks, listLinksOfEvidence, listRevisions, objectPath, readCatalog, reorderLinks, restoreEvidence, transact, trashEvidence, unlinkEvidence,
} from '../../archive/index.ts';
import type { EvidenceRecord, ReadableDb, WritableArchive } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Envelope } from '../../contract/index.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import type { FileKind } from '../../domain/snapshot.ts';
import { boundFileOf } from '../bound-file.ts';
import { listUses } from '../evidence-uses.ts';
import type { HandlersOf } from '../handler.ts';
import { listReadings, listTyped, rememberTyped } from '../readings.ts';
import { viewEvidence } from '../views.ts';

const mimeTypes: Partial<Record<FileKind, string>> = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', bmp: 'image/bmp', txt: 'text/plain; charset=utf-8' };

function withEvidence<T>(db: ReadableDb, id: EvidenceId, work: (record: EvidenceRecord) => Envelope<T>): Envelope<T> {
  const record = getEvidence(db, id);
  return record === null ? fail('evidence-unknown', id) : work(record);
}

const nameOf = (record: EvidenceRecord): string => (record.title === '' ? record.fileName : record.title);

function changeOne(archive: WritableArchive, id: EvidenceId, actor: string, label: string, change: (tx: Parameters<Parameters<typeof transact>[2]>[0]) => unknown): Envelope<Record<string, never>> {
  return withEvidence(archive.db, id, (record) => {
    transact(archive.db, actor, change, { label: `${label}“${nameOf(record)}”` });
    return succeed({});
  });
}

const viewOne = (db: ReadableDb, id: EvidenceId): ReturnType<typeof viewEvidence> | null => {
  const record = getEvidence(db, id);
  return record === null ? null : viewEvidence(record, listLinksOfEvidence(db, id));
};

export const evidenceHandlers: HandlersOf<
  'evidence.list' | 'evidence.read' | 'evidence.update' | 'evidence.link' | 'evidence.unlink' | 'evidence.moveLink' | 'evidence.reorder' | 'evidence.trash' | 'evidence.restore' | 'evidence.emptyTrash' | 'evidence.file'
> = {
  'evidence.list': ({ filter, text }, session) =>
    session.read(({ db }) => {
      const links = groupBy(listLinks(db), (link) => link.evidenceId);
      return succeed(listEvidence(db, filter, text).map((record) => viewEvidence(record, links.get(record.id) ?? [])));
    }),

  'evidence.read': ({ id }, session) =>
    session.read(({ db }) =>
      withEvidence(db, id, (record) => {
        const names = new Map(readCatalog(db).groups.flatMap((group) => group.indicators.map((indicator) => [String(indicator.code), indicator.name])));
        const suggestions = record.suggestions.map(({ code, score, words }) => ({ code, name: names.get(code) ?? '', score, words }));
        const uses = listUses(db, id);
        let from = '';
        const revisions = listRevisions(db, id).map(({ sha256: _sha, fileKind: _kind, ...revision }) => {
          const usedBy = uses.filter(({ at }) => at >= from && at < revision.replacedAt).map(({ version }) => version);
          from = revision.replacedAt;
          return { ...revision, usedBy };
        });
        const usedBy = uses.filter(({ at }) => at >= from).map(({ version }) => version);
        return succeed({ ...viewEvidence(record, listLinksOfEvidence(db, id)), readings: listReadings(record.details), typed: listTyped(record.details), revisions, usedBy, suggestions });
      }),
    ),

  'evidence.update': ({ id, change }, session) =>
    session.write(({ db }) =>
      withEvidence(db, id, (record) => {
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        transact(db, session.actor, (tx) => changeEvidence(tx, id, { ...given, details: rememberTyped(record.details, Object.keys(given)) }), { label: `修改“${nameOf(record)}”的著录` });
        const view = viewOne(db, id);
        return view === null ? fail('evidence-unknown', id) : succeed(view);
      }),
    ),

  'evidence.link': ({ id, indicator, year, requirement, note }, session) =>
    session.write((archive): Envelope<{ readonly linked: boolean }> => {
      if (!hasIndicator(archive.db, indicator)) return fail('indicator-unknown', indicator);
      // Nothing is recorded for what is there already: an undo would take back the change before.
      if (requirement === '' && note === '' && isLinked(archive.db, { evidenceId: id, indicator, year })) return withEvidence(archive.db, id, () => succeed({ linked: false }));
      const reply = changeOne(archive, id, session.actor, `归入指标${indicator}：`, (tx) => linkEvidence(tx, { evidenceId: id, indicator, year, requirement, note }));
      return reply.ok ? succeed({ linked: true }) : reply;
    }),

  'evidence.unlink': ({ id, indicator, year, everyYear }, session) =>
    session.write((archive) =>
      changeOne(archive, id, session.actor, `移出指标${indicator}：`, (tx) => {
        // Every requirement that the item fills for this year.
        for (const link of listLinksOfEvidence(tx, id)) if (link.indicator === indicator && (everyYear || link.year === year)) unlinkEvidence(tx, link);
      }),
    ),

  'evidence.moveLink': ({ id, indicator, to, year, everyYear }, session) =>
    session.write((archive): Envelope<Record<string, never>> => {
      if (!hasIndicator(archive.db, to)) return fail('indicator-unknown', to);
      return changeOne(archive, id, session.actor, `改归指标${to}：`, (tx) => {
        for (const link of listLinksOfEvidence(tx, id)) {
          if (link.indicator !== indicator || !(everyYear || link.year === year)) continue;
          unlinkEvidence(tx, link);
          // What it was filed for there is no requirement of the other indicator.
          if (!isLinked(tx, { evidenceId: id, indicator: to, year: link.year })) linkEvidence(tx, { evidenceId: id, indicator: to, year: link.year, requirement: '', note: link.note });
        }
      });
    }),

  'evidence.reorder': ({ indicator, ids }, session) =>
    session.write(({ db }) => {
      transact(db, session.actor, (tx) => reorderLinks(tx, indicator, ids), { label: `调整指标${indicator}的材料顺序` });
      return succeed({});
    }),

  'evidence.trash': ({ id }, session) => session.write((archive) => changeOne(archive, id, session.actor, '移到回收站：', (tx) => trashEvidence(tx, id))),
  'evidence.restore': ({ id }, session) => session.write((archive) => changeOne(archive, id, session.actor, '从回收站取回：', (tx) => restoreEvidence(tx, id))),

  'evidence.emptyTrash': (_input, session) =>
    session.write(async (archive) => {
      if (session.jobs.active > 0) return fail('busy');
      const { items } = await emptyTrash(archive, session.actor);
      return succeed({ items });
    }),

  'evidence.file': ({ id }, session) =>
    session.read((archive) =>
      withEvidence(archive.db, id, (record) =>
        succeed({
          path: boundFileOf(archive, record),
          original: objectPath(archive, record.sha256),
          fileName: record.fileName,
          mime: record.boundFile === '' ? (mimeTypes[record.fileKind] ?? 'application/octet-stream') : 'application/pdf',
        }),
      ),
    ),
};
