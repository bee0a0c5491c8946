import { firstReads } from '../../src-main/contract/index.ts';
import { queryClient, readQuery } from './queries.ts';

/** Milliseconds to wait at most for the answers: a service that is slower is waited for in sight. */
const PATIENCE = 200;

/** Takes what was asked for before the page's scripts ran, so that the first page is drawn once and whole; what comes later is drawn when it comes. */
export async function takeFirstReads(): Promise<void> {
  const reads = firstReads.map((name) => queryClient.prefetchQuery(readQuery(name, {})));
  await Promise.race([Promise.all(reads), new Promise((late) => setTimeout(late, PATIENCE))]);
}
