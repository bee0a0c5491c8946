import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { deflateSync } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { convertByOffice, findOffice, WorkerPool } from '../../src-main/intake/index.ts';
import { addGlyphCharacters, glyphBase } from '../../src-main/intake/ofd/glyph-font.ts';
import { readDeltas } from '../../src-main/intake/ofd/draw-text.ts';
import { toSvgPath } from '../../src-main/intake/ofd/draw-objects.ts';
import { heicPhoto } from './heic-file.ts';
import { makeFolder, writeScratch } from './scratch.ts';

const root = resolve(import.meta.dirname, '../..');
const font = (name: string): string => join(root, 'resources/fonts', `${name}.ttf`);
const fonts = { song: font('song'), hei: font('hei'), kai: font('kai'), xiaobiaosong: font('xiaobiaosong') };
const pool = new WorkerPool();
afterAll(() => pool.close());

async function textOf(path: string): Promise<readonly string[]> {
  const text = await pool.extractText(path, 'pdf');
  if (!text.ok) throw new Error(text.error.message);
  return text.value.pages.map((page) => page.text);
}

/** Pixel colours of a page drawn at one pixel a millimetre. */
async function pixelsOf(path: string, page = 1): Promise<(x: number, y: number) => readonly number[]> {
  const out = join(makeFolder(), 'p.jpg');
  const drawn = await pool.renderPageImage(path, 'pdf', { page, longestSide: 297 * 4, out });
  if (!drawn.ok) throw new Error(drawn.error.message);
  const image = await loadImage(readFileSync(out));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return (x, y) => [...canvas.getContext('2d').getImageData(x * 4, y * 4, 1, 1).data].slice(0, 3);
}

const square = (colour: string): Buffer => {
  const canvas = createCanvas(20, 20);
  const pen = canvas.getContext('2d');
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 20, 20);
  return canvas.toBuffer('image/png');
};
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(5, 0x84);
  length.writeUInt32BE(body.length, 1);
  return Buffer.concat([Buffer.from([tag]), length, body]);
};
const sealOf = (picture: Uint8Array, form: string): Buffer => der(0x30, der(0x30, der(0x16, Buffer.from('ES'))), der(0x30, der(0x16, Buffer.from(form)), der(0x04, picture), der(0x02, Buffer.from([40])), der(0x02, Buffer.from([40]))));

/** A document with template, text, path, picture, annotation and seal, one of each. */
function ofdParts(): Record<string, Uint8Array> {
  const xml = (body: string): Uint8Array => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
  return {
    'OFD.xml': xml('<ofd:OFD xmlns:ofd="x"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>'),
    'Doc_0/Document.xml': xml('<ofd:Document><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/P.xml"/><ofd:Page ID="2" BaseLoc="Pages/Q.xml"/></ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>'),
    'Doc_0/PublicRes.xml': xml('<ofd:Res BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体"/></ofd:Fonts><ofd:MultiMedias><ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias><ofd:DrawParams><ofd:DrawParam ID="5" LineWidth="2"><ofd:FillColor Value="0 0 255"/></ofd:DrawParam></ofd:DrawParams></ofd:Res>'),
    'Doc_0/Res/a.png': square('#00ff00'),
    'Doc_0/Tpls/T.xml': xml('<ofd:Page><ofd:Content><ofd:Layer><ofd:TextObject ID="20" Boundary="60 20 100 10" Font="3" Size="6"><ofd:TextCode X="0" Y="6" DeltaX="g 5 7">市南区文件红</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>'),
    'Doc_0/Pages/P.xml': xml('<ofd:Page><ofd:Template TemplateID="9"/><ofd:Content><ofd:Layer DrawParam="5"><ofd:PathObject ID="21" Boundary="20 100 40 40" Fill="true" Stroke="false"><ofd:AbbreviatedData>S 0 0 M 0 0 L 40 0 L 40 40 L 0 40 C</ofd:AbbreviatedData></ofd:PathObject><ofd:ImageObject ID="22" Boundary="100 100 40 40" CTM="40 0 0 40 0 0" ResourceID="4"/></ofd:Layer></ofd:Content></ofd:Page>'),
    'Doc_0/Pages/Q.xml': xml('<ofd:Page><ofd:Area><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:Area><ofd:Content/></ofd:Page>'),
    'Doc_0/Annots/Annotations.xml': xml('<ofd:Annotations><ofd:Page PageID="1"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'),
    'Doc_0/Annots/A.xml': xml('<ofd:PageAnnot><ofd:Annot><ofd:Appearance Boundary="20 200 20 20"><ofd:PathObject ID="30" Boundary="0 0 20 20" Fill="true"><ofd:FillColor Value="255 0 255"/><ofd:AbbreviatedData>M 0 0 L 20 0 L 20 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject></ofd:Appearance></ofd:Annot></ofd:PageAnnot>'),
    'Doc_0/Signs/Signatures.xml': xml('<ofd:Signatures><ofd:Signature ID="1" BaseLoc="S/Signature.xml"/></ofd:Signatures>'),
    'Doc_0/Signs/S/Signature.xml': xml('<ofd:Signature><ofd:SignedInfo><ofd:StampAnnot PageRef="1" Boundary="140 200 40 40"/></ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>'),
    'Doc_0/Signs/S/SignedValue.dat': sealOf(square('#ff0000'), 'png'),
  };
}

