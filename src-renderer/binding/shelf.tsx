import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { spineWidth } from './spine-width.ts';

type Volume = CallOutput<'binding.plan'>['volumes'][number];

interface ShelfProps {
  readonly volumes: readonly Volume[];
  readonly chosen: number;
  readonly onChoose: (no: number) => void;
}

/** Volumes as spines, as wide as they are thick. Arrows walk along the shelf. */
export function Shelf({ volumes, chosen, onChoose }: ShelfProps) {
  const shelf = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step === undefined ? undefined : volumes[volumes.findIndex((volume) => volume.no === chosen) + step];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.no);
    shelf.current?.querySelector<HTMLElement>(`[data-testid="volume-spine-${next.no}"]`)?.focus();
  };
  return (
    <div className="shelf" role="listbox" aria-label="案卷" aria-orientation="horizontal" tabIndex={-1} ref={shelf} onKeyDown={onKeyDown}>
      {volumes.map((volume) => (
        <button
          key={volume.no}
          type="button"
          role="option"
          aria-selected={volume.no === chosen}
          tabIndex={volume.no === chosen ? 0 : -1}
          className="plain-button spine"
          style={{ width: spineWidth(volume.pages) }}
          title={`第${volume.no}卷 ${volume.title}\n${volume.items.length} 件，${volume.pages} 页`}
          onClick={() => onChoose(volume.no)}
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
