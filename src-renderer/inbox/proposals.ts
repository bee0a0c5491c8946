import type { CallOutput, EvidenceView } from '../../src-main/contract/index.ts';
import { nameYear } from '../ui/year-choice.ts';

type Proposal = CallOutput<'evidence.read'>['suggestions'][number];

/** Proposals shown at once, each with a key of its own. */
const MOST = 3;

/** What may still be accepted, best first: without the indicators in which the item stands already, for whichever year. */
export function openProposals({ suggestions, links }: { readonly suggestions: readonly Proposal[]; readonly links: EvidenceView['links'] }): readonly Proposal[] {
  return suggestions.filter(({ code }) => !links.some((link) => link.indicator === code)).slice(0, MOST);
}

/** `1（2021年）、5.2（整个期间）`. */
export const nameLinks = (links: EvidenceView['links']): string => [...new Set(links.map((link) => `${link.indicator}（${nameYear(link.year)}）`))].join('、');
