import type { BoundPlan } from './bind-plan.ts';

/** Everything that decides a volume's bytes, as text: equal texts, equal volumes (as long as the sources are unchanged). */
export function describePlan(bound: BoundPlan): string {
  const { fonts, sections: _, placeholder: __, ...settings } = bound.plan;
  return JSON.stringify({ fonts: fonts.fingerprint, settings, pages: bound.pages, sections: bound.sections });
}
