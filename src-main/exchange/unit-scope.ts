import { z } from 'zod';
import { parseRowKey } from '../archive/index.ts';
import type { PlainCells, RowState } from '../archive/index.ts';
import type { Histories } from './field-history.ts';
import { mergedKinds } from './merge-fields.ts';
import type { MergedKind } from './merge-fields.ts';
import type { MergeSide } from './merge-rows.ts';

const indicatorBody = z.object({ lead: z.array(z.string()), assist: z.array(z.string()), retired: z.literal(true).optional() });
const unitBody = z.object({ name: z.string(), aliases: z.array(z.string()), kind: z.enum(['unit', 'group']), members: z.array(z.string()) });

type Rows = ReadonlyMap<string, PlainCells>;
const rowsOf = (state: RowState, kind: MergedKind): Rows => state.get(kind) ?? new Map();
const partOf = (key: string, index: number): string => String(parseRowKey(key)[index] ?? '');

/** What a unit has to do with: its indicators with its part in each, and the names it goes by. */
export interface UnitScope {
  readonly unit: string;
  readonly names: ReadonlySet<string>;
  readonly roles: ReadonlyMap<string, 'lead' | 'assist'>;
}

/** Read from the catalog's rows. A unit has the tasks of the groups it belongs to as well; retired indicators are no one's. */
export const readUnitScope = (state: RowState, unit: string): UnitScope => {
  const units = [...rowsOf(state, 'unit').values()].map((row) => unitBody.parse(JSON.parse(String(row['body']))));
  const mine = new Set([unit, ...units.filter((one) => one.kind === 'group' && one.members.includes(unit)).map((one) => one.name)]);
  const roles = new Map<string, 'lead' | 'assist'>();
  for (const [key, row] of rowsOf(state, 'indicator')) {
    const body = indicatorBody.parse(JSON.parse(String(row['body'])));
    if (body.retired === true) continue;
    if (body.lead.some((name) => mine.has(name))) roles.set(partOf(key, 0), 'lead');
    else if (body.assist.some((name) => mine.has(name))) roles.set(partOf(key, 0), 'assist');
  }
  const own = units.find((one) => one.name === unit);
  return { unit, names: new Set([unit, ...(own?.aliases ?? [])]), roles };
};

/** Whether the cells of an item name the unit as its issuer. */
const issuedBy = (row: PlainCells, scope: UnitScope): boolean => [...scope.names].some((name) => String(row['issuer'] ?? '').includes(name));

/**
 * The rows that a unit is handed: its indicators, what was said and filed for them, its own signatures, certificates and due dates.
 * Where it only assists, evidence is its own or what a figure or a certificate names; nothing that lies in 回收站.
 */
export const rowsForUnit = (state: RowState, unit: string): RowState => {
  const scope = readUnitScope(state, unit);
  const { roles } = scope;
  const evidence = rowsOf(state, 'evidence');
  const byIndicator = (kind: MergedKind, keep: (key: string, row: PlainCells) => boolean = () => true): Rows =>
    new Map([...rowsOf(state, kind)].filter(([key, row]) => roles.has(partOf(key, 0)) && keep(key, row)));
  const values = byIndicator('value');
  const declarations = byIndicator('declaration');
  const certificates = byIndicator('certificate', (key) => partOf(key, 2) === unit);
  const findings = new Map([...rowsOf(state, 'review-finding')].filter(([, row]) => row['assigned_to'] === unit));
  const rounds = new Set([...findings.values()].map((row) => String(row['round'])));
  const named = new Set<string>(
    [...[...values.values()].map((row) => row['source_evidence']), ...[...declarations.values()].map((row) => row['certificate']), ...[...certificates.values()].map((row) => row['evidence_id'])].filter((id) => typeof id === 'string'),
  );
  const links = new Map(
    [...rowsOf(state, 'link')].filter(([key]) => {
      const role = roles.get(partOf(key, 1));
      const item = evidence.get(JSON.stringify([partOf(key, 0)]));
      if (role === undefined || item === undefined || item['trashed_at'] !== null) return false;
      return role === 'lead' || named.has(partOf(key, 0)) || issuedBy(item, scope);
    }),
  );
  const handed = new Set([...named, ...[...links.keys()].map((key) => partOf(key, 0))]);
  const indicators = byIndicator('indicator');
  const groups = new Set([...indicators.values()].map((row) => String(row['group_code'])));
  const people = new Set([...scope.names]);
  for (const row of indicators.values()) {
    const body = indicatorBody.parse(JSON.parse(String(row['body'])));
    for (const name of [...body.lead, ...body.assist]) people.add(name);
  }
  return new Map<MergedKind, Rows>([
    ['application', rowsOf(state, 'application')],
    ['catalog', rowsOf(state, 'catalog')],
    ['group', new Map([...rowsOf(state, 'group')].filter(([key]) => groups.has(partOf(key, 0))))],
    ['indicator', indicators],
    ['unit', new Map([...rowsOf(state, 'unit')].filter(([key]) => people.has(partOf(key, 0))))],
    ['unit-task', new Map([...rowsOf(state, 'unit-task')].filter(([key]) => partOf(key, 0) === unit && (partOf(key, 1) === '' || roles.has(partOf(key, 1)))))],
    ['evidence', new Map([...evidence].filter(([key]) => handed.has(partOf(key, 0))))],
    ['revision', new Map([...rowsOf(state, 'revision')].filter(([key]) => handed.has(partOf(key, 0))))],
    ['proof-mark', new Map([...rowsOf(state, 'proof-mark')].filter(([, row]) => handed.has(String(row['evidence_id']))))],
    ['link', links],
    ['value', values],
    ['report', byIndicator('report')],
    ['declaration', declarations],
    ['certificate', certificates],
    ['sign-off', byIndicator('sign-off', (key) => partOf(key, 1) === unit)],
    ['review-finding', findings],
    ['review-round', new Map([...rowsOf(state, 'review-round')].filter(([key]) => rounds.has(partOf(key, 0))))],
  ]);
};

