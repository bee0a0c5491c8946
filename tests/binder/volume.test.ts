import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createCanvas } from '@napi-rs/canvas';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { planBinding, writeVolume, type Section } from '../../src-main/binder/index.ts';
import { plainPdf } from './plain-pdf.ts';
import { bindTo, boundOf, makeFolder, planOf, readPdf } from './workbench.ts';

const folder = makeFolder();
const three = folder.put('three.pdf', plainPdf(['One', 'Two', 'Three']));
const two = folder.put('two.pdf', plainPdf(['Four', 'Five']));
const cover: Section = {
  kind: 'drawn',
  key: 'cover',
  title: '封面',
  labelPrefix: '封面',
  pages: [
    {
      width: 210,
      height: 297,
      ops: [
        { op: 'text', x: 30, y: 60, text: '案卷封面 ⽂件〔2024〕10号 9704-2012', font: 'hei', size: 22 },
        { op: 'link', x: 30, y: 90, w: 100, h: 8, toItem: 'b' },
        { op: 'rect', x: 20, y: 20, w: 170, h: 250, stroke: [0, 0, 0] },
      ],
    },
  ],
};
const items: readonly Section[] = [
  { kind: 'source', key: 'a', path: three, title: '关于甲的通知', outlinePath: ['目标责任', '1 规划'] },
  { kind: 'source', key: 'b', path: two, title: '关于乙的通知', outlinePath: ['目标责任', '2 落实'] },
];

