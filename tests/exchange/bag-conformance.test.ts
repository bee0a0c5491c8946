import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyBag } from '../../src-main/exchange/verify-bag.ts';
import { writeBag } from '../../src-main/exchange/write-bag.ts';
import { fingerprint, makeFolder } from '../archive/archive-fixture.ts';

/** A bag as a set of files; `sums` are the payload manifests made for it before `change` spoils or varies it. */
type Files = Record<string, string | Buffer>;

const sum = (content: string | Buffer, algorithm = 'sha256'): string => createHash(algorithm).update(content).digest('hex');
const manifest = (files: Files, algorithm = 'sha256', eol = '\n', encode = (path: string): string => path): string =>
  Object.entries(files).filter(([path]) => path.startsWith('data/')).map(([path, content]) => `${sum(content, algorithm)}  ${encode(path)}${eol}`).join('');
const declaration = (version = '1.0', encoding = 'UTF-8', eol = '\n'): string => `BagIt-Version: ${version}${eol}Tag-File-Character-Encoding: ${encoding}${eol}`;

const payload: Files = { 'data/说明.txt': '第一个文件', 'data/sub/b.bin': Buffer.from([0, 1, 2, 255]) };

const bag = (more: Files = {}, less: readonly string[] = []): Files => {
  const files: Files = { 'bagit.txt': declaration(), ...payload };
  const all = { ...files, 'manifest-sha256.txt': manifest(payload), ...more };
  return Object.fromEntries(Object.entries(all).filter(([path]) => !less.includes(path)));
};

const encodeName = (path: string): string => path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D');

interface Case {
  readonly name: string;
  readonly clause: string;
  readonly files: Files;
  readonly links?: Readonly<Record<string, string>>;
  readonly is: 'valid' | 'warning' | 'incomplete' | 'invalid';
}

const withTags = (tags: Files): Files => {
  const files = bag(tags);
  const listed = Object.keys(tags).map((path) => `${sum(tags[path] ?? '')}  ${path}\n`).join('');
  return { ...files, 'tagmanifest-sha256.txt': listed };
};

