import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planBinding, writeVolume, type BindPlan, type LaidOutSection } from '../../src-main/binder/index.ts';
import { A4 } from '../../src-main/domain/page-drawing.ts';
import { plainPdf } from './plain-pdf.ts';
import { boundOf, makeFolder, planOf, readPdf } from './workbench.ts';

const folder = makeFolder();
const two = folder.put('two.pdf', plainPdf(['A', 'B']));
const one = folder.put('one.pdf', plainPdf(['C']));
const broken = folder.put('broken.pdf', Buffer.from('%PDF-1.4 and nothing else'));

const contents: LaidOutSection = {
  kind: 'laid-out',
  key: 'contents',
  labelPrefix: '',
  numbering: { kind: 'continue' },
  layOut: (sources) => [{ width: A4.width, height: A4.height, ops: sources.flatMap(({ item, firstPage, pages }, i) => [{ op: 'text' as const, x: 20, y: 60 + 10 * i, text: `${item.title} ${firstPage}-${firstPage + pages - 1}`, font: 'song' as const, size: 12 }, { op: 'link' as const, x: 20, y: 50 + 10 * i, w: 100, h: 10, toItem: item.key }]) }],
};
const source = (key: string, path: string): BindPlan['sections'][number] => ({ kind: 'source', key, path, title: key });

it('lays an index out from what was counted, without what was left out', async () => {
  const plan = planOf([contents, source('eins', two), source('zwei', broken), source('drei', one)], { onMissing: 'leave-out' });
  const bound = boundOf(plan);
  expect(bound.missing.map(({ key, code }) => [key, code])).toEqual([['zwei', 'damaged']]);
  const out = join(folder.path, 'out.pdf');
  const written = await writeVolume(bound, out, { checksum: false });
  expect(written.ok && [written.value.pages, written.value.sha256, written.value.sources.map(({ firstPage }) => firstPage)]).toEqual([4, null, [2, 4]]);
  expect(await (await readPdf(out)).text(1)).toContain('eins 2-3');
  expect(await (await readPdf(out)).text(1)).toContain('drei 4-4');
});

it('does not bind an index of nothing', () => {
  const bound = planBinding(planOf([contents, source('zwei', broken)], { onMissing: 'leave-out' }));
  expect(!bound.ok && bound.error.map(({ key, code }) => [key, code])).toEqual([['zwei', 'damaged']]);
  expect(existsSync(join(folder.path, 'none.pdf'))).toBe(false);
});

it('is the same volume, whether a source was looked for again or not', async () => {
  const outs = [join(folder.path, 'kept.pdf'), join(folder.path, 'again.pdf')] as const;
  const bound = boundOf(planOf([source('eins', two), source('drei', one)]));
  expect(bound.sections.every((section) => section.source?.index !== null)).toBe(true);
  const forgotten = { ...bound, sections: bound.sections.map((section) => ({ ...section, source: section.source === null ? null : { ...section.source, index: null } })) };
  const [kept, again] = [await writeVolume(bound, outs[0]), await writeVolume(forgotten, outs[1])];
  expect(kept.ok && again.ok && kept.value.sha256 === again.value.sha256 && kept.value.sha256 !== null).toBe(true);
});
