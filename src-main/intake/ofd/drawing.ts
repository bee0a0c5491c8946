import type { Canvas, Image, SKRSContext2D } from '@napi-rs/canvas';
import type { Package } from '../package-reader.ts';
import type { FontShelf } from './font-shelf.ts';
import type { OfdResources } from './ofd-document.ts';

/** What drawing needs beside the object itself. Lengths are millimetres; the pen is scaled so. */
export interface Drawing {
  readonly pen: SKRSContext2D;
  readonly parts: Package;
  readonly resources: OfdResources;
  readonly fonts: FontShelf;
  readonly pictures: Map<string, Canvas | Image | null>;
  /** What could not be drawn, in Chinese, each once. */
  readonly losses: Set<string>;
  readonly count: { objects: number };
}

/** Colours and line width after draw parameters were applied (GB/T 33190 §8.2). */
export interface Style {
  readonly fill: string;
  readonly stroke: string;
  readonly lineWidth: number;
  readonly dash: readonly number[];
  readonly dashOffset: number;
  readonly join: 'miter' | 'round' | 'bevel';
  readonly cap: 'butt' | 'round' | 'square';
}

/** Gives the pen a style's line. */
export function setStroke(pen: SKRSContext2D, style: Style): void {
  pen.strokeStyle = style.stroke;
  pen.lineWidth = style.lineWidth;
  pen.lineJoin = style.join;
  pen.lineCap = style.cap;
  pen.setLineDash([...style.dash]);
  pen.lineDashOffset = style.dashOffset;
}
