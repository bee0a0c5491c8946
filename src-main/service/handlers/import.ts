import type { HandlersOf } from '../handler.ts';
import { importFiles } from '../import/import-files.ts';

export const importHandlers: HandlersOf<'evidence.import'> = {
  'evidence.import': ({ paths, indicator, year }, session, job) =>
    session.write(async (archive) => {
      const answer = await importFiles(archive, session.readingRoom, { paths, indicator, year }, session.actor, job);
      session.readScansInBackground();
      return answer;
    }),
};
