import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeIco } from '../../scripts/build/icons.mjs';
import { collectNotices } from '../../scripts/build/notices.mjs';
import { findLoaded, isForeign } from '../../scripts/packaging/runtime-packages.mjs';

const scratch = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangdang-packaging-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

describe('what is packed', () => {
  const machine = { platform: 'linux', arch: 'x64' };

  it.each([
    ['prebuilds/linux-x64.node', false],
    ['prebuilds/darwin-arm64.node', true],
    ['prebuilds/linuxmusl-x64.node', true],
    ['prebuilds/linux-arm64.node', true],
    ['bin/napi-v6/linux/x64/onnxruntime_binding.node', false],
    ['bin/napi-v6/win32/x64/onnxruntime.dll', true],
    ['lib/index.js', false],
    ['lib/darwin/paths.js', false],
  ])('keeps one system’s binaries: %s foreign %s', (file, foreign) => expect(isForeign(file, machine)).toBe(foreign));

  it('finds what built code loads by name, and nothing that is built in or not there', () => {
    const bundle = join(scratch(), 'main.cjs');
    writeFileSync(bundle, "require('node:fs');require('fs');require('electron');require('zod/locales');import('fflate');require('no-such-package-anywhere');createRequire(x).resolve('docx/package.json')");
    expect(findLoaded([bundle])).toEqual(expect.arrayContaining(['better-sqlite3', 'zod', 'fflate', 'docx']));
    expect(findLoaded([bundle]).filter((name) => ['fs', 'electron', 'no-such-package-anywhere'].includes(name))).toEqual([]);
  });
});

describe('licences', () => {
  it('name every package that the program carries, each with its licence', () => {
    const { parts, text } = collectNotices();
    const names = parts.map((part) => part.name);
    for (const name of ['react', 'scheduler', 'antd', '@rc-component/select', 'better-sqlite3', 'pdfjs-dist', '@fontsource/lxgw-wenkai', 'electron']) expect(names).toContain(name);
    expect(parts.filter((part) => part.license === '')).toEqual([]);
    // Tools that build and test are not passed on.
    for (const name of ['vite', 'vitest', 'typescript', 'playwright', '@electron/get']) expect(names).not.toContain(name);
    for (const part of parts) expect(text).toContain(`\n${part.name} ${part.version}`);
    expect(parts.filter((part) => part.texts > 0).length).toBeGreaterThan(parts.length * 0.8);
  });
});

describe('the icon', () => {
  it('is a Windows icon file whose pictures lie where its table says', () => {
    const ico = makeIco([{ size: 16, png: Buffer.from('sixteen') }, { size: 256, png: Buffer.from('big') }]);
    expect(ico.readUInt16LE(2)).toBe(1);
    expect(ico.readUInt16LE(4)).toBe(2);
    expect([ico.readUInt8(6), ico.readUInt8(22)]).toEqual([16, 0]);
    const at = ico.readUInt32LE(22 + 12);
    expect(ico.subarray(at, at + ico.readUInt32LE(22 + 8)).toString()).toBe('big');
  });
});

const hasDpkg = spawnSync('dpkg-deb', ['--version']).status === 0;

describe(`the stand-in for fpm${hasDpkg ? '' : ' — SKIPPED: there is no dpkg-deb'}`, () => {
  it.skipIf(!hasDpkg)('makes a deb of what electron-builder hands it: files, modes, scripts, dependencies', () => {
    const place = scratch();
    mkdirSync(join(place, 'app', 'resources'), { recursive: true });
    writeFileSync(join(place, 'app', 'program'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(join(place, 'app', 'resources', 'a b.txt'), 'x');
    writeFileSync(join(place, 'entry'), '[Desktop Entry]\n', { mode: 0o600 });
    writeFileSync(join(place, 'post'), '#!/bin/sh\n');
    const deb = join(place, 'made.deb');
    execFileSync(process.execPath, [
      resolve(import.meta.dirname, '../../scripts/packaging/fpm-stand-in.mjs'), '-s', 'dir', '--force', '-t', 'deb', '-d', 'libgtk-3-0', '-d', 'libnss3', '--deb-recommends', 'x', '--deb-compression', 'gz',
      '--architecture', 'amd64', '--after-install', join(place, 'post'), '--description', '短\n 长的说明', '--version', '1.2.3', '--package', deb, '--name', 'chuangdang', '--maintainer', 'A <a@b.invalid>',
      `${join(place, 'app')}/=/opt/chuangdang`, `${join(place, 'entry')}=/usr/share/applications/chuangdang.desktop`,
    ]);
    const out = join(place, 'out');
    execFileSync('dpkg-deb', ['-R', deb, out]);
    expect(readFileSync(join(out, 'opt/chuangdang/resources/a b.txt'), 'utf8')).toBe('x');
    expect(existsSync(join(out, 'usr/share/applications/chuangdang.desktop'))).toBe(true);
    expect(readFileSync(join(out, 'DEBIAN/control'), 'utf8')).toContain('Depends: libgtk-3-0, libnss3\nRecommends: x\n');
    const list = execFileSync('dpkg-deb', ['-c', deb], { encoding: 'utf8' });
    expect(list).toMatch(/^-rwxr-xr-x root\/root .*\.\/opt\/chuangdang\/program$/m);
    expect(list).toMatch(/^-rw-r--r-- root\/root .*chuangdang\.desktop$/m);
    expect(execFileSync('dpkg-deb', ['-I', deb, 'postinst'], { encoding: 'utf8' })).toBe('#!/bin/sh\n');
  });
});
