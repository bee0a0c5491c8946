import { bindingPapers } from './binding-papers.ts';
import { exchangePapers } from './exchange-papers.ts';
import type { PaperKind } from './paper-kind.ts';
import { reviewPapers } from './review-papers.ts';
import { submitPapers } from './submit-papers.ts';
import { unitPapers } from './unit-papers.ts';

/** Every paper that the office can print, in the order in which the window and the command line list them. */
export const paperKinds: readonly PaperKind[] = [...submitPapers, ...unitPapers, ...exchangePapers, ...bindingPapers, ...reviewPapers];

export const findPaperKind = (kind: string): PaperKind | undefined => paperKinds.find((each) => each.kind === kind);
