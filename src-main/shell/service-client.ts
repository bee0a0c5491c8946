import { inflateRawSync } from 'node:zlib';
import { fail, fromServiceSchema, readReply } from '../contract/index.ts';
import type { Envelope, ServiceEvent, ToService } from '../contract/index.ts';

/** A started service, however its process is made. */
export interface ServiceProcess {
  send(message: ToService): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process has ended or could not be started. */
  onExit(listener: () => void): void;
  kill(): void;
}

export interface ServiceClientOptions {
  readonly start: () => ServiceProcess;
  readonly emit: (event: ServiceEvent) => void;
  /** Called after a restart, before waiting calls are sent: to open again what was open. */
  readonly recover?: (call: ServiceClient['call']) => Promise<void>;
  /** A start that takes longer has failed. Milliseconds. */
  readonly startWithin?: number;
  /** A service that ran this long may be restarted again. Milliseconds. */
  readonly steadyAfter?: number;
  /** Time the service has to close its archive on shutdown. Milliseconds. */
  readonly shutdownWithin?: number;
}

/** An envelope in JSON, deflated where it is long. */
export type Reply = string | Uint8Array;

/** The JSON itself. */
export const textOfReply = (reply: Reply): string => (typeof reply === 'string' ? reply : inflateRawSync(reply).toString('utf8'));

interface Waiting {
  readonly name: string;
  readonly input: unknown;
  readonly answer: (reply: Reply) => void;
  sent: boolean;
}

/**
 * The service process as seen from Electron's main process. Every call is answered: by the service, or with `service-died` when the
 * process ends. It is restarted once; calls made meanwhile wait for the restart. After a second death, or shutdown, calls fail at once.
 */
export class ServiceClient {
  readonly #options: ServiceClientOptions;
  readonly #waiting = new Map<number, Waiting>();
  #process: ServiceProcess | null = null;
  #state: 'starting' | 'recovering' | 'running' | 'stopped' = 'stopped';
  #nextId = 1;
  #mayRestart = true;
  #node = '';
  #shuttingDown = false;

  constructor(options: ServiceClientOptions) {
    this.#options = options;
  }

  /** Node version of the running service; empty before it is ready. */
  get node(): string {
    return this.#node;
  }

  start(): void {
    if (this.#state === 'stopped' && !this.#shuttingDown) this.#launch(false);
  }

  /** Never rejects. The value is not checked here: whoever uses it does. */
  readonly call = async (name: string, input: unknown): Promise<Envelope<unknown>> => readReply(name, textOfReply(await this.ask(name, input)));

  /** The same, for one who only hands it on. */
  readonly ask = (name: string, input: unknown): Promise<Reply> => this.#enqueue(name, input, this.#state === 'running');

  #enqueue(name: string, input: unknown, now: boolean): Promise<Reply> {
    if (this.#state === 'stopped') return Promise.resolve(JSON.stringify(fail('service-died', name)));
    return new Promise((answer) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { name, input, answer, sent: false });
      if (now) this.#send(id);
    });
  }

  /** Asks the service to close its archive and waits until its process has ended; kills it when that takes too long. */
  async shutdown(): Promise<void> {
    this.#shuttingDown = true;
    const running = this.#process;
    if (running === null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => running.kill(), this.#options.shutdownWithin ?? 5000);
      running.onExit(() => {
        clearTimeout(timer);
        resolve();
      });
      running.send({ kind: 'shutdown' });
    });
  }

  #launch(again: boolean): void {
    this.#state = 'starting';
    const started = this.#options.start();
    this.#process = started;
    const startTimer = setTimeout(() => started.kill(), this.#options.startWithin ?? 30_000);
    let steadyTimer: NodeJS.Timeout | undefined;
    started.onMessage((raw) => {
      const parsed = fromServiceSchema.safeParse(raw);
      if (!parsed.success || this.#process !== started) return;
      const message = parsed.data;
      switch (message.kind) {
        case 'ready':
          clearTimeout(startTimer);
          steadyTimer = setTimeout(() => (this.#mayRestart = true), this.#options.steadyAfter ?? 60_000);
          this.#node = message.node;
          void this.#becomeReady(started, again);
          return;
        case 'reply':
          this.#answer(message.id, message.envelope);
          return;
        case 'event':
          this.#options.emit(message.event);
          return;
        default:
          message satisfies never;
      }
    });
    started.onExit(() => {
      clearTimeout(startTimer);
      clearTimeout(steadyTimer);
      if (this.#process === started) this.#handleExit();
    });
  }

  async #becomeReady(started: ServiceProcess, again: boolean): Promise<void> {
    if (again) {
      this.#state = 'recovering';
      await this.#options.recover?.(async (name, input) => readReply(name, textOfReply(await this.#enqueue(name, input, true))));
      if (this.#process !== started) return;
    }
    this.#state = 'running';
    for (const [id, waiting] of this.#waiting) if (!waiting.sent) this.#send(id);
    this.#options.emit({ kind: 'service-state', state: again ? 'restarted' : 'running' });
  }

  #send(id: number): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    waiting.sent = true;
    this.#process?.send({ kind: 'call', id, name: waiting.name, input: waiting.input });
  }

  #answer(id: number, reply: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.answer(reply);
  }

  #handleExit(): void {
    this.#process = null;
    this.#state = 'stopped';
    for (const [id, waiting] of [...this.#waiting]) this.#answer(id, JSON.stringify(fail('service-died', waiting.name)));
    if (this.#shuttingDown || !this.#mayRestart) {
      this.#options.emit({ kind: 'service-state', state: 'stopped' });
      return;
    }
    this.#mayRestart = false;
    this.#launch(true);
  }
}
