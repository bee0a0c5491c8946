import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { MadePaper } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { ReplyError } from '../api/queries.ts';

/** Makes a paper to be looked at, again whenever the archive changed. */
export const useMadePaper = (kind: string, scope: string, generated: boolean): UseQueryResult<MadePaper, ReplyError> =>
  useQuery<MadePaper, ReplyError>({
    queryKey: ['papers.make', kind, scope, generated],
    queryFn: async () => {
      const reply = await call('papers.make', { jobId: crypto.randomUUID(), kind, scope, format: 'pdf', generated });
      if (!reply.ok) throw new ReplyError(reply.error);
      return reply.value;
    },
    // The file behind an older answer may be gone.
    gcTime: 0,
  });

/** Where the shell serves a made paper or a bound file. */
export const urlOfPaper = (id: string): string => `app://chuangdang/paper/${encodeURIComponent(id)}`;
