import { getPrintedExport, getSetting, setSetting } from '../../archive/index.ts';
import type { ReadableDb, Tx } from '../../archive/index.ts';
import { lateNumberingSchema } from '../../contract/index.ts';
import { notesOnNumbers, numberLateInserts } from '../../domain/late-inserts.ts';
import type { LateNumbering } from '../../domain/late-inserts.ts';
import { formatPageRange, formatPages } from '../../domain/page-number.ts';
import { reprintDiff, sameIndex } from '../../domain/reprint.ts';
import type { PlannedVolume, VolumePlan } from '../../domain/volume-plan.ts';
import { volumeScope } from '../papers/scopes.ts';

/** One setting for each volume: two copies of an archive may decide on different ones. */
const SETTING = 'late-inserts:';
const settingOf = (scope: string): string => `${SETTING}${scope}`;

/** The volume, by its name among the papers, about which a setting of that name decides; null where it is another setting. */
export const volumeOfDecision = (setting: string): string | null => (setting.startsWith(SETTING) ? setting.slice(SETTING.length) : null);

function readMode(db: ReadableDb, plan: VolumePlan, volume: PlannedVolume): LateNumbering {
  const mode = lateNumberingSchema.safeParse(getSetting(db, settingOf(volumeScope(plan, volume))));
  return mode.success ? mode.data : 'renumber';
}

/** Keeps how the volume is numbered from now on, until another decision. */
export const decideLate = (tx: Tx, plan: VolumePlan, volume: PlannedVolume, mode: LateNumbering): void => setSetting(tx, settingOf(volumeScope(plan, volume)), mode);

/** Finds a volume of `plan` by its name as it was bound in `former`. */
export function findFormer(former: VolumePlan, plan: VolumePlan): (volume: PlannedVolume) => PlannedVolume | null {
  const byScope = new Map(former.volumes.map((volume) => [volumeScope(former, volume), volume]));
  return (volume) => byScope.get(volumeScope(plan, volume)) ?? null;
}

/** The plan, numbered through, with the numbers of the printed version in those volumes where it was decided that they stay. */
export function numberAsDecided(db: ReadableDb, through: VolumePlan): VolumePlan {
  const kept = new Set(through.volumes.filter((volume) => readMode(db, through, volume) === 'suffix').map(({ no }) => no));
  const printed = kept.size === 0 ? null : getPrintedExport(db);
  if (printed === null) return through;
  const formerOf = findFormer(printed.plan, through);
  return numberLateInserts(through, (volume) => (kept.has(volume.no) ? formerOf(volume) : null));
}

/** A volume that can be numbered both ways, and what either means. */
export interface LateChoice {
  readonly volume: number;
  readonly mode: LateNumbering;
  /** Numbered sheets to print after either decision. */
  readonly renumberSheets: number;
  readonly suffixSheets: number;
  /** Late inserts by their numbers, `12-1–12-3`, and numbers that stay free, as `suffix` would have them. */
  readonly inserts: readonly string[];
  readonly free: readonly string[];
}

/** The volumes in which the two ways differ; `former` is the plan of the printed version. */
export function listLateChoices(db: ReadableDb, through: VolumePlan, former: VolumePlan, duplex: boolean): readonly LateChoice[] {
  const formerOf = findFormer(former, through);
  // Most volumes are as they were printed: nothing more is asked of them.
  const changed = new Map(through.volumes.flatMap((volume) => {
    const before = formerOf(volume);
    return before === null || sameIndex(before, volume) ? [] : [[volume.no, before] as const];
  }));
  if (changed.size === 0) return [];
  const kept = numberLateInserts(through, ({ no }) => changed.get(no) ?? null);
  return through.volumes.flatMap((renumbered, at): LateChoice[] => {
    const [before, suffixed] = [changed.get(renumbered.no), kept.volumes[at]];
    if (before === undefined || suffixed === undefined || sameIndex(renumbered, suffixed)) return [];
    const sheetsOf = (volume: PlannedVolume): number =>
      reprintDiff({ volumes: [{ ...before, no: volume.no }] }, { volumes: [volume] }, duplex).flatMap(({ sheets }) => sheets).reduce((sum, { sheets }) => sum + sheets, 0);
    const { inserts, freePages } = notesOnNumbers(suffixed);
    return [
      {
        volume: renumbered.no,
        mode: readMode(db, through, renumbered),
        renumberSheets: sheetsOf(renumbered),
        suffixSheets: sheetsOf(suffixed),
        inserts: inserts.map(({ after, pages }) => formatPages({ firstPage: 1, lastPage: pages, after })),
        free: freePages.map(([first, last]) => formatPageRange(first, last)),
      },
    ];
  });
}
