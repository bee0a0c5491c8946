/**
 * Files that stand for a generated paper: `replacement` takes its place where it is bound, `template` gives its words and looks. A file that is taken back keeps its row, so that its bytes
 * stay known; the highest number that is not taken back is in force.
 */
export const paperFiles = {
  version: 30,
  name: 'paper-files',
  sql: `
CREATE TABLE paper_files (
  role TEXT NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL, number INTEGER NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64), file_name TEXT NOT NULL, file_kind TEXT NOT NULL, bytes INTEGER NOT NULL,
  bound_sha256 TEXT NOT NULL, bound_bytes INTEGER NOT NULL, pages INTEGER NOT NULL, bound_note TEXT NOT NULL,
  facts TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL, by_name TEXT NOT NULL, withdrawn_at TEXT NOT NULL,
  PRIMARY KEY (role, kind, scope, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_files_by_sha256 ON paper_files (sha256);
`,
} as const;
