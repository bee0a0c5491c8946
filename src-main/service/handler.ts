import type { CallArguments, CallOutput, Envelope, ServiceCallName } from '../contract/index.ts';
import type { Job } from './jobs.ts';
import type { Session } from './session.ts';

/** Answers one call. Expected trouble is returned, surprise is thrown and becomes `internal`. */
export type Handler<N extends ServiceCallName> = (input: CallArguments<N>, session: Session, job: Job) => Envelope<CallOutput<N>> | Promise<Envelope<CallOutput<N>>>;

export type HandlerTable = { readonly [N in ServiceCallName]: Handler<N> };
/** The part of the table that one feature file answers. */
export type HandlersOf<N extends ServiceCallName> = Pick<HandlerTable, N>;
