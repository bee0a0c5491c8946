import { listConflicts, listPacksIn, listPacksOut } from '../../archive/index.ts';
import type { PackIn, ReadableDb } from '../../archive/index.ts';
import type { CallOutput } from '../../contract/index.ts';
import { checkCode } from '../../exchange/index.ts';
import { buildTaskSheetModels } from '../../papers/index.ts';
import type { TaskSheetModel } from '../../papers/index.ts';
import { factsNow } from '../facts.ts';
import { contactsOf, readStandings } from '../unit-duties.ts';
import { viewConflict } from './conflict-words.ts';

type State = CallOutput<'exchange.state'>;

/** What each unit owes, with its contact and day, as the 任务分解表 lists it. */
export function readTaskSheets(db: ReadableDb, today: string): readonly TaskSheetModel[] {
  const { catalog, snapshot } = factsNow(db, today);
  return buildTaskSheetModels(catalog, snapshot, contactsOf(readStandings(db, today)));
}

const itemsOf = (pack: PackIn): number => (typeof pack.summary['items'] === 'number' ? pack.summary['items'] : 0);
const conflictsOf = (pack: PackIn): number => (typeof pack.summary['conflicts'] === 'number' ? pack.summary['conflicts'] : 0);

/** The pack this archive was made from; null in the office's own. */
export const readOrigin = (db: ReadableDb): PackIn | null => listPacksIn(db).find((pack) => pack.kind === 'origin') ?? null;

/** Of whom and for whom this archive is filled in, and by which day, where it was made from a unit's task pack; otherwise null. */
export function readUnitOrigin(db: ReadableDb): NonNullable<State['origin']> | null {
  const origin = readOrigin(db);
  return origin === null || origin.unit === '' ? null : describeOrigin(origin);
}

const describeOrigin = ({ unit, sender, summary }: PackIn): NonNullable<State['origin']> => ({ unit, sender, due: typeof summary['due'] === 'string' ? summary['due'] : '' });

export function readExchangeState(db: ReadableDb, today: string): State {
  const out = listPacksOut(db);
  const taken = listPacksIn(db);
  const origin = readOrigin(db);
  return {
    origin: origin === null ? null : describeOrigin(origin),
    today,
    units: readStandings(db, today).map(({ name, tasks, due, handedOut, cameBack, owed, overdue }) => ({ name, indicators: tasks.length, due, handedOut, cameBack, owed, overdue })),
    out: out.toReversed().map(({ id, kind, unit, at, due, items, bytes, digest, fileName }) => ({ id, kind, unit, at, due, items, bytes, code: checkCode(digest), fileName })),
    in: taken.toReversed().map((pack) => ({ id: pack.id, kind: pack.kind, unit: pack.unit, sender: pack.sender, at: pack.at, fileName: pack.fileName, code: checkCode(pack.digest), items: itemsOf(pack), conflicts: conflictsOf(pack) })),
    conflicts: listConflicts(db).map((conflict) => viewConflict(db, conflict)),
  };
}
