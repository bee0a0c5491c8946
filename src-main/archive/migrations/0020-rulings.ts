/** What persons decided where the program left a verdict to them. `year` 0 is every year. */
export const rulings = {
  version: 20,
  name: 'rulings',
  sql: `
CREATE TABLE rulings (
  indicator TEXT NOT NULL, year INTEGER NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, by_name TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (indicator, year)
) STRICT, WITHOUT ROWID;
`,
} as const;