describe('OFD', () => {
  it('draws template, text, path, picture, annotation and seal, and stays searchable', async () => {
    const out = join(makeFolder(), 'o.pdf');
    const made = await pool.convert(writeScratch('a.ofd', zipSync(ofdParts())), 'ofd', { out, fonts });
    expect(made).toEqual({ ok: true, value: { path: out, pages: 2, approximate: false, losses: [] } });
    expect((await textOf(out))[0]?.replaceAll(' ', '')).toBe('市南区文件红');
    const at = await pixelsOf(out);
    const near = (actual: readonly number[], wanted: readonly number[]): void => actual.forEach((value, index) => expect(Math.abs(value - (wanted[index] ?? 0))).toBeLessThan(12));
    near(at(40, 120), [0, 0, 255]);
    near(at(120, 120), [0, 255, 0]);
    near(at(30, 210), [255, 0, 255]);
    near(at(160, 220), [255, 0, 0]);
    near(at(100, 280), [255, 255, 255]);
  });

  it('draws a seal that is an OFD itself', async () => {
    const { 'Doc_0/Signs/Signatures.xml': signatures, ...inner } = ofdParts();
    expect(signatures).toBeDefined();
    const out = join(makeFolder(), 'o.pdf');
    const made = await pool.convert(writeScratch('a.ofd', zipSync({ ...ofdParts(), 'Doc_0/Signs/S/SignedValue.dat': sealOf(zipSync(inner), 'ofd') })), 'ofd', { out, fonts });
    expect(made.ok && made.value.losses).toEqual([]);
    // The blue square of the inner page, a fifth of its size, in the seal's box.
    expect((await pixelsOf(out))(140 + (40 * 40) / 210, 200 + (120 * 40) / 297)[2]).toBeGreaterThan(200);
  });

  it('says what it could not draw, and refuses what is broken', async () => {
    const out = join(makeFolder(), 'o.pdf');
    const made = await pool.convert(writeScratch('a.ofd', zipSync({ ...ofdParts(), 'Doc_0/Res/a.png': strToU8('no picture') })), 'ofd', { out, fonts });
    expect(made.ok && [made.value.approximate, made.value.losses.length]).toEqual([true, 1]);
    const refuse = async (parts: Record<string, Uint8Array>): Promise<string> => {
      const refused = await pool.convert(writeScratch('a.ofd', zipSync(parts)), 'ofd', { out: join(makeFolder(), 'o.pdf'), fonts });
      return refused.ok ? 'taken' : refused.error.error;
    };
    expect(await refuse({ 'OFD.xml': strToU8('<OFD><DocBody><DocRoot>../../../etc/passwd</DocRoot></DocBody></OFD>') })).toBe('file-damaged');
    expect(await refuse({ ...ofdParts(), 'Doc_0/Pages/P.xml': strToU8('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Page>&x;</Page>') })).toBe('file-damaged');
    expect(await refuse({ ...ofdParts(), 'Doc_0/Pages/P.xml': new Uint8Array(80 * 1048576) })).toBe('file-too-large');
    expect(await refuse({ ...ofdParts(), 'Doc_0/Document.xml': strToU8('<Document><Pages/></Document>') })).toBe('file-no-pages');
  });

  it('reads the shorthands of deltas and paths', () => {
    expect(readDeltas('1 g 3 2.5 4', 9)).toEqual([1, 2.5, 2.5, 2.5, 4]);
    expect(readDeltas('g 999999999 1', 4)).toHaveLength(4);
    expect(toSvgPath('S 1 2 M 1 2 L 3 4 B 1 1 2 2 3 3 A 5 5 0 1 0 9 9 C')).toBe('M 1 2 M 1 2 L 3 4 C 1 1 2 2 3 3 A 5 5 0 1 0 9 9 Z');
    expect(toSvgPath('M 1 2 url(x) L 3 4')).toBe('M 1 2 L 3 4');
  });

  it('makes every glyph of a font a character and keeps those it had', () => {
    const numbered = addGlyphCharacters(readFileSync(font('kai')));
    expect(numbered).toBeDefined();
    const text = Buffer.from(numbered ?? []).includes(Buffer.from(new Uint8Array([0, 0x0f, 0, 0])));
    expect([text, glyphBase]).toEqual([true, 0xf0000]);
    expect(addGlyphCharacters(strToU8('no font at all'))).toBeUndefined();
  });
});

