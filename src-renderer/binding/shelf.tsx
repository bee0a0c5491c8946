import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { ITEM_DRAG } from './item-drag.ts';
import { spineWidth } from './spine-width.ts';

type Volume = CallOutput<'binding.plan'>['volumes'][number];

interface ShelfProps {
  readonly volumes: readonly Volume[];
  readonly chosen: number;
  readonly onChoose: (no: number) => void;
  /** An item of the chosen volume was let go on the spine of another. */
  readonly onDropItem: (item: string, to: number) => void;
}

/** Volumes as spines, as wide as they are thick. Arrows walk along the shelf; the neighbours of the chosen one take its items. */
export function Shelf({ volumes, chosen, onChoose, onDropItem }: ShelfProps) {
  const shelf = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState<number | null>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step === undefined ? undefined : volumes[volumes.findIndex((volume) => volume.no === chosen) + step];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.no);
    shelf.current?.querySelector<HTMLElement>(`[data-testid="volume-spine-${next.no}"]`)?.focus();
  };
  const takes = (volume: Volume): boolean => (volume.no === chosen - 1 && volumes.find((candidate) => candidate.no === chosen)?.mayJoin === true) || (volume.no === chosen + 1 && volume.mayJoin);
  return (
    <div className="shelf" role="listbox" aria-label="案卷" aria-orientation="horizontal" tabIndex={-1} ref={shelf} onKeyDown={onKeyDown}>
      {volumes.map((volume) => (
        <button
          key={volume.no}
          type="button"
          role="option"
          aria-selected={volume.no === chosen}
          tabIndex={volume.no === chosen ? 0 : -1}
          className={`plain-button spine${over === volume.no ? ' spine-aimed' : ''}`}
          style={{ width: spineWidth(volume.pages) }}
          title={`第${volume.no}卷 ${volume.title}\n${volume.items.length} 件，${volume.pages} 页`}
          onClick={() => onChoose(volume.no)}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes(ITEM_DRAG) || !takes(volume)) return;
            event.preventDefault();
            setOver(volume.no);
          }}
          onDragLeave={() => setOver(null)}
          onDrop={(event) => {
            setOver(null);
            if (!event.dataTransfer.types.includes(ITEM_DRAG)) return;
            event.preventDefault();
            onDropItem(event.dataTransfer.getData(ITEM_DRAG), volume.no);
          }}
          data-testid={`volume-spine-${volume.no}`}
        >
          <span className="figures spine-no">{volume.no}</span>
          <span className="spine-title">{volume.title}</span>
          <span className="visually-hidden">{volume.items.length} 件</span>
          <span className="figures spine-pages">{volume.pages}页</span>
        </button>
      ))}
    </div>
  );
}
