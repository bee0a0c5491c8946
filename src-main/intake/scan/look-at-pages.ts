import { ok, type Result } from '../../domain/result.ts';
import { withPages, type DrawableFile } from '../drawable-pages.ts';
import type { IntakeTrouble } from '../trouble.ts';
import type { PageLook, PageOfFile } from '../worker-protocol.ts';
import { lookAtPixels, lookSide } from './page-look.ts';
import { findTurn } from './page-turn.ts';
import { showSamePicture } from './same-picture.ts';

export interface LookProgress {
  readonly started: (page: number) => void;
  readonly seen: (look: PageLook) => void;
}

/** Looks at pages and hands on what it sees of each; a page that cannot be drawn is left out. */
export async function lookAtPages(task: DrawableFile & { readonly pages: readonly number[] }, progress: LookProgress): Promise<Result<Record<string, never>, IntakeTrouble>> {
  return withPages(task, async (file) => {
    for (const page of task.pages) {
      progress.started(page);
      const drawn = await file.measure(page, lookSide);
      if (!drawn.ok) continue;
      const { canvas, dpi } = drawn.value;
      const { strips, ...look } = lookAtPixels(canvas);
      progress.seen({ page, ...look, dpi, turn: look.blank ? 0 : await findTurn(canvas, strips) });
    }
    return ok({});
  });
}

/** Whether two pages show the same picture. */
export async function comparePages(one: PageOfFile, other: PageOfFile): Promise<Result<{ readonly same: boolean }, IntakeTrouble>> {
  const first = await withPages(one, (file) => file.draw(one.page, lookSide));
  if (!first.ok) return first;
  const second = await withPages(other, (file) => file.draw(other.page, lookSide));
  return second.ok ? ok({ same: showSamePicture(first.value.canvas, second.value.canvas) }) : second;
}
