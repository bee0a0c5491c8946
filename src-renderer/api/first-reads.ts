import { firstReads } from '../../src-main/contract/index.ts';
import { queryClient, readQuery } from './queries.ts';

/** Milliseconds to wait at most for what is open: a service that is slower is waited for in sight. */
const PATIENCE = 200;

/** Takes what was asked for before the page's scripts ran. What is open decides what is drawn at all; the rest is drawn with it or when it comes. */
export async function takeFirstReads(): Promise<void> {
  const [current] = firstReads.map((name) => queryClient.prefetchQuery(readQuery(name, {})));
  await Promise.race([current, new Promise((late) => setTimeout(late, PATIENCE))]);
}
