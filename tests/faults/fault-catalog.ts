import { migrations } from '../../src-main/archive/migrations/index.ts';
import type { Migration } from '../../src-main/archive/migrations/index.ts';
import type { Catalog } from '../../src-main/domain/catalog.ts';

/** No indicator is needed to break an archive. */
export const faultCatalog: Catalog = {
  schema: 1, id: 'faults', title: '故障试验', region: '', documentNumber: '', years: [2023], deadline: '', milestones: [], groups: [], units: [{ name: '甲单位', aliases: [], kind: 'unit', members: [] }],
};

/** Versions to come, with enough to do that a kill falls into the middle of them. */
export const heavyMigrations: readonly Migration[] = [
  ...migrations,
  ...[9010, 9020, 9030].map((version) => ({
    version,
    name: `heavy-${version}`,
    sql: `CREATE TABLE heavy_${version} (id INTEGER PRIMARY KEY, body TEXT) STRICT;
      INSERT INTO heavy_${version} (body) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT hex(randomblob(100)) FROM n;
      ALTER TABLE evidence ADD COLUMN added_${version} TEXT NOT NULL DEFAULT '';`,
  })),
];