/** Kinds that a unit is handed whole rows of, whatever became of them; the others by their indicator or their own name. */
const handedWhole: ReadonlySet<MergedKind> = new Set(['group', 'indicator', 'unit', 'evidence', 'revision', 'proof-mark']);

/** The histories of the rows that a unit is handed, and of what was taken away within its tasks. */
export const historiesForUnit = (all: MergeSide, handed: RowState, unit: string): Histories => {
  const { roles } = readUnitScope(all.rows, unit);
  const concerns = (kind: MergedKind, key: string): boolean =>
    handedWhole.has(kind) || (kind === 'unit-task' ? partOf(key, 0) === unit : kind === 'sign-off' ? roles.has(partOf(key, 0)) && partOf(key, 1) === unit : kind === 'link' ? roles.has(partOf(key, 1)) : roles.has(partOf(key, 0)));
  const isTold = (kind: MergedKind, key: string): boolean => handed.get(kind)?.has(key) === true || (!rowsOf(all.rows, kind).has(key) && concerns(kind, key));
  return new Map([...all.histories].map(([kind, rows]) => [kind, new Map([...rows].filter(([key]) => isTold(kind, key)))]));
};

/**
 * What of a unit's rows is its to say, by this archive's own catalog: the rest is left out and counted. `handed` are the items it was
 * given; an item that is neither one of them nor new is not its to change.
 */
export const withinUnit = ({ rows: theirs, histories }: MergeSide, ours: RowState, unit: string, handed: ReadonlySet<string>): MergeSide & { readonly outside: number } => {
  const scope = readUnitScope(ours, unit);
  const known = rowsOf(ours, 'evidence');
  const sent = rowsOf(theirs, 'evidence');
  /** Theirs from a merge that was taken back: undo puts an item into 回收站, and the same file brings it out again. */
  const wasTakenBack = (key: string): boolean => known.get(key)?.['trashed_at'] !== null && known.get(key)?.['sha256'] === sent.get(key)?.['sha256'];
  const isTheirItem = (id: string): boolean => handed.has(id) || !known.has(JSON.stringify([id])) || wasTakenBack(JSON.stringify([id]));
  const mayKeep = (kind: MergedKind, key: string, row: PlainCells): boolean => {
    switch (kind) {
      case 'evidence':
      case 'revision':
        return isTheirItem(partOf(key, 0));
      case 'proof-mark':
        return isTheirItem(String(row['evidence_id']));
      case 'link':
        return scope.roles.has(partOf(key, 1)) && isTheirItem(partOf(key, 0));
      case 'value':
      case 'report':
      case 'declaration':
        return scope.roles.has(partOf(key, 0));
      case 'certificate':
        return scope.roles.has(partOf(key, 0)) && partOf(key, 2) === unit;
      case 'sign-off':
        return scope.roles.has(partOf(key, 0)) && partOf(key, 1) === unit;
      case 'unit-task':
        return partOf(key, 0) === unit;
      case 'review-finding':
        return ours.get('review-finding')?.get(key)?.['assigned_to'] === unit;
      default:
        // What the office keeps comes along for reading only.
        return true;
    }
  };
  let outside = 0;
  const rows = new Map<MergedKind, Rows>();
  for (const kind of mergedKinds) {
    const kept = new Map([...(theirs.get(kind) ?? new Map<string, PlainCells>())].filter(([key, row]) => mayKeep(kind, key, row)));
    outside += (theirs.get(kind)?.size ?? 0) - kept.size;
    rows.set(kind, kept);
  }
  // A row that they took away is judged by what ours says.
  const isTheirs = (kind: MergedKind, key: string): boolean => rowsOf(rows, kind).has(key) || (!rowsOf(theirs, kind).has(key) && mayKeep(kind, key, ours.get(kind)?.get(key) ?? {}));
  return { rows, histories: new Map([...histories].map(([kind, known]) => [kind, new Map([...known].filter(([key]) => isTheirs(kind, key)))])), outside };
};

/** Identities of the items in a state. */
export const itemsIn = (state: RowState): readonly string[] => [...(state.get('evidence')?.keys() ?? [])].map((key) => partOf(key, 0));

