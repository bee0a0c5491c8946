import { createHash } from 'node:crypto';
import { formatCatalogDate } from '../../domain/page-number.ts';
import type { EvidenceFacts } from '../../domain/snapshot.ts';
import type { PlannedItem, PlannedWords } from '../../domain/volume-plan.ts';
import { catalogNote, catalogTitle } from '../../papers/index.ts';
import { isPhoto } from './volume-sections.ts';

/** Short enough to stand in a plan at every item: tells one text from another of the same item. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** What the papers of a volume, and an item's own sheets, print of its description. */
export function wordsOf(facts: EvidenceFacts, item: PlannedItem): PlannedWords {
  const title = catalogTitle(facts);
  return {
    row: digest(JSON.stringify([facts.documentNumber, facts.issuer, title, formatCatalogDate(facts.date), catalogNote(facts, item)])),
    title: digest(title),
    ...(isPhoto(facts) ? { sheet: digest(JSON.stringify([title, facts.photoFacts])) } : {}),
  };
}
