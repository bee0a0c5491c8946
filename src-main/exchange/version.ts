import { exportEvent, listExports, parseRowKey, readRowStateAt } from '../archive/index.ts';
import type { ExportRecord, PlainCells, ReadableDb, RowState } from '../archive/index.ts';
import { z } from 'zod';
import { mergedKinds } from './merge-fields.ts';

/** One finished export with what the archive said when it was made. */
export interface Version {
  readonly record: ExportRecord;
  readonly rows: RowState;
}

/** The export of that number; null where there is none. What was filed since is taken back in memory, from the log. */
export const readVersion = (db: ReadableDb, version: number): Version | null => {
  const record = listExports(db).find((one) => one.version === version);
  const seq = exportEvent(db, version);
  return record === undefined || seq === null ? null : { record, rows: readRowStateAt(db, mergedKinds, seq) };
};

export interface VersionIndicator {
  readonly code: string;
  readonly name: string;
  readonly group: string;
  readonly target: string;
  readonly position: number;
}

const named = z.object({ name: z.string() });
const indicatorBody = z.object({ code: z.string(), name: z.string(), target: z.object({ text: z.string() }), retired: z.literal(true).optional() });

/** The catalog's indicators as they were, in its order. */
export const indicatorsOf = ({ rows }: Version): readonly VersionIndicator[] => {
  const groups = new Map([...(rows.get('group') ?? [])].map(([key, row]) => [String(parseRowKey(key)[0]), named.parse(JSON.parse(String(row['body']))).name]));
  return [...(rows.get('indicator')?.values() ?? [])]
    .map((row) => ({ row, body: indicatorBody.parse(JSON.parse(String(row['body']))) }))
    .filter(({ body }) => body.retired !== true)
    .map(({ row, body }) => ({ code: body.code, name: body.name, group: groups.get(String(row['group_code'])) ?? '', target: body.target.text, position: Number(row['position']) }))
    .toSorted((a, b) => a.position - b.position);
};

export const evidenceOf = (version: Version, id: string): PlainCells | undefined => version.rows.get('evidence')?.get(JSON.stringify([id]));

export const titleOf = (row: PlainCells | undefined): string => String(row?.['title'] ?? '') || String(row?.['file_name'] ?? '') || '（已移出的材料）';

/** `96.3%`, with its parts where it has any. */
export const describeValue = (row: PlainCells): string => {
  const parts = row['numerator'] === null || row['denominator'] === null ? '' : `（${String(row['numerator'])}/${String(row['denominator'])}）`;
  return `${String(row['value'])}${String(row['unit'] ?? '')}${parts}`;
};
