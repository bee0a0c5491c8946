import type { Connection } from './database.ts';
import { APPLICATION_ID } from './layout.ts';
import type { Migration } from './migrations/index.ts';

/** The version that a program with these migrations writes. */
export const latestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0;

/**
 * Brings the database to the latest version, all steps in one transaction: a crash leaves the old version whole.
 * The caller made a backup first. Throws what SQLite throws.
 */
export const migrate = (db: Connection, migrations: readonly Migration[]): void => {
  const from = Number(db.pragma('user_version'));
  // Tables that others refer to cannot be rebuilt while references are enforced; they are checked before the commit instead.
  db.pragma('foreign_keys = OFF');
  try {
    db.atomically(() => {
      for (const step of migrations) if (step.version > from) db.script(step.sql);
      const dangling = db.get('SELECT "table" FROM pragma_foreign_key_check');
      if (dangling !== undefined) throw new Error(`migration left dangling references in ${String(dangling['table'])}`);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${latestVersion(migrations)}`);
    });
  } finally {
    db.pragma('foreign_keys = ON');
  }
};
