/** The first schema: application, catalog, evidence and what is said of it, events, exports, reviews. */
export const foundation = {
  version: 10,
  name: 'foundation',
  sql: `
CREATE TABLE application (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  archive_id TEXT NOT NULL, title TEXT NOT NULL,
  applicant TEXT NOT NULL DEFAULT '', fonds_code TEXT NOT NULL DEFAULT '', fonds_name TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
) STRICT;
CREATE TABLE catalog_head (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT;
CREATE TABLE indicator_groups (code TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE indicators (code TEXT PRIMARY KEY, group_code TEXT NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE units (name TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE unit_tasks (
  unit TEXT NOT NULL, indicator TEXT NOT NULL,
  contact TEXT NOT NULL, phone TEXT NOT NULL, due TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (unit, indicator)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_batches (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, source TEXT NOT NULL,
  imported INTEGER NOT NULL, duplicates INTEGER NOT NULL, rejected TEXT NOT NULL
) STRICT;
CREATE TABLE evidence (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  file_name TEXT NOT NULL, file_kind TEXT NOT NULL, bytes INTEGER NOT NULL, pages INTEGER NOT NULL,
  kind TEXT, title TEXT NOT NULL, title_made INTEGER NOT NULL, document_number TEXT NOT NULL, issuer TEXT NOT NULL, date TEXT NOT NULL,
  secrecy TEXT NOT NULL, retention TEXT NOT NULL, original TEXT NOT NULL, original_place TEXT NOT NULL,
  draft INTEGER NOT NULL, sealed INTEGER NOT NULL, confirmed INTEGER NOT NULL, valid_until TEXT NOT NULL,
  integrity TEXT NOT NULL, has_personal_id INTEGER NOT NULL, photo_facts TEXT, image_pixels INTEGER,
  details TEXT NOT NULL, suggestions TEXT NOT NULL,
  bound_file TEXT NOT NULL, bound_note TEXT NOT NULL,
  source TEXT NOT NULL, imported_at TEXT NOT NULL, import_batch INTEGER REFERENCES import_batches (id),
  trashed_at TEXT, search_text TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_by_sha256 ON evidence (sha256);
CREATE TABLE revisions (
  evidence_id TEXT NOT NULL REFERENCES evidence (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL, sha256 TEXT NOT NULL, file_name TEXT NOT NULL, file_kind TEXT NOT NULL, bytes INTEGER NOT NULL, pages INTEGER NOT NULL,
  replaced_at TEXT NOT NULL, replaced_by TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (evidence_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX revisions_by_sha256 ON revisions (sha256);
CREATE TABLE proof_marks (
  id TEXT PRIMARY KEY, evidence_id TEXT NOT NULL REFERENCES evidence (id) DEFERRABLE INITIALLY DEFERRED,
  page INTEGER NOT NULL, body TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE INDEX proof_marks_by_evidence ON proof_marks (evidence_id);
CREATE TABLE links (
  evidence_id TEXT NOT NULL REFERENCES evidence (id) DEFERRABLE INITIALLY DEFERRED,
  indicator TEXT NOT NULL, year INTEGER NOT NULL, requirement TEXT NOT NULL,
  position INTEGER NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (evidence_id, indicator, year, requirement)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_indicator ON links (indicator, position);
CREATE TABLE indicator_values (
  indicator TEXT NOT NULL, year INTEGER NOT NULL, value REAL NOT NULL, unit TEXT NOT NULL, numerator REAL, denominator REAL,
  source_evidence TEXT REFERENCES evidence (id) DEFERRABLE INITIALLY DEFERRED, source_page INTEGER, note TEXT NOT NULL,
  PRIMARY KEY (indicator, year)
) STRICT, WITHOUT ROWID;
CREATE TABLE reports (indicator TEXT PRIMARY KEY, body TEXT NOT NULL, citations TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE declarations (
  indicator TEXT NOT NULL, number INTEGER NOT NULL, answer TEXT NOT NULL, signed_by TEXT NOT NULL,
  certificate TEXT REFERENCES evidence (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (indicator, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE certificates (
  indicator TEXT NOT NULL, number INTEGER NOT NULL, unit TEXT NOT NULL, state TEXT NOT NULL,
  evidence_id TEXT REFERENCES evidence (id) DEFERRABLE INITIALLY DEFERRED,
  printed_at TEXT NOT NULL, returned_at TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (indicator, number, unit)
) STRICT, WITHOUT ROWID;
CREATE TABLE sign_offs (
  indicator TEXT NOT NULL, unit TEXT NOT NULL, kind TEXT NOT NULL, by_name TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (indicator, unit)
) STRICT, WITHOUT ROWID;
CREATE TABLE waivers (
  rule TEXT NOT NULL, indicator TEXT NOT NULL, evidence_id TEXT NOT NULL, reason TEXT NOT NULL, by_name TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (rule, indicator, evidence_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE review_rounds (number INTEGER PRIMARY KEY, name TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT NOT NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE review_findings (
  id TEXT PRIMARY KEY, round INTEGER NOT NULL REFERENCES review_rounds (number) DEFERRABLE INITIALLY DEFERRED,
  indicator TEXT, body TEXT NOT NULL, raised_by TEXT NOT NULL, raised_at TEXT NOT NULL,
  assigned_to TEXT NOT NULL, due TEXT NOT NULL, state TEXT NOT NULL,
  answer TEXT NOT NULL, answer_evidence TEXT NOT NULL, answered_by TEXT NOT NULL, answered_at TEXT NOT NULL,
  closed_by TEXT NOT NULL, closed_at TEXT NOT NULL
) STRICT;
CREATE INDEX review_findings_by_round ON review_findings (round);
CREATE TABLE exports (
  version INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, draft INTEGER NOT NULL, pages INTEGER NOT NULL,
  plan TEXT NOT NULL, manifest TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE TABLE settings (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE changes (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, reverts INTEGER REFERENCES changes (id), label TEXT NOT NULL, state TEXT NOT NULL
) STRICT;
CREATE INDEX changes_by_state ON changes (state, id);
CREATE TABLE events (
  seq INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES changes (id),
  at TEXT NOT NULL, actor TEXT NOT NULL, verb TEXT NOT NULL, subject_kind TEXT NOT NULL, subject TEXT NOT NULL,
  before TEXT, after TEXT, prev_hash TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_change ON events (change);
CREATE INDEX events_by_subject ON events (subject_kind, subject);
`,
} as const;
