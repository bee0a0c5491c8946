import { existsSync, readdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src-main/contract/errors.ts';
import { intakeErrorCodes, recognise } from '../../src-main/intake/index.ts';
import { makeFolder, writeScratch } from './scratch.ts';

const outcome = async (path: string): Promise<string> => {
  const seen = await recognise(path);
  return seen.ok ? seen.value.kind : seen.error.error;
};
const picture = createCanvas(40, 30);
const wordTypes = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const gb18030 = (): Uint8Array => Uint8Array.from([0xb9, 0xd8, 0xd3, 0xda, 0xbf, 0xaa, 0xd5, 0xb9, 0xb5, 0xc4, 0xcd, 0xa8, 0xd6, 0xaa, 0x0a]);

describe('recognise', () => {
  it('goes by content, never by name', async () => {
    const cases: readonly (readonly [string, Uint8Array | string, string])[] = [
      ['a.docx', '%PDF-1.7\n1 0 obj', 'pdf'],
      ['junk.pdf', `${'\n'.repeat(900)}%PDF-1.4\n`, 'pdf'],
      ['a.png', picture.toBuffer('image/jpeg'), 'jpeg'],
      ['a', picture.toBuffer('image/png'), 'png'],
      ['a.jpg', picture.toBuffer('image/webp'), 'webp'],
      ['a.pdf', zipSync({ '[Content_Types].xml': strToU8(wordTypes), 'word/document.xml': strToU8('<a/>') }), 'docx'],
      ['a.zip', zipSync({ 'OFD.xml': strToU8('<OFD/>') }), 'ofd'],
      ['说明.txt', '关于开展的通知', 'txt'],
      ['旧.txt', gb18030(), 'txt'],
    ];
    for (const [name, bytes, kind] of cases) expect([name, await outcome(writeScratch(name, bytes))]).toEqual([name, kind]);
  });

  it('refuses with the reason that fits', async () => {
    const jpeg = picture.toBuffer('image/jpeg');
    const docx = zipSync({ '[Content_Types].xml': strToU8(wordTypes), 'word/document.xml': strToU8('x'.repeat(5000)) });
    const cases: readonly (readonly [string, Uint8Array | string, string])[] = [
      ['空.pdf', '', 'file-empty'],
      ['空.txt', ' \n', 'file-empty'],
      ['网页.pdf', '<html>没有登录</html>', 'file-damaged'],
      ['截断.jpg', jpeg.subarray(0, jpeg.length - 40), 'file-damaged'],
      ['截断.docx', docx.subarray(0, docx.length - 40), 'file-damaged'],
      ['一包.zip', zipSync({ 'a.pdf': strToU8('x') }), 'file-unsupported'],
      ['网页.html', '<!DOCTYPE html><p>', 'file-unsupported'],
      ['程序.exe', 'MZ\u0000\u0001', 'file-unsupported'],
      ['乱.bin', Uint8Array.from([1, 2, 3, 0, 255, 254]), 'file-unsupported'],
      ['西欧.txt', Uint8Array.from(Buffer.from('Å Ä Ö é è ñ façade Übergröße', 'latin1')), 'file-unsupported'],
    ];
    for (const [name, bytes, error] of cases) expect([name, await outcome(writeScratch(name, bytes))]).toEqual([name, error]);
  });

  it('reads size, turn, resolution and moment of a photo from its header', async () => {
    const jpeg = picture.toBuffer('image/jpeg');
    const tiff = Buffer.alloc(110);
    tiff.write('MM\0*', 0, 'latin1');
    tiff.writeUInt32BE(8, 4);
    tiff.writeUInt16BE(3, 8);
    const entry = (at: number, tag: number, type: number, count: number, value: number, short = false): void => {
      tiff.writeUInt16BE(tag, at);
      tiff.writeUInt16BE(type, at + 2);
      tiff.writeUInt32BE(count, at + 4);
      if (short) tiff.writeUInt16BE(value, at + 8);
      else tiff.writeUInt32BE(value, at + 8);
    };
    entry(10, 0x112, 3, 1, 6, true);
    entry(22, 0x11a, 5, 1, 80);
    entry(34, 0x8769, 4, 1, 50);
    tiff.writeUInt16BE(1, 50);
    entry(52, 0x9003, 2, 20, 88);
    tiff.writeUInt32BE(300, 80);
    tiff.writeUInt32BE(1, 84);
    tiff.write('2023:04:09 10:20:30\0', 88, 'latin1');
    const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
    const marker = Buffer.from([0xff, 0xe1, 0, 0]);
    marker.writeUInt16BE(body.length + 2, 2);
    const seen = await recognise(writeScratch('照片.jpg', Buffer.concat([jpeg.subarray(0, 2), marker, body, jpeg.subarray(2)])));
    expect(seen.ok && seen.value.image).toEqual({ width: 40, height: 30, orientation: 6, dpi: 300, takenAt: '2023-04-09 10:20:30' });
  });

  it('tells encrypted office files, in the old container and the new', async () => {
    expect(await outcome(writeScratch('加密.docx', compoundFile([['EncryptedPackage', new Uint8Array(16)]])))).toBe('file-encrypted');
    const word = new Uint8Array(4608);
    expect(await outcome(writeScratch('旧.doc', compoundFile([['WordDocument', word]])))).toBe('doc');
    word[11] = 1;
    expect(await outcome(writeScratch('旧.wps', compoundFile([['WordDocument', word]])))).toBe('file-encrypted');
    expect(await outcome(writeScratch('表.et', compoundFile([['Workbook', new Uint8Array(4608)]])))).toBe('xls');
  });

  it.skipIf(process.platform === 'win32')('does not follow a link that took the place of a file', async () => {
    const folder = makeFolder();
    symlinkSync('/etc/passwd', join(folder, 'a.pdf'));
    expect(await outcome(join(folder, 'a.pdf'))).toBe('file-link');
    expect(await outcome(join(folder, 'none.pdf'))).toBe('file-not-found');
    expect(await outcome(folder)).toBe('wrong-input');
  });

  it('is quick on a huge file of nothing', async () => {
    const path = writeScratch('大.bin', 'x');
    truncateSync(path, 8 * 1024 ** 3);
    expect(await outcome(path)).toBe('file-unsupported');
  });

  it('does not unpack a bomb to read its directory', async () => {
    const bomb = zipSync({ '[Content_Types].xml': new Uint8Array(64 * 1048576) }, { level: 9 });
    expect(await outcome(writeScratch('炸弹.docx', bomb))).toBe('file-too-large');
  });

  it('uses only error codes that the contract knows', () => {
    expect(intakeErrorCodes.filter((code) => !errorCodes.some((known) => known === code))).toEqual([]);
  });
});

const corpora = resolve(import.meta.dirname, '../../../shared/corpora');
const present = existsSync(corpora);
if (!present) console.warn('third-party corpora are not here: recognising them was not tried');
describe.skipIf(!present)('third-party corpora (skipped where they are absent)', () => {
  const broken: Readonly<Record<string, string>> = {
    'qpdf-bad1.pdf': 'file-damaged',
    'poi-clusterfuzz-testcase-minimized-POIXWPFFuzzer-5166796835258368.docx': 'file-damaged',
    'poi-clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-6594557414080512.xlsx': 'file-damaged',
  };
  it.each(['pdf', 'ofd', 'docx', 'xlsx'])('recognises every %s', async (kind) => {
    const wrong: string[] = [];
    const names = readdirSync(join(corpora, kind));
    for (const name of names) {
      const seen = await outcome(join(corpora, kind, name));
      if (seen !== (broken[name] ?? kind)) wrong.push(`${name}: ${seen}`);
    }
    expect(names.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });
});

/** A minimal OLE compound file: header, one allocation table, one directory sector, then the streams in whole sectors. */
function compoundFile(streams: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const header = Buffer.alloc(512);
  header.write('d0cf11e0a1b11ae1', 0, 'hex');
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(0xfffffffe, 60);
  header.writeUInt32LE(0xfffffffe, 68);
  header.fill(0xff, 76);
  header.writeUInt32LE(0, 76);
  const table = Buffer.alloc(512, 0xff);
  table.writeUInt32LE(0xfffffffd, 0);
  table.writeUInt32LE(0xfffffffe, 4);
  const directory = Buffer.alloc(512);
  let sector = 2;
  for (const [index, [name, bytes]] of streams.entries()) {
    const at = index * 128;
    directory.write(name, at, 'utf16le');
    directory.writeUInt16LE(name.length * 2 + 2, at + 64);
    directory.writeUInt8(2, at + 66);
    directory.writeUInt32LE(sector, at + 116);
    directory.writeUInt32LE(bytes.length, at + 120);
    const count = Math.ceil(bytes.length / 512);
    for (let step = 0; step < count; step += 1) table.writeUInt32LE(step === count - 1 ? 0xfffffffe : sector + step + 1, (sector + step) * 4);
    const padded = Buffer.alloc(count * 512);
    padded.set(bytes);
    chunks.push(padded);
    sector += count;
  }
  return Buffer.concat([header, table, directory, ...chunks]);
}
