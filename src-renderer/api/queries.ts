import { keepPreviousData, QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CallError, CallInput, CallName, CallOutput, Envelope } from '../../src-main/contract/index.ts';
import { call } from './client.ts';
import { useNotify } from './notify.tsx';

/** An error reply on its way through TanStack Query, which knows only exceptions. */
export class ReplyError extends Error {
  readonly reply: CallError;

  constructor(reply: CallError) {
    super(reply.code);
    this.reply = reply;
  }
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 60_000 } },
});

interface ReadOptions {
  readonly enabled?: boolean;
  /** Show the answer to the former input until the new one is there (lists that are filtered while typing). */
  readonly keep?: boolean;
}

/** The answer of a call; trouble is thrown, as TanStack Query knows it. */
export async function readReply<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const reply = await call(name, input);
  if (!reply.ok) throw new ReplyError(reply.error);
  return reply.value;
}

/** Reading by a call, as it is kept. */
export const readQuery = <N extends CallName>(name: N, input: CallInput<N>) =>
  queryOptions<CallOutput<N>, ReplyError>({
    queryKey: [name, input],
    queryFn: () => readReply(name, input),
  });

/** Reads by a call and keeps the answer until the archive changes. */
export function useRead<N extends CallName>(name: N, input: CallInput<N>, options: ReadOptions = {}): UseQueryResult<CallOutput<N>, ReplyError> {
  return useQuery<CallOutput<N>, ReplyError>({
    ...readQuery(name, input),
    enabled: options.enabled ?? true,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Carries out a change: trouble is shown in plain words, and whatever was read is read again. `told` hears of success at once, before the reading again, which takes seconds while files come in. */
export function useChange(): <N extends CallName>(name: N, input: CallInput<N>, told?: (value: CallOutput<N>) => void) => Promise<Envelope<CallOutput<N>>> {
  const notify = useNotify();
  const client = useQueryClient();
  return useCallback(
    async (name, input, told) => {
      const reply = await call(name, input);
      if (reply.ok) {
        told?.(reply.value);
        await client.invalidateQueries();
      }
      else if (reply.error.code !== 'cancelled') notify.trouble(reply.error);
      return reply;
    },
    [client, notify],
  );
}
