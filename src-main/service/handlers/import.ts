import type { HandlersOf } from '../handler.ts';
import { importFiles } from '../import/import-files.ts';
import { replaceFile } from '../import/replace-file.ts';

/** While thousands of files come in the window reads its lists anew, but not at every one. */
const TOLD_EVERY_MS = 2000;

export const importHandlers: HandlersOf<'evidence.import' | 'evidence.replace'> = {
  'evidence.import': ({ paths, indicator, year }, session, job) =>
    session.write(async (archive) => {
      let told = Number.NEGATIVE_INFINITY;
      const onEntered = (): void => {
        if (performance.now() - told < TOLD_EVERY_MS) return;
        told = performance.now();
        session.emit({ kind: 'archive-changed' });
      };
      const answer = await importFiles(archive, session.readingRoom, { paths, indicator, year, onEntered }, session.actor, job);
      session.readScansInBackground();
      return answer;
    }),

  'evidence.replace': ({ id, path, reason }, session, job) =>
    session.write(async (archive) => {
      const answer = await replaceFile(archive, session.readingRoom, { id, path, reason }, session.actor, job);
      session.readScansInBackground();
      return answer;
    }),
};
