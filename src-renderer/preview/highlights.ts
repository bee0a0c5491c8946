import type { TextMatch } from './text-search.ts';

const highlightNames = { all: 'find', active: 'find-active' } as const;

function highlight(name: string): Highlight {
  const present = CSS.highlights.get(name);
  if (present !== undefined) return present;
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
}

/** Marks matches in the text runs of one page without touching its elements. Returns the way to take the marks away. */
export function markMatches(runs: readonly HTMLElement[], matches: readonly TextMatch[], active: number | null): () => void {
  const ranges = matches.flatMap((match, ordinal) => {
    const [from, to] = [runs[match.from.run]?.firstChild, runs[match.to.run]?.firstChild];
    if (!(from instanceof Text) || !(to instanceof Text)) return [];
    const range = new Range();
    range.setStart(from, Math.min(match.from.offset, from.length));
    range.setEnd(to, Math.min(match.to.offset, to.length));
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
