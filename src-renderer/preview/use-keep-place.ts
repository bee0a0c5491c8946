import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';

interface Seen {
  /** From 1: the page in the middle of the room, and how far down it the middle lies, 0 to 1. */
  readonly page: number;
  readonly part: number;
  /** Pages fill the room one by one: then the page begins at its top. */
  readonly whole: boolean;
}

/** When the pages become larger or smaller (`layout` changes), the page that was looked at stays in sight. `room`: pixels of height. */
export function useKeepPlace(rows: Virtualizer<HTMLDivElement, Element>, layout: string, seen: Seen, room: number): void {
  const before = useRef({ layout, page: seen.page, part: seen.part, moving: false, room });
  const { measure, scrollToIndex, scrollToOffset } = rows;
  useEffect(() => {
    const last = { ...before.current, room };
    // Until the room is known there is no place to keep.
    if (before.current.room === 0) {
      before.current = { ...last, layout };
      measure();
      return;
    }
    if (last.layout === layout) {
      if (!last.moving) before.current = { ...last, page: seen.page, part: seen.part };
      return;
    }
    before.current = { ...last, layout, moving: true };
    measure();
    // The pages have their new heights in the next frame.
    requestAnimationFrame(() => {
      const row = rows.measurementsCache[last.page - 1];
      if (seen.whole || row === undefined) scrollToIndex(last.page - 1, { align: 'start' });
      else scrollToOffset(Math.max(0, row.start + row.size * last.part - room / 2));
      before.current = { ...before.current, moving: false };
    });
  });
}
