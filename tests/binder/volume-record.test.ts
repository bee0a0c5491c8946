import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareVolumes, rebindVolume, recordVolume, type Section } from '../../src-main/binder/index.ts';
import { plainPdf } from './plain-pdf.ts';
import { bindTo, boundOf, makeFolder, planOf } from './workbench.ts';

const folder = makeFolder();
const item = (key: string, pages: number, more: Partial<Extract<Section, { kind: 'source' }>> = {}): Section => ({
  kind: 'source',
  key,
  path: folder.put(`${key}.pdf`, plainPdf(Array.from({ length: pages }, (_, i) => `${key}${i}`))),
  title: key,
  ...more,
});
const a = item('a', 4);
const b = item('b', 4);
const late = item('late', 3);
const record = (sections: readonly Section[]) => recordVolume(boundOf(planOf(sections)));
const shown = (before: readonly Section[], after: readonly Section[]): readonly string[] => compareVolumes(record(before), record(after)).sheets.map((sheet) => `${sheet.change} ${sheet.pages.join('/')}`);

describe('a late file', () => {
  it('replaces every later sheet when what follows is renumbered', () => {
    expect(shown([a, b], [a, late, b])).toEqual(['replace 5/6', 'replace 7/8', 'insert 9/10', 'insert 11']);
  });

  it('adds only its own sheets when it is numbered after a page', () => {
    expect(shown([a, b], [a, { ...late, numbering: { kind: 'suffix', after: 4 } }, b])).toEqual(['insert 4-1/4-2', 'insert 4-3']);
  });

  it('names sheets that fall away', () => {
    expect(shown([a, b], [a])).toEqual(['remove 5/6', 'remove 7/8']);
  });

  it('is told apart from nothing', () => {
    expect(compareVolumes(record([a, b]), record([a, b]))).toEqual({ identical: true, sheets: [] });
    expect(compareVolumes(record([a, b]), record([a, { ...b, title: '改名' }]))).toMatchObject({ identical: false, sheets: [] });
  });
});

describe('binding again', () => {
  it('takes over an unchanged volume, and writes anew what changed or was damaged', async () => {
    const first = `${folder.path}/v1.pdf`;
    const plan = planOf([a, b]);
    const written = await bindTo(first, plan);
    const former = { record: recordVolume(boundOf(plan)), path: first, written };
    const same = await rebindVolume(former, boundOf(plan), `${folder.path}/v2.pdf`);
    expect(same.ok && same.value.reused).toBe(true);
    expect(readFileSync(`${folder.path}/v2.pdf`).equals(readFileSync(first))).toBe(true);
    const changed = await rebindVolume(former, boundOf(planOf([a, late, b])), `${folder.path}/v3.pdf`);
    expect(changed.ok && !changed.value.reused && changed.value.changes.sheets.length).toBe(4);
    const bytes = readFileSync(first);
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(first, bytes);
    const repaired = await rebindVolume(former, boundOf(plan), `${folder.path}/v4.pdf`);
    expect(repaired.ok && !repaired.value.reused && repaired.value.written.sha256).toBe(written.sha256);
  });
});
