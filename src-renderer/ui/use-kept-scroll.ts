import { useCallback } from 'react';
import { keepOffset, keptOffset } from './kept-state.ts';

/**
 * Keeps under `key` how far a box is scrolled, and with `restore` scrolls it there when it is shown again, as soon as its content is long
 * enough; a hand that scrolls first has its way. Answers the ref for the box.
 */
export function useKeptScroll(key: string, restore: boolean): (box: HTMLElement | null) => (() => void) | undefined {
  return useCallback(
    (box: HTMLElement | null) => {
      if (box === null) return undefined;
      const wanted = restore ? keptOffset(key) : 0;
      let waiting = wanted > 0;
      const settle = (): void => {
        if (!waiting) return;
        box.scrollTop = wanted;
        if (Math.abs(box.scrollTop - wanted) < 2) waiting = false;
      };
      const take = (): void => {
        waiting = false;
      };
      const keep = (): void => {
        if (!waiting) keepOffset(key, box.scrollTop);
      };
      const grown = new MutationObserver(settle);
      const sized = new ResizeObserver(settle);
      if (waiting) {
        grown.observe(box, { childList: true, subtree: true });
        for (const child of box.children) sized.observe(child);
        box.addEventListener('wheel', take, { passive: true });
        box.addEventListener('pointerdown', take);
        box.addEventListener('keydown', take);
      }
      box.addEventListener('scroll', keep, { passive: true });
      settle();
      return () => {
        grown.disconnect();
        sized.disconnect();
        box.removeEventListener('wheel', take);
        box.removeEventListener('pointerdown', take);
        box.removeEventListener('keydown', take);
        box.removeEventListener('scroll', keep);
      };
    },
    [key, restore],
  );
}
