import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import readSheets from 'read-excel-file/node';
import { listLinksOfIndicator } from '../../src-main/archive/index.ts';
import { succeed } from '../../src-main/contract/index.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { readForm, writeForm } from '../../src-main/exchange/form-sheet.ts';
import type { IndicatorForm } from '../../src-main/exchange/form-sheet.ts';
import { makePdf, openWorkbench } from '../service/service-fixture.ts';
import type { Workbench } from '../service/service-fixture.ts';

const unit = '区教育体育局';
let bench: Workbench;
let folder: string;

const fill = async (code: string, change: (form: IndicatorForm) => IndicatorForm, place = folder): Promise<string> => {
  const home = readdirSync(place).find((name) => name.startsWith(`${code} `));
  if (home === undefined) throw new Error(`no folder for ${code}`);
  const path = join(place, home, '填报表.xlsx');
  writeFileSync(path, await writeForm(change(await readForm(path))));
  return join(place, home);
};

beforeAll(async () => {
  bench = await openWorkbench({ today: '2024-04-12' });
  await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
});
afterAll(() => bench.close());

describe('a folder that a unit fills without the program', () => {
  it('has a folder for each indicator with a note, a form and places for its files', async () => {
    const state = await bench.ask('exchange.state', {});
    const some = state.units.find((one) => one.name === unit) ?? state.units[0];
    expect(some).toBeDefined();
    const answer = await bench.ask('exchange.handOut', { jobId: 'out', units: [some?.name ?? ''], folder: join(bench.folder, 'U盘'), as: 'forms', due: '2024-04-20' });
    expect(answer.failed).toEqual([]);
    const [made] = answer.packs;
    folder = join(bench.folder, 'U盘', made?.path ?? '');
    const places = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(places).toHaveLength(made?.indicators ?? 0);
    for (const place of places) {
      expect(readFileSync(join(folder, place.name, '说明.txt'), 'utf8')).toContain('须提交的材料');
      expect(existsSync(join(folder, place.name, '佐证材料'))).toBe(true);
    }
    expect(existsSync(join(folder, '任务分解表.docx'))).toBe(true);
  });

  it('comes in with its values, texts, signatures and files, each under its year', async () => {
    const state = await bench.ask('exchange.state', {});
    const [name] = state.out.map((pack) => pack.unit);
    const catalog = await bench.ask('catalog.read', {});
    const mine = catalog.groups.flatMap((group) => group.indicators).filter((one) => one.kind === 'assessed' && readdirSync(folder).some((place) => place.startsWith(`${one.code} `)));
    const code = mine[0]?.code ?? '';
    const home = await fill(code, (form) => ({
      ...form, person: '李雷', phone: '0532-88880000', text: '三年均已达标。', signer: '韩梅梅',
      years: form.years.map((row, index) => ({ ...row, value: ['９６．３％', '1,024.5', '约九十'][index] ?? '', unit: '%', source: index === 0 ? '年报2021' : '', page: '1' })),
    }));
    await makePdf(join(home, '佐证材料', '2021年', '年报2021.pdf'), [['关于二〇二一年的年报']]);
    await makePdf(join(home, '佐证材料', '不分年度', '通知.pdf'), [['通知']]);
    writeFileSync(join(home, '佐证材料', '2021年', 'Thumbs.db'), 'x');
    writeFileSync(join(home, '~$填报表.xlsx'), 'x');
    renameSync(home, join(folder, '改过的名字'));

    const merged = await bench.ask('exchange.merge', { jobId: 'in', path: folder });
    expect(merged).toMatchObject({ kind: 'forms', unit: name, items: 2, values: 2, texts: 1, conflicts: 0 });
    expect(merged.notes.join('\n')).toMatch(/约九十.*不是数字/u);
    const indicator = await bench.ask('indicator.read', { code });
    expect(indicator.values.map((row) => [row.year, row.value, row.sourcePage])).toEqual([[2021, 96.3, 1], [2022, 1024.5, null]]);
    expect(indicator.values[0]?.sourceEvidence).not.toBeNull();
    expect(JSON.stringify(indicator)).toContain('三年均已达标。');
    expect(JSON.stringify(indicator)).toContain('韩梅梅');
    expect(await bench.session.read(({ db }) => succeed(listLinksOfIndicator(db, indicatorCode(code)).map((link) => link.year)))).toMatchObject({ value: expect.arrayContaining([2021, null]) });

    const again = await bench.ask('exchange.merge', { jobId: 'in', path: folder });
    expect(again, 'the same folder once more changes nothing').toMatchObject({ again: true, items: 0 });
  });

  it('comes in zipped by Windows, with names in GBK', async () => {
    const copy = join(bench.folder, '再报');
    cpSync(folder, copy, { recursive: true });
    await makePdf(join(copy, '改过的名字', '佐证材料', '2022年', '新增材料.pdf'), [['新增']]);
    const zip = join(bench.folder, '报送.zip');
    // Stored as Chinese Windows does: GBK bytes without the UTF-8 flag.
    execFileSync('python3', ['-c', `
import os, sys, zipfile
class Info(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode('gbk'), self.flag_bits & ~0x800
with zipfile.ZipFile(sys.argv[2], 'w') as z:
    for root, _, names in os.walk(sys.argv[1]):
        for n in names:
            p = os.path.join(root, n)
            z.writestr(Info(os.path.relpath(p, os.path.dirname(sys.argv[1]))), open(p, 'rb').read())
`, copy, zip]);
    expect(await bench.ask('exchange.merge', { jobId: 'in', path: zip })).toMatchObject({ kind: 'forms', items: 1 });
  });

  it('shows a figure that both changed, and keeps ours until decided', async () => {
    const state = await bench.ask('exchange.state', {});
    const catalog = await bench.ask('catalog.read', {});
    const code = catalog.groups.flatMap((group) => group.indicators).find((one) => one.kind === 'assessed' && readdirSync(folder).some((place) => place.startsWith(`${one.code} `)))?.code ?? '';
    expect(code).not.toBe('');
    await fill(code, (form) => ({ ...form, years: form.years.map((row) => ({ ...row, value: '55', unit: '%' })) }));
    await bench.ask('indicator.setValue', { code, year: 2022, value: 66, unit: '%' });
    const merged = await bench.ask('exchange.merge', { jobId: 'in', path: folder });
    expect(merged.conflicts).toBe(1);
    const [conflict] = (await bench.ask('exchange.state', {})).conflicts;
    expect(conflict).toMatchObject({ indicator: code, ours: expect.arrayContaining([{ label: '数值', text: '66' }]), theirs: expect.arrayContaining([{ label: '数值', text: '55' }]) });
    expect(await bench.ask('exchange.decide', { id: conflict?.id, take: 'theirs' })).toEqual({ open: 0 });
    expect((await bench.ask('indicator.read', { code })).values.find((row) => row.year === 2022)?.value).toBe(55);
    expect(state.conflicts).toEqual([]);
  });

  it('is known for what it said the last time: a word that is said again later comes in, an empty cell takes nothing away', async () => {
    const catalog = await bench.ask('catalog.read', {});
    const code = catalog.groups.flatMap((group) => group.indicators).find((one) => one.kind === 'assessed' && readdirSync(folder).some((place) => place.startsWith(`${one.code} `)))?.code ?? '';
    const hand = async (value: string): Promise<unknown> => {
      await fill(code, (form) => ({ ...form, years: form.years.map((row) => ({ ...row, value: row.year === 2021 ? value : '', unit: '%' })) }));
      return bench.ask('exchange.merge', { jobId: 'in', path: folder });
    };
    const read = async (): Promise<number | undefined> => (await bench.ask('indicator.read', { code })).values.find((row) => row.year === 2021)?.value;
    for (const [value, is] of [['56', 56], ['', 56], ['57', 57], ['56.0', 56]] as const) {
      expect(await hand(value), value).toMatchObject({ again: false, conflicts: 0 });
      expect(await read()).toBe(is);
    }
    // The office changes it in the meantime: now both did.
    await bench.ask('indicator.setValue', { code, year: 2021, value: 60, unit: '%' });
    expect(await hand('56.00'), 'the same word again says nothing new').toMatchObject({ conflicts: 0, values: 0 });
    expect(await hand('58')).toMatchObject({ conflicts: 1 });
    expect(await read()).toBe(60);
  });
});

describe('the form', () => {
  it('keeps hostile text as text', async () => {
    const path = join(bench.folder, '式.xlsx');
    const hostile = '=HYPERLINK("http://evil","x")';
    writeFileSync(path, await writeForm({ code: '1', name: hostile, target: hostile, unit: hostile, person: '@SUM(1)', phone: '+1', years: [{ year: 2021, value: '=1+1', unit: '', numerator: '', denominator: '', source: '', page: '', note: hostile }], text: hostile, declarations: [], signer: '', none: '' }));
    expect(execFileSync('unzip', ['-p', path, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' })).not.toContain('<f>');
    expect(JSON.stringify(await readSheets(path))).toContain(JSON.stringify(hostile).slice(1, -1));
    expect((await readForm(path)).text).toBe(hostile);
  });
});
