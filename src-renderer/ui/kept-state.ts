import { useState } from 'react';

/** What a page keeps until the window closes, so that coming back finds it as it was left. */
const kept = new Map<string, unknown>();

/** State that outlives its page under `key`; `fits` refuses what another version of the page left. */
export function useKeptState<T>(key: string, start: T, fits: (value: unknown) => value is T): readonly [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const before = kept.get(key);
    return fits(before) ? before : start;
  });
  return [
    value,
    (next) => {
      kept.set(key, next);
      setValue(next);
    },
  ];
}

export const isNumber = (value: unknown): value is number => typeof value === 'number';

/** Where a list was scrolled to, in pixels; 0 where it was not seen before. */
export function keptOffset(key: string): number {
  const before = kept.get(key);
  return isNumber(before) ? before : 0;
}

export const keepOffset = (key: string, offset: number): void => void kept.set(key, offset);