describe('a volume', () => {
  it('carries text, numbers, labels, outline, links and information', async () => {
    const out = `${folder.path}/volume.pdf`;
    const written = await bindTo(out, planOf([cover, ...items]));
    expect(written).toMatchObject({ pages: 6, sources: [{ key: 'a', pages: 3, firstPage: 2 }, { key: 'b', pages: 2, firstPage: 5 }] });
    expect(written.sha256).toBe(createHash('sha256').update(readFileSync(out)).digest('hex'));
    const { document, pieces, text } = await readPdf(out);
    expect(await text(1)).toContain('案卷封面 文件〔2024〕10号 9704-2012');
    expect(await document.getPageLabels()).toEqual(['封面', '1', '2', '3', '4', '5']);
    const stamped = [];
    for (let page = 2; page <= 6; page++) stamped.push((await pieces(page)).map((piece) => piece.text));
    expect(stamped).toEqual([['One', '1'], ['Two', '2'], ['Three', '3'], ['Four', '4'], ['Five', '5']]);
    const outline = await document.getOutline();
    expect(outline.map((entry) => entry.title)).toEqual(['封面', '目标责任']);
    expect(outline[1]?.items.map((entry) => [entry.title, entry.items.map((leaf: { title: string }) => leaf.title)])).toEqual([
      ['1 规划', ['关于甲的通知']],
      ['2 落实', ['关于乙的通知']],
    ]);
    const [link] = await (await document.getPage(1)).getAnnotations();
    expect(await document.getPageIndex(link.dest[0])).toBe(4);
    const { info, metadata } = await document.getMetadata();
    expect(info).toMatchObject({ Title: '试验卷', Author: '档案室', CreationDate: "D:20240430090000+08'00'" });
    expect(metadata?.get('dc:title')).toBe('试验卷');
  });

  it('puts odd numbers upper right and even ones upper left, at the millimetres of the profile', async () => {
    const out = `${folder.path}/corners.pdf`;
    await bindTo(out, planOf(items));
    const { pieces } = await readPdf(out);
    const [, first] = await pieces(1);
    const [, second] = await pieces(2);
    expect(first?.x).toBeGreaterThan(595 / 2);
    expect(second?.x).toBeCloseTo((15 * 72) / 25.4, 1);
    expect(first?.y).toBeCloseTo(842 - (10 * 72) / 25.4 - 12 * 0.72, 1);
  });

  it('is the same bytes for the same plan', async () => {
    const first = await bindTo(`${folder.path}/same-1.pdf`, planOf([cover, ...items]));
    const second = await bindTo(`${folder.path}/same-2.pdf`, planOf([cover, ...items]));
    expect(second.sha256).toBe(first.sha256);
  });

  it('writes an equal resource of several sources once', async () => {
    const data = Buffer.alloc(40_000, 'shared profile ');
    const sources = [1, 2, 3].map((i) => folder.put(`shared-${i}.pdf`, plainPdf([`Text ${i}`], { pageExtra: '/Group<</S/Transparency/CS 5 0 R>>', extra: [{ num: 5, dict: '/Profile 6 0 R' }, { num: 6, dict: '', data }] })));
    const written = await bindTo(`${folder.path}/shared.pdf`, planOf(sources.map((path, i) => ({ kind: 'source', key: `k${i}`, path, title: `${i}` }))));
    expect(written.bytes).toBeLessThan(60_000);
  });

  it('starts the stamp from a clean state where a source leaves its own unbalanced', async () => {
    const contents = ['q 0.1 0 0 0.1 300 300 cm BT /F1 24 Tf 100 500 Td (Open) Tj', 'Q Q Q BT /F1 24 Tf 10 50 Td (Closed) Tj ET', 'BT /F1 24 Tf 10 50 Td (Cut) Tj ET (never ends'];
    const path = folder.put('unbalanced.pdf', plainPdf(['', '', ''], { contents }));
    const out = `${folder.path}/unbalanced-out.pdf`;
    await bindTo(out, planOf([{ kind: 'source', key: 'a', path, title: 'a' }]));
    const { pieces } = await readPdf(out);
    for (const [page, number] of [[1, '1'], [2, '2'], [3, '3']] as const) {
      const stamp = (await pieces(page)).find((piece) => piece.text === number);
      expect(stamp?.y).toBeCloseTo(842 - (10 * 72) / 25.4 - 12 * 0.72, 1);
    }
  });

  it.each([0, 90, 180, 270])('stamps upright on a page turned by %i degrees and cropped', async (rotate) => {
    const path = folder.put(`turned-${rotate}.pdf`, plainPdf(['Turned'], { pageExtra: `/Rotate ${rotate}/CropBox[50 100 450 700]` }));
    const out = `${path}.out`;
    await bindTo(out, planOf([{ kind: 'source', key: 'a', path, title: 'a' }]));
    const { document } = await readPdf(out);
    const page = await document.getPage(1);
    const viewport = page.getViewport({ scale: 1 });
    const content = await page.getTextContent();
    const stamp = content.items.flatMap((item) => ('str' in item && item.str === '1' ? [item] : []))[0];
    const [x, y] = viewport.convertToViewportPoint(Number(stamp?.transform[4]), Number(stamp?.transform[5]));
    expect(x).toBeGreaterThan(viewport.width - (15 * 72) / 25.4 - 12);
    expect(x).toBeLessThan(viewport.width - (15 * 72) / 25.4);
    expect(y).toBeCloseTo((10 * 72) / 25.4 + 12 * 0.72, 0);
  });

  it('moves a number off text that is already there', async () => {
    const x = 595 - (15 * 72) / 25.4 - 10;
    const y = 842 - (10 * 72) / 25.4 - 10;
    const path = folder.put('occupied.pdf', plainPdf([''], { contents: [`BT /F1 10 Tf ${x} ${y} Td (7) Tj ET`] }));
    const out = `${path}.out`;
    await bindTo(out, planOf([{ kind: 'source', key: 'a', path, title: 'a' }]));
    const { pieces } = await readPdf(out);
    const [there, stamp] = await pieces(1);
    expect(there?.text).toBe('7');
    expect(Math.abs((stamp?.x ?? x) - x) > 5 || Math.abs((stamp?.y ?? y) - y) > 7).toBe(true);
  });

  it('keeps what was filled into a form, and links inside a source', async () => {
    const form = await PDFDocument.create();
    const page = form.addPage([400, 400]);
    const field = form.getForm().createTextField('unit');
    field.setText('Filled in 2024');
    field.addToPage(page, { x: 50, y: 200, width: 200, height: 24 });
    const filled = folder.put('form.pdf', Buffer.from(await form.save()));
    const linked = folder.put('linked.pdf', plainPdf(['From', 'To'], { pageExtra: '/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 100 100]/A<</S/GoTo/D(there)>>>>]', catalogExtra: '/Dests<</there[12 0 R/Fit]>>' }));
    const out = `${folder.path}/form-out.pdf`;
    const written = await bindTo(out, planOf([{ kind: 'source', key: 'f', path: filled, title: 'f' }, { kind: 'source', key: 'l', path: linked, title: 'l' }]));
    const { document, text } = await readPdf(out);
    expect(await text(1)).toContain('Filled in 2024');
    expect(written.sources[0]?.notes).toContain('forms-flattened');
    const [link] = await (await document.getPage(2)).getAnnotations();
    expect(await document.getPageIndex(link.dest[0])).toBe(2);
  });

  it('makes pages of pictures without touching their bytes', async () => {
    const canvas = createCanvas(400, 300);
    const context = canvas.getContext('2d');
    context.fillStyle = '#3060c0';
    context.fillRect(20, 20, 200, 200);
    const jpeg = canvas.toBuffer('image/jpeg');
    const png = canvas.toBuffer('image/png');
    const out = `${folder.path}/pictures.pdf`;
    await bindTo(
      out,
      planOf([
        { kind: 'source', key: 'j', path: folder.put('photo.jpg', jpeg), title: '照片', placement: { kind: 'a4', margin: 20, caption: ['时间 2024-03-01 地点 市南区'] } },
        { kind: 'source', key: 'p', path: folder.put('renamed.pdf', png), title: '截图', placement: { kind: 'full' } },
      ]),
    );
    expect(readFileSync(out).includes(jpeg)).toBe(true);
    const { document, text } = await readPdf(out);
    expect((await document.getPage(1)).view).toEqual([0, 0, expect.closeTo(841.89, 1), expect.closeTo(595.28, 1)]);
    expect(await text(1)).toContain('时间 2024-03-01 地点 市南区');
  });
});

