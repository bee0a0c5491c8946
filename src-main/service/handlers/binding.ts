import { basename } from 'node:path';
import { exportName, getPrintedExport, listExports, setSetting, transact } from '../../archive/index.ts';
import type { Archive } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallOutput } from '../../contract/index.ts';
import type { CompletenessReport } from '../../domain/completeness.ts';
import { formatOrder, formatPages } from '../../domain/page-number.ts';
import { reprintDiff } from '../../domain/reprint.ts';
import { moveBreaks } from '../../domain/volume-breaks.ts';
import type { VolumeMoveTrouble } from '../../domain/volume-breaks.ts';
import { copyVersion } from '../binding/copy-version.ts';
import { describeSheets, exportDossier } from '../binding/export.ts';
import { planNow, readBindingMaterial } from '../binding/material.ts';
import { decideLate, findFormer, listLateChoices } from '../binding/late-inserts.ts';
import { previewVolume } from '../binding/preview-volume.ts';
import { readDivision, settingNames } from '../binding/office.ts';
import type { HandlersOf } from '../handler.ts';
import { KeptUntilChange } from '../kept.ts';
import { readProfile } from '../papers/profile-setting.ts';
import type { Session } from '../session.ts';

/** Why the dossier cannot be final yet: open errors of the check, in its own sentences, which name the indicator. */
const blockersOf = (report: CompletenessReport): readonly string[] => report.findings.filter((finding) => finding.severity === 'error').map((finding) => finding.message);

const moveTroubles: Readonly<Record<VolumeMoveTrouble, string>> = {
  unknown: '案卷里没有这件材料',
  'at-the-beginning': '这件材料已在卷首，不需要另立一卷',
  'not-neighbours': '材料只能移到相邻的案卷，卷内次序不变',
  'other-part': '不同指标或不同组的材料不能并在一卷；可改为“按页数”分卷',
};

type ShownPlan = CallOutput<'binding.plan'>;
const shownPlans = new KeptUntilChange<ShownPlan>();

function showPlan(archive: Archive, session: Session): ShownPlan {
  const { catalog, snapshot, plan, through, check } = planNow(archive, session);
  const titles = new Map(snapshot.evidence.map((item) => [item.id, item.title === '' ? item.fileName : item.title]));
  const division = readDivision(archive.db);
  const { by, cap } = division;
  const printed = getPrintedExport(archive.db);
  const { duplex } = readProfile(archive.db).pageStamp;
  const reprint = printed === null ? [] : reprintDiff(printed.plan, plan, duplex);
  return {
    by,
    cap,
    volumes: plan.volumes.map(({ no, title, archivalCode, pages, items }) => ({
      no,
      title,
      archivalCode,
      pages,
      mayJoin: moveBreaks(catalog, plan, by, division, { kind: 'join', volume: no }).ok,
      items: items.map((item) => ({
        id: item.evidenceId, order: item.order, number: formatOrder(item), indicator: item.indicator, title: titles.get(item.evidenceId) ?? '',
        firstPage: item.firstPage, lastPage: item.lastPage, pages: formatPages(item),
      })),
    })),
    blockers: blockersOf(check()),
    changes: printed === null ? null : { since: exportName(printed.version), reprint: reprint.map((entry) => ({ volume: entry.volume, sheets: describeSheets(entry) })) },
    late: printed === null ? [] : [...listLateChoices(archive.db, through, printed.plan, duplex)],
    versions: listExports(archive.db).map(({ version, at, draft, pages }) => ({ version: exportName(version), at, draft, pages })),
  };
}

export const bindingHandlers: HandlersOf<'binding.plan' | 'binding.setMode' | 'binding.moveBorder' | 'binding.numberLate' | 'binding.preview' | 'binding.export' | 'binding.copyVersion'> = {
  'binding.plan': (_input, session) => session.read((archive) => succeed(shownPlans.of(archive.db, session.today, () => showPlan(archive, session)))),

  'binding.setMode': ({ by, cap }, session) =>
    session.write(({ db }) => {
      transact(db, session.actor, (tx) => setSetting(tx, settingNames.division, { by, cap, breaks: [], joins: [] }), { label: '修改分卷方式' });
      return succeed({});
    }),

  'binding.moveBorder': ({ move }, session) =>
    session.write((archive) => {
      const { catalog, plan } = planNow(archive, session);
      const division = readDivision(archive.db);
      const moved = moveBreaks(catalog, plan, division.by, division, move);
      if (!moved.ok) return fail('wrong-input', '', moveTroubles[moved.error]);
      transact(archive.db, session.actor, (tx) => setSetting(tx, settingNames.division, { by: division.by, cap: division.cap, ...moved.value }), { label: '调整分卷' });
      return succeed({});
    }),

  'binding.numberLate': ({ volume: no, mode }, session) =>
    session.write((archive) => {
      const { through } = planNow(archive, session);
      const volume = through.volumes.find((each) => each.no === no);
      if (volume === undefined) return fail('wrong-input', '', `没有第${no}卷`);
      const printed = getPrintedExport(archive.db);
      if (printed === null || findFormer(printed.plan, through)(volume) === null) return fail('wrong-input', '', `第${no}卷还没有导出过，页号从1编起，不用选择`);
      transact(archive.db, session.actor, (tx) => decideLate(tx, through, volume, mode), { label: mode === 'suffix' ? `第${no}卷编插页` : `第${no}卷重新编号` });
      return succeed({});
    }),

  'binding.preview': ({ volume }, session, job) =>
    session.read((archive) => {
      const planned = planNow(archive, session);
      const draft = blockersOf(planned.check()).length > 0;
      return previewVolume(session.papers, readBindingMaterial(archive, session, planned, draft), volume, job);
    }),

  'binding.export': ({ draft, out }, session, job) =>
    session.write(async (archive) => {
      const planned = planNow(archive, session);
      const { plan } = planned;
      if (plan.volumes.length === 0) return fail('export-blocked', '', '还没有材料归入任何指标');
      const report = planned.check();
      const blockers = blockersOf(report);
      if (!draft && blockers.length > 0) return fail('export-blocked', '', `核查还有${blockers.length}处错误或待补，第一处是“${blockers[0] ?? ''}”`);
      const material = readBindingMaterial(archive, session, planned, draft);
      return exportDossier(archive, { material, judgements: new Map(report.states.map((state) => [state.code, state.judgement])), out, actor: session.actor, docx: session.docx }, job);
    }),

  'binding.copyVersion': ({ version, into }, session, job) => session.read((archive) => copyVersion(archive, { title: basename(archive.folder).replace(/\.cdarchive$/u, ''), version, into }, job)),
};
