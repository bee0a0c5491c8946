/** Long work in small steps: between two of them whoever drives it may let other work of the process have its turn. */
export type Steps<T> = Generator<void, T, void>;

/** All steps at once, where nobody waits. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** All steps; after each `pause` is asked: null to go on at once, else what to wait for. What it throws ends the work. */
export async function finishInTurns<T>(steps: Steps<T>, pause: () => Promise<void> | null): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    const turn = pause();
    if (turn !== null) await turn;
  }
}
