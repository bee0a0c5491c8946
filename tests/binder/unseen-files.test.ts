import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PdfStream } from '../../src-main/binder/pdf-objects.ts';
import { PdfSource } from '../../src-main/binder/pdf-source.ts';
import { SourceFile } from '../../src-main/binder/source-file.ts';
import { plainPdf, type PlainObject } from './plain-pdf.ts';
import { differingPixels, renderPages } from './rendered-pages.ts';
import { hasTool, runTool } from './tools.ts';
import { bindTo, makeFolder, planOf, readPdf } from './workbench.ts';

const folder = makeFolder();
const ready = hasTool('qpdf') && hasTool('pdftoppm');
if (!ready) console.warn('qpdf or poppler is missing: bound files were not compared with their sources');

/** What collections of thousands of files showed and the first corpus did not: each pared down to what mattered. */
const cases: readonly (readonly [string, Buffer])[] = [
  ['the frame of a link whose action is not carried', plainPdf(['Frame'], { pageExtra: '/Annots[<</Type/Annot/Subtype/Link/Rect[100 600 200 700]/C[0 1 0]/A<</S/JavaScript/JS(x)>>>>]' })],
  [
    'a field above a mark',
    plainPdf(['Above'], {
      pageExtra: '/Annots[<</Type/Annot/Subtype/Square/F 4/Rect[80 580 220 720]/AP<</N 5 0 R>>>><</Type/Annot/Subtype/Widget/FT/Tx/T(a)/F 4/Rect[100 600 200 700]/AP<</N 6 0 R>>>>]',
      extra: [paint(5, '0 0 0 rg'), paint(6, '0 1 0 rg')],
    }),
  ],
  [
    'a field that stays upright on a turned page',
    plainPdf(['Upright'], {
      pageExtra: '/Rotate 90/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/F 20/Rect[300 400 400 430]/AP<</N 6 0 R>>>>]',
      extra: [paint(6, '0 1 0 rg')],
    }),
  ],
];

function paint(num: number, color: string): PlainObject {
  return { num, dict: '/Type/XObject/Subtype/Form/BBox[0 0 10 10]/Resources<<>>', data: Buffer.from(`${color} 0 0 10 10 re f`) };
}

const damaged: readonly (readonly [string, Buffer])[] = [
  ['a kid without brackets', replaceIn(plainPdf(['Found', 'Other'], { extra: [{ num: 5, dict: '/Type/Pages/Kids 10 0 R/Count 1' }] }), '/Kids[10 0 R', '/Kids[5 0 R ')],
  ['a page that lost its type, in a tree that lost its kids', replaceIn(replaceIn(plainPdf(['Found']), '/Kids[', '/Kods['), '/Type/Page/Parent', '/Tipe/Page/Parent')],
];

function replaceIn(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');
}

it.each(damaged)('finds the page of %s', async (name, bytes) => {
  const out = join(folder.path, 'found.pdf');
  await bindTo(out, planOf([{ kind: 'source', key: 'a', path: folder.put('damaged.pdf', bytes), title: name }]));
  expect(await (await readPdf(out)).text(1)).toBe('Found 1');
});

describe.skipIf(!ready)('looks as its source (needs qpdf and poppler)', () => {
  it.each(cases)('%s', async (name, bytes) => {
    const path = folder.put('source.pdf', bytes);
    const out = join(folder.path, 'out.pdf');
    await bindTo(out, planOf([{ kind: 'source', key: 'a', path, title: name }], { numbering: {} }));
    const { status, output } = runTool('qpdf', ['--check', out]);
    expect(status, output).toBe(0);
    const [before, after] = [path, out].map((file, i) => renderPages(file, join(folder.path, String(i)), ['-r', '36']));
    expect(before?.length).toBeGreaterThan(0);
    expect(after?.length).toBe(before?.length);
    before?.forEach((page, i) => expect(differingPixels(page, after?.[i] ?? page, { width: 0, height: 0 }), `page ${i + 1}`).toBe(0));
  });
});

it('fills a field of automatic size as tall as it is', async () => {
  const field = '<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/F 4/Rect[100 600 500 660]/DA(/F1 0 Tf 0 g)/V(Tall)>>';
  const out = join(folder.path, 'tall.pdf');
  await bindTo(out, planOf([{ kind: 'source', key: 'a', path: folder.put('tall-source.pdf', plainPdf(['Form'], { pageExtra: `/Annots[${field}]` })), title: 'a' }]));
  const page = await (await readPdf(out)).document.getPage(1);
  const heights = (await page.getTextContent()).items.flatMap((item) => ('str' in item && item.str === 'Tall' ? [item.height] : []));
  expect(heights).toEqual([42]);
});

it('writes a push button’s caption where it has no appearance', async () => {
  const button = '<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(b)/F 4/Rect[100 600 200 630]/DA(/F1 0 Tf 0 g)/MK<</BG[0.8]/CA(Begin)>>>>';
  const out = join(folder.path, 'button.pdf');
  await bindTo(out, planOf([{ kind: 'source', key: 'a', path: folder.put('button-source.pdf', plainPdf(['Form'], { pageExtra: `/Annots[${button}]` })), title: 'a' }], { numbering: {} }));
  expect(await (await readPdf(out)).text(1)).toBe('Form Begin');
});

it('unpacks contents that are listed many times once', async () => {
  // Twenty million spaces for nothing, two thousand times over: minutes if each were unpacked.
  const data = deflateSync(Buffer.alloc(20_000_000, ' '));
  const bytes = plainPdf(['Often'], { extra: [{ num: 5, dict: '/Filter[/FlateDecode/ASCIIHexDecode]', data }] });
  const often = Buffer.from(bytes.toString('latin1').replace('/Contents 11 0 R', `/Contents[11 0 R${' 5 0 R'.repeat(2000)}]`), 'latin1');
  const out = join(folder.path, 'often.pdf');
  const written = await bindTo(out, planOf([{ kind: 'source', key: 'a', path: folder.put('often-source.pdf', often), title: 'a' }]));
  expect(written.pages).toBe(1);
  // No reader of pages is asked: each would take those minutes.
  expect(readFileSync(out).includes(data)).toBe(true);
});

it('stops reading contents of a source that unpacks without end, and binds them unread', () => {
  const data = deflateSync(Buffer.alloc(60_000_000, ' '));
  const path = folder.put('endless.pdf', plainPdf(['Endless'], { extra: [{ num: 5, dict: '/Filter/FlateDecode', data }] }));
  const file = new SourceFile(path);
  const source = PdfSource.open(file, undefined);
  const stream = source.getObject(5);
  const read = Array.from({ length: 40 }, () => (stream instanceof PdfStream ? source.decodeWithin(stream, 64 * 1024 * 1024) : null) !== null);
  file.close();
  expect(read[0]).toBe(true);
  expect(read.at(-1)).toBe(false);
});
