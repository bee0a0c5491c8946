import type { Unit } from './catalog.ts';
import type { Finding } from './finding.ts';
import type { IndicatorCode } from './ids.ts';

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
