/** One page of a scanner's PDF: a JPEG and its size in pixels. */
export interface ScannedPage {
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
}

/**
 * A PDF as scanners write it: one JPEG a page, no text, a plain cross-reference table. Not the binder's work: its file identity
 * follows the paths of its sources, and these pages lie in no file.
 */
export function writeScanPdf(pages: readonly ScannedPage[], dpi: number, title: string, date: string): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let length = 0;
  const put = (...pieces: readonly (string | Buffer)[]): void => {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece;
      parts.push(bytes);
      length += bytes.length;
    }
  };
  const begin = (id: number): void => {
    offsets[id] = length;
    put(`${id} 0 obj\n`);
  };
  put('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n');
  const pageId = (at: number): number => 4 + at * 3;
  begin(1);
  put('<</Type/Catalog/Pages 2 0 R>>\nendobj\n');
  begin(2);
  put(`<</Type/Pages/Count ${pages.length}/Kids[${pages.map((_, at) => `${pageId(at)} 0 R`).join(' ')}]>>\nendobj\n`);
  begin(3);
  // Text strings are UTF-16 with a byte order mark (ISO 32000-1 §7.9.2.2).
  const name = Buffer.from(`\ufeff${title}`, 'utf16le').swap16().toString('hex');
  put(`<</Title<${name}>/Producer(Sample Scanner)/CreationDate(D:${date.replaceAll('-', '')}090000+08'00')>>\nendobj\n`);
  for (const [at, { jpeg, width, height }] of pages.entries()) {
    const id = pageId(at);
    const [w, h] = [(width * 72) / dpi, (height * 72) / dpi].map((side) => side.toFixed(2));
    const content = `q ${w} 0 0 ${h} 0 0 cm /Im Do Q\n`;
    begin(id);
    put(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${w} ${h}]/Resources<</XObject<</Im ${id + 2} 0 R>>>>/Contents ${id + 1} 0 R>>\nendobj\n`);
    begin(id + 1);
    put(`<</Length ${content.length}>>\nstream\n${content}endstream\nendobj\n`);
    begin(id + 2);
    put(`<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length ${jpeg.length}>>\nstream\n`, jpeg, '\nendstream\nendobj\n');
  }
  const start = length;
  const count = offsets.length;
  put(`xref\n0 ${count}\n0000000000 65535 f \n`, ...offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`));
  put(`trailer\n<</Size ${count}/Root 1 0 R/Info 3 0 R>>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}
