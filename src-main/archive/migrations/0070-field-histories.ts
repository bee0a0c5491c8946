/**
 * What a merge brought to the history of a row's fields (`exchange/field-history.ts`), and the history of the other side's word where two collided or a pack was kept. NULL: from a
 * program that kept none. What was undone before this step cannot be done again: its events lack the new cells.
 */
export const fieldHistories = {
  version: 70,
  name: 'field-histories',
  sql: `
CREATE TABLE field_histories (row_kind TEXT NOT NULL, row_key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (row_kind, row_key)) STRICT, WITHOUT ROWID;
ALTER TABLE conflicts ADD COLUMN seen TEXT;
ALTER TABLE pack_states ADD COLUMN histories BLOB;
UPDATE changes SET state = 'fixed' WHERE state = 'undone';
`,
} as const;
