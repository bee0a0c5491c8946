import { useCallback } from 'react';
import { keepOffset, keptOffset } from './kept-state.ts';

/**
 * Keeps under `key` how far a box is scrolled, and with `restore` scrolls it there when it is shown again, and again while its content
 * still grows, until a hand takes it over. Answers the ref for the box.
 */
export function useKeptScroll(key: string, restore: boolean): (box: HTMLElement | null) => (() => void) | undefined {
  return useCallback(
    (box: HTMLElement | null) => {
      if (box === null) return undefined;
      const wanted = restore ? keptOffset(key) : 0;
      let waiting = wanted > 0;
      const settle = (): void => {
        if (waiting) box.scrollTop = wanted;
      };
      const take = (): void => {
        waiting = false;
        box.style.overflowAnchor = '';
      };
      const keep = (): void => {
        if (!waiting) keepOffset(key, box.scrollTop);
      };
      const grown = new MutationObserver(settle);
      const sized = new ResizeObserver(settle);
      if (waiting) {
        // What grows above would move the page along with itself.
        box.style.overflowAnchor = 'none';
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
