import type { BoundPlan } from './bind-plan.ts';
import { formatText } from './serialize.ts';
import type { VolumeFile } from './volume-file.ts';

interface Entry {
  readonly title: string;
  /** Physical page from 1. */
  readonly page: number;
  readonly children: Entry[];
}

/** Groups the sections' titles under their outline paths, in the order of the volume. */
export function buildOutline(bound: BoundPlan): readonly Entry[] {
  const roots: Entry[] = [];
  for (const { section, firstPage, pages } of bound.sections) {
    if (section.title === undefined || pages === 0) continue;
    let level = roots;
    for (const title of section.outlinePath ?? []) {
      const last = level[level.length - 1];
      const group = last !== undefined && last.title === title ? last : { title, page: firstPage, children: [] };
      if (group !== last) level.push(group);
      level = group.children;
    }
    level.push({ title: section.title, page: firstPage, children: [] });
  }
  return roots;
}

/** Writes the outline and gives its object number, null for a volume without titles. */
export function writeOutline(bound: BoundPlan, volume: VolumeFile, pageNumber: (page: number) => number): number | null {
  const roots = buildOutline(bound);
  if (roots.length === 0) return null;
  const root = volume.reserve();
  const { first, last, count } = writeLevel(roots, root, volume, pageNumber, 0);
  volume.writeObject(root, `<</Type/Outlines/First ${first} 0 R/Last ${last} 0 R/Count ${count}>>`);
  return root;
}

/** Upper levels are open, items are folded below the second. */
function writeLevel(entries: readonly Entry[], parent: number, volume: VolumeFile, pageNumber: (page: number) => number, depth: number): { readonly first: number; readonly last: number; readonly count: number } {
  const first = volume.reserve(entries.length);
  let count = entries.length;
  entries.forEach((entry, i) => {
    let text = `<</Title ${formatText(entry.title)}/Parent ${parent} 0 R/Dest[${pageNumber(entry.page)} 0 R/XYZ null null null]`;
    if (i > 0) text += `/Prev ${first + i - 1} 0 R`;
    if (i + 1 < entries.length) text += `/Next ${first + i + 1} 0 R`;
    if (entry.children.length > 0) {
      const below = writeLevel(entry.children, first + i, volume, pageNumber, depth + 1);
      const open = depth < 1;
      if (open) count += below.count;
      text += `/First ${below.first} 0 R/Last ${below.last} 0 R/Count ${open ? below.count : -below.count}`;
    }
    volume.writeObject(first + i, `${text}>>`);
  });
  return { first, last: first + entries.length - 1, count };
}
