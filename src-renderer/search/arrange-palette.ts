import type { CallOutput } from '../../src-main/contract/index.ts';
import { hasWords } from './find-commands.ts';

/** Something the program does, by a name that a clerk would type. */
export interface PaletteCommand {
  readonly key: string;
  readonly name: string;
  /** Other words a clerk may use for it. */
  readonly words?: string;
  /** Its key, as `Ctrl+E`; empty where it has none. */
  readonly shortcut: string;
  readonly run: () => void;
}

interface RowBase {
  readonly key: string;
  readonly title: string;
  /** What stands at the right: a key, a page, the indicators. */
  readonly side: string;
}

export type PaletteRow =
  | (RowBase & { readonly kind: 'command'; readonly run: () => void })
  | (RowBase & { readonly kind: 'indicator'; readonly code: string })
  | (RowBase & { readonly kind: 'unit' })
  | (RowBase & { readonly kind: 'page'; readonly id: string; readonly page: number; readonly snippet: string })
  | (RowBase & { readonly kind: 'all' });

/** Rows for what is typed: indicators and units first, then commands of that name and the papers it names, then the evidence; without words every command. */
export function arrangePalette(words: string, commands: readonly PaletteCommand[], papers: readonly PaletteCommand[], found: CallOutput<'search.query'> | undefined): readonly PaletteRow[] {
  const named = commands.filter(({ name, words: others = '' }) => words === '' || hasWords(words, `${name} ${others}`));
  const asCommands = [...named, ...papers].map(({ key, name, shortcut, run }): PaletteRow => ({ kind: 'command', key: `command:${key}`, title: name, side: shortcut, run }));
  if (words === '' || found === undefined) return asCommands;
  const places = found.places.map((place): PaletteRow => (place.kind === 'indicator' ? { kind: 'indicator', key: `indicator:${place.code}`, title: `${place.code} ${place.name}`, side: '', code: place.code } : { kind: 'unit', key: `unit:${place.name}`, title: place.name, side: '' }));
  const pages = found.hits.map(
    (hit, index): PaletteRow => ({
      kind: 'page',
      key: `page:${hit.id}:${hit.page}:${index}`,
      id: hit.id,
      page: hit.page,
      title: hit.title,
      snippet: hit.snippet,
      side: [hit.kind === 'page' ? `第 ${hit.page} 页` : '', hit.indicators.length === 0 ? '未归入' : `指标 ${hit.indicators.join('、')}`].filter((part) => part !== '').join(' · '),
    }),
  );
  const all: readonly PaletteRow[] = pages.length === 0 ? [] : [{ kind: 'all', key: 'all', title: `在“检索”页列出“${words}”的全部结果`, side: '' }];
  return [...places, ...asCommands, ...pages, ...all];
}
