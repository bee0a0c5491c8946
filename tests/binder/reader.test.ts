import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectSource, planBinding, writeVolume } from '../../src-main/binder/index.ts';
import { assemblePdf, plainPdf } from './plain-pdf.ts';
import { bindTo, makeFolder, planOf, readPdf } from './workbench.ts';

const folder = makeFolder();
const texts = ['Alpha', 'Beta', 'Gamma'];

async function bindBytes(name: string, bytes: Buffer): Promise<{ readonly texts: readonly string[]; readonly repaired: boolean }> {
  const path = folder.put(`${name.replace(/\W+/g, '-')}.pdf`, bytes);
  const out = `${path}.out`;
  const written = await bindTo(out, planOf([{ kind: 'source', key: 'a', path, title: name }], { numbering: {} }));
  const volume = await readPdf(out);
  const found: string[] = [];
  for (let page = 1; page <= volume.document.numPages; page++) found.push(await volume.text(page));
  return { texts: found, repaired: written.sources[0]?.repaired ?? false };
}

/** Ways in which files are broken, and what every mature reader still shows. */
const damages: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ['junk before the header', (bytes) => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), bytes])],
  ['a cross-reference that points elsewhere', (bytes) => replace(bytes, /^(\d{10}) 00000 n/gm, (match) => String(Number(match.slice(0, 10)) + 7).padStart(10, '0') + match.slice(10))],
  ['no cross-reference at all', (bytes) => bytes.subarray(0, bytes.indexOf('xref\n'))],
  ['a startxref beyond the end', (bytes) => replace(bytes, /startxref\n\d+/, () => 'startxref\n99999999')],
  ['a cut tail', (bytes) => bytes.subarray(0, bytes.length - 60)],
  ['entries of nineteen bytes', (bytes) => replace(bytes, / n \n/g, () => ' n\n')],
  ['a /Length that is too short', (bytes) => replace(bytes, /\/Length \d+/g, () => '/Length 3')],
  ['a /Length that is too long', (bytes) => replace(bytes, /\/Length \d+/g, () => '/Length 4000')],
  ['a page tree with a loop', (bytes) => replace(bytes, /\/Kids\[/, () => '/Kids[2 0 R ')],
  ['missing endobj', (bytes) => replace(bytes, /endobj\n/g, () => '')],
];

