import { Worker } from 'node:worker_threads';
import type { DocxReply, DocxTask } from '../../papers/docx-thread.ts';
import type { DataSheet, Paper, PaperProfile, TemplateResult } from '../../papers/index.ts';

interface Waiting {
  readonly resolve: (result: TemplateResult) => void;
  readonly reject: (error: Error) => void;
}

type Question =
  | { readonly kind: 'paper'; readonly paper: Paper; readonly profile: PaperProfile }
  | { readonly kind: 'sheets'; readonly sheets: readonly DataSheet[] }
  | { readonly kind: 'template'; readonly template: Uint8Array; readonly values: Readonly<Record<string, string>> };

/** Writes DOCX and XLSX in a thread of its own, started at first use; every waiting call ends, also when the thread dies. */
export class DocxDesk {
  readonly #file: () => string;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | null = null;
  #last = 0;

  constructor(file: () => string) {
    this.#file = file;
  }

  /** The DOCX bytes of a paper. Rejects where it cannot be written, or with the signal's reason. */
  render(paper: Paper, profile: PaperProfile, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#make({ kind: 'paper', paper, profile }, signal);
  }

  /** The same of lists as a workbook. */
  renderSheets(sheets: readonly DataSheet[], signal?: AbortSignal): Promise<Uint8Array> {
    return this.#make({ kind: 'sheets', sheets }, signal);
  }

  /** The office's template with its fields filled in, or what is wrong with it. */
  fill(template: Uint8Array, values: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<TemplateResult> {
    return this.#ask({ kind: 'template', template, values }, signal);
  }

  async #make(question: Question, signal?: AbortSignal): Promise<Uint8Array> {
    const result = await this.#ask(question, signal);
    if (!result.ok) throw new Error(result.problems.join('; '));
    return result.bytes;
  }

  #ask(question: Question, signal?: AbortSignal): Promise<TemplateResult> {
    signal?.throwIfAborted();
    const thread = this.#open();
    const id = (this.#last += 1);
    return new Promise<TemplateResult>((resolve, reject) => {
      const stop = (): void => {
        // One paper cannot be stopped half way: the thread goes, and what waits behind it is asked again by nobody.
        this.#end(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
        void thread.terminate();
      };
      const settle = (): void => {
        this.#waiting.delete(id);
        signal?.removeEventListener('abort', stop);
      };
      this.#waiting.set(id, {
        resolve: (result) => {
          settle();
          resolve(result);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      signal?.addEventListener('abort', stop, { once: true });
      const task: DocxTask = { id, ...question };
      thread.postMessage(task);
    });
  }

  #open(): Worker {
    if (this.#thread !== null) return this.#thread;
    const thread = new Worker(this.#file());
    thread.on('message', (reply: DocxReply) => {
      const waiting = this.#waiting.get(reply.id);
      if ('result' in reply) waiting?.resolve(reply.result);
      else waiting?.reject(new Error(reply.failed));
    });
    thread.on('error', (error: unknown) => this.#end(error instanceof Error ? error : new Error(String(error))));
    thread.on('exit', () => {
      if (this.#thread === thread) this.#end(new Error('the DOCX thread ended'));
    });
    this.#thread = thread;
    return thread;
  }

  #end(error: Error): void {
    this.#thread = null;
    for (const { reject } of [...this.#waiting.values()]) reject(error);
  }

  async close(): Promise<void> {
    const thread = this.#thread;
    this.#end(new Error('the service is closing'));
    await thread?.terminate();
  }
}
