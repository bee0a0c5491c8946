import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..', '..');

/** Null where there is no git or no checkout (an unpacked archive of the sources). */
function listTracked(): string[] | null {
  try {
    return execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\0').filter((name) => name !== '');
  } catch {
    return null;
  }
}
const tracked = listTracked();

/** Addresses of package registries and mirrors, put together so that this file does not hold them. */
const registries = [['registry', 'npmjs', 'org'], ['registry', 'yarnpkg', 'com'], ['registry', 'npmmirror', 'com'], ['npm', 'pkg', 'github', 'com'], ['deb', 'debian', 'org'], ['jfrog', 'io']].map((parts) => parts.join('.'));

const isText = (bytes: Buffer): boolean => !bytes.subarray(0, 8000).includes(0);

describe('files of the project', () => {
  it.skipIf(tracked === null)('name no package registry or mirror (needs git)', () => {
    const names = tracked ?? [];
    expect(names.length).toBeGreaterThan(50);
    const found = names.filter((name) => {
      const path = join(root, name);
      if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
      const bytes = readFileSync(path);
      return isText(bytes) && registries.some((address) => bytes.includes(address));
    });
    expect(found).toEqual([]);
  });

  it('pin every package by version and integrity, and none by address', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string }>> };
    const packages = Object.entries(lock.packages).filter(([folder]) => folder !== '');
    expect(packages.length).toBeGreaterThan(50);
    expect(packages.filter(([, locked]) => locked.resolved !== undefined).map(([folder]) => folder)).toEqual([]);
    expect(packages.filter(([, locked]) => locked.integrity === undefined).map(([folder]) => folder)).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Readonly<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Readonly<Record<string, string>>>>;
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });
});
