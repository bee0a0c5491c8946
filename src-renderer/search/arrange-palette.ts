import type { CallOutput } from '../../src-main/contract/index.ts';
import { groupInOrder } from '../ui/group-in-order.ts';
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
  | (RowBase & { readonly kind: 'indicator'; readonly code: string; /** The plan's words that were found; empty where its name was. */ readonly snippet: string })
  | (RowBase & { readonly kind: 'unit' })
  | (RowBase & { readonly kind: 'page'; readonly id: string; readonly page: number; /** Tells it from others of its title. */ readonly about: string; readonly snippet: string })
  | (RowBase & { readonly kind: 'all' });

/** Rows for what is typed: indicators and units first, then commands of that name and the papers it names, then the evidence; without words every command. */
export function arrangePalette(words: string, commands: readonly PaletteCommand[], papers: readonly PaletteCommand[], found: CallOutput<'search.query'> | undefined): readonly PaletteRow[] {
  const named = commands.filter(({ name, words: others = '' }) => words === '' || hasWords(words, `${name} ${others}`));
  const asCommands = [...named, ...papers].map(({ key, name, shortcut, run }): PaletteRow => ({ kind: 'command', key: `command:${key}`, title: name, side: shortcut, run }));
  if (words === '' || found === undefined) return asCommands;
  const places = found.places.map((place): PaletteRow => (place.kind === 'indicator' ? { kind: 'indicator', key: `indicator:${place.code}`, title: `${place.code} ${place.name}`, side: '', code: place.code, snippet: place.sentence } : { kind: 'unit', key: `unit:${place.name}`, title: place.name, side: '' }));
  const pages = groupInOrder(found.hits, ({ id }) => id).flatMap(({ key, items }): readonly PaletteRow[] => {
    // A page shows the words where they stand; a title that has them shows them already.
    const onPages = items.filter(({ kind }) => kind === 'page');
    const hit = onPages[0] ?? items[0];
    if (hit === undefined) return [];
    return [
      {
        kind: 'page',
        key: `page:${key}`,
        id: hit.id,
        page: hit.page,
        title: hit.title,
        about: hit.about,
        snippet: hit.kind === 'page' || !hit.title.includes(hit.snippet) ? hit.snippet : '',
        side: [pagesOf(onPages.map(({ page }) => page)), hit.indicators.length === 0 ? '未归入' : `指标 ${hit.indicators.join('、')}`].filter((part) => part !== '').join(' · '),
      },
    ];
  });
  const all: readonly PaletteRow[] = pages.length === 0 ? [] : [{ kind: 'all', key: 'all', title: `在“检索”页列出“${words}”的全部结果`, side: '' }];
  return [...places, ...asCommands, ...pages, ...all];
}

/** Pages of a row that are named one by one. */
const MOST_NAMED = 3;

const pagesOf = (pages: readonly number[]): string => (pages.length === 0 ? '' : pages.length <= MOST_NAMED ? `第 ${pages.join('、')} 页` : `第 ${pages.slice(0, MOST_NAMED).join('、')} 等 ${pages.length} 页`);
