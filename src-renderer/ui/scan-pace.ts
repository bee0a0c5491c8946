/** How fast scans are read: when the pages counted so far were done. Times in milliseconds of `performance.now()`. */
export interface ScanPace {
  readonly marks: readonly { readonly at: number; readonly read: number }[];
}

/** The newest marks count: pages differ, and an estimate follows what is being read now. */
const KEPT = 20;
/** Below this the pace is not known. */
const LEAST_PAGES = 5;
const LEAST_MS = 10_000;

/** The pace once `read` pages are done. Begins anew after a pause. */
export function paceAfter(before: ScanPace | null, read: number, reading: boolean, at: number): ScanPace | null {
  if (!reading) return null;
  const marks = before?.marks ?? [];
  if (marks.at(-1)?.read === read) return before;
  return { marks: [...marks, { at, read }].slice(-KEPT) };
}

/** Whole minutes, at least 1, that `waiting` pages need at this pace; null while too little was read to say. */
export function minutesLeft(pace: ScanPace | null, waiting: number): number | null {
  const [first, last] = [pace?.marks[0], pace?.marks.at(-1)];
  if (first === undefined || last === undefined) return null;
  const [pages, took] = [last.read - first.read, last.at - first.at];
  if (pages < LEAST_PAGES || took < LEAST_MS) return null;
  return Math.max(1, Math.ceil((waiting * took) / pages / 60_000));
}

let now: ScanPace | null = null;

/** Hears each state of the reading as it comes from the service. */
export function followScans({ read, state }: { readonly read: number; readonly state: string }, at: number): void {
  now = paceAfter(now, read, state === 'reading', at);
}

export const scanPace = (): ScanPace | null => now;
