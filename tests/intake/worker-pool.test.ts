import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCanvas, GlobalFonts, loadImage, PDFDocument } from '@napi-rs/canvas';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { countDifferentBits, guessMetadata, recognise, WorkerPool } from '../../src-main/intake/index.ts';
import { makeFolder, writeScratch } from './scratch.ts';

const root = resolve(import.meta.dirname, '../..');
const song = join(root, 'resources/fonts/song.ttf');
const pool = new WorkerPool();
afterAll(() => pool.close());

/** A PDF with one line of text on each page, at 72, 100 points from the upper left. */
function makePdf(lines: readonly string[]): string {
  GlobalFonts.register(readFileSync(song), 'IntakeTestSong');
  const pdf = new PDFDocument();
  for (const line of lines) {
    const pen = pdf.beginPage(595, 842);
    pen.font = '16px IntakeTestSong';
    pen.fillText(line, 72, 100);
    pdf.endPage();
  }
  return writeScratch('文.pdf', pdf.close());
}

/** Stands in for the real worker, so that its death can be arranged. */
const doomed = (body: string): string => writeScratch('worker.mjs', `process.on('message', ({ id, task }) => { const send = (m) => process.send({ id, ...m }); ${body} });`);

describe('WorkerPool', () => {
  it('reads the text of every page with its place', async () => {
    const pages: number[] = [];
    const text = await pool.extractText(makePdf(['青南政发〔2024〕10号', '第二页文字']), 'pdf', { onPage: (page) => pages.push(page) });
    expect(text.ok && text.value.pages.map((page) => page.text)).toEqual(['青南政发〔2024〕10号', '第二页文字']);
    const item = text.ok ? text.value.pages[1]?.items[0] : undefined;
    expect(item?.x).toBeCloseTo(72, 0);
    expect(item?.y).toBeGreaterThan(842 - 100 - 6);
    expect(item?.y).toBeLessThan(842 - 100);
    expect(item?.w).toBeCloseTo(80, 0);
    expect(pages).toEqual([1, 2]);
  });

  it('reads signature and date under the letters of a seal, and bold text once', async () => {
    GlobalFonts.register(readFileSync(song), 'IntakeTestSong');
    const pdf = new PDFDocument();
    const pen = pdf.beginPage(595, 842);
    pen.font = '22px IntakeTestSong';
    pen.fillText('关于污水处理率的证明', 180, 100);
    pen.fillText('关于污水处理率的证明', 180.2, 100);
    pen.font = '16px IntakeTestSong';
    pen.fillText('特此证明，以上数据属实，均来自本单位台账。', 80, 300);
    pen.fillText('市生态环境局市南分局', 300, 500);
    pen.fillText('2023年4月9日', 320, 529);
    for (const [index, letter] of [...'青岛市生态环境局市南分局'].entries()) {
      pen.save();
      pen.translate(370, 515);
      pen.rotate(((index - 5.5) * 24 * Math.PI) / 180);
      pen.fillText(letter, -8, -40);
      pen.restore();
    }
    const text = await pool.extractText(writeScratch('盖章.pdf', pdf.close()), 'pdf');
    if (!text.ok) throw new Error(text.error.message);
    const guess = guessMetadata(text.value.pages, '盖章.pdf', ['市生态环境局市南分局']);
    expect([guess.title?.value, guess.issuer?.value, guess.date?.value]).toEqual(['关于污水处理率的证明', '市生态环境局市南分局', '2023-04-09']);
  });

  it('reads DOCX and XLSX without their hidden parts', async () => {
    const word = (body: string): string => `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`;
    const docx = writeScratch('a.docx', zipSync({ 'word/document.xml': strToU8(word('<w:p><w:r><w:t>一 &amp; 二</w:t></w:r><w:del><w:r><w:t>已删</w:t></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>')) }));
    const inDocx = await pool.extractText(docx, 'docx');
    expect(inDocx.ok && inDocx.value.pages[0]?.text).toBe('一 & 二\n甲\t乙');
    const xlsx = writeScratch('a.xlsx', zipSync({
      'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="数据" r:id="r1"/><sheet name="藏" state="hidden" r:id="r2"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': strToU8('<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></R>'),
      'xl/sharedStrings.xml': strToU8('<sst><si><t>处理率</t></si></sst>'),
      'xl/worksheets/sheet1.xml': strToU8('<s><row><c t="s"><v>0</v></c><c><v>96.3</v></c></row></s>'),
      'xl/worksheets/sheet2.xml': strToU8('<s><row><c><v>1</v></c></row></s>'),
    }));
    const inXlsx = await pool.extractText(xlsx, 'xlsx');
    expect(inXlsx.ok && inXlsx.value.pages[0]?.text).toBe('数据\n处理率\t96.3');
  });

  it('refuses an entity bomb and a package that unpacks to gigabytes', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "cccccccc"><!ENTITY d "&b;&b;&b;&b;">]><w:document><w:t>&d;</w:t></w:document>';
    const entities = await pool.extractText(writeScratch('a.docx', zipSync({ 'word/document.xml': strToU8(bomb) })), 'docx');
    expect(!entities.ok && entities.error.error).toBe('file-damaged');
    const huge = await pool.extractText(writeScratch('b.docx', zipSync({ 'word/document.xml': new Uint8Array(100 * 1048576) }, { level: 9 })), 'docx');
    expect(!huge.ok && huge.error.error).toBe('file-too-large');
  });

  it('draws a page as a bounded JPEG, turned as EXIF says', async () => {
    const out = join(makeFolder(), 'p.jpg');
    const drawn = await pool.renderPageImage(makePdf(['页']), 'pdf', { page: 1, longestSide: 900, out });
    expect(drawn).toEqual({ ok: true, value: { path: out, width: 636, height: 900 } });
    const image = await loadImage(readFileSync(out));
    const canvas = createCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    const { data } = canvas.getContext('2d').getImageData(0, 0, image.width, image.height);
    expect(data.some((value, index) => index % 4 === 0 && value < 100)).toBe(true);
    expect(data[0]).toBeGreaterThan(250);
    const photo = createCanvas(400, 200).toBuffer('image/jpeg');
    // A segment of EXIF with one entry: tag 0x112, a short, 6.
    const exif = Buffer.from('ffe100224578696600004d4d002a00000008000101120003000000010006000000000000', 'hex');
    const turned = await pool.renderPageImage(writeScratch('a.jpg', Buffer.concat([photo.subarray(0, 2), exif, photo.subarray(2)])), 'jpeg', { page: 1, longestSide: 9999, out });
    expect(turned.ok && [turned.value.width, turned.value.height]).toEqual([200, 400]);
  });

  it('gives nearly equal hashes to two scans of one sheet and different ones to two sheets', async () => {
    const scan = async (seed: number, quality: number, size: number): Promise<string> => {
      const canvas = createCanvas(size, size);
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, size, size);
      pen.fillStyle = '#333';
      for (let index = 0; index < 40; index += 1) pen.fillRect((((index * seed) % 17) / 17) * size, (((index * 7 * seed) % 23) / 23) * size, size / 9, size / 30);
      const hash = await pool.hashImage(writeScratch('s.jpg', canvas.toBuffer('image/jpeg', quality)), 'jpeg');
      if (!hash.ok) throw new Error(hash.error.message);
      return hash.value;
    };
    const [one, again, other] = [await scan(5, 95, 900), await scan(5, 40, 700), await scan(11, 95, 900)];
    expect(countDifferentBits(one, again)).toBeLessThanOrEqual(8);
    expect(countDifferentBits(one, other)).toBeGreaterThan(12);
  });

  it('kills what hangs, keeps the pages before and behind, and goes on with the next file', async () => {
    const worker = doomed(`
      if (task.path === 'good') { send({ kind: 'result', result: { ok: true, value: { truncated: false } } }); return; }
      for (let page = task.fromPage; page <= 4; page += 1) {
        send({ kind: 'page-started', page, of: 4 });
        if (page === 2) { setTimeout(() => { for (;;); }, 50); return; }
        send({ kind: 'page-done', page: { page, text: 'p' + page, items: [] } });
      }
      send({ kind: 'result', result: { ok: true, value: { truncated: false } } });`);
    const small = new WorkerPool({ workerFile: worker, pageTimeout: 1500 });
    const text = await small.extractText('bad', 'pdf');
    expect(text.ok && [text.value.pages.map((page) => page.text), text.value.failedPages]).toEqual([['p1', '', 'p3', 'p4'], [2]]);
    expect((await small.extractText('good', 'pdf')).ok).toBe(true);
    await small.close();
  });

  it('gives each document its time from when its turn comes', async () => {
    const worker = doomed(`
      setTimeout(() => {
        send({ kind: 'page-started', page: 1, of: 1 });
        send({ kind: 'result', result: { ok: true, value: { truncated: Date.now() > task.until } } });
      }, task.path === 'long' ? 1500 : 0);`);
    const small = new WorkerPool({ workerFile: worker, documentTimeout: 1000 });
    const [, behind] = await Promise.all([small.extractText('long', 'pdf'), small.extractText('behind', 'pdf')]);
    expect(behind.ok && behind.value.truncated).toBe(false);
    await small.close();
  });

  it('blames no file for a process that the one before it broke', async () => {
    const worker = doomed(`
      if (task.path === 'next' && globalThis.broken) process.exit(3);
      globalThis.broken = true;
      send({ kind: 'result', result: { ok: true, value: { truncated: false } } });`);
    const small = new WorkerPool({ workerFile: worker });
    expect((await small.extractText('breaks it', 'pdf')).ok).toBe(true);
    expect((await small.extractText('next', 'pdf')).ok).toBe(true);
    await small.close();
  });

  it('compares what was looked at before it looks at more', async () => {
    const worker = doomed(`
      globalThis.turn = (globalThis.turn ?? 0) + 1;
      send({ kind: 'result', result: { ok: true, value: task.kind === 'compare-pages' ? { same: globalThis.turn === 2 } : {} } });`);
    const small = new WorkerPool({ workerFile: worker });
    const page = { path: 'a', fileKind: 'pdf', page: 1 } as const;
    const looks = ['one', 'two', 'three'].map((path) => small.lookAtPages(path, 'pdf', { pages: [1] }));
    expect(await small.comparePages(page, page)).toEqual({ ok: true, value: { same: true } });
    await Promise.all(looks);
    await small.close();
  });

  it('answers when the process dies, swells, lies, or is told to stop', async () => {
    const dying = new WorkerPool({ workerFile: doomed('process.exit(3);') });
    const died = await dying.hashImage('x', 'jpeg');
    expect(!died.ok && died.error.error).toBe('file-damaged');
    await dying.close();
    const swelling = new WorkerPool({ workerFile: doomed('globalThis.kept = []; setInterval(() => globalThis.kept.push(Buffer.alloc(32 << 20, 1)), 20);'), memoryLimit: 300 });
    const swollen = await swelling.hashImage('x', 'jpeg');
    if (process.platform === 'linux') expect(!swollen.ok && swollen.error.error).toBe('file-too-large');
    await swelling.close();
    const lying = new WorkerPool({ workerFile: doomed("send({ kind: 'result', result: { ok: true, value: '<script>' } });") });
    await expect(lying.hashImage('x', 'jpeg')).rejects.toThrow();
    await lying.close();
    const slow = new WorkerPool({ workerFile: doomed('') });
    const stop = new AbortController();
    const waiting = slow.hashImage('x', 'jpeg', {}, { signal: stop.signal });
    const queued = slow.hashImage('y', 'jpeg');
    stop.abort();
    expect(await waiting).toMatchObject({ ok: false, error: { error: 'cancelled' } });
    await slow.close();
    expect(await queued).toMatchObject({ ok: false, error: { error: 'cancelled' } });
  });

  it('cannot make code from strings', async () => {
    const evil = new WorkerPool({ workerFile: doomed("let made = 'no'; try { made = new Function('return \"yes\"')(); } catch {} send({ kind: 'result', result: { ok: false, error: { error: 'wrong-input', message: made } } });") });
    expect(await evil.hashImage('x', 'jpeg')).toMatchObject({ error: { message: 'no' } });
    await evil.close();
  });

  it('closes though a process answers at that very moment', async () => {
    const busy = new WorkerPool({ workerFile: doomed(`send({ kind: 'page-started', page: 1, of: 1 }); setTimeout(() => send({ kind: 'result', result: { ok: true, value: { truncated: false } } }), 20);`) });
    const asked: Promise<unknown>[] = [];
    await new Promise<void>((resolve) => {
      asked.push(busy.extractText('x.pdf', 'pdf', { onPage: () => resolve() }));
    });
    // The answer comes into the pipe while this process is held up, and is read after the process was told to end.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    await busy.close();
    await Promise.all(asked);
  });
});

