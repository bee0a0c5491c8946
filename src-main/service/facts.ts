import { readCatalog, readSnapshotSteps } from '../archive/index.ts';
import type { ReadableDb } from '../archive/index.ts';
import type { Catalog } from '../domain/catalog.ts';
import { checkCompletenessSteps } from '../domain/completeness.ts';
import type { CompletenessReport } from '../domain/completeness.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { finish } from '../domain/steps.ts';
import type { Steps } from '../domain/steps.ts';
import { readBundleSteps } from './binding/bound-facts.ts';
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
export const factsNow = (db: ReadableDb, today: string): Facts => allFacts.of(db, today, () => finish(readFacts(db, today)));

/** Everything the archive knows, what was bound last included, and what the rules say of it. `today` is `YYYY-MM-DD`. */
export const checkNow = (db: ReadableDb, today: string): Checked => checks.of(db, today, () => finish(check(db, today)));

/** The same while other calls are answered in between: with ten thousand items it takes most of a second. Rejects once `signal` is aborted. */
export const checkInTurns = (db: ReadableDb, today: string, signal: AbortSignal): Promise<Checked> => checks.ofInTurns(db, today, () => check(db, today), signal);

function* readFacts(db: ReadableDb, today: string): Steps<Facts> {
  const catalog = readCatalog(db);
  const snapshot = yield* readSnapshotSteps(db, today);
  return { catalog, snapshot, office: readOffice(db, today) };
}

function* check(db: ReadableDb, today: string): Steps<Checked> {
  const { catalog, snapshot: kept, office } = yield* allFacts.steps(db, today, () => readFacts(db, today));
  yield;
  const bundle = yield* readBundleSteps(db, catalog, kept, today);
  const snapshot = bundle === null ? kept : { ...kept, bundle };
  const report = yield* checkCompletenessSteps(catalog, snapshot, { retentions: office.retentions });
  return { catalog, snapshot, report };
}
