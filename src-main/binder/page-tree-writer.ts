import type { VolumeFile } from './volume-file.ts';

const FAN_OUT = 50;

/** Numbers of the pages and of a balanced tree above them, known before any page is written. */
export interface PageTreePlan {
  readonly root: number;
  readonly pageNumber: (page: number) => number;
  readonly parentOf: (page: number) => number;
  readonly write: () => void;
}

/** Reserves numbers for `pages` pages (counted from 1) and the nodes above them. */
export function planPageTree(volume: VolumeFile, pages: number): PageTreePlan {
  const firstPage = volume.reserve(pages);
  const levels: { readonly first: number; readonly count: number }[] = [];
  let count = pages;
  do {
    count = Math.ceil(count / FAN_OUT);
    levels.push({ first: volume.reserve(count), count });
  } while (count > 1);
  const root = levels[levels.length - 1]?.first ?? 0;
  const pageNumber = (page: number): number => firstPage + page - 1;
  return {
    root,
    pageNumber,
    parentOf: (page) => (levels[0]?.first ?? 0) + Math.floor((page - 1) / FAN_OUT),
    write: () => {
      levels.forEach((level, depth) => {
        const below = levels[depth - 1] ?? { first: firstPage, count: pages };
        const above = levels[depth + 1];
        const span = FAN_OUT ** (depth + 1);
        for (let i = 0; i < level.count; i++) {
          const kids: string[] = [];
          for (let k = i * FAN_OUT; k < Math.min((i + 1) * FAN_OUT, below.count); k++) kids.push(`${below.first + k} 0 R`);
          const parent = above === undefined ? '' : `/Parent ${above.first + Math.floor(i / FAN_OUT)} 0 R`;
          volume.writeObject(level.first + i, `<</Type/Pages${parent}/Kids[${kids.join(' ')}]/Count ${Math.min(span, pages - i * span)}>>`);
        }
      });
    },
  };
}
