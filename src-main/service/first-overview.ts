import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { derivedPath, lastEvent, listUnitTasks, putDerived, readCatalog } from '../archive/index.ts';
import type { Archive, ReadableDb } from '../archive/index.ts';
import { calls } from '../contract/index.ts';
import { makeOverview, overviewNow, takeOverviewFor } from './overview.ts';
import type { Overview } from './overview.ts';

/** Where the overview of an archive lies while nobody has it open. It can be made again, as all in `derived/`. */
const NAME = 'overview/last.json';

interface KeptOverview {
  /** The program and the state of the archive that the overview speaks of. */
  readonly state: string;
  /** The day it was made; `YYYY-MM-DD`. */
  readonly today: string;
  /** Every day that today is compared with. */
  readonly days: readonly string[];
  readonly overview: Overview;
}

const keptSchema: z.ZodType<KeptOverview> = z.object({ state: z.string(), today: z.string(), days: z.array(z.string()), overview: calls['overview.read'].output });

/** Size and time of a file, to the millisecond; empty where there is none. */
const stampOf = async (path: string): Promise<string> => stat(path).then(({ size, mtimeMs }) => `${size} ${Math.trunc(mtimeMs)}`, () => '');

/** What `script` makes of this database and this log. */
const stateNow = async (folder: string, event: string, script: string): Promise<string> => JSON.stringify([await stampOf(script), await stampOf(join(folder, 'archive.sqlite')), event]);

const eventOf = (db: ReadableDb): string => {
  const { seq, hash } = lastEvent(db);
  return `${seq} ${hash}`;
};

/** The days with which the overview compares today. Where no filing deadline is set, the year of today stands in 档号. */
function daysOf(db: ReadableDb, today: string): readonly string[] {
  const { deadline, milestones } = readCatalog(db);
  const year = deadline === '' ? [`${today.slice(0, 4)}-01-01`, `${Number(today.slice(0, 4)) + 1}-01-01`] : [deadline];
  return [...new Set([...year, ...milestones.flatMap(({ from, to }) => [from, to]), ...listUnitTasks(db).map(({ due }) => due)])].filter((day) => day !== '').toSorted();
}

/** The overview as it is to be kept; taken before the archive is closed. */
export const overviewToKeep = (db: ReadableDb, today: string): Omit<KeptOverview, 'state'> & { readonly event: string } => ({ event: eventOf(db), today, days: daysOf(db, today), overview: makeOverview(db, today) });

/** Keeps the overview of an archive that was just closed: its files change no more. */
export async function keepOverview(folder: string, { event, ...kept }: ReturnType<typeof overviewToKeep>, script: string): Promise<void> {
  const content: KeptOverview = { state: await stateNow(folder, event, script), ...kept };
  const written = await putDerived({ folder }, NAME, Buffer.from(JSON.stringify(content)));
  if (!written.ok) throw new Error(`${written.error.code} ${written.error.path}`);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The overview that was kept when this archive was closed last, as it is today; null where anything changed since: the archive, the
 * program, or what the day means to the plan.
 */
export async function readKeptOverview(archive: Archive, today: string, script: string): Promise<Overview | null> {
  const text = await readFile(derivedPath(archive, NAME), 'utf8').catch(() => null);
  if (text === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const read = keptSchema.safeParse(json);
  if (!read.success) return null;
  const { state, today: then, days, overview } = read.data;
  if (state !== (await stateNow(archive.folder, eventOf(archive.db), script))) return null;
  return days.every((day) => order(day, then) === order(day, today)) ? { ...overview, today } : null;
}

/** Makes the overview itself where a kept one is still answered with; false where it said something else, and now the true one is answered. */
export function stillStands(db: ReadableDb, today: string, kept: Overview): boolean {
  if (overviewNow(db, today) !== kept) return true;
  const overview = makeOverview(db, today);
  if (isDeepStrictEqual(calls['overview.read'].output.parse(overview), kept)) return true;
  takeOverviewFor(db, today, overview);
  return false;
}
