import type { IndicatorKind } from '../../domain/catalog.ts';
import type { Responsibility } from './responsibility.ts';

/** An indicator as read, before its units are merged and its code is settled. */
export interface Draft {
  readonly section: 'assessed' | 'not-applicable';
  readonly group: { readonly code: string; readonly name: string };
  /** The plan's own number; null where it has none. */
  readonly number: number | null;
  /** Number within the item, from 1; null where the item is a leaf itself. */
  readonly part: number | null;
  /** The code where the text itself writes it in full (`5.2`); else empty. */
  readonly decimal: string;
  readonly kind: IndicatorKind;
  /** Name as the heading has it, with the target's words that may stand in it. */
  readonly heading: string;
  /** All that the plan says of it, its heading first. */
  readonly text: string;
  /** Words in which the target is to be looked for first; empty where they are `text`. */
  readonly targetText: string;
  readonly declarations: readonly string[];
  readonly responsibility: Responsibility | null;
  /** The plan's words about responsibility. */
  readonly responsibilityWords: string;
  readonly doubts: readonly string[];
}

export interface Question {
  /** Code and field, or the part of the document. */
  readonly where: string;
  readonly sentence: string;
  readonly asks: string;
}
