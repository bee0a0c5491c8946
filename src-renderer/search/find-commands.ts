import type { PaperList } from '../../src-main/contract/index.ts';
import type { Place } from '../app/place.ts';
import { paperGroups } from '../papers/purposes.ts';
import type { PaletteCommand } from './arrange-palette.ts';

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[\s….:“”]/gu, '');

/** Whether each of the typed words stands in the text, however spaced: `存为PDF` finds `存为 PDF…`. */
export function hasWords(typed: string, text: string): boolean {
  const within = plain(text);
  return typed.split(/\s+/u).every((word) => within.includes(plain(word)));
}

/** Single papers of a kind that are listed at most. */
const MOST_SCOPES = 12;

/** The papers that the words name: each kind, and one of several (`卷内目录 第2卷`) where the words say which. */
export function findPapers(typed: string, list: PaperList | undefined, go: (place: Place) => void): readonly PaletteCommand[] {
  if (list === undefined || typed === '') return [];
  const there = paperGroups(list.kinds).flatMap(({ kinds }) => kinds.filter(({ scopes }) => scopes.length > 0));
  return there.flatMap(({ kind, name, scopes }): readonly PaletteCommand[] => {
    const first = scopes[0]?.id ?? '';
    if (hasWords(typed, `打印文书${name}存为PDF另存导出`)) return [{ key: `paper:${kind}`, name: `打印文书：${name}`, shortcut: '文书', run: () => go({ page: 'papers', kind, scope: first }) }];
    // Words of an indicator alone mean the evidence, not the forms about it.
    if (!/第\d/u.test(typed) && !typed.split(/\s+/u).some((word) => hasWords(word, `打印文书${name}`))) return [];
    return scopes
      .filter((scope) => hasWords(typed, `打印${name}${scope.name}${name}`))
      .slice(0, MOST_SCOPES)
      .map((scope) => ({ key: `paper:${kind}:${scope.id}`, name: `打印文书：${name} ${scope.name}`, shortcut: '文书', run: () => go({ page: 'papers', kind, scope: scope.id }) }));
  });
}
