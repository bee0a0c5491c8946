import { ArchiveFault, describeTrouble } from '../archive/index.ts';
import { fail } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { PackFault } from './pack-trouble.ts';
import type { ExchangeTrouble } from './pack-trouble.ts';

/** Runs what may throw expected trouble and answers it as a value; surprises and a cancelled signal are thrown on. */
export const atBorder = async <T>(path: string, work: () => Promise<Result<T, ExchangeTrouble>>): Promise<Result<T, ExchangeTrouble>> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PackFault || error instanceof ArchiveFault) return fail(error.trouble);
    if (isMissing(error)) return fail({ code: 'file-not-found', path });
    const trouble = describeTrouble(error, path);
    if (trouble === null) throw error;
    return fail(trouble);
  }
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
