import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPageFiles } from '../../src-main/shell/page-files.ts';
import { evidenceType, findRoute, isAppAddress, PAGE_POLICY } from '../../src-main/shell/routes.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chuangdang-routes-'));
  mkdirSync(join(folder, 'pages', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'pages', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'pages', 'assets', 'index-1a2b.js'), '');
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'pages', 'assets', 'link.txt'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const route = (address: string) => findRoute(address, listPageFiles(join(folder, 'pages')));

describe('app:// addresses', () => {
  it('serves the start page and built files with their types', () => {
    expect(route('app://chuangdang/')).toMatchObject({ kind: 'page', file: { mime: 'text/html; charset=utf-8' } });
    expect(route('app://chuangdang/index.html?x=1#/check')).toMatchObject({ kind: 'page' });
    expect(route('app://chuangdang/assets/index-1a2b.js')).toMatchObject({ kind: 'page', file: { mime: 'text/javascript; charset=utf-8' } });
  });

  it('passes on the id of evidence, and only an id', () => {
    expect(route('app://chuangdang/evidence/01HZX-abc_9')).toEqual({ kind: 'evidence', id: '01HZX-abc_9' });
    for (const path of ['evidence/', 'evidence/a/b', 'evidence/a%2Fb', 'evidence/a.pdf', `evidence/${'a'.repeat(65)}`]) {
      expect(route(`app://chuangdang/${path}`), path).toEqual({ kind: 'refused' });
    }
  });

  it('passes on which page of which item to picture, in one of two sizes', () => {
    expect(route('app://chuangdang/page-image/e1/12/small')).toEqual({ kind: 'page-image', id: 'e1', page: 12, size: 'small' });
    for (const path of ['page-image/e1/0/small', 'page-image/e1/100000/small', 'page-image/e1/1/huge', 'page-image/e1/1', 'page-image/..%2f/1/small']) expect(route(`app://chuangdang/${path}`), path).toEqual({ kind: 'refused' });
  });

  it('passes on the name of a made paper, and only a name', () => {
    expect(route('app://chuangdang/paper/v001-3')).toEqual({ kind: 'paper', id: 'v001-3' });
    for (const path of ['paper/', 'paper/a/b', 'paper/..%2f..', 'paper/a.pdf', `paper/${'a'.repeat(65)}`]) expect(route(`app://chuangdang/${path}`), path).toEqual({ kind: 'refused' });
  });

  // Attack: a page that was taken over asks for files beside the pages.
  it.each([
    'app://chuangdang/../secret.txt',
    'app://chuangdang/..%2fsecret.txt',
    'app://chuangdang/%2e%2e/secret.txt',
    'app://chuangdang/assets/..\\..\\secret.txt',
    'app://chuangdang/assets/link.txt',
    'app://chuangdang/assets',
    'app://chuangdang/INDEX.HTML',
    'app://elsewhere/index.html',
    'app://user@chuangdang/index.html',
    'app://chuangdang.example/index.html',
    'https://chuangdang/index.html',
    'file:///etc/passwd',
    'not an address',
    '',
  ])('refuses %s', (address) => {
    expect(route(address)).toEqual({ kind: 'refused' });
  });

  it('tells its own addresses from others', () => {
    expect(isAppAddress('app://chuangdang/index.html')).toBe(true);
    expect(isAppAddress('app://chuangdang:80/index.html')).toBe(false);
    expect(isAppAddress('data:text/html,app://chuangdang/')).toBe(false);
  });

  it('lets no page run foreign code, and shows nothing but documents and pictures', () => {
    expect(PAGE_POLICY).toContain("default-src 'none'");
    expect(PAGE_POLICY).not.toMatch(/'unsafe-eval'|script-src[^;]*unsafe-inline|https?:|\*/);
    expect(evidenceType('application/pdf')).toBe('application/pdf');
    expect(evidenceType('text/html')).toBe('application/octet-stream');
    expect(evidenceType('image/svg+xml')).toBe('application/octet-stream');
  });
});
