import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { callFromPage } from './bridge.ts';
import { expect, test } from './harness.ts';

test.describe.configure({ mode: 'serial' });

test('the page reads evidence by id: whole, in parts, and nothing that is not evidence', async ({ open }) => {
  const { page, folder } = open;
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText('evidence');
  document.addPage([595, 842]);
  const file = join(folder, 'notice.pdf');
  await writeFile(file, await document.save());
  const bytes = await readFile(file);

  const [builtin] = await callFromPage(page, 'catalog.builtin', {});
  await callFromPage(page, 'archive.create', { folder: join(folder, '预览.cdarchive'), from: { kind: 'builtin', id: builtin?.id ?? '' } });
  const { imported } = await callFromPage(page, 'evidence.import', { jobId: 'e2e-import', paths: [file], indicator: null, year: null });
  const id = imported[0]?.id ?? '';
  expect(imported).toHaveLength(1);

  const seen = await page.evaluate(async (wanted) => {
    const read = async (range: string | null) => {
      const answer = await fetch(`/evidence/${wanted}`, range === null ? {} : { headers: { Range: range } });
      const body = new Uint8Array(await answer.arrayBuffer());
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
      return { status: answer.status, range: answer.headers.get('Content-Range'), type: answer.headers.get('Content-Type'), sha256: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
    };
    return { whole: await read(null), part: await read('bytes=10-99'), beyond: await read('bytes=999999999-') };
  }, id);
  const hash = (part: Uint8Array): string => createHash('sha256').update(part).digest('hex');
  expect(seen.whole).toEqual({ status: 200, range: null, type: 'application/pdf', sha256: hash(bytes) });
  expect(seen.part).toMatchObject({ status: 206, range: `bytes 10-99/${bytes.length}`, sha256: hash(bytes.subarray(10, 100)) });
  expect(seen.beyond.status).toBe(416);
});

test('a dropped file tells its path, a made-up one has none', async ({ open }) => {
  const { page, folder } = open;
  const file = join(folder, '拖入.txt');
  await writeFile(file, 'text');
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'e2e-file';
    document.body.append(input);
  });
  await page.locator('#e2e-file').setInputFiles(file);
  const paths = await page.evaluate(() => {
    const bridge = Reflect.get(globalThis, 'chuangdang') as { pathForFile(file: object): string };
    const input = document.querySelector<HTMLInputElement>('#e2e-file');
    const chosen = input?.files?.[0];
    input?.remove();
    return [chosen === undefined ? 'none' : bridge.pathForFile(chosen), bridge.pathForFile(new File(['x'], '/etc/passwd')), bridge.pathForFile({ name: 'x', path: '/etc/passwd' })];
  });
  expect(paths).toEqual([file, '', '']);
});
