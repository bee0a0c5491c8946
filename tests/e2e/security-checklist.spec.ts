import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { callFromPage } from './bridge.ts';
import { expect, test } from './harness.ts';
import type { OpenWindow } from './harness.ts';

// One test for each of the twenty points of Electron's security checklist (electronjs.org, "Security", read for Electron 45).
const root = resolve(import.meta.dirname, '..', '..');
const shellSources = readdirSync(join(root, 'src-main', 'shell')).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(root, 'src-main', 'shell', name), 'utf8')).join('\n');

async function readPreferences({ app }: OpenWindow): Promise<Record<string, unknown>> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const read: unknown = contents === undefined ? null : Reflect.apply(Reflect.get(contents, 'getLastWebPreferences') as () => unknown, contents, []);
    return JSON.parse(JSON.stringify(read)) as Record<string, unknown>;
  });
}

test('1 only the program’s own content is loaded', async ({ open }) => {
  const loaded = await open.page.evaluate(() => [...document.querySelectorAll('script[src],link[href]')].map((part) => new URL(part.getAttribute('src') ?? part.getAttribute('href') ?? '', location.href).protocol));
  expect(loaded.filter((protocol) => !['app:', 'blob:', 'data:'].includes(protocol))).toEqual([]);
  expect(loaded.length).toBeGreaterThan(0);
});

test('2 the page has no Node', async ({ open }) => {
  expect(await readPreferences(open)).toMatchObject({ nodeIntegration: false, nodeIntegrationInSubFrames: false });
});

test('3 contexts are isolated: a page cannot change what the bridge stands on', async ({ open }) => {
  expect(await readPreferences(open)).toMatchObject({ contextIsolation: true });
  const outcome = await open.page.evaluate(() => {
    const bridge = Reflect.get(globalThis, 'chuangdang') as object;
    return { replaced: Reflect.set(bridge, 'call', () => 'mine'), frozen: Object.isFrozen(bridge) };
  });
  expect(outcome).toEqual({ replaced: false, frozen: true });
});

test('4 the page’s process is sandboxed', async ({ open }) => {
  expect(await readPreferences(open)).toMatchObject({ sandbox: true });
  // Everywhere but where Chromium was told that it cannot (root).
  expect(shellSources).toContain("if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();");
});

test('5 every permission is denied but writing plain text to the clipboard', async ({ open }) => {
  const states = await open.page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'notifications', 'midi', 'clipboard-read', 'persistent-storage'];
    return Promise.all(names.map(async (name) => Promise.resolve().then(() => navigator.permissions.query({ name: name as PermissionName })).then((status) => status.state, () => 'unknown')));
  });
  expect(states.filter((state) => state === 'granted' || state === 'prompt')).toEqual([]);
});

test('6 web security is on', async ({ open }) => expect(await readPreferences(open)).toMatchObject({ webSecurity: true }));

test('7 the content policy allows scripts of the program alone, none inline', async ({ open }) => {
  const policy = await open.page.evaluate(async () => (await fetch('/index.html')).headers.get('Content-Security-Policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  expect(policy).not.toContain("'unsafe-eval'");
  expect(policy).not.toMatch(/https?:/);
});

test('8 insecure content is not allowed', async ({ open }) => expect((await readPreferences(open))['allowRunningInsecureContent'] ?? false).toBe(false));

test('9 no experimental features', async ({ open }) => expect((await readPreferences(open))['experimentalFeatures'] ?? false).toBe(false));

test('10 no Blink features are switched on', async ({ open }) => {
  expect((await readPreferences(open))['enableBlinkFeatures'] ?? '').toBe('');
  expect(shellSources).not.toMatch(/enable-blink-features|enable-features/);
});

test('11 and 12 there are no web views, and none can be attached', async ({ open }) => {
  expect(await readPreferences(open)).toMatchObject({ webviewTag: false });
  const attached = await open.page.evaluate(async () => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'app://chuangdang/index.html');
    view.setAttribute('allowpopups', '');
    document.body.append(view);
    const isPlain = !('getWebContentsId' in view);
    view.remove();
    return isPlain;
  });
  expect(attached).toBe(true);
  expect(await open.app.evaluate(({ webContents }) => webContents.getAllWebContents().filter((contents) => contents.getType() === 'webview').length)).toBe(0);
});

