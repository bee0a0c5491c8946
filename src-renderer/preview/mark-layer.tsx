import { Button, Popover } from 'antd';
import { useState } from 'react';
import type { PointerEvent } from 'react';
import { straighten } from './mark-geometry.ts';
import type { Stroke } from './mark-geometry.ts';
import './mark-layer.css';

/** A mark as it shows: its strokes in pixels of the layer. */
export interface ShownMark {
  readonly id: string;
  readonly note: string;
  readonly strokes: readonly Stroke[];
}

interface MarkLayerProps {
  readonly page: number;
  readonly marks: readonly ShownMark[];
  /** Pixels. */
  readonly thickness: number;
  /** Whether a drag now draws a line. */
  readonly drawing: boolean;
  readonly mayChange: boolean;
  readonly onDraw: (stroke: Stroke) => void;
  readonly onRemove: (id: string) => void;
}

/** The red lines over a page, and the hand that draws one. What is seen is what the bound copy shows. */
export function MarkLayer({ page, marks, thickness, drawing, mayChange, onDraw, onRemove }: MarkLayerProps) {
  const [hand, setHand] = useState<Stroke | null>(null);
  const shown = hand === null ? null : straighten(hand);
  const pointOf = (event: PointerEvent<HTMLElement>): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  return (
    <div
      className={`mark-layer${drawing ? ' mark-layer-drawing' : ''}`}
      data-testid="mark-layer"
      onPointerDown={(event) => {
        if (!drawing || event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        const [x, y] = pointOf(event);
        setHand({ x1: x, y1: y, x2: x, y2: y });
      }}
      onPointerMove={(event) => {
        if (hand === null) return;
        const [x, y] = pointOf(event);
        setHand({ ...hand, x2: x, y2: y });
      }}
      onPointerUp={() => {
        setHand(null);
        if (shown !== null) onDraw(shown);
      }}
      onPointerCancel={() => setHand(null)}
    >
      <svg className="mark-lines" aria-hidden="true">
        {marks.flatMap((mark) => mark.strokes.map((stroke, index) => <line key={`${mark.id}:${index}`} {...stroke} strokeWidth={thickness} />))}
        {shown === null ? null : <line {...shown} strokeWidth={thickness} />}
      </svg>
      {drawing ? null : marks.map((mark) => <MarkHandle key={mark.id} page={page} mark={mark} mayChange={mayChange} onRemove={onRemove} />)}
    </div>
  );
}

/** How far around a line a pointer still means it, pixels. */
const REACH = 5;

function MarkHandle({ page, mark, mayChange, onRemove }: { readonly page: number; readonly mark: ShownMark } & Pick<MarkLayerProps, 'mayChange' | 'onRemove'>) {
  const last = mark.strokes.at(-1);
  if (last === undefined) return null;
  const left = Math.min(last.x1, last.x2) - REACH;
  const top = Math.min(last.y1, last.y2) - REACH;
  const place = { left, top, width: Math.abs(last.x2 - last.x1) + 2 * REACH, height: Math.abs(last.y2 - last.y1) + 2 * REACH };
  return (
    <Popover
      trigger="click"
      title="印证标识"
      content={
        <div className="mark-card">
          <p>{mark.note === '' ? '装订时在这段文字下划红线；原文件不会改动。' : mark.note}</p>
          <Button size="small" danger disabled={!mayChange} onClick={() => onRemove(mark.id)} data-testid="mark-remove">
            去掉红线
          </Button>
        </div>
      }
    >
      <button type="button" className="plain-button mark-handle" style={place} aria-label={`第 ${page} 页的印证标识`} data-testid="proof-mark" />
    </Popover>
  );
}
