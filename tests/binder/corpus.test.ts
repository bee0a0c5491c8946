import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planBinding, writeVolume } from '../../src-main/binder/index.ts';
import { differingPixels, renderPages } from './rendered-pages.ts';
import { hasTool, runTool } from './tools.ts';
import { makeFolder, planOf } from './workbench.ts';

const folder = makeFolder();
const corpus = resolve(import.meta.dirname, '../../../shared/corpora/pdf');
const ready = existsSync(corpus) && hasTool('qpdf') && hasTool('pdftoppm');
if (!ready) console.warn('the corpus of odd files, qpdf or poppler is missing: binding was not judged on it');

const COARSELY = ['-r', '36', '-l', '4'];
/** Where the number stands, in pixels. */
const NUMBER_CORNER = { width: 20, height: 6 };

/** What may differ, and why. Everything else must look the same as the source. */
const MAY_DIFFER: Readonly<Record<string, string>> = {
  'qpdf-boxes.pdf': 'poppler shows the media box, the number is at the crop box',
  'qpdf-incremental-3.pdf': 'poppler brings a deleted object back, qpdf does not',
  'qpdf-field-types.pdf': 'fields without valid appearances are drawn in the project’s font',
  'qpdf-more-choices.pdf': 'fields without valid appearances are drawn in the project’s font',
  'sample-pdflatex-forms.pdf': 'fields without valid appearances are drawn in the project’s font',
};

describe.skipIf(!ready)('a corpus of odd files (needs the corpus, qpdf and poppler)', () => {
  const names = ready ? readdirSync(corpus).filter((name) => name.endsWith('.pdf')) : [];

  it.each(names)('%s is bound as it looks, or refused as others refuse it', async (name) => {
    const path = join(corpus, name);
    const out = join(folder.path, 'out.pdf');
    const plan = planOf([{ kind: 'source', key: 'a', path, title: name }], { numbering: { perVolume: { place: 'upper-right', offsetX: 0, offsetY: 0, font: 'song', size: 6, avoidContent: false } } });
    const bound = planBinding(plan);
    const poppler = runTool('pdfinfo', [path]);
    const shownPages = Number(/Pages: +(\d+)/.exec(poppler.output)?.[1] ?? 0);
    if (!bound.ok) {
      const judged = runTool('qpdf', ['--check', path]);
      const count = Number(/^\d+$/m.exec(runTool('qpdf', ['--show-npages', path]).output)?.[0] ?? 0);
      expect(judged.status === 2 || count === 0, `${bound.error[0]?.code}: ${judged.output}`).toBe(true);
      expect(shownPages).toBe(0);
      return;
    }
    const written = await writeVolume(bound.value, out);
    expect(written.ok, JSON.stringify(written)).toBe(true);
    const checked = runTool('qpdf', ['--check', out]);
    expect(checked.status, checked.output).toBe(0);
    // Where poppler finds no page to draw there is nothing to compare with.
    if (shownPages === 0 || runTool('qpdf', ['--check', path]).status === 2 || name === 'qpdf-direct-pages.pdf' || MAY_DIFFER[name] !== undefined) return;
    expect(bound.value.pages).toBe(shownPages);
    const before = renderPages(path, join(folder.path, 'before'), COARSELY);
    const after = renderPages(out, join(folder.path, 'after'), COARSELY);
    expect(after.length).toBe(before.length);
    before.forEach((page, i) => expect(differingPixels(page, after[i] ?? page, NUMBER_CORNER), `page ${i + 1}`).toBe(0));
  });
});
