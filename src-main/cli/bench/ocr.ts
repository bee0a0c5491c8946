import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fonts } from '../../binder/index.ts';
import { measureProcess } from './measured-process.ts';
import { countErrors, kinds, makeBenchPages, qualities, type PageKind, type Quality } from './ocr-pages.ts';

export interface OcrBenchOptions {
  readonly fonts: Fonts;
  /** Folder of the measured programs. */
  readonly workers: string;
  /** Pages of every kind and quality; default 3. */
  readonly pages?: number;
  readonly onRow?: (row: OcrBenchRow) => void;
}

export interface OcrBenchRow {
  readonly kind: PageKind | 'all';
  readonly quality: Quality | 'all';
  readonly pages: number;
  readonly characters: number;
  /** Part of the characters that were read as they stand, 0 to 1; one wrong, missing or too many is one error. */
  readonly right: number;
  readonly secondsPerPage: number;
  /** Of the reading process over all pages; null in the rows of one kind. */
  readonly peakMiB: number | null;
}

const answerSchema = z.object({ seconds: z.number(), text: z.string() });

/** Draws pages of Chinese text and tables from the bundled fonts, reads them by their picture and counts what was read right. Throws where reading failed. */
export async function runOcrBench({ fonts, workers, pages = 3, onRow }: OcrBenchOptions): Promise<readonly OcrBenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chuangdang-ocr-'));
  try {
    const drawn = await makeBenchPages(fonts, pages);
    const files = drawn.map(({ jpeg }, at) => {
      const path = join(folder, `${at}.jpg`);
      writeFileSync(path, jpeg);
      return path;
    });
    const run = await measureProcess(process.execPath, ['--no-warnings', join(workers, 'ocr-worker.ts'), ...files]);
    if (!run.ok) throw new Error(`reading failed: ${run.output.slice(-500)}`);
    const answers = run.output.trim().split('\n').map((line) => answerSchema.parse(JSON.parse(line)));
    const results = drawn.map((page, at) => ({ ...page, ...countErrors(page.text, answers[at]?.text ?? ''), seconds: answers[at]?.seconds ?? 0 }));
    const sumUp = (kind: OcrBenchRow['kind'], quality: OcrBenchRow['quality'], peakMiB: number | null): OcrBenchRow => {
      const chosen = results.filter((page) => (kind === 'all' || page.kind === kind) && (quality === 'all' || page.quality === quality));
      const sum = (figure: (page: (typeof results)[number]) => number): number => chosen.reduce((total, page) => total + figure(page), 0);
      const characters = sum((page) => page.characters);
      const row = { kind, quality, pages: chosen.length, characters, right: 1 - sum((page) => page.errors) / Math.max(1, characters), secondsPerPage: sum((page) => page.seconds) / Math.max(1, chosen.length), peakMiB };
      onRow?.(row);
      return row;
    };
    return [...kinds.flatMap((kind) => qualities.map((quality) => sumUp(kind, quality, null))), sumUp('all', 'all', run.peakMiB)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
