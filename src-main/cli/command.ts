import type { ParseArgsConfig } from 'node:util';
import type { CallError } from '../contract/index.ts';
import type { Dispatcher } from '../service/dispatcher.ts';

/** 0 done, 1 findings or partly failed, 2 wrong use, 3 could not. */
export type ExitCode = 0 | 1 | 2 | 3;

export type Outcome =
  | { readonly kind: 'done'; readonly exit: 0 | 1; readonly json: object; readonly text: string }
  | { readonly kind: 'wrong-use'; readonly message: string }
  | { readonly kind: 'could-not'; readonly error: CallError };

export type OptionValues = { readonly [name: string]: string | boolean | readonly (string | boolean)[] | undefined };

export interface StandaloneContext {
  readonly positionals: readonly string[];
  readonly options: OptionValues;
  readonly signal: AbortSignal;
  /** A line for a person, to stderr. */
  say(line: string): void;
}

export interface CommandContext extends StandaloneContext {
  readonly dispatcher: Dispatcher;
}

interface CommandLine {
  readonly usage: string;
  readonly summary: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  readonly positionals: { readonly min: number; readonly max: number };
}

/** A command that uses the calls of the service. */
export interface Command extends CommandLine {
  readonly standalone?: false;
  run(context: CommandContext): Promise<Outcome>;
}

/** A command that needs no archive. */
export interface StandaloneCommand extends CommandLine {
  readonly standalone: true;
  run(context: StandaloneContext): Promise<Outcome>;
}

export const done = (json: object, text: string, exit: 0 | 1 = 0): Outcome => ({ kind: 'done', exit, json, text });
export const wrongUse = (message: string): Outcome => ({ kind: 'wrong-use', message });
export const couldNot = (error: CallError): Outcome => ({ kind: 'could-not', error });

/** The value of a string option, or undefined where it was not given. */
export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function textOptions(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : typeof value === 'string' ? [value] : [];
}
