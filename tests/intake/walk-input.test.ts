import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanFileName, walkInput, type Walked } from '../../src-main/intake/index.ts';
import { makeFolder } from './scratch.ts';

async function collect(paths: readonly string[], signal?: AbortSignal): Promise<readonly Walked[]> {
  const met: Walked[] = [];
  for await (const entry of walkInput(paths, signal === undefined ? {} : { signal })) met.push(entry);
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
    await expect(collect([makeFolder()], AbortSignal.abort())).rejects.toThrow('abort');
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
