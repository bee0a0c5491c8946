import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** How a corpus is made: text documents as offices export them, and scans as copiers write them. */
export interface CorpusShape {
  readonly textFiles: number;
  readonly pagesPerText: number;
  readonly scanFiles: number;
  readonly pagesPerScan: number;
  /** Bytes of one scanned page. */
  readonly scanBytes: number;
}

/** About 0.8 GB and 3,300 pages: short documents, and scans that make up most of the bytes. */
export const MIXED_1400: CorpusShape = { textFiles: 900, pagesPerText: 2, scanFiles: 500, pagesPerScan: 3, scanBytes: 500_000 };

/** Pages of text and small scans, half and half, in files of a hundred pages. */
export function manyPages(pages: number): CorpusShape {
  const files = Math.ceil(pages / 200);
  return { textFiles: files, pagesPerText: 100, scanFiles: files, pagesPerScan: 100, scanBytes: 40_000 };
}

/** More than 4 GiB in 45 pictures: most of it is holes, which take no room until they are copied. */
export const HUGE: CorpusShape = { textFiles: 5, pagesPerText: 2, scanFiles: 45, pagesPerScan: 1, scanBytes: 110_000_000 };
const SPARSE_FROM = 64_000_000;
const SPARSE_WIDTH = 10_000;

/** Makes the files (or finds them made) and gives their paths, text and scans mixed. The same shape gives the same bytes. */
export function makeCorpus(directory: string, shape: CorpusShape, fontPath: string): readonly string[] {
  const name = Object.values(shape).join('-');
  const folder = join(directory, `corpus-${name}`);
  const total = shape.textFiles + shape.scanFiles;
  const paths: string[] = [];
  for (let i = 0, text = 0; i < total; i++) {
    const isText = Math.floor(((i + 1) * shape.textFiles) / total) > text;
    if (isText) text++;
    paths.push(join(folder, `${String(i).padStart(5, '0')}-${isText ? 'text' : 'scan'}.pdf`));
  }
  const done = join(folder, 'complete');
  if (existsSync(done)) return paths;
  mkdirSync(folder, { recursive: true });
  const random = randomBytesFrom(20240430);
  const font = readFileSync(fontPath).subarray(0, 60_000);
  for (const path of paths) {
    if (path.endsWith('text.pdf')) writeTextFile(path, shape.pagesPerText, font, random);
    else writeScanFile(path, shape.pagesPerScan, shape.scanBytes, random);
  }
  writeFileSync(done, '');
  return paths;
}

/** A small generator of repeatable noise (xorshift). */
function randomBytesFrom(seed: number): (length: number) => Buffer {
  let state = seed | 1;
  return (length) => {
    const bytes = Buffer.allocUnsafe(length + 4);
    for (let i = 0; i < length; i += 4) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      bytes.writeInt32LE(state | 0, i);
    }
    return bytes.subarray(0, length);
  };
}

