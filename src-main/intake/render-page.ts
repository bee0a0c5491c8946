import { rename, writeFile } from 'node:fs/promises';
import { ok, type Result } from '../domain/result.ts';
import { withPages, type DrawableFile } from './drawable-pages.ts';
import { hashOf } from './scan/page-look.ts';
import type { IntakeTrouble } from './trouble.ts';
import type { PageImage } from './worker-protocol.ts';

export interface PageToDraw extends DrawableFile {
  /** From 1. */
  readonly page: number;
  /** Pixels of the longer side, at most 4096. */
  readonly longestSide: number;
}

/** Writes the page as a JPEG beside `out` and renames it there, so that a half-written thumbnail is never shown. */
export async function writePageImage(task: PageToDraw, out: string): Promise<Result<PageImage, IntakeTrouble>> {
  return withPages(task, async (pages) => {
    const drawn = await pages.draw(task.page, task.longestSide);
    if (!drawn.ok) return drawn;
    const { canvas } = drawn.value;
    const part = `${out}.${process.pid}.part`;
    await writeFile(part, await canvas.encode('jpeg', 82));
    await rename(part, out);
    return ok({ path: out, width: canvas.width, height: canvas.height });
  });
}

/** Perceptual hash of a page or image, see `hashOf`. Two scans of one sheet differ in few bits, see `countDifferentBits`. */
export async function hashPage(task: Omit<PageToDraw, 'longestSide'>): Promise<Result<string, IntakeTrouble>> {
  return withPages(task, async (pages) => {
    const drawn = await pages.draw(task.page, 256);
    return drawn.ok ? ok(hashOf(drawn.value.canvas)) : drawn;
  });
}
