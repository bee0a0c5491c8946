import type { PaperList } from '../../src-main/contract/index.ts';

export type PaperKindView = PaperList['kinds'][number];
export type PaperScopeView = PaperKindView['scopes'][number];
type Purpose = PaperKindView['purpose'];

/** In the order of the clerk's work. */
export const purposes: readonly { readonly purpose: Purpose; readonly name: string }[] = [
  { purpose: 'submit', name: '报送' },
  { purpose: 'units', name: '单位' },
  { purpose: 'binding', name: '装订' },
  { purpose: 'review', name: '核实整改' },
];

/** Files that stand for papers of a kind and do not agree with the archive any more. */
export const countDisagreeing = ({ scopes }: PaperKindView): number => scopes.filter(({ replaced }) => replaced !== null && replaced.changes.length > 0).length;
