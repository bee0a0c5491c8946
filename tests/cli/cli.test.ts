import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePdf } from '../service/service-fixture.ts';

const root = resolve(import.meta.dirname, '../..');

/** Runs a command as a person would, in its own process. */
function cli(...args: readonly string[]): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const run = spawnSync(process.execPath, [join(root, 'scripts/cli.mjs'), ...args], { encoding: 'utf8', cwd: root, env: { ...process.env, INIT_CWD: root } });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** The one JSON object that `--json` prints, and nothing else. */
function json(run: { readonly stdout: string }): Record<string, unknown> {
  const lines = run.stdout.trim().split('\n');
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chuangdang-cli-'));
    // Builds what is stale, so that the first measured command is like the others.
    cli('--version');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('tells its version and its commands', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
    expect(cli('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
    const help = cli('--help');
    expect(help.code).toBe(0);
    for (const name of ['new', 'catalog', 'import', 'set', 'check', 'export', 'bind', 'search', 'verify', 'restore', 'demo']) expect(help.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it('ends with 2 on wrong use and 3 where it could not', () => {
    expect(cli('frobnicate').code).toBe(2);
    expect(cli('constructor').code).toBe(2);
    expect(cli('new').code).toBe(2);
    expect(cli('check', folder, '--nonsense').code).toBe(2);
    const missing = cli('check', join(folder, 'nowhere'), '--json');
    expect(missing.code).toBe(3);
    expect(json(missing)).toMatchObject({ error: { code: 'archive-not-found' } });
    expect(missing.stderr).toContain('找不到档案库');
  });

  it('walks from a new archive to a bound draft', async () => {
    const archive = join(folder, 'a.cdarchive');
    expect(json(cli('new', archive, '--json'))).toMatchObject({ archive, indicators: 36, questions: [] });
    const pdf = await makePdf(join(folder, '数据表.pdf'), [['2023年县城污水处理率96.3%'], ['第二页']]);
    await writeFile(join(folder, '坏.pdf'), '%PDF-1.4 nothing follows');
    const imported = cli('import', archive, pdf, join(folder, '坏.pdf'), '--to', '5.1', '--year', '2023', '--json');
    expect(imported.code).toBe(1);
    expect(json(imported)).toMatchObject({ imported: [{ file: pdf, kind: 'pdf', pages: 2 }], duplicates: [], rejected: [{ file: join(folder, '坏.pdf') }] });
    expect(json(cli('set', archive, '5.1', '--year', '2023', '--value', '96.3', '--unit', '%', '--json'))).toMatchObject({ indicator: '5.1', verdicts: [{ verdict: 'missing' }, { verdict: 'missing' }, { year: 2023, verdict: 'met' }] });
    expect(cli('set', archive, '5.1', '--year', 'x', '--value', '96.3').code).toBe(2);
    expect(cli('set', archive, '5.1', '--declare', '3=maybe').code).toBe(2);
    const check = cli('check', archive, '--json');
    expect(check.code).toBe(1);
    expect(json(check)).toMatchObject({ indicators: 36 });
    expect(json(cli('search', archive, '污水', '--json'))).toMatchObject({ hits: expect.arrayContaining([expect.objectContaining({ page: 1 })]) });
    const out = join(folder, 'out');
    const exported = cli('export', archive, '--out', out, '--json');
    expect(exported.code).toBe(1);
    const result = json(exported);
    expect(result).toMatchObject({ version: 'v001', draft: true, late: [], volumes: [{ no: 1, items: 1, pages: 2 }] });
    for (const file of result['files'] as readonly { readonly path: string }[]) expect(existsSync(join(out, file.path))).toBe(true);
    expect(json(cli('verify', archive, '--json'))).toMatchObject({ ok: true, objects: 1 });
    // A file of an indicator before it comes late: into the volume without a new number on what was bound.
    const late = join(folder, 'late.cdarchive');
    await cp(archive, late, { recursive: true });
    cli('import', late, await makePdf(join(folder, '迟到.pdf'), [['迟到的文件']]), '--to', '4', '--year', '2023');
    expect(cli('export', late, '--out', join(folder, 'late'), '--late', 'both').code).toBe(2);
    expect(json(cli('export', late, '--out', join(folder, 'late'), '--late', 'suffix', '--json'))).toMatchObject({
      late: [{ volume: 1, mode: 'suffix', renumberSheets: 3, suffixSheets: 1, inserts: ['0-1'], free: [] }],
      reprint: [{ volume: 1, sheets: expect.arrayContaining(['插入 0-1']) }],
    });
    const copy = join(folder, '副本.cdarchive');
    await cp(archive, copy, { recursive: true });
    const [object = ''] = readdirSync(join(archive, 'objects'), { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}$/.test(name));
    chmodSync(join(archive, 'objects', object), 0o644);
    await writeFile(join(archive, 'objects', object), '坏了');
    const damaged = cli('verify', archive, '--json');
    expect(damaged.code).toBe(1);
    expect(json(damaged)).toMatchObject({ ok: false, problems: [{ kind: 'object-changed', mends: 'copy' }] });
    expect(json(cli('verify', archive, '--repair', copy, '--json'))).toMatchObject({ ok: true, repaired: [{ path: `objects/${object}`, from: join(copy, 'objects', object) }], problems: [] });
    expect(cli('verify', archive, '--repair', archive).stderr).toContain('另存在别处');
    // A command keeps no daily backups; those of a window are listed and gone back to in the same way.
    expect(json(cli('restore', archive, '--json'))).toMatchObject({ backups: [] });
    expect(cli('restore', archive, '--backup', '没有').code).toBe(3);
  });

  it('binds files without an archive: contents, stamps and the file agree', async () => {
    const files: string[] = [];
    for (const [index, pages] of [3, 1, 4].entries()) files.push(await makePdf(join(folder, `来源${index + 1}.pdf`), Array.from({ length: pages }, (_, page) => [`来源${index + 1} 第${page + 1}面`])));
    const out = join(folder, 'bound.pdf');
    const bound = cli('bind', ...files, join(folder, '没有.pdf'), '--out', out, '--toc', '--stamp', '--json');
    expect(bound.code).toBe(1);
    expect(json(bound)).toMatchObject({
      pages: 9,
      sources: [{ file: files[0], pages: 3, firstPage: 2 }, { file: files[1], pages: 1, firstPage: 5 }, { file: files[2], pages: 4, firstPage: 6 }],
      failed: [{ file: join(folder, '没有.pdf'), error: 'file-not-found' }],
    });
    execFileSync('qpdf', ['--check', out]);
    const pages = execFileSync('pdftotext', ['-layout', out, '-'], { encoding: 'utf8' }).split('\f');
    for (const [index, expected] of ['来源1.pdf', '来源1 第1面', '来源1 第2面', '来源1 第3面', '来源2 第1面', '来源3 第1面'].entries()) {
      expect(pages[index]).toContain(expected);
      expect(pages[index]).toMatch(new RegExp(`(^|\\s)${index + 1}(\\s|$)`));
    }
    expect(pages[0]?.match(/来源[123]\.pdf[ .]*\s+\d+/gu)?.map((row) => row.split(/\s+/).at(-1))).toEqual(['2', '5', '6']);
    const again = join(folder, 'again', 'bound.pdf');
    await makePdf(join(folder, 'again', 'x.pdf'), [['x']]);
    cli('bind', ...files, '--out', again, '--toc', '--stamp');
    expect(readFileSync(again).equals(readFileSync(out))).toBe(true);
  });

  it('writes nothing where nothing can be bound', () => {
    const out = join(folder, 'none.pdf');
    const bound = cli('bind', join(folder, '坏.pdf'), '--out', out, '--json');
    expect(bound.code).toBe(1);
    expect(json(bound)).toMatchObject({ pages: 0, sources: [], failed: [{ error: 'file-damaged' }] });
    expect(existsSync(out)).toBe(false);
  });
});
