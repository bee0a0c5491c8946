import type { TextMatch } from './text-search.ts';

const highlightNames = { all: 'find', active: 'find-active' } as const;

function highlight(name: string): Highlight {
  const present = CSS.highlights.get(name);
  if (present !== undefined) return present;
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
}

/** A match in a page's text runs as a range of its elements; null where the runs are not (or no longer) there. */
export function rangeOf(runs: readonly HTMLElement[], match: TextMatch): Range | null {
  const [from, to] = [runs[match.from.run]?.firstChild, runs[match.to.run]?.firstChild];
  if (!(from instanceof Text) || !(to instanceof Text)) return null;
  const range = new Range();
  range.setStart(from, Math.min(match.from.offset, from.length));
  range.setEnd(to, Math.min(match.to.offset, to.length));
  return range;
}

/** Marks matches in the text runs of one page without touching its elements. Returns the way to take the marks away. */
export function markMatches(runs: readonly HTMLElement[], matches: readonly TextMatch[], active: number | null): () => void {
  const ranges = matches.flatMap((match, ordinal) => {
    const range = rangeOf(runs, match);
    if (range === null) return [];
    return [{ range, into: highlight(ordinal === active ? highlightNames.active : highlightNames.all), active: ordinal === active }];
  });
  for (const { range, into, active: chosen } of ranges) {
    into.add(range);
    if (chosen) range.startContainer.parentElement?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }
  return () => {
    for (const { range, into } of ranges) into.delete(range);
  };
}
