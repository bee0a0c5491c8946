import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { getCurrentFuseWire, FuseV1Options, FuseVersion, FuseState } from '@electron/fuses';
import { callFromPage } from '../e2e/bridge.ts';
import { spawnWindow } from '../e2e/spawned-window.ts';
import { letter, scanSheet, toScanPdf } from '../service/scan-pages.ts';
import type { SpawnedWindow } from '../e2e/spawned-window.ts';

/** Written by `npm run dist:check`: how to start the program, where it lies as seen from here, and where its root is (a clean system's folder, or empty). */
const command = (process.env['CHUANGDANG_PACKAGED_COMMAND'] ?? '').split('\n');
const folder = process.env['CHUANGDANG_PACKAGED_FOLDER'] ?? '';
const root = process.env['CHUANGDANG_PACKAGED_ROOT'] ?? '';
const shots = process.env['CHUANGDANG_PACKAGED_SHOTS'] ?? '';

test.describe.configure({ mode: 'serial' });

let window: SpawnedWindow | null = null;
/** The window that the first step opened. */
const opened = (): SpawnedWindow => {
  if (window === null) throw new Error('the program did not start');
  return window;
};
let place = '';
/** The same place as the program names it. */
const inside = (path: string): string => path.slice(root.length);
const marker = (): string => join(place, 'ran');
const shadow = join(folder, 'resources', 'app');

test.beforeAll(async () => {
  place = mkdtempSync(join(root === '' ? tmpdir() : join(root, 'tmp'), 'chuangdang-packaged-'));
  execFileSync('chmod', ['777', place]);
  mkdirSync(join(place, 'home'), { mode: 0o777 });
  execFileSync('chmod', ['777', join(place, 'home')]);
  // Each of these would run foreign code in a program that was packed without care.
  const evil = `require('node:fs').writeFileSync(${JSON.stringify(inside(marker()))}, 'ran')`;
  writeFileSync(join(place, 'evil.cjs'), evil);
  mkdirSync(shadow);
  writeFileSync(join(shadow, 'package.json'), '{"name":"shadow","main":"main.js"}');
  writeFileSync(join(shadow, 'main.js'), evil);
  window = await spawnWindow([...command, '--inspect=0'], {
    PATH: process.env['PATH'],
    DISPLAY: process.env['DISPLAY'],
    HOME: inside(join(place, 'home')),
    LANG: 'C',
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: `--require=${inside(join(place, 'evil.cjs'))}`,
  });
});

test.afterAll(() => {
  window?.process.kill();
  rmSync(shadow, { recursive: true, force: true });
  rmSync(place, { recursive: true, force: true });
});

test('the fuses are set in the program itself', async () => {
  const wire = await getCurrentFuseWire(join(folder, 'chuangdang-bin'));
  expect(wire.version).toBe(FuseVersion.V1);
  const state = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
  expect({
    runAsNode: state(FuseV1Options.RunAsNode),
    nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
    onlyAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
    fileExtra: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({ runAsNode: false, nodeOptions: false, inspect: false, onlyAsar: true, fileExtra: false });
});

test('it starts under a plain C locale and runs nothing that its environment or folder slips in', async () => {
  await expect(opened().page.getByTestId('start-page')).toBeVisible();
  expect(opened().page.url()).toBe('app://chuangdang/index.html');
  expect(existsSync(marker())).toBe(false);
  expect(opened().output()).not.toContain('Debugger listening');
  const runtime = await callFromPage(opened().page, 'shell.runtime', {});
  expect(runtime.version).toBe(JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')).version);
  expect(runtime.serviceNode).toMatch(/^2[2-9]\./);
});

test('a clerk walks through it: sample, every page, a file with a Chinese name, a draft', async () => {
  const { page } = opened();
  const archive = inside(join(place, '示例.cdarchive'));
  await callFromPage(page, 'archive.sample', { jobId: 'sample', folder: archive, size: 'small' });
  await page.reload();
  await expect(page.getByTestId('workbench')).toBeVisible();
  const text = join(place, '关于印发方案的通知.txt');
  writeFileSync(text, '青南政发〔2024〕10号\n关于印发方案的通知');
  execFileSync('chmod', ['644', text]);
  const imported = await callFromPage(page, 'evidence.import', { jobId: 'import', paths: [inside(text)], indicator: null, year: null });
  expect(imported.rejected).toEqual([]);
  expect(imported.imported.map((one) => one.file)).toEqual([inside(text)]);
  const read = await page.evaluate(async (id) => (await fetch(`/evidence/${id}`)).text(), imported.imported[0]?.id ?? '');
  expect(read.slice(0, 5)).toBe('%PDF-');
  // Chromium reads file names by the locale: what a clerk drops must be readable to the page's side too.
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'chosen' })));
  const session = await page.context().newCDPSession(page);
  const { root: top } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: top.nodeId, selector: '#chosen' });
  await session.send('DOM.setFileInputFiles', { nodeId, files: [inside(text)] });
  const chosen = await page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#chosen');
    const told = await input?.files?.[0]?.text();
    input?.remove();
    return told;
  });
  expect(chosen).toContain('青南政发〔2024〕10号');
  for (const name of ['overview', 'inbox', 'indicators', 'check', 'binding', 'search', 'settings']) {
    await page.getByTestId(`nav-${name}`).click();
    await expect(page.getByTestId(`${name}-page`)).toBeVisible();
    if (shots !== '') await page.screenshot({ path: join(shots, `${name}.png`) });
  }
  const hits = await callFromPage(page, 'search.query', { text: '青南政发', limit: 10 });
  expect(hits.hits.length).toBeGreaterThan(0);
  await page.getByTestId('nav-binding').click();
  await page.getByTestId('export-draft').click();
  await expect(page.getByTestId('export-done')).toBeVisible({ timeout: 120_000 });
  const exported = readdirSync(join(place, '示例.cdarchive', 'exports', 'v001'));
  expect(exported.filter((name) => /^第\d+卷.*\.pdf$/.test(name)).length).toBeGreaterThan(0);
  for (const name of exported.filter((one) => one.endsWith('.pdf')).slice(0, 3)) execFileSync('qpdf', ['--check', join(place, '示例.cdarchive', 'exports', 'v001', name)]);
});

