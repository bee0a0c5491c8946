import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bracketPlan } from '../intake/plan-reader/invented-plans.ts';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

/** The document is parsed in the worker; the service sees paragraphs and tables only. */
describe('a new archive from a plan document', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
  });
  afterAll(() => bench.close());
  const create = (name: string, path: string) => ({ folder: join(bench.folder, `${name}.cdarchive`), from: { kind: 'plan', path } });

  it('is made of a text and of a PDF alike', async () => {
    const text = join(bench.folder, '方案.txt');
    await writeFile(text, bracketPlan);
    const lines = bracketPlan.split('\n').filter((line) => line.trim() !== '');
    const pages = Array.from({ length: Math.ceil(lines.length / 20) }, (_, index) => lines.slice(index * 20, (index + 1) * 20));
    const made = [await bench.ask('archive.create', create('一', text)), await bench.ask('archive.create', create('二', await makePdf(join(bench.folder, '方案.pdf'), pages)))];
    expect(made[0]?.indicators).toBeGreaterThan(3);
    expect(made[1]?.indicators).toBe(made[0]?.indicators);
  });

  it('is refused with a reason where the document cannot be read', async () => {
    const broken = join(bench.folder, '坏.pdf');
    await writeFile(broken, '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>');
    expect(await bench.refuse('archive.create', create('三', broken))).toBe('plan-unreadable');
    expect(await bench.refuse('archive.create', create('四', join(bench.folder, '没有.pdf')))).toBe('file-not-found');
    await writeFile(broken, '');
    expect(await bench.refuse('archive.create', create('五', broken))).toBe('file-empty');
  });
});