test('13 the page cannot be led away: links, forms, redirects, frames', async ({ open }) => {
  const { page } = open;
  for (const address of ['https://example.invalid/', 'file:///etc/passwd', 'app://elsewhere/index.html', 'data:text/html,x', 'javascript:document.title="led"']) {
    await page.evaluate((href) => {
      const link = document.createElement('a');
      link.href = href;
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
  }
  const framed = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'https://example.invalid/';
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const seen = ((): string => {
      try {
        return frame.contentDocument?.body.textContent ?? 'foreign';
      } catch {
        return 'foreign';
      }
    })();
    frame.remove();
    return seen;
  });
  expect(framed).not.toContain('Example');
  expect(page.url()).toMatch(/^app:\/\/chuangdang\/index\.html/);
  expect(await page.title()).not.toBe('led');
});

test('14 no new windows', async ({ open }) => {
  const results = await open.page.evaluate(() => ['app://chuangdang/index.html', 'about:blank', 'https://example.invalid/'].map((address) => window.open(address) === null));
  expect(results).toEqual([true, true, true]);
  expect(await open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('15 nothing opens an address outside; openPath takes what the service named', () => {
  expect(shellSources).not.toContain('openExternal');
  expect([...shellSources.matchAll(/shell\.openPath\(([^)]*)\)/g)].map((found) => found[1]).filter((argument) => argument !== 'folder' && argument !== 'path')).toEqual([]);
});

test('16 the Electron that ships is a current one, pinned; another is named as a stand-in', async ({ open }) => {
  const wanted = String((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> }).devDependencies['electron']);
  expect(wanted).toMatch(/^\d+\.\d+\.\d+$/);
  expect(Number(wanted.split('.')[0])).toBeGreaterThanOrEqual(45);
  const runtime = await callFromPage(open.page, 'shell.runtime', {});
  expect(runtime.standIn).toBe(runtime.electron !== wanted);
});

test('17 a message is taken from the program’s own top frame alone', async ({ open }) => {
  const codes = await open.app.evaluate(async ({ ipcMain, BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const handler = (Reflect.get(ipcMain, '_invokeHandlers') as Map<string, (event: object, name: string, input: object) => Promise<string>>).get('chuangdang:call');
    const frames = [null, { url: 'https://example.invalid/' }, { url: 'app://chuangdang/index.html' }, { url: 'app://chuangdang@example.invalid/' }];
    return Promise.all(frames.map(async (senderFrame) => (JSON.parse((await handler?.({ sender: contents, senderFrame }, 'shell.runtime', {})) ?? '') as { error?: { code: string } }).error?.code ?? 'ok'));
  });
  expect(codes).toEqual(['sender-refused', 'sender-refused', 'sender-refused', 'sender-refused']);
});

test('18 pages come over app://, and file:// cannot be read', async ({ open }) => {
  expect(open.page.url()).toMatch(/^app:/);
  expect(await open.page.evaluate(() => fetch('file:///etc/hostname').then(() => 'read', () => 'refused'))).toBe('refused');
  expect(shellSources).not.toMatch(/loadFile\(|file:\/\//);
});

test('19 the fuses are set where the program is packed', async () => {
  const { FUSES } = await import('../../scripts/packaging/finish-folder.mjs');
  const { FuseV1Options } = await import('@electron/fuses');
  expect(FUSES[FuseV1Options.RunAsNode]).toBe(false);
  expect(FUSES[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(false);
  expect(FUSES[FuseV1Options.EnableNodeCliInspectArguments]).toBe(false);
  expect(FUSES[FuseV1Options.OnlyLoadAppFromAsar]).toBe(true);
  expect(FUSES[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(false);
  // Cookies are not encrypted by the fuse because there are none.
});

test('20 the page gets three functions, and no object of Electron', async ({ open }) => {
  const kinds = await open.page.evaluate(() => Object.entries(Reflect.get(globalThis, 'chuangdang') as object).map(([name, value]) => `${name}: ${typeof value}`).toSorted());
  expect(kinds).toEqual(['call: function', 'onEvent: function', 'pathForFile: function']);
  expect(await open.app.evaluate(async ({ session }) => (await session.defaultSession.cookies.get({})).length)).toBe(0);
});
