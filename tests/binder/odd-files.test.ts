import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { hasTool, runTool } from './tools.ts';
import { plainPdf, type PlainObject } from './plain-pdf.ts';
import { bindTo, makeFolder, planOf, readPdf } from './workbench.ts';

const folder = makeFolder();
const qpdf = hasTool('qpdf');
if (!qpdf) console.warn('qpdf is missing: what it thinks of bound odd files was not asked');

async function bindBytes(name: string, bytes: Buffer): Promise<string> {
  const path = folder.put(`${name}.pdf`, bytes);
  const out = `${path}.out`;
  await bindTo(out, planOf([{ kind: 'source', key: 'a', path, title: name }], { numbering: {} }));
  return out;
}

/** Classes of failure that collections of test files of other programs showed. */
describe.skipIf(!qpdf)('files that others keep as tests (needs qpdf)', () => {
  const cases: readonly (readonly [string, Buffer])[] = [
    ['a-key-twice', plainPdf(['Twice'], { pageExtra: '/Properties 4 0 R', extra: [{ num: 4, dict: '/Type/X/Kept true/Type/Font/Subtype/Type1/BaseFont/Courier' }] })],
    ['letters-outside-base-85', withForm(plainPdf(['Form'], { contents: ['/X Do'], extra: [formOf('/Filter/ASCII85Decode', Buffer.from('87cURD]i,"Ebo7~~vw{}|'))] }))],
    ['a-short-name-for-hexadecimal-data-gone-wrong', withForm(plainPdf(['Form'], { contents: ['/X Do'], extra: [formOf('/Filter[/AHx]', Buffer.from('2054 2052}6F7 g'))] }))],
  ];

  it.each(cases)('%s: the volume is without fault', async (name, bytes) => {
    const out = await bindBytes(name, bytes);
    const { status, output } = runTool('qpdf', ['--check', out]);
    expect(status, output).toBe(0);
  });

  it('opens without a password what encrypts its attachments only', async () => {
    const plain = folder.put('plain.pdf', plainPdf(['Open to all']));
    const locked = `${plain}.locked.pdf`;
    expect(runTool('qpdf', ['--encrypt', 'secret', 'owner', '256', '--', plain, locked]).status).toBe(0);
    // The same dictionary, but nothing outside attachments under its filter; the pages of the plain file.
    const encrypt = /\/Encrypt (\d+) 0 R/.exec(readFileSync(locked, 'latin1'));
    const dict = new RegExp(`\\n${encrypt?.[1]} 0 obj\\n<<([\\s\\S]*?)>>\\nendobj`).exec(readFileSync(locked, 'latin1'))?.[1] ?? '';
    const identity = dict.replace('/StmF /StdCF', '/StmF /Identity/EFF /StdCF').replace('/StrF /StdCF', '/StrF /Identity');
    expect(identity).toContain('/StrF /Identity');
    const attached = { num: 5, dict: '/Type/EmbeddedFile/Filter[/Crypt]/DecodeParms[<</Name/StdCF>>]', data: Buffer.alloc(64) };
    const pinned = '/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</Type/Filespec/F(a)/EF<</F 5 0 R>>>>>>]';
    const path = folder.put('attachments-only.pdf', Buffer.from(plainPdf(['Open to all'], { pageExtra: pinned, extra: [{ num: 4, dict: identity }, attached] }).toString('latin1').replace('/Root 1 0 R', '/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]'), 'latin1'));
    const out = `${path}.out`;
    await bindTo(out, planOf([{ kind: 'source', key: 'a', path, title: 'a' }], { numbering: {} }));
    expect(await (await readPdf(out)).text(1)).toBe('Open to all');
  });
});

/** Names object 5 as the form /X of every page. */
function withForm(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace('/Font<<', '/XObject<</X 5 0 R>>/Font<<'), 'latin1');
}

function formOf(extra: string, data: Buffer): PlainObject {
  return { num: 5, dict: `/Type/XObject/Subtype/Form/BBox[0 0 10 10]/Resources<<>>${extra}`, data };
}

it('shows a list box with its options, the chosen ones marked', async () => {
  const field = '<</Type/Annot/Subtype/Widget/FT/Ch/T(list)/F 4/Rect[100 600 200 700]/DA(0 g /F1 12 Tf)/Opt[(One)(Two)[(3)(Three)]]/V(3)>>';
  const bytes = plainPdf(['Form'], { pageExtra: `/Annots[${field}]`, catalogExtra: '/AcroForm<</Fields[]/NeedAppearances true>>' });
  const out = await bindBytes('list-box', bytes);
  const pieces = await (await readPdf(out)).pieces(1);
  expect(pieces.map(({ text }) => text)).toEqual(['Form', 'One', 'Two', 'Three']);
});

describe('large streams', () => {
  const noise = (seed: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    for (let i = 0, state = seed; i < length; i++) {
      state = (Math.imul(state, 1103515245) + 12345) | 0;
      bytes[i] = state >>> 16;
    }
    return bytes;
  };
  const bigPdf = (text: string, data: Buffer): Buffer =>
    withForm(plainPdf([text], { contents: [`BT /F1 24 Tf 100 500 Td (${text}) Tj ET /X Do`], extra: [formOf('/Filter/FlateDecode', deflateSync(data, { level: 0 }))] }));

  it('pass from file to file unchanged, and equal ones of two sources are written once', async () => {
    const data = Buffer.concat([Buffer.from('% '), Buffer.from(noise(7, 300_000).toString('hex'))]);
    const other = Buffer.concat([data.subarray(0, data.length - 150_001), Buffer.from('0'), data.subarray(data.length - 150_000)]);
    const paths = [data, data, other].map((bytes, i) => folder.put(`big-${i}.pdf`, bigPdf(`Big ${i}`, bytes)));
    const out = `${paths[0]}.out`;
    const written = await bindTo(out, planOf(paths.map((path, i) => ({ kind: 'source', key: `k${i}`, path, title: `t${i}` }))));
    expect(written.bytes).toBeGreaterThan(2 * data.length);
    expect(written.bytes).toBeLessThan(2 * data.length + 200_000);
    const whole = readFileSync(out);
    expect(whole.includes(deflateSync(data, { level: 0 }))).toBe(true);
    expect(whole.includes(deflateSync(other, { level: 0 }))).toBe(true);
    const volume = await readPdf(out);
    expect([await volume.text(1), await volume.text(2), await volume.text(3)]).toEqual(['Big 0 1', 'Big 1 2', 'Big 2 3']);
  });
});
