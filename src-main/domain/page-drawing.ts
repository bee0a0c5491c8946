/**
 * Pages that the program itself authors, as data: papers lays them out, binder draws them. All lengths are millimetres from the
 * page's top left corner; text sizes are points (1 pt = 1/72 inch), as the standards state them. `y` of a text is its baseline.
 */
export interface DrawnPage {
  readonly width: number;
  readonly height: number;
  readonly ops: readonly DrawOp[];
}

/** 黑体, 宋体, 小标宋, 楷体, 仿宋: the styles that GB/T 9704 names. Which font file serves each is the binder's caller's choice. */
export type FontRole = 'hei' | 'song' | 'xiaobiaosong' | 'kai' | 'fangsong';

export type DrawOp =
  | {
      readonly op: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly font: FontRole;
      readonly size: number;
      readonly color?: Color;
      /** Extra space after each character, points. */
      readonly spacing?: number;
      /** Counter-clockwise degrees about (x, y). */
      readonly rotate?: number;
    }
  | { readonly op: 'line'; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly width: number; readonly color?: Color; readonly dash?: readonly number[] }
  | { readonly op: 'rect'; readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly stroke?: Color; readonly strokeWidth?: number; readonly fill?: Color }
  | { readonly op: 'ellipse'; readonly cx: number; readonly cy: number; readonly rx: number; readonly ry: number; readonly stroke?: Color; readonly strokeWidth?: number; readonly fill?: Color }
  | { readonly op: 'polygon'; readonly points: readonly (readonly [number, number])[]; readonly stroke?: Color; readonly strokeWidth?: number; readonly fill?: Color; readonly closed: boolean }
  /** A link to a page of the same volume: the first page of the item with that key, or a page number from 1 counted over the whole volume. */
  | { readonly op: 'link'; readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly toItem: string };

/** Red, green, blue from 0 to 1. */
export type Color = readonly [number, number, number];

/** Width of a text in millimetres when set in a font role at a size in points; handed to layout by the caller that owns the fonts. */
export type MeasureText = (text: string, font: FontRole, size: number) => number;

export const MM_PER_POINT = 25.4 / 72;
export const A4 = { width: 210, height: 297 } as const;
