import { lastEventSeq, listEvents } from '../archive/index.ts';
import type { ReadableDb } from '../archive/index.ts';
import type { CallOutput } from '../contract/index.ts';
import type { Finding } from '../domain/finding.ts';
import { groupBy } from '../domain/group-by.ts';
import { isPending } from '../domain/rules/rule-table.ts';
import { describeEvent, readTitles } from './event-words.ts';
import { readUnitOrigin } from './exchange/exchange-state.ts';
import { checkNow } from './facts.ts';
import { KeptUntilChange } from './kept.ts';
import { readStandings } from './unit-duties.ts';

/** Shown whole on the overview: a list that scrolls by itself would catch the wheel that turns the page. */
const RECENT_EVENTS = 8;
const FIRST_FINDINGS = 8;

export type Overview = CallOutput<'overview.read'>;

const overviews = new KeptUntilChange<Overview>();

/** Where the whole archive stands. `today` is `YYYY-MM-DD`. */
export const overviewNow = (db: ReadableDb, today: string): Overview => overviews.of(db, today, () => makeOverview(db, today));

export const hasOverview = (db: ReadableDb, today: string): boolean => overviews.has(db, today);

/** Answers with what is known of an archive that nobody has checked yet, until anything in it changes. */
export const takeOverviewFor = (db: ReadableDb, today: string, overview: Overview): void => overviews.put(db, today, overview);

/** Whether a phase is over, running or ahead on a day; all dates `YYYY-MM-DD`. */
function milestoneState({ from, to }: { readonly from: string; readonly to: string }, today: string): 'past' | 'now' | 'ahead' {
  if (to !== '' && today > to) return 'past';
  return from !== '' && today < from ? 'ahead' : 'now';
}

/** What is left to the unit whose copy this is. */
function describeHandBack({ unit, sender, due }: { readonly unit: string; readonly sender: string; readonly due: string }, errors: readonly Finding[]): NonNullable<Overview['handBack']> {
  const own = errors.filter(({ units, indicator }) => indicator !== null && units.includes(unit));
  const count = (kind: string): number => own.filter(({ rule }) => rule.startsWith(kind)).length;
  const [values, signOffs] = [count('value.'), count('sign-off.')];
  return { unit, sender, due, values, signOffs, material: own.length - values - signOffs };
}

/** The overview made anew, whatever is kept. */
export function makeOverview(db: ReadableDb, today: string): Overview {
  const { catalog, snapshot, report } = checkNow(db, today);
  const linked = new Set(snapshot.links.map((link) => link.evidenceId));
  const errors = report.findings.filter((finding) => finding.severity === 'error');
  const evidenceOf = new Map([...groupBy(snapshot.links, (link) => link.indicator)].map(([code, links]) => [code, new Set(links.map((link) => link.evidenceId))]));
  const titleOf = readTitles(db);
  const stateOf = new Map(report.states.map((state) => [state.code, state]));
  const origin = readUnitOrigin(db);
  const isOwn = ({ units }: Finding): boolean => origin === null || units.length === 0 || units.includes(origin.unit);
  return {
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
    handBack: origin === null ? null : describeHandBack(origin, errors),
    findings: [...errors.filter(({ rule }) => !isPending(rule)), ...errors.filter(({ rule }) => isPending(rule)), ...report.findings.filter(({ severity, waived }) => severity === 'warning' && !waived)].filter(isOwn).slice(0, FIRST_FINDINGS),
    events: lastEventSeq(db) === 0 ? [] : listEvents(db, RECENT_EVENTS).map((event) => ({ seq: event.seq, at: event.at, actor: event.actor, text: describeEvent(db, event, titleOf).text })),
  };
}
