import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { derivedPath, hasDerived, objectPath, putDerived, putObject, readObjectStream } from '../../src-main/archive/index.ts';
import { expectTrouble, expectValue, makeArchive, makeFolder, reopen } from './archive-fixture.ts';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const partials = (folder: string): readonly string[] => readdirSync(join(folder, 'objects')).filter((name) => name.startsWith('tmp-'));

describe('putting a file in', () => {
  it.each([0, 1, 1 << 20, 3_500_001])('keeps %i bytes whole, read-only, under their hash', async (size) => {
    const archive = await makeArchive();
    const source = join(makeFolder(), '关于印发〔2024〕10号 方案.pdf');
    const content = randomBytes(size);
    writeFileSync(source, content);
    let counted = 0;
    const stored = expectValue(await putObject(archive, source, { onBytes: (count) => (counted += count) }));
    expect(stored).toEqual({ sha256: hashOf(content), bytes: size, existed: false });
    expect(counted).toBe(size);
    const place = objectPath(archive, stored.sha256);
    expect(place).toBe(join(archive.folder, 'objects', stored.sha256.slice(0, 2), stored.sha256));
    expect(readFileSync(place).equals(content)).toBe(true);
    expect(statSync(place).mode & 0o777).toBe(0o444);
    expect(readFileSync(source).equals(content), 'the source stays').toBe(true);
    expect(partials(archive.folder)).toEqual([]);
  });

  it('keeps the same bytes once, also when they come in at the same time', async () => {
    const archive = await makeArchive();
    const folder = makeFolder();
    const sources = [1, 2, 3, 4].map((no) => join(folder, `${no}.pdf`));
    for (const source of sources) writeFileSync(source, 'same bytes'.repeat(100_000));
    const stored = (await Promise.all(sources.map((source) => putObject(archive, source)))).map(expectValue);
    expect(new Set(stored.map((one) => one.sha256)).size).toBe(1);
    expect(expectValue(await putObject(archive, sources[0] ?? '')).existed).toBe(true);
    expect(partials(archive.folder)).toEqual([]);
  });

  it('mends a damaged object when its file is put in again', async () => {
    const archive = await makeArchive();
    const source = join(makeFolder(), 'a.txt');
    writeFileSync(source, 'whole');
    const { sha256 } = expectValue(await putObject(archive, source));
    chmodSync(objectPath(archive, sha256), 0o644);
    writeFileSync(objectPath(archive, sha256), 'wh0le');
    expect(expectValue(await putObject(archive, source)).existed).toBe(false);
    expect(readFileSync(objectPath(archive, sha256), 'utf8')).toBe('whole');
  });

  it('puts a file in place of a symbolic link that someone left there', async () => {
    const archive = await makeArchive();
    const folder = makeFolder();
    const source = join(folder, 'a.txt');
    writeFileSync(source, 'whole');
    const { sha256 } = expectValue(await putObject(archive, source));
    rmSync(objectPath(archive, sha256));
    symlinkSync(source, objectPath(archive, sha256));
    expectValue(await putObject(archive, source));
    expect(statSync(objectPath(archive, sha256)).ino).not.toBe(statSync(source).ino);
  });

  it.each([
    ['is not there', 'file-not-found', () => undefined],
    ['is a symbolic link', 'file-link', (path: string) => symlinkSync('/etc/hostname', path)],
    ['is a folder', 'file-unsupported', (path: string) => mkdirSync(path)],
    ['is a pipe', 'file-unsupported', (path: string) => execFileSync('mkfifo', [path])],
  ])('answers for one that %s: %s', async (_name, code, make) => {
    const archive = await makeArchive();
    const path = join(makeFolder(), 'x.pdf');
    make(path);
    expect(expectTrouble(await putObject(archive, path))).toMatchObject({ code, path });
    expect(partials(archive.folder)).toEqual([]);
  });

  it('refuses a device', async () => {
    const archive = await makeArchive();
    expect(expectTrouble(await putObject(archive, '/dev/zero')).code).toBe('file-unsupported');
  });

  it.each([
    ['grows', 'file-changed', (path: string) => appendFileSync(path, 'more')],
    ['is written to', 'file-changed', (path: string) => writeFileSync(path, Buffer.alloc(5_000_000, 1))],
    ['is cut short', 'file-changed', (path: string) => writeFileSync(path, 'short')],
    ['vanishes', 'file-vanished', (path: string) => rmSync(path)],
    [
      'is replaced by another',
      'file-changed',
      (path: string) => {
        writeFileSync(`${path}.new`, Buffer.alloc(5_000_000));
        renameSync(`${path}.new`, path);
      },
    ],
  ])('keeps nothing of one that %s while it is read', async (_name, code, disturb) => {
    const archive = await makeArchive();
    const source = join(makeFolder(), 'a.bin');
    writeFileSync(source, Buffer.alloc(5_000_000));
    let disturbed = false;
    const onBytes = (): void => {
      if (disturbed) return;
      disturbed = true;
      disturb(source);
    };
    expect(expectTrouble(await putObject(archive, source, { onBytes }))).toEqual({ code, path: source });
    expect(readdirSync(join(archive.folder, 'objects'))).toEqual([]);
  });

  it('stops in the middle when it is cancelled and leaves nothing', async () => {
    const archive = await makeArchive();
    const source = join(makeFolder(), 'a.bin');
    writeFileSync(source, Buffer.alloc(5_000_000));
    const stop = new AbortController();
    let pieces = 0;
    const onBytes = (): void => {
      pieces += 1;
      stop.abort();
    };
    expect(expectTrouble(await putObject(archive, source, { signal: stop.signal, onBytes })).code).toBe('cancelled');
    expect(pieces).toBe(1);
    expect(readdirSync(join(archive.folder, 'objects'))).toEqual([]);
  });

  it('clears away at the next opening what a killed import left', async () => {
    const archive = await makeArchive();
    writeFileSync(join(archive.folder, 'objects', 'tmp-1-dead'), 'half');
    mkdirSync(join(archive.folder, 'exports', 'tmp-half'));
    archive.close();
    await reopen(archive.folder);
    expect(partials(archive.folder)).toEqual([]);
    expect(readdirSync(join(archive.folder, 'exports'))).toEqual([]);
  });
});

