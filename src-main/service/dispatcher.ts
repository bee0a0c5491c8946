import { calls, fail, isCallName } from '../contract/index.ts';
import type { CallArguments, CallOutput, Envelope, ServiceCallName } from '../contract/index.ts';
import type { Handler, HandlerTable } from './handler.ts';
import type { Jobs } from './jobs.ts';
import type { Job } from './jobs.ts';
import type { Session } from './session.ts';

const idle: Job = { signal: new AbortController().signal, progress: () => undefined };

/** Checks a call's input against the table, runs its handler, and turns whatever happens into one envelope. */
export class Dispatcher {
  readonly #handlers: HandlerTable;
  readonly #session: Session;
  readonly #jobs: Jobs;

  constructor(handlers: HandlerTable, session: Session) {
    this.#handlers = handlers;
    this.#session = session;
    this.#jobs = session.jobs;
  }

  /** For callers that know the call's name at compile time (command line, tests). */
  async call<N extends ServiceCallName>(name: N, input: CallArguments<N>): Promise<Envelope<CallOutput<N>>> {
    const handler: Handler<N> = this.#handlers[name];
    const jobId = calls[name].job && 'jobId' in input && typeof input.jobId === 'string' ? input.jobId : null;
    try {
      if (jobId === null) return await handler(input, this.#session, idle);
      return await this.#jobs.run(jobId, async (job) => handler(input, this.#session, job));
    } catch (error) {
      this.#session.log(error);
      return fail('internal', name, error instanceof Error ? error.message : String(error));
    }
  }

  /** For messages from outside: neither name nor input is trusted. */
  async callUntrusted(name: string, input: unknown): Promise<Envelope<unknown>> {
    if (!isCallName(name) || !isServiceCall(name)) return fail('call-unknown', name);
    const parsed = calls[name].input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return fail('wrong-input', name, issue === undefined ? '' : `${issue.path.join('.')} ${issue.message}`.trim());
    }
    return this.call(name, parsed.data);
  }
}

function isServiceCall(name: keyof typeof calls): name is ServiceCallName {
  return calls[name].where === 'service';
}
