import { listPacksIn, listPacksOut, listUnitTasks } from '../archive/index.ts';
import type { PackIn, PackOut, ReadableDb, UnitTask } from '../archive/index.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Finding } from '../domain/finding.ts';
import type { IndicatorCode } from '../domain/ids.ts';
import { owedByUnit, tasksByUnit } from '../domain/unit-tasks.ts';
import type { UnitTask as Duty } from '../domain/unit-tasks.ts';
import type { UnitContact } from '../papers/index.ts';
import { checkNow } from './facts.ts';

/** Where one unit stands: the same on every page and paper. Dates are `YYYY-MM-DD`, instants ISO 8601, either empty where there is none. */
export interface UnitStanding {
  readonly name: string;
  readonly tasks: readonly Duty[];
  /** 尚欠: indicators for which an open error of the check belongs to the unit. */
  readonly owed: readonly IndicatorCode[];
  readonly contact: string;
  readonly phone: string;
  /** The day set for the unit; empty where none is. */
  readonly ownDue: string;
  /** That day, or else the plan's. */
  readonly due: string;
  /** Last pack out and in. */
  readonly handedOut: string;
  readonly cameBack: string;
  /** Past its day with something owed; what was never given to a unit is not late. */
  readonly overdue: boolean;
}

interface Known {
  readonly catalog: Catalog;
  readonly findings: readonly Finding[];
  readonly unitTasks: readonly UnitTask[];
  readonly packsOut: readonly PackOut[];
  readonly packsIn: readonly PackIn[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** Every unit that holds a task, in the order of its first one. */
export function standingOfUnits({ catalog, findings, unitTasks, packsOut, packsIn, today }: Known): readonly UnitStanding[] {
  const owedBy = owedByUnit(findings);
  const entries = new Map(unitTasks.filter(({ indicator }) => indicator === '').map((task) => [task.unit, task]));
  return [...tasksByUnit(catalog)].map(([name, tasks]) => {
    const entry = entries.get(name);
    const ownDue = entry?.due ?? '';
    const due = ownDue === '' ? catalog.deadline : ownDue;
    const held = new Set(tasks.map(({ code }) => code));
    const owed = (owedBy.get(name) ?? []).filter((code) => held.has(code));
    const handedOut = packsOut.findLast((pack) => pack.unit === name)?.at ?? '';
    const cameBack = packsIn.findLast((pack) => pack.unit === name && pack.kind !== 'origin')?.at ?? '';
    return { name, tasks, owed, contact: entry?.contact ?? '', phone: entry?.phone ?? '', ownDue, due, handedOut, cameBack, overdue: due !== '' && due < today && owed.length > 0 && (handedOut !== '' || cameBack !== '') };
  });
}

export const readStandings = (db: ReadableDb, today: string): readonly UnitStanding[] => {
  const { catalog, report } = checkNow(db, today);
  return standingOfUnits({ catalog, findings: report.findings, unitTasks: listUnitTasks(db), packsOut: listPacksOut(db), packsIn: listPacksIn(db), today });
};

/** Contact and day as papers print them. */
export const contactsOf = (standings: readonly UnitStanding[]): ReadonlyMap<string, UnitContact> => new Map(standings.map(({ name, contact, phone, due }) => [name, { person: contact, phone, due }]));
