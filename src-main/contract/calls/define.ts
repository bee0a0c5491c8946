import { z } from 'zod';
import { zhCN } from 'zod/locales';

// What a schema finds wrong reaches a clerk as it is.
z.config(zhCN());

/**
 * `service`: answered by the process that owns the archive. `shell`: answered by Electron's main process.
 * `job` calls carry a `jobId` that the caller chose; they report progress under it and can be cancelled by it.
 */
export interface CallDefinition<Where extends 'service' | 'shell', I extends z.ZodType, O extends z.ZodType> {
  readonly where: Where;
  readonly job: boolean;
  readonly input: I;
  readonly output: O;
}

export const serviceCall = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallDefinition<'service', I, O> => ({ where: 'service', job: false, input, output });
export const serviceJob = <I extends z.ZodType<{ readonly jobId: string }>, O extends z.ZodType>(input: I, output: O): CallDefinition<'service', I, O> => ({ where: 'service', job: true, input, output });
export const shellCall = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallDefinition<'shell', I, O> => ({ where: 'shell', job: false, input, output });