test('a new archive from the built-in catalog takes in a scan, reads it by its picture, finds its words and binds it', async () => {
  const { page } = opened();
  const archive = inside(join(place, '新建.cdarchive'));
  await callFromPage(page, 'archive.create', { folder: archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  const scan = join(place, '扫描0001.pdf');
  writeFileSync(scan, toScanPdf([await scanSheet(letter(['青岛市生态环境局市南分局文件', '青环南发〔2024〕3号', '关于报送县城污水处理率数据的函', '2023年县城污水处理率为96.3%，数据均已复核。']), 'packaged')]), { mode: 0o644 });
  const { imported } = await callFromPage(page, 'evidence.import', { jobId: 'scan', paths: [inside(scan)], indicator: '5.1', year: 2023 });
  expect(imported).toHaveLength(1);
  // The program reads it by itself in the background, by the onnx runtime and the models that are packed along.
  const find = async () => {
    const { hits } = await callFromPage(page, 'search.query', { text: '处理率为96.3' });
    return hits.map((hit) => [hit.kind, hit.page, hit.snippet.slice(hit.from, hit.to)]);
  };
  await expect.poll(find, { timeout: 150_000 }).toEqual([['page', 1, '处理率为96.3']]);
  expect(await callFromPage(page, 'evidence.pageText', { id: imported[0]?.id ?? '', page: 1 })).toMatchObject({ recognised: true });
  expect(await callFromPage(page, 'scans.status', {})).toMatchObject({ state: 'idle', waiting: 0, trouble: '' });
  const { version } = await callFromPage(page, 'binding.export', { jobId: 'bind', draft: true, out: null });
  const bound = readdirSync(join(place, '新建.cdarchive', 'exports', version)).filter((name) => /^第\d+卷.*\.pdf$/.test(name));
  expect(bound.length).toBeGreaterThan(0);
  for (const name of bound) execFileSync('qpdf', ['--check', join(place, '新建.cdarchive', 'exports', version, name)]);
});

test('it ends with its window, and leaves no process and no lock', async () => {
  expect(await opened().close()).toBe(0);
  expect(existsSync(join(place, '示例.cdarchive', 'writer.json')) || existsSync(join(place, '新建.cdarchive', 'writer.json'))).toBe(false);
  expect(existsSync(marker())).toBe(false);
});

test('the command line that comes with it works on the same archive', () => {
  const [, ...before] = command.slice(0, command.findIndex((word) => word.endsWith('/chuangdang')));
  const program = [...(before.length > 0 ? command.slice(0, command.findIndex((word) => word.endsWith('/chuangdang'))) : []), inside(join(folder, 'chuangdang-cli'))];
  const [first = '', ...rest] = program;
  const said = execFileSync(first, [...rest, 'verify', inside(join(place, '示例.cdarchive')), '--json'], { env: { PATH: process.env['PATH'], HOME: inside(place), LANG: 'C' }, encoding: 'utf8' });
  expect(JSON.parse(said)).toMatchObject({ ok: true, problems: [] });
});

test('it carries the licences of all its parts, and no other system’s binaries or languages', () => {
  const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of ['better-sqlite3', 'pdfjs-dist', '@napi-rs/canvas', 'react', 'antd', 'zod', 'docx', 'electron', '@expo-google-fonts/noto-sans-sc', '@fontsource/lxgw-wenkai']) expect(notices).toContain(`\n${name} `);
  expect(existsSync(join(folder, 'LICENSES.chromium.html'))).toBe(true);
  expect(readFileSync(join(folder, 'resources', 'program', 'manual', 'index.html'), 'utf8')).toContain('创档使用手册');
  expect(readdirSync(join(folder, 'resources', 'program', 'manual', 'pictures')).length).toBeGreaterThan(15);
  expect(readdirSync(join(folder, 'locales')).toSorted()).toEqual(['en-US.pak', 'zh-CN.pak']);
  expect(existsSync(join(folder, 'resources', 'default_app.asar'))).toBe(false);
  const files = readdirSync(join(folder, 'resources'), { recursive: true, encoding: 'utf8' });
  expect(files.filter((name) => /\.node$/.test(name) && /darwin|win32|arm64|musl/.test(name))).toEqual([]);
  expect(files.filter((name) => /\.(map|d\.ts|ts|dll|dylib|pdb|gyp|c|cc|h)$/.test(name) || /(^|\/)(tests?|__tests__)\//.test(name))).toEqual([]);
  // Runtimes for graphic cards, and what only install scripts ask for.
  expect(files.filter((name) => /cuda|tensorrt|node_modules\/(adm-zip|global-agent)/i.test(name))).toEqual([]);
});
