export const settingsTabs = ['units', 'office', 'profiles', 'backups', 'verify', 'about'] as const;
export type SettingsTab = (typeof settingsTabs)[number];

export const catalogTabs = ['indicators', 'units', 'certificates', 'head', 'questions'] as const;
export type CatalogTab = (typeof catalogTabs)[number];

/** Where the clerk is in the window. Kept over a restart. */
export type Place =
  | { readonly page: 'overview' }
  | { readonly page: 'inbox' }
  | { readonly page: 'indicators'; readonly code: string | null }
  | { readonly page: 'preview'; readonly id: string; readonly at: number; /** Words to mark on its pages. */ readonly find?: string }
  | { readonly page: 'check' }
  | { readonly page: 'reviews' }
  | { readonly page: 'catalog'; readonly tab: CatalogTab; readonly code: string | null; /** The plan's question that brought the clerk here. */ readonly question?: number }
  | { readonly page: 'binding'; /** The page of a volume's preview to come back to; not kept over a restart. */ readonly preview?: { readonly volume: number; readonly page: number } }
  | { readonly page: 'papers'; /** The kind that is shown first, and which of it; what was chosen last where they are missing. */ readonly kind?: string; readonly scope?: string }
  | { readonly page: 'exchange' }
  | { readonly page: 'search' }
  | { readonly page: 'events' }
  | { readonly page: 'settings'; readonly tab: SettingsTab };

export type PageName = Place['page'];

const plainPages = ['overview', 'inbox', 'check', 'reviews', 'binding', 'papers', 'exchange', 'search', 'events'] as const;

/** Reads a place that was written before, maybe by an older version; whatever is not understood is the overview. */
export function readPlace(text: string | null): Place {
  const start: Place = { page: 'overview' };
  if (text === null) return start;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return start;
  }
  if (typeof raw !== 'object' || raw === null || !('page' in raw)) return start;
  if (raw.page === 'indicators') return { page: 'indicators', code: 'code' in raw && typeof raw.code === 'string' ? raw.code : null };
  if (raw.page === 'preview' && 'id' in raw && typeof raw.id === 'string') return { page: 'preview', id: raw.id, at: 'at' in raw && typeof raw.at === 'number' ? raw.at : 1, ...('find' in raw && typeof raw.find === 'string' ? { find: raw.find } : {}) };
  if (raw.page === 'catalog') return { page: 'catalog', tab: catalogTabs.find((tab) => 'tab' in raw && tab === raw.tab) ?? 'indicators', code: 'code' in raw && typeof raw.code === 'string' ? raw.code : null, ...('question' in raw && typeof raw.question === 'number' ? { question: raw.question } : {}) };
  if (raw.page === 'settings') return { page: 'settings', tab: settingsTabs.find((tab) => 'tab' in raw && tab === raw.tab) ?? 'units' };
  const plain = plainPages.find((page) => page === raw.page);
  return plain === undefined ? start : { page: plain };
}

/** Steps taken, for going back. The last one is where we are. */
export interface Trail {
  readonly steps: readonly Place[];
}

const LONGEST = 50;

export const placeOf = (trail: Trail): Place => trail.steps.at(-1) ?? { page: 'overview' };

/** Going where one is changes nothing; staying on a page (another indicator, another sheet) is a step too. */
export function goTo(trail: Trail, place: Place): Trail {
  if (JSON.stringify(placeOf(trail)) === JSON.stringify(place)) return trail;
  return { steps: [...trail.steps, place].slice(-LONGEST) };
}

/** Another choice on the page that is open: no step of its own. */
export const stayAt = (trail: Trail, place: Place): Trail => ({ steps: [...trail.steps.slice(0, -1), place] });

export const goBack = (trail: Trail): Trail => (trail.steps.length > 1 ? { steps: trail.steps.slice(0, -1) } : trail);
