import type { Catalog, Indicator, IndicatorGroup, Unit } from '../../domain/catalog.ts';
import type { ReadableDb } from '../database.ts';
import { isRecord, isTextList, json, number, text } from '../rows.ts';
import type { PlainCells } from '../rows.ts';
import type { SubjectKind } from '../recorded-tables.ts';
import type { Tx } from '../transaction.ts';

// Stored by `writeCatalog` from a checked `Catalog`; the shapes below notice a damaged row, they do not validate a plan again.
const isHead = (value: unknown): value is Catalog => isRecord(value) && value['schema'] === 1 && Array.isArray(value['years']) && Array.isArray(value['milestones']);
const isGroup = (value: unknown): value is IndicatorGroup => isRecord(value) && typeof value['code'] === 'string' && Array.isArray(value['indicators']);
const isIndicator = (value: unknown): value is Indicator =>
  isRecord(value) && typeof value['code'] === 'string' && isRecord(value['target']) && isTextList(value['lead']) && Array.isArray(value['requirements']);
const isUnit = (value: unknown): value is Unit => isRecord(value) && typeof value['name'] === 'string' && isTextList(value['aliases']);

/** The catalog exactly as it was written. */
export const readCatalog = (db: ReadableDb): Catalog => {
  const head = db.get('SELECT body FROM catalog_head WHERE id = 1');
  if (head === undefined) throw new Error('the archive has no catalog');
  const members = new Map<string, Indicator[]>();
  for (const row of db.all('SELECT group_code, body FROM indicators ORDER BY position')) {
    const group = text(row, 'group_code');
    const list = members.get(group);
    const indicator = json(row, 'body', isIndicator);
    if (list === undefined) members.set(group, [indicator]);
    else list.push(indicator);
  }
  return {
    ...json(head, 'body', isHead),
    groups: db.all('SELECT code, body FROM indicator_groups ORDER BY position').map((row) => ({ ...json(row, 'body', isGroup), indicators: members.get(text(row, 'code')) ?? [] })),
    units: db.all('SELECT body FROM units ORDER BY position').map((row) => json(row, 'body', isUnit)),
  };
};

/** Brings the rows of one table to those given: only what differs is written, so that the log tells what was edited. */
const replaceRows = (tx: Tx, verb: string, kind: SubjectKind, table: string, key: string, rows: readonly PlainCells[]): void => {
  const wanted = new Set(rows.map((row) => row[key]));
  if (wanted.size !== rows.length) throw new Error(`${kind}: two of the same ${key}`);
  for (const row of tx.all(`SELECT ${key} FROM ${table}`)) {
    const cell = text(row, key);
    if (!wanted.has(cell)) tx.remove(verb, kind, [cell]);
  }
  for (const row of rows) tx.put(verb, kind, row);
};

/** Makes `catalog` the archive's catalog. What was filed for an indicator that is no longer in it stays in the archive. */
export const writeCatalog = (tx: Tx, catalog: Catalog): void => {
  const verb = 'change-catalog';
  tx.put(verb, 'catalog', { id: 1, body: JSON.stringify({ ...catalog, groups: [], units: [] }) });
  replaceRows(tx, verb, 'group', 'indicator_groups', 'code', catalog.groups.map((group, position) => ({ code: group.code, position, body: JSON.stringify({ ...group, indicators: [] }) })));
  let position = 0;
  const indicators = catalog.groups.flatMap((group) =>
    group.indicators.map((indicator) => ({ code: indicator.code, group_code: group.code, position: position++, body: JSON.stringify(indicator) })),
  );
  replaceRows(tx, verb, 'indicator', 'indicators', 'code', indicators);
  replaceRows(tx, verb, 'unit', 'units', 'name', catalog.units.map((unit, at) => ({ name: unit.name, position: at, body: JSON.stringify(unit) })));
};

/** Whether the catalog has an indicator of that code. */
export const hasIndicator = (db: ReadableDb, code: string): boolean => db.get('SELECT 1 FROM indicators WHERE code = ?', code) !== undefined;

/** Contact and due date of a unit (任务分解表); `indicator` is empty for all that the unit owes. */
export interface UnitTask {
  readonly unit: string;
  readonly indicator: string;
  readonly contact: string;
  readonly phone: string;
  /** `YYYY-MM-DD` or empty. */
  readonly due: string;
  readonly note: string;
}

export const listUnitTasks = (db: ReadableDb): readonly UnitTask[] =>
  db.all('SELECT * FROM unit_tasks ORDER BY unit, indicator').map((row) => ({
    unit: text(row, 'unit'),
    indicator: text(row, 'indicator'),
    contact: text(row, 'contact'),
    phone: text(row, 'phone'),
    due: text(row, 'due'),
    note: text(row, 'note'),
  }));

export const setUnitTask = (tx: Tx, task: UnitTask): void => tx.put('set-unit-task', 'unit-task', { ...task });

export const removeUnitTask = (tx: Tx, unit: string, indicator: string): boolean => tx.remove('remove-unit-task', 'unit-task', [unit, indicator]);

/** Number of indicators in the catalog. */
export const countIndicators = (db: ReadableDb): number => {
  const row = db.get('SELECT count(*) AS n FROM indicators');
  return row === undefined ? 0 : number(row, 'n');
};
