import { indicatorCode } from '../../domain/ids.ts';
import type { IndicatorCode } from '../../domain/ids.ts';
import type { ReadableDb } from '../database.ts';
import { number, text } from '../rows.ts';

/** How much is filed for one indicator; for the tree, without judging it. */
export interface IndicatorCounts {
  readonly evidence: number;
  readonly values: number;
  readonly hasReport: boolean;
  readonly declarations: number;
  readonly signOffs: number;
}

export interface ArchiveCounts {
  readonly evidence: number;
  readonly pages: number;
  readonly bytes: number;
  readonly unlinked: number;
  readonly unconfirmed: number;
  readonly trashed: number;
}

/** Totals over items that are not in 回收站 (and the number that is). */
export const countArchive = (db: ReadableDb): ArchiveCounts => {
  const row = db.get(`
    SELECT count(*) FILTER (WHERE trashed_at IS NULL) AS evidence, coalesce(sum(pages) FILTER (WHERE trashed_at IS NULL), 0) AS pages,
      coalesce(sum(bytes) FILTER (WHERE trashed_at IS NULL), 0) AS bytes,
      count(*) FILTER (WHERE trashed_at IS NULL AND id NOT IN (SELECT evidence_id FROM links)) AS unlinked,
      count(*) FILTER (WHERE trashed_at IS NULL AND confirmed = 0) AS unconfirmed, count(*) FILTER (WHERE trashed_at IS NOT NULL) AS trashed
    FROM evidence`);
  if (row === undefined) throw new Error('counting answered nothing');
  return {
    evidence: number(row, 'evidence'),
    pages: number(row, 'pages'),
    bytes: number(row, 'bytes'),
    unlinked: number(row, 'unlinked'),
    unconfirmed: number(row, 'unconfirmed'),
    trashed: number(row, 'trashed'),
  };
};

/** Counts by indicator, for every indicator of the catalog. */
export const countByIndicator = (db: ReadableDb): ReadonlyMap<IndicatorCode, IndicatorCounts> =>
  new Map(
    db
      .all(
        `SELECT i.code,
          (SELECT count(DISTINCT l.evidence_id) FROM links l JOIN evidence e ON e.id = l.evidence_id WHERE l.indicator = i.code AND e.trashed_at IS NULL) AS evidence,
          (SELECT count(*) FROM indicator_values v WHERE v.indicator = i.code) AS value_count,
          (SELECT count(*) FROM reports r WHERE r.indicator = i.code AND r.body <> '') AS report_count,
          (SELECT count(*) FROM declarations d WHERE d.indicator = i.code) AS declaration_count,
          (SELECT count(*) FROM sign_offs s WHERE s.indicator = i.code) AS sign_off_count
        FROM indicators i ORDER BY i.position`,
      )
      .map((row) => [
        indicatorCode(text(row, 'code')),
        {
          evidence: number(row, 'evidence'),
          values: number(row, 'value_count'),
          hasReport: number(row, 'report_count') > 0,
          declarations: number(row, 'declaration_count'),
          signOffs: number(row, 'sign_off_count'),
        },
      ]),
  );
