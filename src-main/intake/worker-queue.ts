import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { fail, type Result } from '../domain/result.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import { workerMessageSchema, type WorkerMessage, type WorkerTask } from './worker-protocol.ts';

export interface WorkerQueueOptions {
  readonly workers: number;
  readonly workerFile: string;
  readonly execPath: string;
  readonly env: Readonly<Record<string, string>>;
  readonly memoryLimit: number;
  /** Niceness of the processes, 0 (as this one) to 19. */
  readonly niceness: number;
}

/** The process died under the task: the caller decides whether to go on behind the place where it died. */
export interface Killed {
  readonly error: 'killed';
  readonly why: 'timeout' | 'memory' | 'crash';
}

export interface QueuedTask {
  /** Made when its turn comes: among a thousand others a task may wait longer than it may take. */
  readonly task: () => WorkerTask;
  /** Goes before those that wait: it ends what has begun. */
  readonly ahead?: boolean;
  /** Milliseconds without any message after which the process is killed. */
  readonly patience: number;
  readonly signal: AbortSignal | undefined;
  readonly onMessage: (message: WorkerMessage) => void;
}

interface Waiting extends QueuedTask {
  readonly id: number;
  readonly settle: (result: Result<unknown, IntakeTrouble | Killed>) => void;
}

const heapLimit = 768;
const watchInterval = 250;
/** A process is replaced after so many tasks: native libraries keep what they took. */
const tasksPerProcess = 200;
export const cancelled = trouble('cancelled', '已取消。');

/** Runs tasks in forked processes, one task a process at a time; kills what overruns and forks anew for the next. */
export class WorkerQueue {
  readonly #options: WorkerQueueOptions;
  readonly #waiting: Waiting[] = [];
  readonly #idle: { readonly child: ChildProcess; readonly used: number }[] = [];
  readonly #running = new Set<ChildProcess>();
  #nextId = 1;
  #closed = false;

  constructor(options: WorkerQueueOptions) {
    this.#options = options;
  }

  /** Answers every task exactly once, whatever happens to the process. */
  run(queued: QueuedTask): Promise<Result<unknown, IntakeTrouble | Killed>> {
    return new Promise((resolve) => {
      if (this.#closed || queued.signal?.aborted === true) {
        resolve(fail(cancelled));
        return;
      }
      const waiting = { ...queued, id: this.#nextId, settle: resolve };
      if (queued.ahead === true) this.#waiting.unshift(waiting);
      else this.#waiting.push(waiting);
      this.#nextId += 1;
      this.#dispatch();
    });
  }

  /** Ends all processes and waits for their end. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) waiting.settle(fail(cancelled));
    const children = [...this.#idle.splice(0).map(({ child }) => child), ...this.#running];
    await Promise.all(
      children.map(
        (child) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) resolve();
            else child.once('exit', () => resolve());
            child.ref();
            child.kill('SIGKILL');
          }),
      ),
    );
  }

  #dispatch(): void {
    while (!this.#closed && this.#running.size < this.#options.workers) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      if (next.signal?.aborted === true) {
        next.settle(fail(cancelled));
        continue;
      }
      const free = this.#idle.pop() ?? { child: this.#fork(), used: 0 };
      this.#start(free.child, free.used, next);
    }
  }

  #fork(): ChildProcess {
    const child = fork(this.#options.workerFile, [], {
      execPath: this.#options.execPath,
      // Code is never made from strings, so no trick of a document's can become a program.
      execArgv: [`--max-old-space-size=${heapLimit}`, '--disallow-code-generation-from-strings', '--no-warnings'],
      // Also where a library reads the environment as it was at the process's start.
      env: { ...process.env, ORT_DISABLE_TELEMETRY: '1', ...this.#options.env },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    if (this.#options.niceness > 0 && child.pid !== undefined) stepBack(child.pid, this.#options.niceness);
    // An idle process must not keep the program alive; while it works the task's timer does.
    child.unref();
    child.channel?.unref();
    return child;
  }

  #start(child: ChildProcess, used: number, waiting: Waiting): void {
    this.#running.add(child);
    let lastSign = Date.now();
    let heard = false;
    let left = false;
    let why: Killed['why'] = 'crash';
    const leave = (): boolean => {
      if (left) return false;
      left = true;
      this.#running.delete(child);
      clearInterval(watch);
      // Only what was set here: closing waits for the same process to end.
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      waiting.signal?.removeEventListener('abort', onAbort);
      return true;
    };
    const finish = (result: Result<unknown, IntakeTrouble | Killed>, reuse: boolean): void => {
      if (!leave()) return;
      if (reuse && !this.#closed && used + 1 < tasksPerProcess) this.#idle.push({ child, used: used + 1 });
      else child.kill('SIGKILL');
      waiting.settle(result);
      this.#dispatch();
    };
    const onAbort = (): void => finish(fail(cancelled), false);
    const watch = setInterval(() => {
      if (Date.now() - lastSign > waiting.patience) {
        why = 'timeout';
        child.kill('SIGKILL');
        return;
      }
      void measureResident(child.pid).then((megabytes) => {
        // The process may be at the next task by now.
        if (megabytes > this.#options.memoryLimit && !left) {
          why = 'memory';
          child.kill('SIGKILL');
        }
      });
    }, watchInterval);
    const onMessage = (raw: unknown): void => {
      const parsed = workerMessageSchema.safeParse(raw);
      if (!parsed.success || parsed.data.id !== waiting.id) return;
      lastSign = Date.now();
      heard = true;
      if (parsed.data.kind === 'result') finish(parsed.data.result, true);
      else waiting.onMessage(parsed.data);
    };
    const onExit = (): void => {
      if (this.#closed) finish(fail(cancelled), false);
      else if (why === 'crash' && used > 0 && !heard) tryAnew();
      else finish(fail({ error: 'killed', why }), false);
    };
    const onError = (): void => (used > 0 && !heard ? tryAnew() : finish(fail({ error: 'killed', why: 'crash' }), false));
    // A used process that dies before it says a word may have died of the task before: nobody is blamed for another's file.
    const tryAnew = (): void => {
      if (!leave()) return;
      child.kill('SIGKILL');
      this.#waiting.unshift(waiting);
      this.#dispatch();
    };
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    waiting.signal?.addEventListener('abort', onAbort, { once: true });
    child.send({ id: waiting.id, task: waiting.task() }, (error) => {
      if (error !== null) onError();
    });
  }
}

/** Lets the processor go to others first. Where the system does not allow it, the work is done all the same. */
function stepBack(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // The process may have ended already.
  }
}

/** Resident memory of a process in MB, 0 where the system does not tell. */
async function measureResident(pid: number | undefined): Promise<number> {
  if (process.platform !== 'linux' || pid === undefined) return 0;
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]);
    return (pages * 4096) / 1048576;
  } catch {
    return 0;
  }
}
