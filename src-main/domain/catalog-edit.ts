import { findContradictions } from './catalog-file.ts';
import type { CatalogFault } from './catalog-file.ts';
import type { Catalog, Indicator, Unit } from './catalog.ts';
import { indicatorCode } from './ids.ts';
import type { IndicatorCode } from './ids.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** A changed catalog, or every fault that the change would bring. The given catalog is never altered. */
export type Edited = Result<Catalog, readonly CatalogFault[]>;

const refuse = (path: string, message: string): Edited => fail([{ path, message }]);

const settle = (catalog: Catalog): Edited => {
  const faults = findContradictions(catalog);
  return faults.length === 0 ? ok(catalog) : fail(faults);
};

const mapIndicators = (catalog: Catalog, change: (indicator: Indicator) => Indicator): Catalog => ({
  ...catalog,
  groups: catalog.groups.map((group) => ({ ...group, indicators: group.indicators.map(change) })),
});

const hasIndicator = (catalog: Catalog, code: string): boolean => catalog.groups.some((group) => group.indicators.some((indicator) => indicator.code === code));

/** Adds an indicator to a group, before the place `at` (from 0) or at the end. Its units must be in the catalog. */
export const addIndicator = (catalog: Catalog, group: string, indicator: Indicator, at?: number): Edited =>
  catalog.groups.some((candidate) => candidate.code === group)
    ? settle({ ...catalog, groups: catalog.groups.map((candidate) => (candidate.code === group ? { ...candidate, indicators: candidate.indicators.toSpliced(at ?? candidate.indicators.length, 0, indicator) } : candidate)) })
    : refuse('groups', `没有编号为“${group}”的分组`);

/** Changes fields of an indicator. Its code stays: what was filed hangs on it. */
export const changeIndicator = (catalog: Catalog, code: IndicatorCode, change: Partial<Omit<Indicator, 'code'>>): Edited =>
  hasIndicator(catalog, code) ? settle(mapIndicators(catalog, (indicator) => (indicator.code === code ? { ...indicator, ...change } : indicator))) : refuse('groups', `没有指标${code}`);

/** Moves an indicator to a place (from 0) of its own or another group. */
export const moveIndicator = (catalog: Catalog, code: IndicatorCode, group: string, at: number): Edited => {
  const moved = catalog.groups.flatMap((candidate) => candidate.indicators).find((indicator) => indicator.code === code);
  if (moved === undefined) return refuse('groups', `没有指标${code}`);
  return addIndicator({ ...catalog, groups: catalog.groups.map((candidate) => ({ ...candidate, indicators: candidate.indicators.filter((indicator) => indicator !== moved) })) }, group, moved, at);
};

/** Takes an indicator out of the programme, or back in. What was filed for it stays. */
export const retireIndicator = (catalog: Catalog, code: IndicatorCode, retired = true): Edited => {
  if (!hasIndicator(catalog, code)) return refuse('groups', `没有指标${code}`);
  return settle(mapIndicators(catalog, (indicator) => {
    if (indicator.code !== code) return indicator;
    const { retired: _, ...rest } = indicator;
    return retired ? { ...rest, retired: true } : rest;
  }));
};

/** Gives every code of a catalog that is not yet in use a next free number: the highest whole one and one more. */
export const nextCode = (catalog: Catalog): IndicatorCode =>
  indicatorCode(String(1 + Math.max(0, ...catalog.groups.flatMap((group) => group.indicators.map((indicator) => (/^\d+/u.test(indicator.code) ? Number.parseInt(indicator.code, 10) : 0))))));

/** What stands over the indicators: title, region, number of the plan, years, deadline, phases. */
export type CatalogHead = Pick<Catalog, 'title' | 'region' | 'documentNumber' | 'years' | 'deadline' | 'milestones'>;

export const changeHead = (catalog: Catalog, change: Partial<CatalogHead>): Edited =>
  settle({ ...catalog, ...change, years: [...new Set(change.years ?? catalog.years)].toSorted((a, b) => a - b) });

