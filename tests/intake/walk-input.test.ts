import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanFileName, walkInput, type Walked } from '../../src-main/intake/index.ts';
import { makeFolder } from './scratch.ts';

async function collect(paths: readonly string[], options: Parameters<typeof walkInput>[1] = {}): Promise<readonly Walked[]> {
  const met: Walked[] = [];
  for await (const entry of walkInput(paths, options)) met.push(entry);
  return met;
}

describe('walkInput', () => {
  it('walks folders in name order and says where each file came from', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, '乙'));
    for (const name of ['丙.pdf', 'a.pdf', join('乙', 'b.pdf')]) writeFileSync(join(folder, name), 'x');
    const met = await collect([`${folder}/`, join(folder, 'a.pdf')]);
    expect(met.map(({ givenAs }) => givenAs)).toEqual([join(folder, 'a.pdf'), join(folder, '丙.pdf'), join(folder, '乙', 'b.pdf'), join(folder, 'a.pdf')]);
    expect(met.every(({ kind }) => kind === 'file')).toBe(true);
  });

  it('passes over what systems and office programs leave behind, and says so', async () => {
    const folder = makeFolder();
    for (const name of ['Thumbs.db', '.DS_Store', 'desktop.ini', '~$通知.docx', '.~lock.表.xlsx#', '._照片.jpg', '通知.docx']) writeFileSync(join(folder, name), 'x');
    const met = await collect([folder]);
    expect(met.filter(({ kind }) => kind === 'skipped')).toHaveLength(6);
    expect(met.filter(({ kind }) => kind === 'file').map(({ path }) => path)).toEqual([join(folder, '通知.docx')]);
  });

  it('refuses the archive that takes the files in, and every folder of it, however it is named', async () => {
    const folder = makeFolder();
    const own = join(folder, '市南');
    mkdirSync(join(own, 'exports', 'v001'), { recursive: true });
    writeFileSync(join(own, 'archive.sqlite'), 'x');
    writeFileSync(join(own, 'exports', 'v001', '第1卷.pdf'), 'x');
    for (const named of [own, `${own}/`, join(own, 'exports'), join(own, '..', '市南', 'exports', 'v001')]) {
      expect(await collect([named], { own })).toMatchObject([{ kind: 'rejected', givenAs: named, trouble: { message: expect.stringContaining('正在使用的档案库') } }]);
    }
    // One file is taken at the clerk's word.
    expect(await collect([join(own, 'exports', 'v001', '第1卷.pdf')], { own })).toMatchObject([{ kind: 'file' }]);
    // A name that only begins the same is another folder.
    mkdirSync(`${own}材料`);
    writeFileSync(join(`${own}材料`, 'a.pdf'), 'x');
    expect(await collect([`${own}材料`], { own })).toMatchObject([{ kind: 'file' }]);
  });

  it('passes over archives that lie in the folder that was chosen, its own among them', async () => {
    const folder = makeFolder();
    const own = join(folder, '市南');
    for (const archive of [own, join(folder, '旧的.cdarchive')]) {
      mkdirSync(join(archive, 'objects', 'ab'), { recursive: true });
      writeFileSync(join(archive, 'archive.sqlite'), 'x');
      writeFileSync(join(archive, 'objects', 'ab', 'abcdef'), 'x');
    }
    mkdirSync(join(folder, '只是名字.cdarchive'));
    writeFileSync(join(folder, '只是名字.cdarchive', 'b.pdf'), 'x');
    writeFileSync(join(folder, 'a.pdf'), 'x');
    const met = await collect([folder], { own });
    expect(met.filter(({ kind }) => kind === 'file').map(({ path }) => path)).toEqual([join(folder, 'a.pdf'), join(folder, '只是名字.cdarchive', 'b.pdf')]);
    expect(met.filter(({ kind }) => kind === 'skipped').map(({ path }) => path)).toEqual([own, join(folder, '旧的.cdarchive')].toSorted());
    expect(await collect([join(folder, '旧的.cdarchive')], { own })).toMatchObject([{ kind: 'rejected', trouble: { message: expect.stringContaining('收发') } }]);
  });

  it.skipIf(process.platform === 'win32')('refuses links and pipes without opening them', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'a.pdf'), 'x');
    symlinkSync(folder, join(folder, 'loop'));
    symlinkSync('/etc/passwd', join(folder, 'z.pdf'));
    execFileSync('mkfifo', [join(folder, 'pipe.pdf')]);
    const met = await collect([folder]);
    expect(met.map((entry) => (entry.kind === 'rejected' ? entry.trouble.error : entry.kind))).toEqual(['file', 'file-link', 'file-unsupported', 'file-link']);
  });

  it('goes on behind a path that does not exist', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'a.pdf'), 'x');
    const met = await collect([join(folder, 'missing.pdf'), join(folder, 'a.pdf')]);
    expect(met.map((entry) => (entry.kind === 'rejected' ? entry.trouble.error : entry.kind))).toEqual(['file-not-found', 'file']);
  });

  it('stops when it is told to', async () => {
    await expect(collect([makeFolder()], { signal: AbortSignal.abort() })).rejects.toThrow('abort');
  });
});

describe('cleanFileName', () => {
  it('shows the true letters of a name that turns its direction', () => {
    expect(cleanFileName('报告\u202Efdp.exe')).toBe('报告fdp.exe');
    expect(cleanFileName('a\u0007\nb\u200B.pdf')).toBe('ab.pdf');
  });

  it('keeps the extension of a name that is too long', () => {
    const clean = cleanFileName(`${'关于'.repeat(60)}.pdf`);
    expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(200);
    expect(clean).toMatch(/^(关于)+.*….pdf$/u);
  });
});
