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

type Making<T> = () => T;

/** Schemas are made when they are first asked for: three processes read this table when the program starts, and need a handful of it. */
function define<Where extends 'service' | 'shell', I extends z.ZodType, O extends z.ZodType>(where: Where, job: boolean, makeInput: Making<I>, makeOutput: Making<O>): CallDefinition<Where, I, O> {
  let input: I | undefined;
  let output: O | undefined;
  return {
    where,
    job,
    get input() {
      return (input ??= makeInput());
    },
    get output() {
      return (output ??= makeOutput());
    },
  };
}

export const serviceCall = <I extends z.ZodType, O extends z.ZodType>(input: Making<I>, output: Making<O>): CallDefinition<'service', I, O> => define('service', false, input, output);
export const serviceJob = <I extends z.ZodType<{ readonly jobId: string }>, O extends z.ZodType>(input: Making<I>, output: Making<O>): CallDefinition<'service', I, O> => define('service', true, input, output);
export const shellCall = <I extends z.ZodType, O extends z.ZodType>(input: Making<I>, output: Making<O>): CallDefinition<'shell', I, O> => define('shell', false, input, output);