describe('reading an object', () => {
  it('streams the range that was asked for', async () => {
    const archive = await makeArchive();
    const source = join(makeFolder(), 'a.bin');
    writeFileSync(source, '0123456789');
    const { sha256 } = expectValue(await putObject(archive, source));
    const pieces: Buffer[] = [];
    for await (const piece of readObjectStream(archive, sha256, { start: 2, end: 5 })) pieces.push(Buffer.from(piece));
    expect(Buffer.concat(pieces).toString()).toBe('2345');
  });
});

describe('derived files', () => {
  it('are written under a plain name and replaced by a newer one', async () => {
    const archive = await makeArchive();
    expect(await hasDerived(archive, 'pdf/a.pdf')).toBe(false);
    const path = expectValue(await putDerived(archive, 'pdf/a.pdf', Buffer.from('one')));
    expect(expectValue(await putDerived(archive, 'pdf/a.pdf', Buffer.from('two')))).toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(await hasDerived(archive, 'pdf/a.pdf')).toBe(true);
  });

  it.each(['../x.pdf', 'pdf/../../x', '/etc/passwd', 'x.pdf', 'pdf/a/b', 'pdf/..', 'text.sqlite', 'pdf/a\0'])('never leave their folder: %j', async (name) => {
    const archive = await makeArchive();
    expect(() => derivedPath(archive, name)).toThrow(/not a name/);
    await expect(putDerived(archive, name, Buffer.from('x'))).rejects.toThrow(/not a name/);
    expect(existsSync(join(archive.folder, 'x.pdf'))).toBe(false);
  });
});