/** Adds a unit or a group of units. */
export const addUnit = (catalog: Catalog, unit: Unit): Edited => settle({ ...catalog, units: [...catalog.units, unit] });

/** Changes a unit; a new name is carried into every indicator and group, and the old one stays as an alias. */
export const changeUnit = (catalog: Catalog, name: string, change: Partial<Unit>): Edited => {
  const known = catalog.units.find((unit) => unit.name === name);
  if (known === undefined) return refuse('units', `没有单位“${name}”`);
  const changed: Unit = { ...known, ...change };
  const renamed = changed.name !== name;
  const aliases = [...new Set([...changed.aliases, ...(renamed ? [name] : [])])].filter((alias) => alias !== changed.name);
  const units = catalog.units.map((unit) => (unit === known ? { ...changed, aliases } : { ...unit, members: replaceName(unit.members, name, changed.name) }));
  return settle(renameEverywhere({ ...catalog, units }, name, changed.name));
};

/** A unit that is no longer asked for anything, or is again. It stays in the catalog so that earlier entries still name it. */
export const retireUnit = (catalog: Catalog, name: string, retired = true): Edited => {
  if (!catalog.units.some((unit) => unit.name === name)) return refuse('units', `没有单位“${name}”`);
  return settle({
    ...catalog,
    units: catalog.units.map((unit) => {
      if (unit.name !== name) return unit;
      const { retired: _, ...rest } = unit;
      return retired ? { ...rest, retired: true } : rest;
    }),
  });
};

/** Names of units as a clerk gave them, each by the name that its unit goes by; a name that no unit has stays as it is. */
const properNames = (catalog: Catalog, names: readonly string[]): readonly string[] => [...new Set(names.map((name) => catalog.units.find((unit) => unit.name === name || unit.aliases.includes(name))?.name ?? name))];

/** Says who belongs to a group of units; a name that no unit has becomes a unit. */
export const setMembers = (catalog: Catalog, group: string, names: readonly string[]): Edited => {
  const members = properNames(catalog, names);
  const missing = members.filter((name) => !catalog.units.some((unit) => unit.name === name));
  const units = [...catalog.units, ...missing.map((name): Unit => ({ name, aliases: [], kind: 'unit', members: [] }))];
  return changeUnit({ ...catalog, units }, group, { members });
};

/** Makes two names one unit: `from` and its aliases become aliases of `into`, everywhere. */
export const mergeUnits = (catalog: Catalog, from: string, into: string): Edited => {
  const [gone, kept] = [from, into].map((name) => catalog.units.find((unit) => unit.name === name));
  if (gone === undefined) return refuse('units', `没有单位“${from}”`);
  if (kept === undefined) return refuse('units', `没有单位“${into}”`);
  if (gone === kept) return refuse('units', `“${from}”不能与自己合并`);
  if (gone.kind !== kept.kind) return refuse('units', `“${from}”和“${into}”一个是单位、一个是单位组，不能合并`);
  const units = catalog.units
    .filter((unit) => unit !== gone)
    .map((unit): Unit => {
      const members = replaceName(unit === kept ? [...unit.members, ...gone.members] : unit.members, from, into);
      return unit === kept ? { ...unit, aliases: [...new Set([...unit.aliases, from, ...gone.aliases])], members } : { ...unit, members };
    });
  return settle(renameEverywhere({ ...catalog, units }, from, into));
};

const replaceName = (names: readonly string[], from: string, into: string): readonly string[] => [...new Set(names.map((name) => (name === from ? into : name)))];

/** A unit that would both lead and assist after a merger leads. */
const renameEverywhere = (catalog: Catalog, from: string, into: string): Catalog =>
  mapIndicators(catalog, (indicator) => {
    const lead = replaceName(indicator.lead, from, into);
    return { ...indicator, lead, assist: replaceName(indicator.assist, from, into).filter((name) => !lead.includes(name)) };
  });
