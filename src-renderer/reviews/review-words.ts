import type { ReviewFindingView } from '../../src-main/contract/index.ts';

export type ReviewFilter = 'all' | ReviewFindingView['state'];

/** How many findings of a round stand at each step. */
export const countStates = (findings: readonly ReviewFindingView[]): Readonly<Record<ReviewFindingView['state'], number>> => {
  const count = { open: 0, assigned: 0, answered: 0, closed: 0 };
  for (const finding of findings) count[finding.state] += 1;
  return count;
};

/** Whether a finding that is not answered yet is past its day. */
export const isOverdue = (finding: Pick<ReviewFindingView, 'state' | 'due'>, today: string): boolean => finding.due !== '' && finding.due < today && (finding.state === 'open' || finding.state === 'assigned');
