/** Hand-written PDF files for tests: every byte is known, so that each kind of damage can be made on purpose. */

export interface PlainObject {
  readonly num: number;
  readonly dict: string;
  readonly data?: Buffer;
  /** Replaces the right /Length. */
  readonly length?: string;
}

/** A document of one-line pages with a classic cross-reference table. */
export function plainPdf(texts: readonly string[], change: { readonly pageExtra?: string; readonly contents?: readonly string[]; readonly extra?: readonly PlainObject[]; readonly catalogExtra?: string } = {}): Buffer {
  const kids = texts.map((_, i) => `${10 + i * 2} 0 R`);
  const objects: PlainObject[] = [
    { num: 1, dict: `/Type/Catalog/Pages 2 0 R${change.catalogExtra ?? ''}` },
    { num: 2, dict: `/Type/Pages/Kids[${kids.join(' ')}]/Count ${texts.length}/MediaBox[0 0 595 842]` },
    { num: 3, dict: '/Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding' },
    ...(change.extra ?? []),
  ];
  texts.forEach((text, i) => {
    objects.push({ num: 10 + i * 2, dict: `/Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/Contents ${11 + i * 2} 0 R${change.pageExtra ?? ''}` });
    objects.push({ num: 11 + i * 2, dict: '', data: Buffer.from(change.contents?.[i] ?? `BT /F1 24 Tf 100 500 Td (${text}) Tj ET`, 'latin1') });
  });
  return assemblePdf(objects);
}

export function assemblePdf(objects: readonly PlainObject[], trailerExtra = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let position = parts[0]?.length ?? 0;
  const offsets = new Map<number, number>();
  for (const { num, dict, data, length } of objects) {
    offsets.set(num, position);
    const head = data === undefined ? `${num} 0 obj\n<<${dict}>>\nendobj\n` : `${num} 0 obj\n<<${dict}/Length ${length ?? data.length}>>\nstream\n`;
    const pieces = data === undefined ? [Buffer.from(head, 'latin1')] : [Buffer.from(head, 'latin1'), data, Buffer.from('\nendstream\nendobj\n')];
    for (const piece of pieces) {
      parts.push(piece);
      position += piece.length;
    }
  }
  const size = Math.max(...offsets.keys()) + 1;
  let table = `xref\n0 ${size}\n0000000000 65535 f \n`;
  for (let num = 1; num < size; num++) {
    const offset = offsets.get(num);
    table += offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`;
  }
  parts.push(Buffer.from(`${table}trailer\n<</Size ${size}/Root 1 0 R${trailerExtra}>>\nstartxref\n${position}\n%%EOF\n`));
  return Buffer.concat(parts);
}
