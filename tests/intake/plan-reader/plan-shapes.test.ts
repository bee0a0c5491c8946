import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPlan } from './read-plan.ts';
import { canMakePdf, docxOfTable, docxOfText, pdfsOf } from './plan-files.ts';
import { planTables } from './plan-tables.ts';
import { showReading } from './show-reading.ts';

// Plans of places that do not exist, each of another shape and programme. Beside `name.txt` stands `name.reading`: what a person reads
// in it, and what has to be asked. A reading is changed only by reading the plan again.
const folder = resolve(import.meta.dirname, '../../fixtures/plans');
const plans = readdirSync(folder).filter((name) => name.endsWith('.txt')).map((name) => name.slice(0, -4));
const hasOffice = canMakePdf();

const showed = async (file: Uint8Array): Promise<readonly string[]> => {
  const answer = await readPlan(file, 'plan');
  return answer.ok ? showReading(answer.value) : [`拒绝 ${answer.error.message}`];
};
const expected = (name: string): readonly string[] => readFileSync(join(folder, `${name}.reading`), 'utf8').trimEnd().split('\n');
const text = (name: string): string => readFileSync(join(folder, `${name}.txt`), 'utf8');

describe('plans of many shapes', () => {
  it.each(plans)('%s', async (name) => expect(await showed(new TextEncoder().encode(text(name)))).toEqual(expected(name)));

  it.each(Object.entries(planTables))('the table %s', async (name, table) => expect(await showed(await docxOfTable(table))).toEqual(expected(`table-${name}`)));

  describe.skipIf(!hasOffice)('as PDF (skipped without soffice)', () => {
    const sameInPdf = ['health-city', 'civilised', 'shuangyong', 'council-style', 'deadlines', 'circled', 'not-applicable', 'thresholds', 'clauses', 'tourism', 'civil', 'sub'];
    let files: ReadonlyMap<string, Uint8Array> = new Map();
    beforeAll(async () => {
      const texts = await Promise.all(sameInPdf.map(async (name) => [name, await docxOfText(text(name))] as const));
      const tables = await Promise.all(Object.entries(planTables).map(async ([name, table]) => [`table-${name}`, await docxOfTable(table)] as const));
      files = pdfsOf(Object.fromEntries([...texts, ...tables]));
    }, 200_000);

    it.each([...sameInPdf, ...Object.keys(planTables).map((name) => `table-${name}`)])('%s reads the same', async (name) => {
      expect((await showed(files.get(name) ?? new Uint8Array())).map((line) => line.replaceAll(' ', ''))).toEqual(expected(name).map((line) => line.replaceAll(' ', '')));
    });
  });
});