const corpora = resolve(root, '../shared/corpora');
const present = existsSync(corpora);
if (!present) console.warn('third-party corpora are not here: reading their text was not tried');
describe.skipIf(!present)('third-party corpora (skipped where they are absent)', () => {
  it('answers for every file, with text or a reason', { timeout: 60_000 }, async () => {
    const outcomes = new Map<string, string>();
    for (const kind of ['pdf', 'docx', 'xlsx']) {
      for (const name of readdirSync(join(corpora, kind))) {
        const path = join(corpora, kind, name);
        const seen = await recognise(path);
        if (!seen.ok) continue;
        const text = await pool.extractText(path, seen.value.kind);
        outcomes.set(name, text.ok ? text.value.pages.map((page) => page.text).join('\n') : text.error.error);
      }
    }
    expect(outcomes.size).toBeGreaterThan(100);
    expect(outcomes.get('poi-poc-xmlbomb-empty.xlsx')).toBe('file-damaged');
    expect(outcomes.get('qpdf-20-pages.pdf')).toBe('file-encrypted');
    expect(outcomes.get('qpdf-empty.pdf')).toBe('file-no-pages');
    expect(outcomes.get('qpdf-c-r5-in.pdf')).toBe('file-encrypted');
    expect(outcomes.get('qpdf-enc-R3,V2,O=master.pdf')).toContain('Potato 29');
    expect(outcomes.get('qpdf-leading-junk.pdf')).toContain('Potato 29');
    expect(outcomes.get('sample-google-doc-document.pdf')).toContain('Beautiful is better than ugly');
  });
});