/** Writes objects with a classic cross-reference table. */
class PlainPdf {
  private readonly fd: number;
  private readonly offsets: number[] = [0];
  private position = 0;
  constructor(path: string) {
    this.fd = openSync(path, 'w');
    this.put('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n');
  }
  put(part: string | Buffer): void {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    writeSync(this.fd, bytes, 0, bytes.length, this.position);
    this.position += bytes.length;
  }
  object(num: number, body: string, stream?: Buffer): void {
    this.offsets[num] = this.position;
    if (stream === undefined) this.put(`${num} 0 obj\n${body}\nendobj\n`);
    else {
      this.put(`${num} 0 obj\n<<${body}/Length ${stream.length}>>\nstream\n`);
      this.put(stream);
      this.put('\nendstream\nendobj\n');
    }
  }
  /** A stream of `length` bytes that begins with `head`. */
  sparse(num: number, body: string, head: Buffer, length: number): void {
    this.offsets[num] = this.position;
    this.put(`${num} 0 obj\n<<${body}/Length ${length}>>\nstream\n`);
    this.put(head);
    this.position += length - head.length;
    this.put('\nendstream\nendobj\n');
  }
  finish(): void {
    const start = this.position;
    const rows = this.offsets.map((offset, num) => `${String(offset).padStart(10, '0')} ${num === 0 ? '65535 f' : '00000 n'} \n`);
    this.put(`xref\n0 ${rows.length}\n${rows.join('')}trailer\n<</Size ${rows.length}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
    closeSync(this.fd);
  }
}

/** Pages of small print with an embedded font program of its own and, per page, a few resources: what a word processor exports. */
function writeTextFile(path: string, pages: number, font: Buffer, random: (length: number) => Buffer): void {
  const pdf = new PlainPdf(path);
  const program = Buffer.concat([random(16), font]);
  pdf.object(1, '<</Type/Catalog/Pages 2 0 R>>');
  const kids = Array.from({ length: pages }, (_, i) => `${8 + i * 3} 0 R`);
  pdf.object(2, `<</Type/Pages/Count ${pages}/Kids[${kids.join(' ')}]>>`);
  pdf.object(3, `/Length1 ${program.length}/Filter/FlateDecode`, deflateSync(program, { level: 1 }));
  pdf.object(4, '<</Type/FontDescriptor/FontName/Corpus/Flags 32/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>');
  pdf.object(5, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>');
  pdf.object(6, '<</Program 3 0 R/Descriptor 4 0 R>>');
  pdf.object(7, '<</F1 5 0 R>>');
  for (let page = 0; page < pages; page++) {
    const num = 8 + page * 3;
    pdf.object(num, `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font 7 0 R/ProcSet[/PDF/Text]/Properties<</P ${num + 2} 0 R>>>>/Contents ${num + 1} 0 R/Group<</S/Transparency/CS/DeviceRGB>>>>`);
    let text = 'q BT /F1 9 Tf 11 TL 56 780 Td\n';
    for (let line = 0; line < 62; line++) text += `(${random(60).toString('base64').replace(/[()\\]/g, ' ')}) Tj T*\n`;
    pdf.object(num + 1, '/Filter/FlateDecode', deflateSync(Buffer.from(`${text}ET Q\n`, 'latin1')));
    pdf.object(num + 2, '<</Kept 6 0 R>>');
  }
  pdf.finish();
}

/** One picture a page. The data stand for a JPEG's: nobody decodes them while merging. */
function writeScanFile(path: string, pages: number, bytes: number, random: (length: number) => Buffer): void {
  const pdf = new PlainPdf(path);
  pdf.object(1, '<</Type/Catalog/Pages 2 0 R>>');
  pdf.object(2, `<</Type/Pages/Count ${pages}/Kids[${Array.from({ length: pages }, (_, i) => `${3 + i * 3} 0 R`).join(' ')}]>>`);
  for (let page = 0; page < pages; page++) {
    const num = 3 + page * 3;
    pdf.object(num, `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</Im ${num + 2} 0 R>>>>/Contents ${num + 1} 0 R>>`);
    pdf.object(num + 1, '', Buffer.from('q 595 0 0 842 0 0 cm /Im Do Q'));
    if (bytes >= SPARSE_FROM) {
      const rows = Math.floor(bytes / SPARSE_WIDTH);
      pdf.sparse(num + 2, `/Type/XObject/Subtype/Image/Width ${SPARSE_WIDTH}/Height ${rows}/ColorSpace/DeviceGray/BitsPerComponent 8`, random(64), rows * SPARSE_WIDTH);
      continue;
    }
    const picture = random(bytes);
    picture.writeUInt32BE(0xffd8ffe0, 0);
    pdf.object(num + 2, '/Type/XObject/Subtype/Image/Width 1654/Height 2339/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode', picture);
  }
  pdf.finish();
}
