import { listPacksIn, listPacksOut, listUnitTasks, setUnitTask, transact } from '../archive/index.ts';
import type { PackIn, PackOut, ReadableDb, UnitTask, WritableDb } from '../archive/index.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Finding } from '../domain/finding.ts';
import { debtsOfUnits } from '../domain/unit-tasks.ts';
import type { UnitDebt } from '../domain/unit-tasks.ts';
import type { UnitContact } from '../papers/index.ts';
import { checkNow } from './facts.ts';

/** Where one unit stands: the same on every page and paper. Instants are ISO 8601, empty where there is none. */
export interface UnitStanding extends UnitDebt {
  readonly contact: string;
  readonly phone: string;
  /** Last pack out and in. */
  readonly handedOut: string;
  readonly cameBack: string;
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
  const entries = new Map(unitTasks.filter(({ indicator }) => indicator === '').map((task) => [task.unit, task]));
  return debtsOfUnits(catalog, findings, unitTasks, today).map((debt) => {
    const entry = entries.get(debt.name);
    const handedOut = packsOut.findLast((pack) => pack.unit === debt.name)?.at ?? '';
    // A unit's own copy was made from what was sent to it.
    const origin = packsIn.findLast((pack) => pack.unit === debt.name && pack.kind === 'origin')?.at ?? '';
    const cameBack = packsIn.findLast((pack) => pack.unit === debt.name && pack.kind !== 'origin')?.at ?? '';
    return { ...debt, contact: entry?.contact ?? '', phone: entry?.phone ?? '', handedOut: handedOut === '' ? origin : handedOut, cameBack };
  });
}

export const readStandings = (db: ReadableDb, today: string): readonly UnitStanding[] => {
  const { catalog, report } = checkNow(db, today);
  return standingOfUnits({ catalog, findings: report.findings, unitTasks: listUnitTasks(db), packsOut: listPacksOut(db), packsIn: listPacksIn(db), today });
};

/** Contact and day as papers print them. */
export const contactsOf = (standings: readonly UnitStanding[]): ReadonlyMap<string, UnitContact> => new Map(standings.map(({ name, contact, phone, due }) => [name, { person: contact, phone, due }]));

/** Writes down what is given of a unit's day and contact; the rest stays as it was entered. */
export function setUnitEntry(db: WritableDb, actor: string, unit: string, given: { readonly [Field in 'due' | 'contact' | 'phone']?: string | undefined }): void {
  const known = listUnitTasks(db).find((task) => task.unit === unit && task.indicator === '');
  const task = { unit, indicator: '', contact: given.contact ?? known?.contact ?? '', phone: given.phone ?? known?.phone ?? '', due: given.due ?? known?.due ?? '', note: known?.note ?? '' };
  transact(db, actor, (tx) => setUnitTask(tx, task), { label: `设置${unit}的联系人和期限` });
}
