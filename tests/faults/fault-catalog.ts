import { migrations } from '../../src-main/archive/migrations/index.ts';
import type { Migration } from '../../src-main/archive/migrations/index.ts';
import type { Catalog } from '../../src-main/domain/catalog.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';

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

/** One indicator of one unit: little to print, so that a kill falls everywhere. */
export const smallFaultCatalog: Catalog = {
  ...faultCatalog,
  groups: [
    {
      code: 'A',
      name: '试验',
      indicators: [
        {
          code: indicatorCode('1'), name: '试验指标', kind: 'assessed', target: { kind: 'value', text: '≥95%', op: '>=', value: 95, unit: '%', ratio: true }, lead: ['甲单位'], assist: [], note: '', declarations: [],
          sentence: '试验指标达到95%以上。', requirements: [{ id: 'data', name: '数据表', kind: 'data-table', per: 'year' }], explanation: '',
        },
      ],
    },
  ],
};