describe('trouble', () => {
  it('stops on request and leaves nothing behind', async () => {
    const out = `${folder.path}/aborted.pdf`;
    const controller = new AbortController();
    controller.abort();
    const result = await writeVolume(boundOf(planOf(items)), out, { signal: controller.signal });
    expect(result.ok ? 'written' : result.error.code).toBe('aborted');
    expect(readdirSync(folder.path).filter((name) => name.includes('aborted'))).toEqual([]);
  });

  it('stops in the middle of the work', async () => {
    const out = `${folder.path}/halted.pdf`;
    const controller = new AbortController();
    const seen: number[] = [];
    const result = await writeVolume(boundOf(planOf([cover, ...items])), out, {
      signal: controller.signal,
      onProgress: ({ pages, totalPages }) => {
        seen.push(pages / totalPages);
        controller.abort();
      },
    });
    expect(result.ok ? 'written' : result.error.code).toBe('aborted');
    expect(seen).toHaveLength(1);
    expect(readdirSync(folder.path).filter((name) => name.includes('halted'))).toEqual([]);
  });

  it('refuses a source that changed since the plan, and keeps the former volume', async () => {
    const path = folder.put('changing.pdf', plainPdf(['Before']));
    const bound = boundOf(planOf([{ kind: 'source', key: 'c', path, title: 'c' }]));
    const out = folder.put('kept.pdf', Buffer.from('the former volume'));
    writeFileSync(path, plainPdf(['After!!']));
    utimesSync(path, new Date(), new Date(Date.now() + 5000));
    const result = await writeVolume(bound, out);
    expect(result.ok ? null : result.error).toMatchObject({ code: 'source-changed', file: path, key: 'c' });
    expect(readFileSync(out, 'utf8')).toBe('the former volume');
  });

  it('reports every source that cannot be bound, or binds a page that says so', async () => {
    const broken = folder.put('broken.pdf', Buffer.from('%PDF-1.4 nothing'));
    const sections: readonly Section[] = [...items, { kind: 'source', key: 'x', path: broken, title: '坏文件' }, { kind: 'source', key: 'y', path: `${folder.path}/gone.pdf`, title: '不见了' }];
    const stopped = planBinding(planOf(sections));
    expect(stopped.ok ? [] : stopped.error.map((error) => [error.key, error.code])).toEqual([['x', 'damaged'], ['y', 'not-found']]);
    const out = `${folder.path}/placeholders.pdf`;
    const written = await bindTo(out, planOf(sections, { onMissing: 'placeholder-page' }));
    expect(written.pages).toBe(7);
    expect(await (await readPdf(out)).text(6)).toContain('此处材料未能装订');
  });

  it('finds faults of the plan before anything is opened for writing', () => {
    const cases: readonly (readonly [readonly Section[], string])[] = [
      [[...items, { kind: 'source', key: 'a', path: two, title: 'again' }], 'duplicate-key'],
      [[{ ...cover, pages: [{ width: 210, height: 297, ops: [{ op: 'link', x: 0, y: 0, w: 1, h: 1, toItem: 'nowhere' }] }] }], 'link-target-missing'],
      [[{ kind: 'source', key: 'r', path: two, title: 'r', pageRange: { first: 2, last: 3 } }], 'page-range'],
      [[{ kind: 'source', key: 'e', path: two, title: 'e', expectedPages: 3 }], 'page-count-changed'],
    ];
    for (const [sections, code] of cases) {
      const result = planBinding(planOf(sections));
      expect(result.ok ? 'bound' : result.error[0]?.code).toBe(code);
    }
  });

  it('writes nothing where the folder is missing', async () => {
    const result = await writeVolume(boundOf(planOf(items)), `${folder.path}/no/such/folder/v.pdf`);
    expect(result.ok ? 'written' : result.error.code).toBe('not-found');
    expect(existsSync(`${folder.path}/no`)).toBe(false);
  });
});