describe('reading what offices have', () => {
  it.each(damages)('binds a file with %s', async (name, damage) => {
    expect((await bindBytes(name, damage(plainPdf(texts)))).texts).toEqual(texts);
  });

  it('says that it repaired', async () => {
    expect((await bindBytes('repaired', plainPdf(texts).subarray(0, 500))).repaired).toBe(true);
    expect((await bindBytes('sound', plainPdf(texts))).repaired).toBe(false);
  });

  it('keeps the last byte of a stream whose /Length is indirect and whose data end in a line break', async () => {
    for (const end of ['\n', '\r', '\r\n', '']) {
      const data = Buffer.from(`BT /F1 24 Tf 100 500 Td (Tail) Tj ET${end}`, 'latin1');
      const bytes = assemblePdf([
        { num: 1, dict: '/Type/Catalog/Pages 2 0 R' },
        { num: 2, dict: '/Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 595 842]' },
        { num: 3, dict: '/Type/Font/Subtype/Type1/BaseFont/Helvetica' },
        { num: 4, dict: '/Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R' },
        { num: 5, dict: '', data, length: '6 0 R' },
      ]);
      const whole = Buffer.from(bytes.toString('latin1').replace('xref\n0 6', `6 0 obj\n${data.length}\nendobj\nxref\n0 6`), 'latin1');
      const path = folder.put(`tail-${end.length}-${end.charCodeAt(0)}.pdf`, whole);
      const out = `${path}.out`;
      await bindTo(out, planOf([{ kind: 'source', key: 'a', path, title: 'tail' }], { numbering: {} }));
      expect(readFileSync(out).includes(Buffer.concat([data, Buffer.from('\nendstream')]))).toBe(true);
    }
  });

  it('takes the newest of incremental updates', async () => {
    const first = plainPdf(['Old']);
    const start = first.lastIndexOf('xref\n0');
    const update = `11 0 obj\n<</Length 38>>\nstream\nBT /F1 24 Tf 100 500 Td (New) Tj ET    \nendstream\nendobj\nxref\n11 1\n${String(first.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size 12/Root 1 0 R/Prev ${start}>>\nstartxref\n${first.length + 85}\n%%EOF\n`;
    const at = update.indexOf('xref\n11');
    const whole = Buffer.concat([first, Buffer.from(update.replace(/startxref\n\d+/, `startxref\n${first.length + at}`))]);
    expect((await bindBytes('update', whole)).texts).toEqual(['New']);
  });

  it('refuses with the right reason', () => {
    const cases: readonly (readonly [string, Buffer, string])[] = [
      ['empty.pdf', Buffer.alloc(0), 'empty-file'],
      ['text.pdf', Buffer.from('这不是 PDF'), 'not-recognised'],
      ['header.pdf', Buffer.from('%PDF-1.4\nnothing else'), 'damaged'],
      ['none.pdf', plainPdf([]), 'no-pages'],
      ['cut.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'damaged'],
    ];
    for (const [name, bytes, code] of cases) {
      const result = inspectSource(folder.put(name, bytes));
      expect(result.ok ? 'bound' : result.error.code, name).toBe(code);
    }
    const missing = inspectSource(`${folder.path}/nowhere.pdf`);
    expect(missing.ok ? 'bound' : missing.error.code).toBe('not-found');
    const directory = inspectSource(folder.path);
    expect(directory.ok ? 'bound' : directory.error.code).toBe('unreadable');
  });

  it('binds content that would unpack to a gigabyte without unpacking it', async () => {
    const bomb = deflateSync(Buffer.alloc(200_000_000, ' '), { level: 9 });
    const bytes = assemblePdf([
      { num: 1, dict: '/Type/Catalog/Pages 2 0 R' },
      { num: 2, dict: '/Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 595 842]' },
      { num: 4, dict: '/Type/Page/Parent 2 0 R/Contents 5 0 R' },
      { num: 5, dict: '/Filter/FlateDecode', data: bomb },
    ]);
    const path = folder.put('content-bomb.pdf', bytes);
    await bindTo(`${path}.out`, planOf([{ kind: 'source', key: 'a', path, title: 'a' }]));
    expect(readFileSync(`${path}.out`).includes(bomb)).toBe(true);
  });

  it('binds or refuses whatever is done to a file, and never throws', async () => {
    const sound = plainPdf(texts, { pageExtra: '/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[10 0 R/Fit]>>]' });
    const damage = fc.record({ at: fc.nat(sound.length - 1), cut: fc.nat(80), put: fc.uint8Array({ maxLength: 12 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 6 }), async (damages) => {
        let bytes = sound;
        for (const { at, cut, put } of damages) bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(put), bytes.subarray(at + cut)]);
        const path = folder.put('damaged.pdf', bytes);
        const bound = planBinding(planOf([{ kind: 'source', key: 'a', path, title: 'a' }]));
        const written = bound.ok ? await writeVolume(bound.value, `${path}.out`) : null;
        expect(written === null || written.ok).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('ends on page trees that multiply without pages', () => {
    const nodes = Array.from({ length: 40 }, (_, i) => ({ num: 2 + i, dict: `/Type/Pages/Kids[${3 + i} 0 R ${3 + i} 0 R]/Count 1` }));
    const bomb = assemblePdf([{ num: 1, dict: '/Type/Catalog/Pages 2 0 R' }, ...nodes, { num: 42, dict: '/Type/Pages/Kids[]/Count 0' }]);
    const result = inspectSource(folder.put('bomb.pdf', bomb));
    expect(result.ok ? 'bound' : result.error.code).toBe('damaged');
  });
});

function replace(bytes: Buffer, pattern: RegExp, by: (match: string) => string): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(pattern, by), 'latin1');
}
