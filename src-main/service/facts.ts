import { readCatalog, readSnapshot } from '../archive/index.ts';
import type { ReadableDb } from '../archive/index.ts';
import type { Catalog } from '../domain/catalog.ts';
import { checkCompleteness } from '../domain/completeness.ts';
import type { CompletenessReport } from '../domain/completeness.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { readBundle } from './binding/bound-facts.ts';
import { readOffice } from './binding/office.ts';
import { KeptUntilChange } from './kept.ts';

export interface Checked {
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
  readonly report: CompletenessReport;
}

const checks = new KeptUntilChange<Checked>();

/** Everything the archive knows, what was bound last included, and what the rules say of it. `today` is `YYYY-MM-DD`. */
export const checkNow = (db: ReadableDb, today: string): Checked => checks.of(db, today, () => check(db, today));

function check(db: ReadableDb, today: string): Checked {
  const catalog = readCatalog(db);
  const kept = readSnapshot(db, today);
  const bundle = readBundle(db, catalog, kept, today);
  const snapshot = bundle === null ? kept : { ...kept, bundle };
  return { catalog, snapshot, report: checkCompleteness(catalog, snapshot, { retentions: readOffice(db, today).retentions }) };
}
