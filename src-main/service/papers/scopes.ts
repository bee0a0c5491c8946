import type { PlannedVolume, VolumePlan } from '../../domain/volume-plan.ts';

/**
 * What names a volume among the papers: its title, which stays the same when volumes before it come or go. Volumes of equal title are
 * told apart by their order.
 */
export function volumeScope(plan: VolumePlan, volume: PlannedVolume): string {
  const alike = plan.volumes.filter(({ title }) => title === volume.title);
  const place = alike.findIndex(({ no }) => no === volume.no);
  return place <= 0 ? volume.title : `${volume.title}#${place + 1}`;
}

/** The volume of a scope: by its name, or by its number as a person on the command line gives it. */
export const findVolume = (plan: VolumePlan, scope: string): PlannedVolume | undefined =>
  plan.volumes.find((volume) => volumeScope(plan, volume) === scope) ?? plan.volumes.find(({ no }) => String(no) === scope);

export const separatorScope = (volume: string, indicator: string): string => `${volume}／${indicator}`;
