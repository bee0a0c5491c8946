import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { partialDerivedPath } from '../../archive/index.ts';
import { inspectSource } from '../../binder/index.ts';
import type { FileKind } from '../../domain/snapshot.ts';
import { approximatedHere, convertByOffice, convertedByOffice, convertedHere, findOffice } from '../../intake/index.ts';
import type { IntakeTrouble } from '../../intake/index.ts';
import { readersAtOnce } from './reading-room.ts';
import type { ReadingRoom } from './reading-room.ts';

/** A PDF made of a file that cannot be bound as it is; it still lies under a name that a restart sweeps away. */
export interface ConvertedPdf {
  readonly partial: string;
  readonly pages: number;
  /** 近似转换 where it was not made by a program that owns the format, and what was lost. */
  readonly note: string;
}

export type ConversionOutcome = { readonly ok: true; readonly pdf: ConvertedPdf } | { readonly ok: false; readonly trouble: IntakeTrouble };

export interface ConversionTask {
  readonly path: string;
  readonly kind: FileKind;
}

const damaged: IntakeTrouble = { error: 'file-damaged', message: '转换出来的PDF打不开，请用原程序另存为 PDF 后再导入。' };

/** Makes PDFs for what the binder does not take: pictures, text and OFD in the worker, office documents in runs of LibreOffice, or where there is none DOCX and XLSX in the worker too. */
export class Converter {
  readonly #archive: { readonly folder: string };
  readonly #room: ReadingRoom;
  readonly #resources: string;
  readonly #office: string | undefined;

  private constructor(archive: { readonly folder: string }, room: ReadingRoom, resources: string, office: string | undefined) {
    this.#archive = archive;
    this.#room = room;
    this.#resources = resources;
    this.#office = office;
  }

  static async open(archive: { readonly folder: string }, room: ReadingRoom, resources: string): Promise<Converter> {
    return new Converter(archive, room, resources, await findOffice());
  }

  /** Kinds that can be converted here and now. */
  get kinds(): ReadonlySet<FileKind> {
    return new Set([...convertedHere, ...approximatedHere, ...(this.#office === undefined ? [] : convertedByOffice)]);
  }

  /** Answers in the order of the tasks; a task that fails costs only itself. */
  async convert(tasks: readonly ConversionTask[], signal: AbortSignal, onProgress: (settled: number) => void = () => undefined): Promise<readonly ConversionOutcome[]> {
    const jobs = tasks.map((task) => ({ task, partial: partialDerivedPath(this.#archive, '.pdf') }));
    const outcomes = new Map<string, ConversionOutcome>();
    const office = jobs.filter(({ task }) => convertedByOffice.has(task.kind));
    if (office.length > 0 && this.#office !== undefined) {
      const answers = await convertByOffice(office.map(({ task, partial }) => ({ path: task.path, kind: task.kind, out: partial })), { program: this.#office, signal, onProgress });
      for (const [index, { partial }] of office.entries()) {
        const answer = answers[index];
        outcomes.set(partial, answer?.ok === true ? await this.#check(partial, '') : { ok: false, trouble: answer === undefined ? damaged : answer.error });
      }
    }
    // What no office program is there for, or what it could not open, is set here as well as it goes: a clerk compares it before it counts.
    const here = jobs.filter(({ task, partial }) => convertedHere.has(task.kind) || (approximatedHere.has(task.kind) && outcomes.get(partial)?.ok !== true && !signal.aborted));
    const fonts = { song: this.#font('song'), hei: this.#font('hei'), kai: this.#font('kai'), xiaobiaosong: this.#font('xiaobiaosong') };
    const before = office.length;
    let next = 0;
    const work = async (): Promise<void> => {
      for (let job = here[next++]; job !== undefined; job = here[next++]) {
        const { task, partial } = job;
        onProgress(before + next - 1);
        const answer = await this.#room.workers.convert(task.path, task.kind, { out: partial, fonts }, { signal });
        if (!answer.ok) outcomes.set(partial, outcomes.get(partial) ?? { ok: false, trouble: answer.error });
        else outcomes.set(partial, await this.#check(partial, [answer.value.approximate ? '近似转换' : '', ...answer.value.losses].filter((words) => words !== '').join('；')));
      }
    };
    await Promise.all(Array.from({ length: readersAtOnce() }, work));
    return jobs.map(({ partial }) => outcomes.get(partial) ?? { ok: false, trouble: damaged });
  }

  #font(role: string): string {
    return join(this.#resources, 'fonts', `${role}.ttf`);
  }

  async #check(partial: string, note: string): Promise<ConversionOutcome> {
    const facts = inspectSource(partial);
    if (facts.ok) return { ok: true, pdf: { partial, pages: facts.value.pages, note } };
    await rm(partial, { force: true });
    return { ok: false, trouble: damaged };
  }
}
