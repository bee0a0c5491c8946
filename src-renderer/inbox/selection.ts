/** What is looked at, and what is marked for doing something to several at once. */
export interface Selection {
  /** Place of `current` in the list when it was last seen there. */
  readonly at: number;
  readonly current: string | null;
  readonly marked: readonly string[];
}

/** After the list changed: where the item looked at is gone (it was linked), the one that took its place is looked at. */
export function settleSelection(selection: Selection, ids: readonly string[]): Selection {
  const present = new Set(ids);
  const marked = selection.marked.filter((id) => present.has(id));
  if (selection.current !== null && present.has(selection.current)) return { at: ids.indexOf(selection.current), current: selection.current, marked };
  const at = Math.max(0, Math.min(selection.at, ids.length - 1));
  return { at, current: ids[at] ?? null, marked };
}

/** One step up or down; with `extend`, what is passed over is marked. */
export function moveSelection(selection: Selection, ids: readonly string[], by: 1 | -1, extend = false): Selection {
  const at = Math.max(0, Math.min(selection.at + by, ids.length - 1));
  const current = ids[at] ?? null;
  const passed = [selection.current, current].filter((id) => id !== null);
  return { at, current, marked: extend ? [...new Set([...selection.marked, ...passed])] : [] };
}

/** A click: alone, added (Ctrl), or up to here (Shift). */
export function pickRow(selection: Selection, ids: readonly string[], id: string, mode: 'one' | 'add' | 'range'): Selection {
  const at = ids.indexOf(id);
  if (at === -1) return selection;
  switch (mode) {
    case 'one':
      return { at, current: id, marked: [] };
    case 'add': {
      const before = selection.marked.length === 0 && selection.current !== null ? [selection.current] : selection.marked;
      return { at, current: id, marked: before.includes(id) ? before.filter((other) => other !== id) : [...before, id] };
    }
    case 'range':
      return { ...selection, marked: ids.slice(Math.min(selection.at, at), Math.max(selection.at, at) + 1) };
    default:
      return mode satisfies never;
  }
}
