import { z } from 'zod';
import { readJsonFile } from './json-file.ts';

export const windowStateSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels of the window that must lie on a screen for it to be found again. */
const LEAST_VISIBLE = 120;

/** Where the window was, unless that place is on no screen any more (a monitor was unplugged). */
export function readWindowState(file: string, screens: readonly Area[]): WindowState | null {
  const state = readJsonFile(file, windowStateSchema);
  if (state === null) return null;
  const visible = screens.some((area) => {
    const across = Math.min(state.x + state.width, area.x + area.width) - Math.max(state.x, area.x);
    const top = state.y >= area.y && state.y <= area.y + area.height - LEAST_VISIBLE;
    return across >= LEAST_VISIBLE && top;
  });
  return visible ? state : null;
}
