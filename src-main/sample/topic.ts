import type { Scene } from './photo.ts';

/** Figures of an indicator for the years in order; parts are what a ratio is computed from. */
export interface Series {
  readonly unit: string;
  readonly values: readonly number[];
  readonly parts?: { readonly numerator: string; readonly denominator: string; readonly unit: string; readonly counts: readonly (readonly [number, number])[] };
}

/** What the sample knows of one indicator: its words, its figures, who writes to whom. */
export interface Topic {
  readonly code: string;
  /** Short name used in titles. */
  readonly subject: string;
  readonly series?: Series;
  /** Body above that sets and assesses a task, and the prefix of its document numbers. */
  readonly superior?: { readonly name: string; readonly prefix: string };
  /** Title of the document that a requirement `document` asks for. */
  readonly document?: string;
  readonly source: string;
  readonly scene: Scene;
  readonly place: string;
  /** Rows of the detail table. */
  readonly rows: readonly string[];
  /** Sentences of what the indicator means here, what was done, and what came of it. */
  readonly basis: readonly string[];
  readonly work: readonly string[];
  readonly outcome: readonly string[];
}
