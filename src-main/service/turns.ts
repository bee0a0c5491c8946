import { setImmediate as nextTurn } from 'node:timers/promises';
import { finishInTurns } from '../domain/steps.ts';
import type { Steps } from '../domain/steps.ts';

/** Longest stretch of work, in milliseconds, before waiting calls are answered. */
const LONGEST_STRETCH = 8;

/** Finishes long work of the service while calls are answered in between. Rejects with the signal's reason once it is aborted. */
export function inTurns<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  let began = performance.now();
  return finishInTurns(steps, () => {
    signal?.throwIfAborted();
    if (performance.now() - began < LONGEST_STRETCH) return null;
    return nextTurn().then(() => {
      began = performance.now();
    });
  });
}
