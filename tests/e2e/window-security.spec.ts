import { callRaw } from './bridge.ts';
import { expect, test } from './harness.ts';

test('the window shows the program and nothing of Node', async ({ open }) => {
  const { page } = open;
  expect(page.url()).toBe('app://chuangdang/index.html');
  const seen = await page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    module: typeof Reflect.get(globalThis, 'module'),
    buffer: typeof Reflect.get(globalThis, 'Buffer'),
    bridge: Object.keys(Reflect.get(globalThis, 'chuangdang') as object).toSorted(),
  }));
  expect(seen).toEqual({ require: 'undefined', process: 'undefined', module: 'undefined', buffer: 'undefined', bridge: ['call', 'onEvent', 'pathForFile'] });
});

test('its web contents are sandboxed and isolated', async ({ open }) => {
  const preferences = await open.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const read: unknown = contents === undefined ? null : Reflect.apply(Reflect.get(contents, 'getLastWebPreferences') as () => unknown, contents, []);
    return JSON.parse(JSON.stringify(read)) as Record<string, unknown>;
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
});

test('the page may not run text as code', async ({ open }) => {
  const outcome = await open.page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.head.append(script);
    // In a task of its own: what the driver evaluates is exempt from the page's policy, what the page runs later is not.
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(Reflect.construct(Function, ['return 1'])());
        } catch (error) {
          resolve(error instanceof Error ? error.name : 'thrown');
        }
      });
    });
    return { injected: typeof Reflect.get(globalThis, 'injected'), evaluated };
  });
  expect(outcome).toEqual({ injected: 'undefined', evaluated: 'EvalError' });
});

test('the page reaches no network', async ({ open }) => {
  const { page } = open;
  const outcome = await page.evaluate(async () => {
    const tries = ['https://example.invalid/', 'http://127.0.0.1:9/', 'file:///etc/hostname'];
    return Promise.all(tries.map((address) => fetch(address).then(() => 'reached', () => 'refused')));
  });
  expect(outcome).toEqual(['refused', 'refused', 'refused']);
});

test('the page cannot leave, open windows or ask for devices', async ({ open }) => {
  const { page, app } = open;
  const opened = await page.evaluate(() => window.open('https://example.invalid/') === null);
  expect(opened).toBe(true);
  await page.evaluate(() => {
    location.href = 'https://example.invalid/';
  });
  await page.evaluate(() => {
    location.href = 'file:///etc/hostname';
  });
  const permission = await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state);
  expect(permission).toBe('denied');
  expect(page.url()).toBe('app://chuangdang/index.html');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the program serves its own files only', async ({ open }) => {
  const statuses = await open.page.evaluate(async () => {
    const paths = ['/index.html', '/../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/evidence/../../package.json', '/evidence/none', '//etc/passwd', '/shell/main.cjs'];
    return Promise.all(paths.map((path) => fetch(path).then((answer) => answer.status, () => 'refused')));
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404, 'refused', 404]);
});

test('a call is checked before anything is done', async ({ open }) => {
  const replies = await open.page.evaluate(async () => {
    const bridge = Reflect.get(globalThis, 'chuangdang') as { call(name: string, input: unknown): Promise<string> };
    const asked = [
      ['no.such.call', {}],
      ['__proto__', {}],
      ['archive.open', { folder: 7 }],
      ['evidence.file', { id: 'x' }],
      ['catalog.read', {}],
    ] as const;
    return Promise.all(asked.map(async ([name, input]) => (JSON.parse(await bridge.call(name, input)) as { error?: { code: string } }).error?.code ?? 'ok'));
  });
  expect(replies).toEqual(['call-unknown', 'call-unknown', 'wrong-input', 'call-unknown', 'no-archive-open']);
});

test('a call from a frame inside the page is refused', async ({ open }) => {
  const reply = await open.app.evaluate(async ({ ipcMain, BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const handlers = Reflect.get(ipcMain, '_invokeHandlers') as Map<string, (event: object, name: string, input: object) => Promise<string>>;
    const handler = handlers.get('chuangdang:call');
    // What a frame of another address would send: the same contents, another frame.
    return JSON.parse((await handler?.({ sender: contents, senderFrame: { url: 'app://chuangdang.example/index.html' } }, 'shell.runtime', {})) ?? '') as object;
  });
  expect(reply).toMatchObject({ ok: false, error: { code: 'sender-refused' } });
});

test('the program says which runtimes it uses', async ({ open }) => {
  const reply = await callRaw(open.page, 'shell.runtime', {});
  expect(reply).toMatchObject({ ok: true, value: { version: expect.stringMatching(/^\d+\.\d+\.\d+$/), serviceNode: expect.stringMatching(/^2[2-9]\./) } });
});
