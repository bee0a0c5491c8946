import type { CallOutput } from '../../src-main/contract/index.ts';

type Catalog = CallOutput<'catalog.read'>;
type Registered = CallOutput<'certificate.list'>[number];

/** A certificate that is asked of a unit: for an indicator that does not apply (`number` 0), or for a situation. */
export interface NeededCertificate {
  readonly code: string;
  readonly number: number;
  readonly unit: string;
  /** What it certifies. */
  readonly says: string;
  readonly state: Registered['state'];
  readonly evidence: string | null;
  readonly printedAt: string;
  readonly returnedAt: string;
}

/** All certificates of a catalog in its order, with how far each has come; a group of units counts as its members. */
export const neededCertificates = (catalog: Pick<Catalog, 'groups' | 'units'>, registered: readonly Registered[]): readonly NeededCertificate[] => {
  const members = new Map(catalog.units.map((unit) => [unit.name, unit.kind === 'group' && unit.members.length > 0 ? unit.members : [unit.name]]));
  const known = new Map(registered.map((item) => [`${item.indicator}\n${item.number}\n${item.unit}`, item]));
  const of = (code: string, number: number, unit: string, says: string): NeededCertificate => {
    const found = known.get(`${code}\n${number}\n${unit}`);
    return { code, number, unit, says, state: found?.state ?? 'needed', evidence: found?.evidence ?? null, printedAt: found?.printedAt ?? '', returnedAt: found?.returnedAt ?? '' };
  };
  return catalog.groups.flatMap((group) => group.indicators).flatMap(({ code, name, kind, lead, declarations, retired }): readonly NeededCertificate[] => {
    if (retired === true || kind === 'assessed') return [];
    const units = [...new Set(lead.flatMap((unit) => members.get(unit) ?? [unit]))];
    return kind === 'not-applicable' ? units.map((unit) => of(code, 0, unit, name)) : declarations.flatMap((text, at) => units.map((unit) => of(code, at + 1, unit, text)));
  });
};
