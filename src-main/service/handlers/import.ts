import type { HandlersOf } from '../handler.ts';
import { importFiles } from '../import/import-files.ts';
import { replaceFile } from '../import/replace-file.ts';

export const importHandlers: HandlersOf<'evidence.import' | 'evidence.replace'> = {
  'evidence.import': ({ paths, indicator, year }, session, job) =>
    session.write(async (archive) => {
      const answer = await importFiles(archive, session.readingRoom, { paths, indicator, year }, session.actor, job);
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
