import type { FileKind } from '../domain/snapshot.ts';
import type { IntakeTrouble } from './trouble.ts';
import type { Result } from '../domain/result.ts';

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
  | { readonly kind: 'extract-text'; readonly path: string; readonly fileKind: FileKind; readonly variant: string; readonly password: string }
  | { readonly kind: 'render-page'; readonly path: string; readonly fileKind: FileKind; readonly page: number; readonly longestSide: number; readonly out: string; readonly orientation: number }
  | { readonly kind: 'hash-image'; readonly path: string; readonly fileKind: FileKind; readonly page: number; readonly orientation: number }
  | { readonly kind: 'convert'; readonly path: string; readonly fileKind: FileKind; readonly variant: string; readonly out: string; readonly fonts: readonly string[] };

export interface WorkerAnswers {
  readonly 'extract-text': ExtractedText;
  readonly 'render-page': PageImage;
  readonly 'hash-image': string;
  readonly convert: Conversion;
}

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

export interface WorkerReply {
  readonly id: number;
  readonly result: Result<WorkerAnswers[WorkerTask['kind']], IntakeTrouble>;
}
