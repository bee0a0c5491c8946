import { execFileSync, spawnSync } from 'node:child_process';
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

const hasOffice = spawnSync('soffice', ['--version']).status === 0;

describe('forms as office programs save them', () => {
  let unfilled: string;
  let codes: readonly string[];

  /** Saves a file again, as LibreOffice does when a clerk presses Ctrl+S. */
  const saveAgain = (path: string): void => {
    const out = join(bench.folder, `另存${codes.length}`);
    execFileSync('soffice', [`-env:UserInstallation=file://${bench.folder}/profile`, '--headless', '--convert-to', path.endsWith('.xlsx') ? 'xlsx' : 'docx', '--outdir', out, path], { stdio: 'ignore', timeout: 120_000 });
    cpSync(join(out, path.endsWith('.xlsx') ? '填报表.xlsx' : '填报表.docx'), path);
  };
  const homeOf = (code: string): string => join(unfilled, readdirSync(unfilled).find((name) => name.startsWith(`${code} `)) ?? '');
  const read = async (code: string): Promise<{ readonly figures: readonly (number | null)[]; readonly report: string }> => {
    const indicator = await bench.ask('indicator.read', { code });
    return { figures: indicator.values.filter((row) => row.year >= 2021).map((row) => row.value), report: indicator.report };
  };
  /** Types into a document as Word keeps it: runs that spelling has split, an insertion and a deletion that are tracked, two paragraphs in a cell. */
  const typeInto = (path: string, figure: string, text: readonly string[]): void =>
    void execFileSync('python3', ['-c', `
import re, sys, zipfile
path, figure, *text = sys.argv[1:]
parts = [(i, zipfile.ZipFile(path).read(i)) for i in zipfile.ZipFile(path).infolist()]
run = lambda t: '<w:r><w:t xml:space="preserve">' + t + '</w:t></w:r>'
track = 'w:id="%d" w:author="李雷" w:date="2024-04-01T00:00:00Z"'
def put(cell, inner): return re.sub(r'</w:p>(?=</w:tc>$)', lambda m: inner + '</w:p>', cell)
def change(xml):
    rows = re.split(r'(?<=</w:tr>)', xml)
    for i, row in enumerate(rows):
        cells = re.split(r'(?<=</w:tc>)', row)
        said = [''.join(re.findall(r'<w:t[^>]*>([^<]*)', c)) for c in cells]
        if said[0].strip() == '2023':
            cells[1] = put(cells[1], run(figure[:1]) + '<w:proofErr w:type="spellStart"/><w:del ' + track % 901 + '><w:r><w:delText>5</w:delText></w:r></w:del><w:ins ' + track % 902 + '>' + run(figure[1:]) + '</w:ins>')
        if i and '达标情况说明' in rows[i - 1]:
            cells[0] = put(cells[0], run(text[0]) + '</w:p><w:p>' + run(text[1]))
        rows[i] = ''.join(cells)
    return ''.join(rows)
with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as out:
    for info, body in parts:
        out.writestr(info.filename, change(body.decode()).encode() if info.filename == 'word/document.xml' else body)
`, path, figure, ...text]);

  beforeAll(async () => {
    const known = (await bench.ask('exchange.state', {})).out[0]?.unit ?? '';
    const answer = await bench.ask('exchange.handOut', { jobId: 'again', units: [known], folder: join(bench.folder, '再发'), as: 'forms', due: '' });
    unfilled = join(bench.folder, '再发', answer.packs[0]?.path ?? '');
    const catalog = await bench.ask('catalog.read', {});
    codes = catalog.groups.flatMap((group) => group.indicators).filter((one) => one.kind === 'assessed' && readdirSync(unfilled).some((place) => place.startsWith(`${one.code} `))).map((one) => one.code);
  });

  it('come in from a document that was filled in Word, its other half left alone', async () => {
    const [code = ''] = codes;
    typeInto(join(homeOf(code), '填报表.docx'), '97.5%', ['文档里写的说明。', '第二段。']);
    expect(await bench.ask('exchange.merge', { jobId: 'in', path: unfilled })).toMatchObject({ kind: 'forms', conflicts: 0, values: 1, texts: 1 });
    expect(await read(code)).toMatchObject({ figures: expect.arrayContaining([97.5]), report: expect.stringMatching(/文档里写的说明。\n第二段。$/u) });
  });

  it.skipIf(!hasOffice)('come in from a workbook and a document that LibreOffice saved again (needs soffice)', { timeout: 180_000 }, async () => {
    const [code = '', other = code] = codes;
    await fill(other, (form) => ({ ...form, text: '表格里写的说明。', years: form.years.map((row) => (row.year === 2022 ? { ...row, value: '９８．５％', unit: '%' } : row)) }), unfilled);
    saveAgain(join(homeOf(other), '填报表.xlsx'));
    if (other !== code) {
      typeInto(join(homeOf(code), '填报表.docx'), '', ['', '第三段。']);
      saveAgain(join(homeOf(code), '填报表.docx'));
    }
    expect(await bench.ask('exchange.merge', { jobId: 'in', path: unfilled })).toMatchObject({ again: false, conflicts: 0 });
    expect((await read(other)).figures).toContain(98.5);
    expect((await read(other)).report).toBe('表格里写的说明。');
    if (other !== code) expect(await read(code)).toMatchObject({ figures: expect.arrayContaining([97.5]), report: expect.stringContaining('第三段。') });
  });

  it('are not taken where both of one indicator were filled', async () => {
    const [code = ''] = codes;
    await fill(code, (form) => ({ ...form, text: '表格里又写了一遍。' }), unfilled);
    const merged = await bench.ask('exchange.merge', { jobId: 'in', path: unfilled });
    expect(merged.notes.join('\n')).toMatch(/填报表\.docx”和“填报表\.xlsx”都填过，请只留一份/u);
    expect((await read(code)).report).not.toContain('又写了一遍');
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
