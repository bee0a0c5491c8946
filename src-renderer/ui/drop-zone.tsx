import { useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { pathsOfFiles } from '../api/client.ts';
import './drop-zone.css';

interface DropZoneProps {
  /** What letting go here does: `归入指标 3(2023年)`. */
  readonly says: string;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly onPaths: (paths: string[]) => void;
  readonly children: ReactNode;
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Events that an inner zone answered; the outer ones still see them, to lift their veils. */
const taken = new WeakSet<Event>();

/** Takes files dragged from outside the window. Zones nest: the innermost takes the drop. */
export function DropZone({ says, disabled = false, className = '', onPaths, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  // Enter and leave also come from children: only their balance tells whether the pointer is inside.
  const depth = useRef(0);
  const leave = (): void => {
    depth.current = 0;
    setOver(false);
  };
  return (
    <div
      className={`drop-zone ${className}`}
      onDragEnter={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth.current += 1;
        if (!disabled) setOver(true);
      }}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        if (taken.has(event.nativeEvent)) return;
        taken.add(event.nativeEvent);
        event.dataTransfer.dropEffect = disabled ? 'none' : 'copy';
      }}
      onDragLeave={(event) => {
        if (!carriesFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) leave();
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        leave();
        if (taken.has(event.nativeEvent)) return;
        taken.add(event.nativeEvent);
        if (!disabled) onPaths(pathsOfFiles(event.dataTransfer.files));
      }}
    >
      {children}
      {over ? (
        <div className="drop-veil">
          <span>松开鼠标：{says}</span>
        </div>
      ) : null}
    </div>
  );
}
