import { getEvidence, lastEventSeq, listEvents, listUnitTasks, readCatalog, setUnitTask, transact } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { groupBy } from '../../domain/group-by.ts';
import { evidenceId } from '../../domain/ids.ts';
import { isPending } from '../../domain/rules/rule-table.ts';
import { describeEvent } from '../event-words.ts';
import { checkNow } from '../facts.ts';
import type { HandlersOf } from '../handler.ts';
import { readStandings } from '../unit-duties.ts';

/** Shown whole on the overview: a list that scrolls by itself would catch the wheel that turns the page. */
const RECENT_EVENTS = 8;
const FIRST_FINDINGS = 8;

/** Whether a phase is over, running or ahead on a day; all dates `YYYY-MM-DD`. */
function milestoneState({ from, to }: { readonly from: string; readonly to: string }, today: string): 'past' | 'now' | 'ahead' {
  if (to !== '' && today > to) return 'past';
  return from !== '' && today < from ? 'ahead' : 'now';
}

/** A unit of the catalog, or a member of one of its groups. */
const isUnit = ({ units }: Pick<Catalog, 'units'>, name: string): boolean => units.some((unit) => unit.name === name || unit.members.includes(name));

export const catalogHandlers: HandlersOf<'catalog.read' | 'overview.read' | 'unit.setDue'> = {
  'catalog.read': (_input, session) =>
    session.read(({ db }) => {
      const { title, region, documentNumber, years, deadline, milestones, groups, units } = readCatalog(db);
      return succeed({ title, region, documentNumber, years, deadline, milestones, groups, units });
    }),

  'overview.read': (_input, session) =>
    session.read(({ db }) => {
      const today = session.today;
      const { catalog, snapshot, report } = checkNow(db, today);
      const linked = new Set(snapshot.links.map((link) => link.evidenceId));
      const errors = report.findings.filter((finding) => finding.severity === 'error');
      const evidenceOf = new Map([...groupBy(snapshot.links, (link) => link.indicator)].map(([code, links]) => [code, new Set(links.map((link) => link.evidenceId))]));
      const stateOf = new Map(report.states.map((state) => [state.code, state]));
      return succeed({
        states: catalog.groups.flatMap((group) =>
          group.indicators.filter((indicator) => indicator.retired !== true).map(({ code, name, kind }) => {
            const state = stateOf.get(code);
            return {
              code,
              name,
              group: group.code,
              kind,
              overall: state?.judgement.overall ?? 'missing',
              complete: state?.complete ?? false,
              errors: state?.errors ?? 0,
              warnings: state?.warnings ?? 0,
              evidence: evidenceOf.get(code)?.size ?? 0,
            };
          }),
        ),
        complete: report.complete,
        errors: errors.length,
        pending: errors.filter((finding) => isPending(finding.rule)).length,
        warnings: report.findings.filter((finding) => finding.severity === 'warning' && !finding.waived).length,
        evidence: snapshot.evidence.length,
        pages: snapshot.evidence.reduce((sum, item) => sum + item.pages, 0),
        unlinked: snapshot.evidence.filter((item) => !linked.has(item.id)).length,
        today,
        deadline: catalog.deadline,
        milestones: catalog.milestones.map((milestone) => ({ ...milestone, state: milestoneState(milestone, today) })),
        units: readStandings(db, today).map(({ name, tasks, owed, ownDue, due, contact, phone, handedOut, overdue }) => ({
          name, leads: tasks.filter(({ role }) => role === '牵头').length, assists: tasks.filter(({ role }) => role === '协办').length,
          owes: owed.length, due: ownDue, deadline: due, handedOut, overdue, contact, phone,
        })),
        findings: [...errors.filter(({ rule }) => !isPending(rule)), ...errors.filter(({ rule }) => isPending(rule)), ...report.findings.filter(({ severity, waived }) => severity === 'warning' && !waived)].slice(0, FIRST_FINDINGS),
        events: lastEventSeq(db) === 0 ? [] : listEvents(db, RECENT_EVENTS).map((event) => ({ seq: event.seq, at: event.at, actor: event.actor, text: describeEvent(event, (id) => getEvidence(db, evidenceId(id))?.title ?? '') })),
      });
    }),

  'unit.setDue': ({ unit, due, contact, phone }, session) =>
    session.write(({ db }) => {
      if (!isUnit(readCatalog(db), unit)) return fail('unit-unknown', unit);
      const known = listUnitTasks(db).find((task) => task.unit === unit && task.indicator === '');
      const task = { unit, indicator: '', contact: contact ?? known?.contact ?? '', phone: phone ?? known?.phone ?? '', due: due ?? known?.due ?? '', note: known?.note ?? '' };
      transact(db, session.actor, (tx) => setUnitTask(tx, task), { label: `设置${unit}的联系人和期限` });
      return succeed({});
    }),
};
