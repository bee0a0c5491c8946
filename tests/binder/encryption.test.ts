import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectSource } from '../../src-main/binder/index.ts';
import { applyRc4 } from '../../src-main/binder/rc4.ts';
import { plainPdf } from './plain-pdf.ts';
import { hasTool, runTool } from './tools.ts';
import { bindTo, makeFolder, planOf, readPdf } from './workbench.ts';

const folder = makeFolder();
const qpdf = hasTool('qpdf');
if (!qpdf) console.warn('qpdf is not installed: encrypted files were not made and not tested');

const methods: readonly (readonly [string, readonly string[]])[] = [
  ['RC4 with 40 bits', ['40']],
  ['RC4 with 128 bits', ['128', '--use-aes=n']],
  ['AES with 128 bits', ['128', '--use-aes=y']],
  ['AES with 256 bits', ['256']],
  ['AES with 256 bits, revision 5', ['256', '--force-R5']],
  ['AES with 128 bits and open metadata', ['128', '--use-aes=y', '--cleartext-metadata']],
];

describe('RC4', () => {
  it('gives the published vectors', () => {
    expect(applyRc4(Buffer.from('Key'), Buffer.from('Plaintext')).toString('hex')).toBe('bbf316e8d940af0ad3');
    expect(applyRc4(Buffer.from('Wiki'), Buffer.from('pedia')).toString('hex')).toBe('1021bf0420');
  });
});

describe.skipIf(!qpdf)('encrypted sources (needs qpdf)', () => {
  const plain = folder.put('plain.pdf', plainPdf(['Secret (text)', 'Second'], { pageExtra: '/Annots[<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(A note)>>]' }));

  it.each(methods)('opens %s', async (name, options) => {
    const base = name.replace(/\W+/g, '-');
    const make = (user: string): string => {
      const path = `${folder.path}/${base}-${user === '' ? 'open' : 'closed'}.pdf`;
      const made = runTool('qpdf', ['--allow-weak-crypto', '--object-streams=generate', '--encrypt', user, 'owner', ...options, '--', plain, path]);
      expect(made.status, made.output).toBe(0);
      return path;
    };
    const open = make('');
    const out = `${open}.out`;
    const written = await bindTo(out, planOf([{ kind: 'source', key: 'a', path: open, title: 'a' }]));
    expect(written.sources[0]?.notes).toContain('decrypted');
    const { text, document } = await readPdf(out);
    expect(await text(1)).toContain('Secret');
    const [note] = await (await document.getPage(1)).getAnnotations();
    expect(note.contentsObj.str).toBe('A note');
    const closed = make('user');
    const codes = [undefined, 'wrong', 'user', 'owner'].map((password) => {
      const result = inspectSource(closed, password === undefined ? {} : { password });
      return result.ok ? result.value.pages : result.error.code;
    });
    expect(codes).toEqual(['password-needed', 'password-wrong', 2, 2]);
  });

  it('opens a file that states no length of its key', async () => {
    const path = `${folder.path}/no-length.pdf`;
    expect(runTool('qpdf', ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=n', '--', plain, path]).status).toBe(0);
    const bytes = readFileSync(path, 'latin1');
    expect(bytes).toContain('/Length 128');
    writeFileSync(path, bytes.replace('/Length 128', '/Wength 128'), 'latin1');
    await bindTo(`${path}.out`, planOf([{ kind: 'source', key: 'a', path, title: 'a' }]));
    expect(await (await readPdf(`${path}.out`)).text(1)).toContain('Secret');
  });
});
