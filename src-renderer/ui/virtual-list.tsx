import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { keepOffset, keptOffset } from './kept-state.ts';

interface VirtualListProps<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** Expected height of a row in pixels; rows are measured once shown. */
  readonly rowHeight: number;
  readonly label: string;
  readonly render: (item: T, index: number) => ReactNode;
  /** Row to keep in sight. */
  readonly shown?: number;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly testId?: string;
  /** Under this name the place scrolled to is kept for when the list is shown again. */
  readonly keepAs?: string;
}

/** A long list of which only what is in sight exists. */
export function VirtualList<T>({ items, keyOf, rowHeight, label, render, shown, onKeyDown, testId, keepAs }: VirtualListProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: () => (keepAs === undefined ? 0 : keptOffset(keepAs)),
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
  });
  const { scrollToIndex } = rows;
  useEffect(() => {
    if (shown !== undefined && shown >= 0) scrollToIndex(shown, { align: 'auto' });
  }, [shown, scrollToIndex]);
  return (
    // The rows hold buttons, but the box itself scrolls and takes arrow keys: it must be reachable.
    <div ref={box} className="virtual-list" role="list" aria-label={label} tabIndex={0} onKeyDown={onKeyDown} {...(keepAs === undefined ? {} : { onScroll: (event) => keepOffset(keepAs, event.currentTarget.scrollTop) })} data-testid={testId}>
      <div className="virtual-list-inner" role="presentation" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const item = items[row.index];
          return item === undefined ? null : (
            <div key={row.key} ref={rows.measureElement} data-index={row.index} role="listitem" aria-setsize={items.length} aria-posinset={row.index + 1} className="virtual-row" style={{ transform: `translateY(${row.start}px)` }}>
              {render(item, row.index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