const odd: Files = { 'data/100% 完成\n二.txt': '换行在名称里' };
const returned: Files = { 'data/回车\r名.txt': '回车在名称里', 'data/a%0Ab.txt': '名称里本来就有百分号' };
const composed: Files = { 'data/caf\u00e9.txt': '一', 'data/cafe\u0301.txt': '二' };
const cases: readonly Case[] = [
  { name: 'the least bag', clause: '2.1', files: bag(), is: 'valid' },
  { name: 'CRLF line ends in tag files', clause: '2.1.3', files: { ...bag(), 'bagit.txt': declaration('1.0', 'UTF-8', '\r\n'), 'manifest-sha256.txt': manifest(payload, 'sha256', '\r\n') }, is: 'valid' },
  { name: 'CR line ends in a manifest', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': manifest(payload, 'sha256', '\r') }, is: 'valid' },
  { name: 'several spaces and a tab between sum and path', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': manifest(payload).replaceAll('  ', ' \t ') }, is: 'valid' },
  { name: 'sums in capitals', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': manifest(payload).replaceAll(/^[0-9a-f]{64}/gmu, (hex) => hex.toUpperCase()) }, is: 'valid' },
  { name: 'percent and line break in a name, encoded', clause: '2.1.3', files: { 'bagit.txt': declaration(), ...odd, 'manifest-sha256.txt': manifest(odd, 'sha256', '\n', encodeName) }, is: 'valid' },
  { name: 'carriage return and a percent sign before digits in a name, encoded', clause: '2.1.3', files: { 'bagit.txt': declaration(), ...returned, 'manifest-sha256.txt': manifest(returned, 'sha256', '\n', encodeName) }, is: 'valid' },
  { name: 'fetch.txt whose files have all come', clause: '2.2.3', files: bag({ 'fetch.txt': 'https://example.org/b.bin 4 data/sub/b.bin\n' }), is: 'valid' },
  { name: 'names with spaces', clause: '2.1.3', files: { 'bagit.txt': declaration(), 'data/a b  c.txt': 'x', 'manifest-sha256.txt': `${sum('x')} data/a b  c.txt\n` }, is: 'valid' },
  { name: 'an empty payload', clause: '2.1.2', files: { 'bagit.txt': declaration(), 'data/.keep': '', 'manifest-sha256.txt': `${sum('')} data/.keep\n` }, is: 'valid' },
  { name: 'two manifests that both list all', clause: '2.1.3', files: { ...bag(), 'manifest-sha512.txt': manifest(payload, 'sha512') }, is: 'valid' },
  { name: 'tag manifest over tag files', clause: '2.2.1', files: withTags({ 'bag-info.txt': 'Source-Organization: 区创建办\n', 'tags/more.xml': '<x/>' }), is: 'valid' },
  { name: 'a tag file that no tag manifest lists', clause: '2.2.1', files: { ...withTags({ 'bag-info.txt': 'A: b\n' }), 'extra.txt': 'x' }, is: 'valid' },
  { name: 'bag-info with repeated labels and folded lines', clause: '2.2.2', files: bag({ 'bag-info.txt': 'Contact-Name: 王敏\nContact-Name: 李雷\nExternal-Description: 一段\n  很长的话\n' }), is: 'valid' },
  { name: 'Payload-Oxum that is true', clause: '2.2.2', files: bag({ 'bag-info.txt': `Payload-Oxum: ${Buffer.byteLength('第一个文件') + 4}.2\n` }), is: 'valid' },
  // Forbidden in bagit.txt only.
  { name: 'a byte order mark in a manifest', clause: '2.1.1', files: bag({ 'manifest-sha256.txt': `\uFEFF${manifest(payload)}` }), is: 'valid' },
  { name: 'tag files in UTF-16', clause: '2.1.1', files: bag({ 'bagit.txt': declaration('1.0', 'UTF-16LE'), 'manifest-sha256.txt': Buffer.from(manifest(payload), 'utf16le') }), is: 'valid' },
  { name: 'tag files in ISO-8859-1', clause: '2.1.1', files: { 'bagit.txt': declaration('1.0', 'ISO-8859-1'), 'data/\u00e9.txt': 'x', 'manifest-sha256.txt': Buffer.from(`${sum('x')} data/\u00e9.txt\n`, 'latin1') }, is: 'valid' },
  { name: 'a bag within a bag', clause: '2.1.2', files: { 'bagit.txt': declaration(), 'data/bagit.txt': declaration(), 'data/manifest-sha256.txt': '', 'manifest-sha256.txt': `${sum(declaration())} data/bagit.txt\n${sum('')} data/manifest-sha256.txt\n` }, is: 'valid' },
  { name: 'version 0.97', clause: '2.1.1', files: bag({ 'bagit.txt': declaration('0.97') }), is: 'valid' },
  { name: 'version 0.97 with files spread over two manifests', clause: '3', files: { ...bag({ 'bagit.txt': declaration('0.97'), 'data/c.txt': 'c', 'manifest-sha512.txt': `${sum('c', 'sha512')} data/c.txt\n` }) }, is: 'valid' },

  { name: './ before a path', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': manifest(payload).replaceAll(' data/', ' ./data/') }, is: 'warning' },
  { name: 'asterisk of md5sum’s binary mode', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': manifest(payload).replaceAll('  data/', ' *data/') }, is: 'warning' },
  { name: 'a weak sum', clause: '5.4', files: bag({ 'manifest-md5.txt': manifest(payload, 'md5') }), is: 'warning' },
  { name: 'one file listed twice with the same sum', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': manifest(payload) + manifest(payload) }, is: 'warning' },
  { name: 'names that differ in case only', clause: '5.1', files: { 'bagit.txt': declaration(), 'data/A.txt': '一', 'data/a.txt': '二', 'manifest-sha256.txt': manifest({ 'data/A.txt': '一', 'data/a.txt': '二' }) }, is: 'warning' },
  { name: 'names that differ in normalisation only', clause: '5.1', files: { 'bagit.txt': declaration(), ...composed, 'manifest-sha256.txt': manifest(composed) }, is: 'warning' },
  { name: 'a file that the system left about', clause: '5.1', files: { 'bagit.txt': declaration(), 'data/Thumbs.db': 'x', 'manifest-sha256.txt': `${sum('x')} data/Thumbs.db\n` }, is: 'warning' },

  { name: 'no bagit.txt', clause: '2.1.1', files: bag({}, ['bagit.txt']), is: 'incomplete' },
  { name: 'a byte order mark in bagit.txt', clause: '2.1.1', files: bag({ 'bagit.txt': `\uFEFF${declaration()}` }), is: 'incomplete' },
  { name: 'a third line in bagit.txt', clause: '2.1.1', files: bag({ 'bagit.txt': `${declaration()}More: x\n` }), is: 'incomplete' },
  { name: 'lines of bagit.txt the other way round', clause: '2.1.1', files: bag({ 'bagit.txt': 'Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n' }), is: 'incomplete' },
  { name: 'white space before the colon in bagit.txt', clause: '2.1.1', files: bag({ 'bagit.txt': 'BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n' }), is: 'incomplete' },
  { name: 'a version that is no number', clause: '2.1.1', files: bag({ 'bagit.txt': declaration('.97') }), is: 'incomplete' },
  { name: 'a version of later days', clause: '2.1.1', files: bag({ 'bagit.txt': declaration('2.0') }), is: 'incomplete' },
  { name: 'an encoding that no one knows', clause: '2.1.1', files: bag({ 'bagit.txt': declaration('1.0', 'KLINGON-8') }), is: 'incomplete' },
  { name: 'a manifest that is not in the encoding declared', clause: '2.1.1', files: bag({ 'manifest-sha256.txt': Buffer.concat([Buffer.from(manifest(payload)), Buffer.from([0xff, 0xfe, 0xfd])]) }), is: 'incomplete' },
  { name: 'line break in a name, not encoded', clause: '2.1.3', files: { 'bagit.txt': declaration(), ...odd, 'manifest-sha256.txt': manifest(odd) }, is: 'incomplete' },
  { name: 'one of two tag manifests that disagrees with a tag file', clause: '2.2.1', files: { ...withTags({ 'bag-info.txt': 'A: b\n' }), 'tagmanifest-sha512.txt': `${sum('A: b\n', 'sha512')}  bag-info.txt\n${sum('x', 'sha512')}  gone.txt\n` }, is: 'incomplete' },
  { name: 'a link for a folder of the payload', clause: '5.2', files: bag(), links: { 'data/elsewhere': '/etc' }, is: 'incomplete' },
  { name: 'a path with .. that stays within the bag', clause: '5.2', files: { ...bag(), 'manifest-sha256.txt': manifest(payload).replace('data/sub/', 'data/x/../sub/') }, is: 'incomplete' },
  { name: 'a network path', clause: '5.2', files: { ...bag(), 'manifest-sha256.txt': `${manifest(payload)}${sum('x')}  \\\\server\\share\\x\n` }, is: 'incomplete' },
  { name: 'no data folder', clause: '2.1.2', files: { 'bagit.txt': declaration(), 'manifest-sha256.txt': '' }, is: 'incomplete' },
  { name: 'no payload manifest', clause: '2.1.3', files: bag({}, ['manifest-sha256.txt']), is: 'incomplete' },
  { name: 'only a tag manifest', clause: '2.1.3', files: { 'bagit.txt': declaration(), ...payload, 'tagmanifest-sha256.txt': `${sum(declaration())} bagit.txt\n` }, is: 'incomplete' },
  { name: 'a payload file that is gone', clause: '3', files: bag({}, ['data/sub/b.bin']), is: 'incomplete' },
  { name: 'a payload file that no manifest lists', clause: '3', files: bag({ 'data/zu-viel.txt': 'x' }), is: 'incomplete' },
  { name: 'a file in one of two manifests only', clause: '3', files: bag({ 'manifest-sha512.txt': manifest({ 'data/说明.txt': '第一个文件' }, 'sha512') }), is: 'incomplete' },
  { name: 'a file listed twice with other sums', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': `${manifest(payload)}${sum('other')}  data/说明.txt\n` }, is: 'incomplete' },
  { name: 'a folder in a manifest', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': `${manifest(payload)}${sum('')}  data/sub\n` }, is: 'incomplete' },
  { name: 'a tag file in the payload manifest', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': `${manifest(payload)}${sum(declaration())}  bagit.txt\n` }, is: 'incomplete' },
  { name: 'a manifest line without a path', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': `${manifest(payload)}${sum('x')}\n` }, is: 'incomplete' },
  { name: 'an algorithm that no one knows', clause: '2.4', files: bag({ 'manifest-rot13.txt': manifest(payload) }), is: 'incomplete' },
  { name: 'a path with ..', clause: '5.2', files: { ...bag(), 'manifest-sha256.txt': `${manifest(payload)}${sum('x')}  data/../../etc/passwd\n` }, is: 'incomplete' },
  { name: 'an absolute path', clause: '5.2', files: { ...bag(), 'manifest-sha256.txt': `${manifest(payload)}${sum('x')}  /etc/passwd\n` }, is: 'incomplete' },
  { name: 'a home folder', clause: '5.2', files: { ...bag(), 'manifest-sha256.txt': `${manifest(payload)}${sum('x')}  ~/secret\n` }, is: 'incomplete' },
  { name: 'a drive letter', clause: '5.2', files: { ...bag(), 'manifest-sha256.txt': `${manifest(payload)}${sum('x')}  C:\\secret\n` }, is: 'incomplete' },
  { name: 'a link in the payload', clause: '5.2', files: bag(), links: { 'data/link.txt': '/etc/hostname' }, is: 'incomplete' },
  { name: 'a tag manifest that lists a tag manifest', clause: '2.2.1', files: bag({ 'tagmanifest-sha256.txt': `${sum('x')} tagmanifest-md5.txt\n` }), is: 'incomplete' },
  { name: 'a tag file that is gone', clause: '2.2.1', files: bag({ 'tagmanifest-sha256.txt': `${sum('x')} bag-info.txt\n` }), is: 'incomplete' },
  { name: 'Payload-Oxum with wrong bytes', clause: '2.2.2', files: bag({ 'bag-info.txt': 'Payload-Oxum: 1.2\n' }), is: 'incomplete' },
  { name: 'Payload-Oxum with wrong files', clause: '2.2.2', files: bag({ 'bag-info.txt': `Payload-Oxum: ${Buffer.byteLength('第一个文件') + 4}.3\n` }), is: 'incomplete' },
  { name: 'a line in bag-info that is no element', clause: '2.2.2', files: bag({ 'bag-info.txt': 'no colon here\n' }), is: 'incomplete' },
  { name: 'fetch.txt with a file that is still to come', clause: '2.2.3', files: bag({ 'fetch.txt': 'http://example.org/x - data/later.txt\n', 'manifest-sha256.txt': `${manifest(payload)}${sum('x')}  data/later.txt\n` }), is: 'incomplete' },
  { name: 'fetch.txt with a path out of the bag', clause: '2.2.3', files: bag({ 'fetch.txt': 'http://example.org/x 1 ../evil\n' }), is: 'incomplete' },
  { name: 'fetch.txt with a file that no manifest lists', clause: '2.2.3', files: bag({ 'fetch.txt': 'http://example.org/x 1 data/x\n' }), is: 'incomplete' },

  { name: 'sums of a wrong length', clause: '2.1.3', files: { ...bag(), 'manifest-sha256.txt': manifest(payload, 'sha512') }, is: 'invalid' },
  { name: 'a payload file with one byte changed', clause: '3', files: { ...bag(), 'data/sub/b.bin': Buffer.from([0, 1, 2, 254]) }, is: 'invalid' },
  { name: 'a tag file with one byte changed', clause: '3', files: { ...withTags({ 'bag-info.txt': 'A: b\n' }), 'bag-info.txt': 'A: c\n' }, is: 'invalid' },
  { name: 'a wrong sum in the second of two manifests', clause: '3', files: bag({ 'manifest-sha512.txt': manifest(payload, 'sha512').replace(/^./u, (digit) => (digit === '0' ? '1' : '0')) }), is: 'invalid' },
];

const lay = (files: Files, links: Readonly<Record<string, string>> = {}): string => {
  const root = join(makeFolder(), '包');
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(root, path));
  return root;
};

describe('a bag by RFC 8493', () => {
  it.each(cases.map((one) => [`${one.is}: ${one.name} (§${one.clause})`, one] as const))('%s', async (_name, { files, links, is }) => {
    const report = await verifyBag(lay(files, links));
    const shown = JSON.stringify(report, null, 1);
    expect(report.valid, shown).toBe(is === 'valid' || is === 'warning');
    expect(report.complete, shown).toBe(is !== 'incomplete');
    expect(report.warnings.length > 0, shown).toBe(is === 'warning');
  });
});

describe('a bag of our own', () => {
  const request = { payload: [{ path: '案卷/第01卷 100%\n.txt', content: Buffer.from('一') }, { path: '目录.csv', content: Buffer.from('二') }], info: [['Source-Organization', '区\n创建办'], ['Bagging-Date', '2024-04-12']] as const };

  it('is valid, by this program and by tools that know nothing of it', async () => {
    const root = join(makeFolder(), '包');
    await writeBag(root, { ...request, payload: request.payload.map((one) => ({ ...one, path: one.path.replace(' 100%\n', '') })) });
    expect(await verifyBag(root)).toMatchObject({ valid: true, complete: true, errors: [], warnings: [] });
    expect(execFileSync('sha256sum', ['--check', '--strict', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'], { cwd: root, encoding: 'utf8' })).not.toContain('FAILED');
    const judge = spawnSync('python3', ['-c', 'import bagit, sys; bagit.Bag(sys.argv[1]).validate()', root], { encoding: 'utf8' });
    if (judge.stderr.includes('ModuleNotFoundError')) process.stderr.write('bagit.py is not on this machine: its verdict was not asked\n');
    else expect(judge.status, judge.stderr).toBe(0);
  });

  it('is the same bytes each time, and there whole or not at all', async () => {
    const [one, other] = [join(makeFolder(), '包'), join(makeFolder(), '包')];
    await writeBag(one, request);
    await writeBag(other, request);
    expect(fingerprint(one)).toEqual(fingerprint(other));
    const gone = join(makeFolder(), '缺');
    await expect(writeBag(gone, { ...request, payload: [...request.payload, { path: 'x', file: '/nowhere', bytes: 1, sha256: sum('x') }] })).rejects.toThrow();
    expect(Object.keys(fingerprint(dirname(gone)))).toEqual([]);
    rmSync(one, { recursive: true });
  });
});
