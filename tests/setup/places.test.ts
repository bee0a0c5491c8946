import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCacheFolder, LOCAL_CACHE, utf8Locale } from '../../scripts/setup/places.mjs';
import { fingerprintFiles, hasStamp, writeStamp } from '../../scripts/setup/stamp.mjs';
import { readMissingLibraries } from '../../scripts/setup/system-libraries.mjs';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chuangdang-places-'))));
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe('utf8Locale', () => {
  it('leaves a UTF-8 locale alone and gives one where there is none', () => {
    expect(utf8Locale({ LANG: 'zh_CN.UTF-8' })).toEqual({});
    expect(utf8Locale({ LANG: 'en_US.UTF-8', LC_ALL: 'C' })).toEqual({ LC_ALL: 'C.UTF-8' });
    expect(utf8Locale({})).toEqual({ LC_ALL: 'C.UTF-8' });
  });
});

describe('findCacheFolder', () => {
  it('prefers XDG_CACHE_HOME, then the home folder', () => {
    const xdg = join(folder, 'xdg');
    expect(findCacheFolder({ XDG_CACHE_HOME: xdg }, folder)).toBe(join(xdg, 'chuangdang'));
    expect(findCacheFolder({}, folder)).toBe(join(folder, '.cache', 'chuangdang'));
  });

  it('ignores a cache that cannot be made and falls back to the checkout', () => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'home'));
    expect(findCacheFolder({ XDG_CACHE_HOME: join(folder, 'file', 'below') }, join(folder, 'home'))).toBe(join(folder, 'home', '.cache', 'chuangdang'));
    expect(findCacheFolder({ XDG_CACHE_HOME: 'relative' }, null)).toBe(join(LOCAL_CACHE, 'chuangdang'));
    expect(existsSync(join(LOCAL_CACHE, 'chuangdang'))).toBe(true);
  });
});

describe('stamps', () => {
  it('tell a changed, added and removed file', () => {
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    const file = join(folder, 'a', 'b', 'c.ts');
    const read = (): string => fingerprintFiles([join(folder, 'a'), join(folder, 'missing')]);
    const empty = read();
    writeFileSync(file, '1');
    const first = read();
    writeFileSync(file, '12');
    const second = read();
    expect(new Set([empty, first, second]).size).toBe(3);
    rmSync(file);
    expect(read()).toBe(empty);
    const stamp = join(folder, 'deep', 'stamp');
    expect(hasStamp(stamp, first)).toBe(false);
    writeStamp(stamp, first);
    expect([hasStamp(stamp, first), hasStamp(stamp, second)]).toEqual([true, false]);
  });
});

describe('readMissingLibraries', () => {
  it('reads the names that ldd did not find', () => {
    const output = '\tlinux-vdso.so.1 (0x00007ffc)\n\tlibgtk-3.so.0 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibnss3.so => not found\n';
    expect(readMissingLibraries(output)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
    expect(readMissingLibraries('not a dynamic executable')).toEqual([]);
  });
});
