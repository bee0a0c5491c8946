import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { electronFlags } from '../../scripts/start/electron-flags.mjs';
import { callFromPage } from './bridge.ts';
import { expect, test } from './harness.ts';

test.describe.configure({ mode: 'serial' });

const root = resolve(import.meta.dirname, '..', '..');

test('the menu is Chinese and its commands reach the page', async ({ open }) => {
  const { page, app } = open;
  const labels = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label) ?? []);
  expect(labels).toEqual(['文件(&F)', '编辑(&E)', '视图(&V)', '帮助(&H)']);
  await page.evaluate(() => {
    const bridge = Reflect.get(globalThis, 'chuangdang') as { onEvent(listener: (event: object) => void): () => void };
    // The service may report for duty at any time.
    bridge.onEvent((event) => {
      if (Reflect.get(event, 'kind') === 'command') Reflect.set(globalThis, 'heard', JSON.stringify(event));
    });
  });
  await app.evaluate(({ Menu }) => {
    const find = (label: string) => Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []).find((item) => item.label === label);
    find('关于创档')?.click();
  });
  await expect.poll(() => page.evaluate(() => Reflect.get(globalThis, 'heard'))).toBe('{"kind":"command","command":"about"}');
});

test('the manual lies beside the program: one page with its pictures, that asks nothing from outside', async ({ open }) => {
  const { app } = open;
  await app.evaluate(({ Menu, shell }) => {
    shell.openPath = (path) => {
      Reflect.set(globalThis, 'openedPath', path);
      return Promise.resolve('');
    };
    Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []).find((item) => item.label === '使用手册')?.click();
  });
  await expect.poll(() => app.evaluate(() => String(Reflect.get(globalThis, 'openedPath')))).toContain(join('manual', 'index.html'));
  const path = await app.evaluate(() => String(Reflect.get(globalThis, 'openedPath')));
  const html = readFileSync(path, 'utf8');
  const pictures = [...html.matchAll(/<img src="([^"]+)"/g)].map(([, place = '']) => decodeURIComponent(place));
  expect(pictures.length).toBeGreaterThan(15);
  for (const place of pictures) expect(existsSync(join(dirname(path), place)), place).toBe(true);
  for (const [, anchor = ''] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${decodeURIComponent(anchor)}"`);
  expect(html).not.toMatch(/<script|(?:src|href)="(?:https?:|\/\/)/);
});

test('a second start hands its archive to the window that is open, and ends', async ({ open }) => {
  const { page, app, folder } = open;
  const archive = join(folder, '第二次.cdarchive');
  const cli = join(root, 'dist', 'cli', 'main.cjs');
  execFileSync(process.execPath, [cli, 'new', archive, '--json']);
  const program = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '', process.platform === 'win32' ? 'electron.exe' : 'electron');
  const second = spawn(program, [...electronFlags({ virtualDisplay: true }), root, '第二次.cdarchive'], {
    cwd: folder,
    env: { ...process.env, CHUANGDANG_USER_DATA: join(folder, 'user-data') },
    stdio: 'ignore',
  });
  const code = await new Promise((done) => second.once('exit', done));
  expect(code).toBe(0);
  await expect(page.getByTestId('workbench')).toBeVisible();
  expect(await callFromPage(page, 'archive.current', {})).toMatchObject({ folder: archive });
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
