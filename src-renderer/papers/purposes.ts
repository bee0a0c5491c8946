import type { PaperList } from '../../src-main/contract/index.ts';

export type PaperKindView = PaperList['kinds'][number];
export type PaperScopeView = PaperKindView['scopes'][number];
type Purpose = PaperKindView['purpose'];

/** What an office prints again and again, the most wanted first. */
export const mostPrinted: readonly string[] = ['volume-index', 'cover', 'closing-note', 'spine'];

/** In the order of the clerk's work. */
const purposes: readonly { readonly purpose: Purpose; readonly name: string }[] = [
  { purpose: 'binding', name: '装订' },
  { purpose: 'submit', name: '报送' },
  { purpose: 'units', name: '单位' },
  { purpose: 'review', name: '核实整改' },
];

/** The kinds under their headings: what is printed most, then by purpose; what there is none of stands last in its group. */
export function paperGroups(kinds: readonly PaperKindView[]): readonly { readonly name: string; readonly kinds: readonly PaperKindView[] }[] {
  const often = mostPrinted.flatMap((wanted) => kinds.filter(({ kind }) => kind === wanted));
  const groups = purposes.map(({ purpose, name }) => {
    const own = kinds.filter((each) => each.purpose === purpose && !often.includes(each));
    return { name, kinds: [...own.filter(({ scopes }) => scopes.length > 0), ...own.filter(({ scopes }) => scopes.length === 0)] };
  });
  return [{ name: '常用', kinds: often }, ...groups];
}

/** Files that stand for papers of a kind and do not agree with the archive any more. */
export const countDisagreeing = ({ scopes }: PaperKindView): number => scopes.filter(({ replaced }) => replaced !== null && replaced.changes.length > 0).length;
