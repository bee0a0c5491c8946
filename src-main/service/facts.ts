import { readCatalog, readSnapshot } from '../archive/index.ts';
import type { ReadableDb } from '../archive/index.ts';
import type { Catalog } from '../domain/catalog.ts';
import { checkCompleteness } from '../domain/completeness.ts';
import type { CompletenessReport } from '../domain/completeness.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { readBundle } from './binding/bound-facts.ts';
import { readOffice } from './binding/office.ts';
import type { Office } from './binding/office.ts';
import { KeptUntilChange } from './kept.ts';

export interface Checked {
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
  readonly report: CompletenessReport;
}

/** What the archive says by itself: no word of what was bound. */
export interface Facts {
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
  readonly office: Office;
}

const allFacts = new KeptUntilChange<Facts>();
const checks = new KeptUntilChange<Checked>();

/** Read once for all who judge, plan and print. `today` is `YYYY-MM-DD`. */
export const factsNow = (db: ReadableDb, today: string): Facts => allFacts.of(db, today, () => ({ catalog: readCatalog(db), snapshot: readSnapshot(db, today), office: readOffice(db, today) }));

/** Everything the archive knows, what was bound last included, and what the rules say of it. `today` is `YYYY-MM-DD`. */
export const checkNow = (db: ReadableDb, today: string): Checked => checks.of(db, today, () => check(db, today));

function check(db: ReadableDb, today: string): Checked {
  const { catalog, snapshot: kept, office } = factsNow(db, today);
  const bundle = readBundle(db, catalog, kept, today);
  const snapshot = bundle === null ? kept : { ...kept, bundle };
  return { catalog, snapshot, report: checkCompleteness(catalog, snapshot, { retentions: office.retentions }) };
}
