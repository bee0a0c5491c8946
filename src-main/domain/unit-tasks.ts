import type { Catalog, Unit } from './catalog.ts';
import type { Finding } from './finding.ts';
import type { IndicatorCode } from './ids.ts';
import type { UnitTaskFacts } from './snapshot.ts';
import { unitResolver } from './unit-names.ts';

interface Units {
  readonly units: readonly (Pick<Unit, 'name' | 'kind' | 'members'> & { readonly retired?: true | undefined })[];
}

/** The catalog, or what a window holds of it. */
interface Duties extends Units {
  readonly groups: readonly { readonly indicators: readonly { readonly code: string; readonly lead: readonly string[]; readonly assist: readonly string[]; readonly retired?: true | undefined }[] }[];
}

/** One indicator that a unit answers for, and in which part. */
export interface UnitTask {
  readonly code: string;
  readonly role: '牵头' | '协办';
}

/** Units by name, each once; a group whose members are known stands for them. */
export const takeApart = ({ units }: Units, names: readonly string[]): readonly string[] => [
  ...new Set(names.flatMap((name) => {
    const unit = units.find((item) => item.name === name);
    return unit?.kind === 'group' && unit.members.length > 0 ? unit.members : [name];
  })),
];

/**
 * What each unit answers for, by the unit's name in the order of its first task: the one count of units and tasks that all pages and
 * papers go by. Retired indicators and units are left out; a unit that leads does not assist itself, as it would where a group names all.
 */
export const tasksByUnit = (catalog: Duties): ReadonlyMap<string, readonly UnitTask[]> => {
  const retired = new Set(catalog.units.filter((unit) => unit.retired === true).map((unit) => unit.name));
  const tasks = new Map<string, UnitTask[]>();
  const give = (unit: string, task: UnitTask): void => {
    if (!retired.has(unit)) tasks.set(unit, [...(tasks.get(unit) ?? []), task]);
  };
  for (const { code, lead, assist, retired: isRetired } of catalog.groups.flatMap((group) => group.indicators)) {
    if (isRetired === true) continue;
    const leads = takeApart(catalog, lead);
    for (const unit of leads) give(unit, { code, role: '牵头' });
    for (const unit of takeApart(catalog, assist)) if (!leads.includes(unit)) give(unit, { code, role: '协办' });
  }
  return tasks;
};

/** 尚欠: the indicators for which something that is still wrong or lacking belongs to the unit, in the order of the findings. */
export const owedByUnit = (findings: readonly Pick<Finding, 'severity' | 'indicator' | 'units'>[]): ReadonlyMap<string, readonly IndicatorCode[]> => {
  const owed = new Map<string, Set<IndicatorCode>>();
  for (const { severity, indicator, units } of findings) {
    if (severity !== 'error' || indicator === null) continue;
    for (const unit of units) owed.set(unit, (owed.get(unit) ?? new Set()).add(indicator));
  }
  return new Map([...owed].map(([unit, codes]) => [unit, [...codes]]));
};

/** What a unit owes by which day; days are `YYYY-MM-DD`, empty where none is set. */
export interface UnitDebt {
  readonly name: string;
  readonly tasks: readonly UnitTask[];
  readonly owed: readonly IndicatorCode[];
  /** The day set for the unit, and that day or else the plan's. */
  readonly ownDue: string;
  readonly due: string;
  /** 逾期: its day is past and something is owed, whether or not the task was ever sent. */
  readonly overdue: boolean;
}

/** Whoever owes most first; those that owe as much stay in their order. */
export const byDebt = <Unit extends Pick<UnitDebt, 'owed'>>(units: readonly Unit[]): readonly Unit[] => units.toSorted((a, b) => b.owed.length - a.owed.length);

/** Every unit that holds a task, in the order of its first one: what it owes, and whether it is late by `today`. The one rule of 逾期 for all pages, papers and the checker. */
export function debtsOfUnits(catalog: Catalog, findings: Parameters<typeof owedByUnit>[0], unitTasks: readonly UnitTaskFacts[], today: string): readonly UnitDebt[] {
  const owedBy = owedByUnit(findings);
  const resolve = unitResolver(catalog);
  const days = new Map(unitTasks.filter(({ indicator }) => indicator === '').map(({ unit, due }) => [resolve(unit), due]));
  return [...tasksByUnit(catalog)].map(([name, tasks]) => {
    const ownDue = days.get(name) ?? '';
    const due = ownDue === '' ? catalog.deadline : ownDue;
    const held = new Set(tasks.map(({ code }) => code));
    const owed = (owedBy.get(name) ?? []).filter((code) => held.has(code));
    return { name, tasks, owed, ownDue, due, overdue: due !== '' && due < today && owed.length > 0 };
  });
}
