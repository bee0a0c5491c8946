import { effectiveKind } from './photo.ts';
import type { EvidenceKind, Indicator, Requirement } from './catalog.ts';
import type { EvidenceId } from './ids.ts';
import type { EvidenceFacts, LinkFacts } from './snapshot.ts';

/** One thing to file, for one year or (null) the whole period, and what was filed for it. */
export interface RequirementSlot {
  readonly requirement: Requirement;
  readonly year: number | null;
  readonly evidence: readonly EvidenceFacts[];
}

/** A link together with what it points to. */
export interface LinkedEvidence {
  readonly link: LinkFacts;
  readonly facts: EvidenceFacts;
}

/** Whether a piece of evidence may prove something at all: a draft or a file that cannot be relied on may not (domain §6). */
export const isProof = ({ draft, integrity }: EvidenceFacts): boolean => !draft && integrity === 'ok';

const PICTURES: ReadonlySet<EvidenceKind> = new Set(['photo', 'web-capture']);

/** Documents stand in for one another where nobody has said what they are; a picture never stands in for a document. */
function kindFits(wanted: EvidenceKind, found: EvidenceKind | null): boolean {
  if (found === null || found === wanted) return true;
  if (wanted === 'certificate') return found === 'official-document';
  return PICTURES.has(wanted) === PICTURES.has(found);
}

const TITLE_WORDS: readonly (readonly [string, RegExp])[] = [
  ['result', /考核结果|考核情况|结果的?通报|情况的?通报|评价结果|完成情况/u],
  ['task', /目标任务|任务书|责任书|下达|分解|年度计划|工作计划|考核办法|考核目标|任务的?通知/u],
  ['approval', /批复|批准|印发|同意/u],
  ['data', /数据|统计|报表|台账|一览表|监测/u],
  ['certificate', /证明/u],
];

function affinity(slot: RequirementSlot, { facts }: LinkedEvidence): number {
  const words = TITLE_WORDS.find(([id]) => id === slot.requirement.id)?.[1];
  return (words?.test(facts.title) === true ? 4 : 0) + (facts.kind === slot.requirement.kind ? 2 : 0) + (slot.evidence.length === 0 ? 1 : 0);
}

/**
 * Lays an indicator's evidence out over its requirements and `years`. A link that names its requirement goes there (without a year:
 * to every year of it); one that names none goes to the slot of its year that its kind and title fit best. `linked` is in filing order.
 */
export const fillRequirements = (indicator: Indicator, years: readonly number[], linked: readonly LinkedEvidence[]): readonly RequirementSlot[] => {
  const slots: { requirement: Requirement; year: number | null; evidence: EvidenceFacts[] }[] = indicator.requirements.flatMap((requirement) =>
    (requirement.per === 'year' ? years : [null]).map((year) => ({ requirement, year, evidence: [] })),
  );
  const placed = new Map(slots.map((slot) => [slot, new Set<EvidenceId>()]));
  const put = (slot: (typeof slots)[number], facts: EvidenceFacts): void => {
    const own = placed.get(slot);
    if (own?.has(facts.id) === false) slot.evidence.push(facts);
    own?.add(facts.id);
  };
  const known = new Set(indicator.requirements.map((requirement) => requirement.id));
  const loose: LinkedEvidence[] = [];
  for (const item of linked) {
    const { requirement, year } = item.link;
    if (requirement === '' || !known.has(requirement)) {
      loose.push(item);
      continue;
    }
    for (const slot of slots) if (slot.requirement.id === requirement && (slot.year === null || year === null || slot.year === year)) put(slot, item.facts);
  }
  for (const item of loose) {
    const { year } = item.link;
    const fitting = slots.filter((slot) => kindFits(slot.requirement.kind, effectiveKind(item.facts)) && (year === null || slot.year === null || slot.year === year));
    // The slot of the link's own span comes first: a year's document into a year's slot, one of the whole period into the period's.
    const own = fitting.filter((slot) => (slot.year === null) === (year === null));
    const best = (own.length > 0 ? own : fitting).toSorted((a, b) => affinity(b, item) - affinity(a, item))[0];
    if (best === undefined) continue;
    if (year === null && best.year !== null) for (const slot of slots.filter(({ requirement }) => requirement.id === best.requirement.id)) put(slot, item.facts);
    else put(best, item.facts);
  }
  return slots;
};

/** Whether a slot that must be filled is not: optional requirements never lack anything. */
export const isEmptySlot = (slot: RequirementSlot): boolean => slot.requirement.optional !== true && slot.evidence.length === 0;
