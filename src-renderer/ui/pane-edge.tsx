import { useState } from 'react';
import type { PointerEvent } from 'react';
import './pane-edge.css';

interface Bounds {
  readonly least: number;
  readonly most: number;
  /** Width until one was chosen. */
  readonly first: number;
}

export interface PaneWidth extends Bounds {
  /** Pixels. */
  readonly value: number;
  set(width: number): void;
}

/** Width of a pane, remembered under `name` on this computer. */
export function usePaneWidth(name: string, bounds: Bounds): PaneWidth {
  const within = (width: number): number => Math.min(bounds.most, Math.max(bounds.least, Math.round(width)));
  const [value, setValue] = useState(() => {
    const kept = Number(localStorage.getItem(name));
    return Number.isFinite(kept) && kept > 0 ? within(kept) : bounds.first;
  });
  return {
    ...bounds,
    value,
    set: (width) => {
      const next = within(width);
      setValue(next);
      localStorage.setItem(name, String(next));
    },
  };
}

const STEP = 16;

/** The right edge of a pane, to be drawn wider or narrower by mouse or arrow keys; a double click brings the first width back. */
export function PaneEdge({ label, width }: { readonly label: string; readonly width: PaneWidth }) {
  const [from, setFrom] = useState<{ readonly x: number; readonly value: number } | null>(null);
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setFrom({ x: event.clientX, value: width.value });
  };
  return (
    <div
      className={`pane-edge${from === null ? '' : ' pane-edge-held'}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuemin={width.least}
      aria-valuemax={width.most}
      aria-valuenow={width.value}
      tabIndex={0}
      title="拖动改变宽度，双击恢复"
      onPointerDown={begin}
      onPointerMove={(event) => (from === null ? undefined : width.set(from.value + event.clientX - from.x))}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
      onDoubleClick={() => width.set(width.first)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        event.preventDefault();
        event.stopPropagation();
        width.set(width.value + (event.key === 'ArrowLeft' ? -STEP : STEP));
      }}
      data-testid="pane-edge"
    />
  );
}
