import { expect, it } from 'vitest';
import { inspectBindable } from '../../src-main/service/import/store-file.ts';
import { plainPdf } from '../binder/plain-pdf.ts';
import { makeFolder } from '../binder/workbench.ts';

const folder = makeFolder();
const withTrailer = (entries: string): Buffer => Buffer.from(plainPdf(['Text']).toString('latin1').replace('/Root 1 0 R', `/Root 1 0 R${entries}`), 'latin1');
const unknownKey = '00'.repeat(32);

it.each([
  ['口令', withTrailer(`/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${unknownKey}>/U<${unknownKey}>>>`), 'file-encrypted', '请向提供单位索取密码'],
  ['证书', withTrailer('/Encrypt<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4>>'), 'file-encryption-unknown', '请在能打开它的电脑上打印为不加密的PDF'],
  ['无页', Buffer.from(plainPdf([]).toString('latin1'), 'latin1'), 'file-no-pages', '请向提供单位索取完整文件'],
  ['残片', Buffer.from('%PDF-1.4\n1 0 obj\n<</Type/Font>>\nendobj\n'), 'file-damaged', '请重新导出或重新扫描'],
])('%s: says what is wrong with the PDF and what to do', (name, bytes, code, next) => {
  const facts = inspectBindable(folder.put(`${name}.pdf`, bytes));
  expect(facts).toMatchObject({ ok: false, error: { error: code } });
  expect(facts.ok ? '' : facts.error.message).toContain(`“${name}.pdf”`);
  expect(facts.ok ? '' : facts.error.message).toContain(next);
});
