import { join } from 'node:path';
import { callFromPage, callRaw } from './bridge.ts';
import { expect, test } from './harness.ts';
import { findServiceProcess } from './service-process.ts';

test('a killed service comes back with the archive open, and every waiting call is answered', async ({ open }) => {
  const { page, app, folder } = open;
  const [builtin] = await callFromPage(page, 'catalog.builtin', {});
  const archive = join(folder, '恢复.cdarchive');
  await callFromPage(page, 'archive.create', { folder: archive, from: { kind: 'builtin', id: builtin?.id ?? '' } });
  await callFromPage(page, 'indicator.setReport', { code: '1', text: '停电之前写下的一句话' });

  const before = await findServiceProcess(app);
  expect(before).not.toBeNull();
  process.kill(before ?? 0, 'SIGKILL');
  // Asked at once: answered with the trouble, or, when the restart was quicker, with the value; never left waiting.
  const meanwhile = await callRaw(page, 'archive.current', {});
  expect(meanwhile.ok || meanwhile.error.code === 'service-died').toBe(true);

  await expect.poll(async () => (await callRaw(page, 'archive.current', {})).ok).toBe(true);
  const after = await findServiceProcess(app);
  expect(after).not.toBeNull();
  expect(after).not.toBe(before);
  expect(await callFromPage(page, 'archive.current', {})).toMatchObject({ folder: archive, readOnly: false });
  expect((await callFromPage(page, 'indicator.read', { code: '1' })).report).toBe('停电之前写下的一句话');
});
