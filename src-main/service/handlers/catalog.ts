import { readCatalog } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import type { HandlersOf } from '../handler.ts';
import { hasOverview, overviewNow } from '../overview.ts';
import { setUnitEntry } from '../unit-duties.ts';

/** A unit of the catalog, or a member of one of its groups. */
const isUnit = ({ units }: Pick<Catalog, 'units'>, name: string): boolean => units.some((unit) => unit.name === name || unit.members.includes(name));

export const catalogHandlers: HandlersOf<'catalog.read' | 'overview.read' | 'unit.setDue'> = {
  'catalog.read': (_input, session) =>
    session.read(({ db }) => {
      const { title, region, documentNumber, years, deadline, milestones, groups, units } = readCatalog(db);
      return succeed({ title, region, documentNumber, years, deadline, milestones, groups, units });
    }),

  'overview.read': (_input, session) =>
    session.read(({ db }) => (hasOverview(db, session.today) ? succeed(overviewNow(db, session.today)) : session.readChecked((archive) => succeed(overviewNow(archive.db, session.today))))),

  'unit.setDue': ({ unit, due, contact, phone }, session) =>
    session.write(({ db }) => {
      if (!isUnit(readCatalog(db), unit)) return fail('unit-unknown', unit);
      setUnitEntry(db, session.actor, unit, { due, contact, phone });
      return succeed({});
    }),
};
