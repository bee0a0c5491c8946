import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { childEnvironment } from '../../scripts/setup/places.mjs';
import { electronFlags } from '../../scripts/start/electron-flags.mjs';
import { callFromPage } from './bridge.ts';
import { writeEvidenceFiles } from './evidence-files.ts';
import { spawnWindow } from './spawned-window.ts';

const mayTrace = spawnSync('strace', ['-f', '-e', 'trace=connect', '-o', '/dev/null', 'true']).status === 0;

/** Chromium asks the kernel whether a route to this address exists: a datagram socket is connected, nothing is sent through it. */
const routeProbe = '2001:4860:4860::8888';

/** Calls of any process of the program that would reach a network: an internet address, or a raw or packet socket. The driver's own port is Chromium's listening one. */
const readNetworkCalls = (trace: string): string[] =>
  trace.split('\n').filter((line) => /\b(connect|sendto|sendmsg|bind)\(/.test(line) && /sa_family=AF_(INET6?|PACKET)/.test(line) && !(line.includes(' connect(') && line.includes(routeProbe)) && !/bind\(\d+, \{sa_family=AF_INET, sin_port=htons\(0\), sin_addr=inet_addr\("127\.0\.0\.1"\)\}/.test(line));

base(`the program and all its processes touch no network while a clerk works${mayTrace ? '' : ' — SKIPPED: strace is missing or may not trace'}`, async () => {
  base.skip(!mayTrace);
  const folder = mkdtempSync(join(tmpdir(), 'chuangdang-network-'));
  const trace = join(folder, 'trace');
  const program = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '', 'electron');
  const root = resolve(import.meta.dirname, '..', '..');
  try {
    const window = await spawnWindow(['strace', '-f', '--seccomp-bpf', '-qq', '-e', 'trace=connect,sendto,sendmsg,bind', '-e', 'signal=none', '-o', trace, program, ...electronFlags({ virtualDisplay: true }), root], {
      ...childEnvironment,
      CHUANGDANG_USER_DATA: join(folder, 'user-data'),
    });
    const { page } = window;
    const files = await writeEvidenceFiles(join(folder, 'evidence'), 3);
    const [builtin] = await callFromPage(page, 'catalog.builtin', {});
    await callFromPage(page, 'archive.create', { folder: join(folder, '网络.cdarchive'), from: { kind: 'builtin', id: builtin?.id ?? '' } });
    await callFromPage(page, 'evidence.import', { jobId: 'import', paths: files, indicator: '5.1', year: 2023 });
    await page.reload();
    await expect(page.getByTestId('workbench')).toBeVisible();
    for (const name of ['inbox', 'indicators', 'check', 'binding', 'search', 'settings']) {
      await page.getByTestId(`nav-${name}`).click();
      await expect(page.getByTestId(`${name}-page`)).toBeVisible();
    }
    // A page that tries is refused before anything leaves the machine.
    expect(await page.evaluate(() => fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused'))).toBe('refused');
    expect(await page.evaluate(() => fetch('https://example.invalid/').then(() => 'reached', () => 'refused'))).toBe('refused');
    await window.close();
    const seen = readFileSync(trace, 'utf8');
    // The trace itself works: local sockets are in it.
    expect(seen).toContain('AF_UNIX');
    expect(readNetworkCalls(seen)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