describe('text and pictures', () => {
  it('sets a text on as many pages as it needs', async () => {
    const out = join(makeFolder(), 't.pdf');
    const lines = Array.from({ length: 90 }, (_, index) => `第${index + 1}行，关于开展生态环境工作的说明。`);
    const made = await pool.convert(writeScratch('说明.txt', lines.join('\r\n')), 'txt', { out, fonts });
    expect(made.ok && made.value.pages).toBe(3);
    expect((await textOf(out)).join('\n').split('\n')).toEqual(lines);
  });

  it('breaks long lines without losing a character', async () => {
    const out = join(makeFolder(), 't.pdf');
    const paragraph = `${'生态文明建设，'.repeat(30)}ABCDEFGHIJKLMNOPQRSTUVWXYZ`.repeat(4);
    await pool.convert(writeScratch('长.txt', paragraph), 'txt', { out, fonts });
    expect((await textOf(out)).join('').replace(/\s/gu, '')).toBe(paragraph);
  });

  it('sets a phone’s HEIC photo on a page, and refuses half of one', async () => {
    const out = join(makeFolder(), 'h.pdf');
    const made = await pool.convert(writeScratch('IMG_0001.HEIC', heicPhoto), 'heic', { out, fonts });
    expect(made).toMatchObject({ ok: true, value: { pages: 1, approximate: false } });
    const at = await pixelsOf(out);
    expect([at(100, 105), at(200, 105)].map((colour) => colour.map((value) => Math.round(value / 128)))).toEqual([[2, 0, 0], [0, 0, 2]]);
    const half = await pool.convert(writeScratch('IMG_0002.HEIC', heicPhoto.subarray(0, heicPhoto.length * 0.6)), 'heic', { out: join(makeFolder(), 'h.pdf'), fonts });
    expect(half.ok === false && half.error.error).toBe('file-damaged');
  });

  it('sets a WebP on a page that lies as the picture does', async () => {
    const out = join(makeFolder(), 'p.pdf');
    const canvas = createCanvas(300, 100);
    canvas.getContext('2d').fillRect(0, 0, 300, 100);
    const made = await pool.convert(writeScratch('a.webp', canvas.toBuffer('image/webp')), 'webp', { out, fonts });
    expect(made.ok && made.value.pages).toBe(1);
    const drawn = await pool.renderPageImage(out, 'pdf', { page: 1, longestSide: 400, out: join(makeFolder(), 'x.jpg') });
    expect(drawn.ok && drawn.value.width > drawn.value.height).toBe(true);
  });
});

