import { evidenceId, indicatorCode } from '../../domain/ids.ts';
import type { EvidenceId, IndicatorCode } from '../../domain/ids.ts';
import type { LinkFacts } from '../../domain/snapshot.ts';
import type { ReadableDb, Row } from '../database.ts';
import { number, text } from '../rows.ts';
import type { PlainCell } from '../rows.ts';
import type { Tx } from '../transaction.ts';

/** What tells one link from another: the same item may prove several years and fill several requirements. */
export type LinkKey = Pick<LinkFacts, 'evidenceId' | 'indicator' | 'year' | 'requirement'>;

/** The whole period has no year; SQLite keys hold no NULL. */
const WHOLE_PERIOD = 0;

const toLink = (row: Row): LinkFacts => ({
  evidenceId: evidenceId(text(row, 'evidence_id')),
  indicator: indicatorCode(text(row, 'indicator')),
  year: number(row, 'year') === WHOLE_PERIOD ? null : number(row, 'year'),
  requirement: text(row, 'requirement'),
  order: number(row, 'position'),
  note: text(row, 'note'),
});

const keyOf = (link: LinkKey): readonly PlainCell[] => [link.evidenceId, link.indicator, link.year ?? WHOLE_PERIOD, link.requirement];

const SELECT = 'SELECT l.* FROM links l JOIN evidence e ON e.id = l.evidence_id WHERE e.trashed_at IS NULL';
const ORDER = 'ORDER BY l.indicator, l.position, l.evidence_id, l.year, l.requirement';

/** Links of items that are not in 回收站, in the order of filing. */
export const listLinks = (db: ReadableDb): readonly LinkFacts[] => db.all(`${SELECT} ${ORDER}`).map(toLink);

export const listLinksOfIndicator = (db: ReadableDb, code: IndicatorCode): readonly LinkFacts[] => db.all(`${SELECT} AND l.indicator = ? ${ORDER}`, code).map(toLink);

/** Links of one item, also while it is in 回收站. */
export const listLinksOfEvidence = (db: ReadableDb, id: EvidenceId): readonly LinkFacts[] =>
  db.all(`SELECT l.* FROM links l WHERE l.evidence_id = ? ${ORDER}`, id).map(toLink);

/** Titles of what stands under each indicator, the newest first, at most `perIndicator`: what proposals learn from. */
export const listFiledTitles = (db: ReadableDb, perIndicator: number): readonly { readonly code: IndicatorCode; readonly title: string }[] =>
  db
    .all(
      `SELECT indicator, title FROM (
         SELECT l.indicator, e.title, row_number() OVER (PARTITION BY l.indicator ORDER BY max(e.rowid) DESC) AS place
         FROM links l JOIN evidence e ON e.id = l.evidence_id WHERE e.trashed_at IS NULL AND e.title <> '' GROUP BY l.indicator, e.title
       ) WHERE place <= ? ORDER BY indicator, place`,
      perIndicator,
    )
    .map((row) => ({ code: indicatorCode(text(row, 'indicator')), title: text(row, 'title') }));

/** Attaches an item; without `order` it comes last in its indicator. An existing link only takes the new note and order. */
export const linkEvidence = (tx: Tx, link: LinkKey & { readonly order?: number; readonly note?: string }): void => {
  const key = keyOf(link);
  const old = tx.get('SELECT position, note FROM links WHERE evidence_id = ? AND indicator = ? AND year = ? AND requirement = ?', ...key);
  const last = tx.get('SELECT max(position) AS last FROM links WHERE indicator = ?', link.indicator)?.['last'];
  const next = typeof last === 'number' ? last + 1 : 0;
  const position = link.order ?? (old === undefined ? next : number(old, 'position'));
  const note = link.note ?? (old === undefined ? '' : text(old, 'note'));
  tx.put('link', 'link', { evidence_id: link.evidenceId, indicator: link.indicator, year: link.year ?? WHOLE_PERIOD, requirement: link.requirement, position, note });
};

/** Whether the item stands in the indicator for this year already, whichever requirement it fills there. */
export const isLinked = (db: ReadableDb, { evidenceId: id, indicator, year }: Pick<LinkKey, 'evidenceId' | 'indicator' | 'year'>): boolean =>
  db.get('SELECT 1 AS found FROM links WHERE evidence_id = ? AND indicator = ? AND year = ? LIMIT 1', id, indicator, year ?? WHOLE_PERIOD) !== undefined;

/** Detaches one link; false where there was none. */
export const unlinkEvidence = (tx: Tx, key: LinkKey): boolean => tx.remove('unlink', 'link', keyOf(key));

/** Gives the items of an indicator their order; items that `ids` leaves out follow in the order they had. */
export const reorderLinks = (tx: Tx, code: IndicatorCode, ids: readonly EvidenceId[]): void => {
  const links = listLinksOfIndicator(tx, code);
  const wanted = [...new Set([...ids, ...links.map((link) => link.evidenceId)])];
  const places = new Map(wanted.map((id, position) => [id, position]));
  for (const link of links) tx.update('reorder', 'link', keyOf(link), { position: places.get(link.evidenceId) ?? link.order });
};
