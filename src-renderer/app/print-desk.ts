import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Something on the screen that can go to paper or into a PDF. */
export interface PrintTarget {
  print(): void;
  savePdf(): void;
}
export type PrintAct = keyof PrintTarget;

/** What the menu's 打印… and 存为 PDF… act on: what came onto the screen last. A wish that came before waits for its page. */
class PrintDesk {
  #targets: readonly PrintTarget[] = [];
  #wish: PrintAct | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly hasTarget = (): boolean => this.#targets.length > 0;

  /** Adds a target; answers the way to take it off again. */
  add(target: PrintTarget): () => void {
    this.#set([...this.#targets, target]);
    const wish = this.#wish;
    this.#wish = null;
    if (wish !== null) target[wish]();
    return () => this.#set(this.#targets.filter((other) => other !== target));
  }

  /** Does it with what is shown; false where nothing is: the next page that can does it then. */
  act(wish: PrintAct): boolean {
    const target = this.#targets.at(-1);
    if (target === undefined) this.#wish = wish;
    else target[wish]();
    return target !== undefined;
  }

  #set(targets: readonly PrintTarget[]): void {
    this.#targets = targets;
    for (const listener of this.#listeners) listener();
  }
}

export const printDesk = new PrintDesk();

export const useHasPrintTarget = (): boolean => useSyncExternalStore(printDesk.subscribe, printDesk.hasTarget);

/** While `ready`, the menu acts on this. */
export function usePrintTarget(target: PrintTarget, ready: boolean): void {
  const latest = useRef(target);
  useEffect(() => {
    latest.current = target;
  });
  useEffect(() => (ready ? printDesk.add({ print: () => latest.current.print(), savePdf: () => latest.current.savePdf() }) : undefined), [ready]);
}
