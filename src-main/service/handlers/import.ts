import type { HandlersOf } from '../handler.ts';
import { importFiles } from '../import/import-files.ts';

export const importHandlers: HandlersOf<'evidence.import'> = {
  'evidence.import': ({ paths, indicator, year }, session, job) =>
    session.write((archive) => importFiles(archive, session.readingRoom, { paths, indicator, year }, session.actor, job)),
};