const office = await findOffice();
if (office === undefined) console.warn('LibreOffice is not installed: conversion of office documents was not tried');
describe.skipIf(office === undefined)('office documents (skipped without LibreOffice)', () => {
  const program = office ?? '';
  const docx = (body: string, relations = ''): Uint8Array =>
    zipSync({
      '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
      '_rels/.rels': strToU8('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
      'word/document.xml': strToU8(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}</w:body></w:document>`),
      'word/_rels/document.xml.rels': strToU8(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations}</Relationships>`),
    });
  const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

  it('converts a batch, refuses the hostile one and lets no document reach the network', { timeout: 120_000 }, async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const picture = '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="r9"/></pic:blipFill><pic:spPr><a:xfrm><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
    const folder = makeFolder();
    mkdirSync(join(folder, 'out'));
    const tasks = [
      docx(paragraph('第一份通知')),
      docx('<!DOCTYPE x>'),
      docx(picture + paragraph('带外链'), `<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:${port}/a.png" TargetMode="External"/>`),
    ].map((bytes, index) => {
      const path = join(folder, `材料 ${index}.docx`);
      writeFileSync(path, bytes);
      return { path, kind: 'docx', out: join(folder, 'out', `${index}.pdf`) } as const;
    });
    const outcomes = await convertByOffice(tasks, { program });
    server.close();
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.error))).toEqual(['ok', 'file-damaged', 'ok']);
    expect(await textOf(join(folder, 'out', '0.pdf'))).toEqual(['第一份通知']);
    expect(asked).toBe(0);
  });

  it('is killed when its time is up, and says so for the file', { timeout: 60_000 }, async () => {
    const folder = makeFolder();
    const path = join(folder, 'a.docx');
    writeFileSync(path, docx(paragraph('x')));
    const [outcome] = await convertByOffice([{ path, kind: 'docx', out: join(folder, 'a.pdf') }], { program, startTimeout: 100, fileTimeout: 0 });
    expect(outcome?.ok === false && outcome.error.error).toBe('file-damaged');
    expect(existsSync(join(folder, 'a.pdf'))).toBe(false);
  });
});

it.skipIf(process.platform === 'win32')('loses only the file that the office program hangs on', { timeout: 60_000 }, async () => {
  const folder = makeFolder();
  // Stands for the program: makes what it is asked for in order, hangs on one file, dies at another, and leaves half a result of a third.
  const program = join(folder, 'office');
  writeFileSync(join(folder, 'model.pdf'), '%PDF-1.4\n%%EOF\n');
  writeFileSync(program, `#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done; out=$2; shift 2; mkdir -p "$out"\nfor f in "$@"; do\n case $(cat "$f") in hang) sleep 60;; die) kill -9 $$;; half) echo '%PDF-1.4' > "$out/\${f%.*}.pdf"; sleep 60;; bad) ;; *) cp '${join(folder, 'model.pdf')}' "$out/\${f%.*}.pdf";; esac\ndone\n`, { mode: 0o755 });
  const contents = ['good', 'bad', 'hang', 'good', 'half', 'good', 'die', 'good', 'bad'];
  const tasks = contents.map((content, index) => {
    const path = join(folder, `${index}.doc`);
    writeFileSync(path, content);
    return { path, kind: 'doc', out: join(folder, `${index}.pdf`) } as const;
  });
  const settled: number[] = [];
  const outcomes = await convertByOffice(tasks, { program, startTimeout: 0, fileTimeout: 700, onProgress: (count) => settled.push(count) });
  expect(outcomes.map((outcome) => outcome.ok)).toEqual(contents.map((content) => content === 'good'));
  expect(outcomes[2]?.ok === false && outcomes[2].error.message).toContain('用时过长');
  expect(settled.at(-1)).toBeLessThanOrEqual(contents.length);
});

