import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openArchive, readRowState } from '../../src-main/archive/index.ts';
import type { WritableArchive } from '../../src-main/archive/index.ts';
import { openPackAsArchive, writePack } from '../../src-main/exchange/index.ts';
import type { PackRequest } from '../../src-main/exchange/index.ts';
import { mergeKindOf, mergedKinds } from '../../src-main/exchange/merge-fields.ts';
import { expectValue, makeFolder } from '../archive/archive-fixture.ts';

/** All that merges compare, as one text: equal where two archives say the same. */
export const stateOf = (archive: Pick<WritableArchive, 'db'>): Readonly<Record<string, unknown>> => {
  const state: Record<string, unknown> = {};
  for (const [kind, rows] of readRowState(archive.db, mergedKinds)) {
    const columns = mergedKinds.filter((known) => known === kind).flatMap((known) => mergeKindOf(known).fields.flatMap((field) => field.columns));
    for (const [key, row] of rows) state[`${kind} ${key}`] = Object.fromEntries(columns.map((column) => [column, row[column]]));
  }
  return state;
};

/** A second workstation's copy of a closed archive folder, opened for writing. */
export const copyArchive = async (folder: string, name: string): Promise<WritableArchive> => {
  const copy = join(makeFolder(), `${name}.cdarchive`);
  cpSync(folder, copy, { recursive: true });
  const opened = expectValue(await openArchive(copy));
  if (opened.readOnly) throw new Error('opened read-only');
  onTestFinished(() => opened.close());
  return opened;
};

export const packOf = async (archive: WritableArchive, more: Partial<PackRequest> = {}): Promise<string> => {
  const out = more.out ?? join(makeFolder(), '任务包.cdpack');
  expectValue(await writePack(archive, { kind: 'task', unit: '区生态环境局', out, actor: '王敏', sender: '区创建办', due: '2024-04-10', papers: [], ...more }));
  return out;
};

export const openAtUnit = async (pack: string): Promise<WritableArchive> => {
  const archive = expectValue(await openPackAsArchive(pack, join(makeFolder(), '单位.cdarchive'), { actor: '李雷' }));
  onTestFinished(() => archive.close());
  return archive;
};
