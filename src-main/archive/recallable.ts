import type { ReadableDb } from './database.ts';
import { text } from './rows.ts';

/** Columns that name objects, in the rows that have any. */
const named = `
  SELECT e.subject_kind AS kind, json_extract(e.subject, '$[0]') AS owner, cells.value AS cells
    FROM changes c JOIN events e ON e.change = c.id JOIN json_each(json_array(e.before, e.after)) AS cells
   WHERE c.state IN ('done', 'undone') AND e.subject_kind IN ('evidence', 'revision', 'paper-file', 'conflict') AND cells.value IS NOT NULL`;

/**
 * Hashes of objects that undo or redo can put in use again, whether or not a row names them now: a file that stood for a paper until that
 * was taken back, the newer file of an item when it was replaced again. What belonged to an item that was removed for good is none of them.
 */
export const readRecallable = (db: ReadableDb): ReadonlySet<string> => {
  const rows = db.all(
    `WITH named AS (${named})
     SELECT DISTINCT sha256 FROM (
       SELECT json_extract(cells, '$.sha256') AS sha256, kind, owner FROM named UNION ALL SELECT json_extract(cells, '$.bound_sha256'), kind, owner FROM named
     ) WHERE length(sha256) = 64 AND (kind NOT IN ('evidence', 'revision') OR EXISTS (SELECT 1 FROM evidence WHERE id = owner))`,
  );
  return new Set(rows.map((row) => text(row, 'sha256')));
};
