import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertIntegrity, STAND_IN } from '../../scripts/setup/stand-in-electron.mjs';
import { unpackZip } from '../../scripts/setup/zip.mjs';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chuangdang-setup-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the stand-in Electron', () => {
  // Attack: a registry or a cache hands out other bytes under the same name.
  it('is refused when one byte differs', async () => {
    const file = join(folder, 'package.tgz');
    const bytes = Buffer.alloc(100_000, 7);
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    writeFileSync(file, bytes);
    await expect(assertIntegrity(file, integrity)).resolves.toBeUndefined();
    bytes[50_000] = 8;
    writeFileSync(file, bytes);
    await expect(assertIntegrity(file, integrity)).rejects.toThrow('is not the file this program was made for');
  });

  it('is pinned by version and hash', () => {
    expect(STAND_IN.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Buffer.from(STAND_IN.integrity.replace('sha512-', ''), 'base64')).toHaveLength(64);
  });
});

describe('unpackZip', () => {
  const pack = (entries: Record<string, Uint8Array>): string => {
    const file = join(folder, 'packed.zip');
    writeFileSync(file, zipSync(entries));
    return file;
  };
  const out = (): string => join(folder, 'out');

  it('unpacks the chosen entries under their new names', async () => {
    const big = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 253));
    const file = pack({ 'App/App': big, 'App/resources/app.js': Buffer.from('no'), 'App/empty': new Uint8Array(0) });
    expect(await unpackZip(file, out(), (name) => (name.startsWith('App/resources/') ? null : name.replace('App/App', 'electron').replace('App/', '')))).toBe(2);
    expect(readFileSync(join(out(), 'electron')).equals(big)).toBe(true);
    expect(statSync(join(out(), 'empty')).size).toBe(0);
    expect(existsSync(join(out(), 'resources'))).toBe(false);
  });

  // Attack: an entry named ../../x writes beside the folder it is unpacked into.
  it('refuses an entry that would leave the folder', async () => {
    const file = pack({ '../escaped.txt': Buffer.from('x') });
    await expect(unpackZip(file, out(), (name) => name)).rejects.toThrow('outside its folder');
    expect(existsSync(join(folder, 'escaped.txt'))).toBe(false);
  });

  it('says when a file is no ZIP', async () => {
    const file = join(folder, 'no.zip');
    writeFileSync(file, 'text');
    await expect(unpackZip(file, out(), (name) => name)).rejects.toThrow('not a ZIP file');
  });
});
