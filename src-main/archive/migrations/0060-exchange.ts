/** Packs handed out and taken in, what collided, and the rows that were handed over, as the base of later merges. */
export const exchange = {
  version: 60,
  name: 'exchange',
  sql: `
CREATE TABLE packs_out (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, unit TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, due TEXT NOT NULL,
  items INTEGER NOT NULL, bytes INTEGER NOT NULL, digest TEXT NOT NULL, file_name TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE TABLE packs_in (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, unit TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, sender TEXT NOT NULL,
  digest TEXT NOT NULL, file_name TEXT NOT NULL, head_seq INTEGER NOT NULL, head_hash TEXT NOT NULL, summary TEXT NOT NULL
) STRICT;
CREATE TABLE conflicts (
  id TEXT PRIMARY KEY, pack TEXT NOT NULL, unit TEXT NOT NULL, row_kind TEXT NOT NULL, row_key TEXT NOT NULL, field TEXT NOT NULL,
  base TEXT, ours TEXT, theirs TEXT, at TEXT NOT NULL, state TEXT NOT NULL, decided_by TEXT NOT NULL, decided_at TEXT NOT NULL, sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX conflicts_by_state ON conflicts (state);
CREATE TABLE pack_states (id TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
`,
} as const;
