import type { Canvas } from '@napi-rs/canvas';
import { judgeTurns } from '../ocr/run-models.ts';
import type { TextStrips } from './text-strips.ts';

export type PageTurn = 0 | 90 | 180 | 270;

/** Fewer pieces of lines tell nothing. */
const fewest = 4;
/** Mean certainty of all pieces before a page is said to lie wrong: figures and short cells are guessed at either way, words are not. */
const agreement = 0.75;

/**
 * Degrees clockwise by which the page must be turned so that its text can be read; 0 where it can be, or where there is too little
 * text to tell.
 */
export async function findTurn(page: Canvas, { across, down }: TextStrips): Promise<PageTurn> {
  const sideways = down.length >= fewest && down.length > across.length * 2;
  const strips = sideways ? down : across;
  if (strips.length < fewest) return 0;
  const turns = await judgeTurns(page, strips);
  const over = turns.reduce((sum, share) => sum + share, 0) / turns.length;
  // A line that runs down the page is read by turning the page back.
  if (sideways) return over >= agreement ? 90 : over <= 1 - agreement ? 270 : 0;
  return over >= agreement ? 180 : 0;
}
