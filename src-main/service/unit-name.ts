import type { Catalog } from '../domain/catalog.ts';

/** The catalog's name for a unit that was named by it or by an alias; the given one where the catalog has none such. */
export function canonicalUnit(catalog: Pick<Catalog, 'units'>, name: string): string {
  return catalog.units.find((unit) => unit.name === name || unit.aliases.includes(name))?.name ?? name;
}

/** Whether the catalog has a unit of that canonical name, by itself or as a member of a group. */
export function isKnownUnit(catalog: Pick<Catalog, 'units'>, name: string): boolean {
  return catalog.units.some((unit) => unit.name === name || unit.members.includes(name));
}
