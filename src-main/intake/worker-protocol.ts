import { z } from 'zod';
import type { ConversionFonts } from './ofd/font-shelf.ts';
import type { FileKind } from '../domain/snapshot.ts';
import { intakeErrorCodes } from './trouble.ts';

/** A run of text as it stands on its page. PDF user space: points, origin at the lower left, `x` `y` the run's lower left corner. */
export interface TextItem {
  readonly str: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Text of one page, from 1. `text` is normalised for search (NFKC, radicals), one line of the page per line. */
export interface PageText {
  readonly page: number;
  readonly text: string;
  readonly items: readonly TextItem[];
}

export interface ExtractedText {
  readonly pages: readonly PageText[];
  /** Pages whose text could not be read in time; they stand in `pages` with empty text. */
  readonly failedPages: readonly number[];
  /** Text was cut: the document has more than the limit of characters. */
  readonly truncated: boolean;
}

export interface PageImage {
  /** JPEG file that was written. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/** What the worker process can be asked. Everything here may meet a hostile file, so it never runs in the service itself. */
export type WorkerTask =
  | { readonly kind: 'extract-text'; readonly path: string; readonly fileKind: FileKind; readonly fromPage: number; readonly until: number }
  | { readonly kind: 'render-page'; readonly path: string; readonly fileKind: FileKind; readonly page: number; readonly longestSide: number; readonly out: string; readonly orientation: number }
  | { readonly kind: 'hash-image'; readonly path: string; readonly fileKind: FileKind; readonly page: number; readonly orientation: number }
  | { readonly kind: 'convert'; readonly path: string; readonly fileKind: FileKind; readonly out: string; readonly fonts: ConversionFonts };

/** A PDF that was made of another kind of file. */
export interface Conversion {
  readonly path: string;
  readonly pages: number;
  /** 近似转换: not made by the program that owns the format; a person must compare it with the original. */
  readonly approximate: boolean;
  /** What could not be carried over, in Chinese, for the clerk. */
  readonly losses: readonly string[];
}

export interface WorkerRequest {
  readonly id: number;
  readonly task: WorkerTask;
}

const textItemSchema = z.object({ str: z.string(), x: z.number(), y: z.number(), w: z.number(), h: z.number() });
const troubleSchema = z.object({ error: z.enum(intakeErrorCodes), message: z.string() });

/** What comes back from the process is checked: it has just read a hostile file. Pages of text are sent one by one, so that a page that kills the worker costs only itself. */
export const workerMessageSchema = z.discriminatedUnion('kind', [
  z.object({ id: z.number(), kind: z.literal('page-started'), page: z.number(), of: z.number() }),
  z.object({ id: z.number(), kind: z.literal('page-done'), page: z.object({ page: z.number(), text: z.string(), items: z.array(textItemSchema).readonly() }) }),
  z.object({ id: z.number(), kind: z.literal('result'), result: z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value: z.unknown() }), z.object({ ok: z.literal(false), error: troubleSchema })]) }),
]);
export type WorkerMessage = z.infer<typeof workerMessageSchema>;

/** Answers by task; the pages of a text have gone ahead as messages. */
export const workerAnswerSchemas = {
  'extract-text': z.object({ truncated: z.boolean() }),
  'render-page': z.object({ path: z.string(), width: z.number(), height: z.number() }),
  'hash-image': z.string().regex(/^[0-9a-f]{16}$/u),
  convert: z.object({ path: z.string(), pages: z.number(), approximate: z.boolean(), losses: z.array(z.string()) }),
};
