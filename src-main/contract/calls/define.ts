import type { z } from 'zod';

/**
 * `service`: answered by the process that owns the archive. `shell`: answered by Electron's main process.
 * `job` calls report progress under the job id that the caller chose and can be cancelled by it.
 */
export interface CallDefinition<I extends z.ZodType, O extends z.ZodType> {
  readonly where: 'service' | 'shell';
  readonly job: boolean;
  readonly input: I;
  readonly output: O;
}

export const serviceCall = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallDefinition<I, O> => ({ where: 'service', job: false, input, output });
export const serviceJob = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallDefinition<I, O> => ({ where: 'service', job: true, input, output });
export const shellCall = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallDefinition<I, O> => ({ where: 'shell', job: false, input, output });