const corpora = resolve(root, '../shared/corpora/ofd');
const present = existsSync(corpora);
if (!present) console.warn('third-party corpora are not here: drawing their OFD files was not tried');
describe.skipIf(!present)('third-party OFD files (skipped where they are absent)', () => {
  it('draws all of them', { timeout: 60_000 }, async () => {
    const folder = makeFolder();
    const losses: Record<string, readonly string[]> = {};
    for (const name of readdirSync(corpora)) {
      const out = join(folder, `${name}.pdf`);
      const made = await pool.convert(join(corpora, name), 'ofd', { out, fonts });
      expect([name, made.ok]).toEqual([name, true]);
      expect(statSync(out).size).toBeGreaterThan(1000);
      if (made.ok && made.value.losses.length > 0) losses[name] = made.value.losses;
    }
    expect(Object.keys(losses).toSorted()).toEqual(['testImageNotFound.ofd', 'z.ofd']);
    expect((await textOf(join(folder, '999.ofd.pdf')))[0]).toContain('重庆增值税电子普通发票');
  });
});

describe('TIFF', () => {
  /** A little-endian TIFF of one strip a page: red above blue, or its palette, grey and two-tone twins. */
  const tiff = (pages: readonly { readonly compression: number; readonly strip: Uint8Array }[]): Uint8Array => {
    const chunks: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1')];
    let offset = 8;
    let link = 4;
    const whole = (): Buffer => Buffer.concat(chunks);
    for (const { compression, strip } of pages) {
      const bits = Buffer.from([8, 0, 8, 0, 8, 0]);
      const entries: readonly (readonly [number, number, number, number])[] = [[256, 3, 1, 4], [257, 3, 1, 2], [258, 3, 3, offset], [259, 3, 1, compression], [262, 3, 1, 2], [273, 4, 1, offset + 6], [277, 3, 1, 3], [278, 3, 1, 2], [279, 4, 1, strip.length]];
      const directory = Buffer.alloc(2 + entries.length * 12 + 4);
      directory.writeUInt16LE(entries.length, 0);
      for (const [index, [tag, type, count, value]] of entries.entries()) {
        directory.writeUInt16LE(tag, 2 + index * 12);
        directory.writeUInt16LE(type, 4 + index * 12);
        directory.writeUInt32LE(count, 6 + index * 12);
        directory.writeUInt32LE(value, 10 + index * 12);
      }
      const body = Buffer.concat([bits, strip]);
      const padded = Buffer.concat([body, Buffer.alloc(body.length % 2)]);
      chunks.push(padded, directory);
      const all = whole();
      all.writeUInt32LE(offset + padded.length, link);
      chunks.splice(0, chunks.length, all);
      link = offset + padded.length + 2 + entries.length * 12;
      offset = all.length;
    }
    return whole();
  };
  const pixels = Uint8Array.from([...Array.from({ length: 4 }, () => [255, 0, 0]), ...Array.from({ length: 4 }, () => [0, 0, 255])].flat());
  const runs = Uint8Array.from([23, ...pixels]);
  // Clear, each byte as itself, end: nine bits each, as an encoder that found nothing to shorten would write.
  const lzw = (bytes: Uint8Array): Uint8Array => {
    const bits = [256, ...bytes, 257].map((code) => code.toString(2).padStart(9, '0')).join('').padEnd(240, '0');
    return Uint8Array.from(bits.match(/.{8}/gu) ?? [], (byte) => Number.parseInt(byte, 2));
  };

  it('sets plain, deflated, LZW and PackBits pages one after the other', async () => {
    const path = writeScratch('扫描.tif', tiff([{ compression: 1, strip: pixels }, { compression: 8, strip: deflateSync(pixels) }, { compression: 5, strip: lzw(pixels) }, { compression: 32773, strip: runs }]));
    const out = join(makeFolder(), 't.pdf');
    const made = await pool.convert(path, 'tiff', { out, fonts });
    expect(made.ok && made.value.pages).toBe(4);
    for (const page of [1, 2, 3, 4]) {
      const at = await pixelsOf(out, page);
      expect([page, at(148, 70).map((value) => Math.round(value / 64)), at(148, 140).map((value) => Math.round(value / 64))]).toEqual([page, [4, 0, 0], [0, 0, 4]]);
    }
  });

  it('refuses a form that it does not know', async () => {
    const made = await pool.convert(writeScratch('a.tif', tiff([{ compression: 34712, strip: pixels }])), 'tiff', { out: join(makeFolder(), 't.pdf'), fonts });
    expect(!made.ok && made.error.error).toBe('file-unsupported');
  });
});
