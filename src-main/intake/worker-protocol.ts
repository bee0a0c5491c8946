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

/** A page as it is shown: its size, and the matrix from the space of its text items to that picture, `x` from the left, `y` from the top. */
export interface PageFrame {
  readonly width: number;
  readonly height: number;
  /** `[a, b, c, d, e, f]` as in PDF: x' = ax + cy + e, y' = bx + dy + f. */
  readonly transform: readonly number[];
}

/** Text of one page, from 1. `text` is normalised for search (NFKC, radicals), one line of the page per line. */
export interface PageText {
  readonly page: number;
  readonly text: string;
  readonly items: readonly TextItem[];
  /** Left out where the file has no pages of its own (a text, a table). */
  readonly frame?: PageFrame | undefined;
  /** Read from the page's picture: letters may be mistaken. */
  readonly recognised?: boolean;
}

/** What was seen on a page that has no text of its own. */
export interface PageLook {
  readonly page: number;
  readonly blank: boolean;
  /** Degrees clockwise by which it must be turned to be read. */
  readonly turn: 0 | 90 | 180 | 270;
  /** The page in 32 × 45 cells of grey, base64; see `comparePrints`. */
  readonly print: string;
  /** The page in 192 × 272 cells of grey, base64; see `differInDetail`. */
  readonly detail: string;
  /** See `blurredBelow`. */
  readonly sharpness: number;
  /** Dots per inch of its picture; null where there is none. */
  readonly dpi: number | null;
}

/** A page read by its picture. */
export interface RecognisedPage extends PageText {
  /** Mean confidence of its lines, 0 to 1; 0 where there are none. */
  readonly confidence: number;
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

export interface PageOfFile {
  readonly path: string;
  readonly fileKind: FileKind;
  readonly page: number;
}

/** What the worker process can be asked. Everything here may meet a hostile file, so it never runs in the service itself. */
export type WorkerTask =
  | { readonly kind: 'extract-text'; readonly path: string; readonly fileKind: FileKind; readonly fromPage: number; readonly until: number }
  | { readonly kind: 'render-page'; readonly path: string; readonly fileKind: FileKind; readonly page: number; readonly longestSide: number; readonly out: string }
  | { readonly kind: 'hash-image'; readonly path: string; readonly fileKind: FileKind; readonly page: number }
  | { readonly kind: 'look-at-pages'; readonly path: string; readonly fileKind: FileKind; readonly pages: readonly number[] }
  | { readonly kind: 'recognise-page'; readonly path: string; readonly fileKind: FileKind; readonly page: number; readonly turn: PageLook['turn'] }
  | { readonly kind: 'read-plan-blocks'; readonly path: string }
  | { readonly kind: 'compare-pages'; readonly one: PageOfFile; readonly other: PageOfFile }
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
const frameSchema = z.object({ width: z.number(), height: z.number(), transform: z.array(z.number()).length(6).readonly() });
const pageTextSchema = z.object({ page: z.number(), text: z.string(), items: z.array(textItemSchema).readonly(), frame: frameSchema.optional() });
const hashSchema = z.string().regex(/^[0-9a-f]{16}$/u);
const pageLookSchema = z.object({
  page: z.number().int().min(1),
  blank: z.boolean(),
  turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  print: z.base64().length(1920),
  detail: z.base64().length(69_632),
  sharpness: z.number(),
  dpi: z.number().nullable(),
});
const troubleSchema = z.object({ error: z.enum(intakeErrorCodes), message: z.string() });

/** What comes back from the process is checked: it has just read a hostile file. Pages of text are sent one by one, so that a page that kills the worker costs only itself. */
export const workerMessageSchema = z.discriminatedUnion('kind', [
  z.object({ id: z.number(), kind: z.literal('page-started'), page: z.number(), of: z.number() }),
  z.object({ id: z.number(), kind: z.literal('page-done'), page: pageTextSchema }),
  z.object({ id: z.number(), kind: z.literal('page-seen'), look: pageLookSchema }),
  z.object({ id: z.number(), kind: z.literal('result'), result: z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value: z.unknown() }), z.object({ ok: z.literal(false), error: troubleSchema })]) }),
]);
export type WorkerMessage = z.infer<typeof workerMessageSchema>;

/** Answers by task; the pages of a text have gone ahead as messages. */
export const workerAnswerSchemas = {
  'extract-text': z.object({ truncated: z.boolean() }),
  'render-page': z.object({ path: z.string(), width: z.number(), height: z.number() }),
  'hash-image': hashSchema,
  'look-at-pages': z.object({}),
  'recognise-page': pageTextSchema.extend({ confidence: z.number() }),
  'read-plan-blocks': z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('paragraph'), text: z.string() }),
      z.object({ kind: z.literal('table'), rows: z.array(z.array(z.string())), guessed: z.boolean() }),
    ]),
  ),
  'compare-pages': z.object({ same: z.boolean() }),
  convert: z.object({ path: z.string(), pages: z.number(), approximate: z.boolean(), losses: z.array(z.string()) }),
};

const placedTextSchema = z.object({ frame: frameSchema, items: z.array(textItemSchema) });

/** Whether stored JSON is a page's text items and frame. */
export const isPlacedText = (value: unknown): value is { readonly frame: PageFrame; readonly items: readonly TextItem[] } => placedTextSchema.safeParse(value).success;
