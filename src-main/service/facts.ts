import { readCatalog, readSnapshot } from '../archive/index.ts';
import type { ReadableDb } from '../archive/index.ts';
import type { Catalog } from '../domain/catalog.ts';
import { checkCompleteness } from '../domain/completeness.ts';
import type { CompletenessReport } from '../domain/completeness.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { readBundle } from './binding/bound-facts.ts';
import { readProfile } from './papers/profile-setting.ts';

export interface Checked {
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
  readonly report: CompletenessReport;
}

interface Kept {
  readonly state: string;
  readonly checked: Checked;
}

const lastChecks = new WeakMap<ReadableDb, Kept>();

/** Tells a database from itself after any change: by this connection, or (read-only) by another. */
const stateOf = (db: ReadableDb): string => JSON.stringify([db.get('SELECT total_changes() AS changes'), db.get('PRAGMA data_version')]);

/**
 * Everything the archive knows, what was bound last included, and what the rules say of it. `today` is `YYYY-MM-DD`. The answer is kept
 * until something changes: every page of the window asks.
 */
export function checkNow(db: ReadableDb, today: string): Checked {
  const state = `${today} ${stateOf(db)}`;
  const kept = lastChecks.get(db);
  if (kept?.state === state) return kept.checked;
  const checked = check(db, today);
  lastChecks.set(db, { state, checked });
  return checked;
}

function check(db: ReadableDb, today: string): Checked {
  const catalog = readCatalog(db);
  const kept = readSnapshot(db, today);
  const bundle = readBundle(db, catalog, kept, today, readProfile(db));
  const snapshot = bundle === null ? kept : { ...kept, bundle };
  return { catalog, snapshot, report: checkCompleteness(catalog, snapshot) };
}
