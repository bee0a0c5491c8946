import type { Paper } from './paper.ts';

/** Several papers as one file, each beginning on a page of its own. A draft among them marks all. */
export const joinPapers = (title: string, papers: readonly Paper[]): Paper => ({
  title,
  draft: papers.some(({ draft }) => draft),
  sections: papers.flatMap(({ sections }) => sections),
});
