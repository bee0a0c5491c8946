import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReadingRoom } from '../../src-main/exchange/reading-room.ts';
import { fingerprint } from '../archive/archive-fixture.ts';
import { makePdf, openWorkbench } from '../service/service-fixture.ts';
import type { Workbench } from '../service/service-fixture.ts';

let bench: Workbench;
let bag: string;

beforeAll(async () => {
  bench = await openWorkbench({ today: '2024-04-12' });
  await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  const first = await makePdf(join(bench.folder, '一', '空气质量公报.pdf'), [['空气质量公报', '第一页'], ['第二页']]);
  const second = await makePdf(join(bench.folder, '二', '水质 <b>&"报告".pdf'), [['水质报告']]);
  await bench.ask('evidence.import', { jobId: 'i', paths: [first], indicator: '3', year: 2021 });
  await bench.ask('evidence.import', { jobId: 'i', paths: [second], indicator: '5.1', year: 2022 });
  await bench.ask('indicator.setValue', { code: '3', year: 2021, value: 91.5, unit: '%' });
  await bench.ask('binding.export', { jobId: 'e', draft: true });
});
afterAll(() => bench.close());

describe('the submission package', () => {
  it('holds volumes, papers, originals, metadata and a reading room, and is a valid bag', async () => {
    const made = await bench.ask('exchange.package', { jobId: 'p', out: join(bench.folder, '包') });
    bag = made.folder;
    const files = Object.keys(fingerprint(bag)).filter((path) => !statSync(join(bag, path)).isDirectory());
    for (const wanted of [/objects\/案卷\/第01卷.*\.pdf$/u, /objects\/案卷\/归档文件目录\.xlsx$/u, /objects\/案卷\/.*\.docx$/u, /objects\/原件\/第01卷\/001 .*\.pdf$/u, /metadata\/文书类电子文件元数据\.xml$/u, /metadata\/metadata\.csv$/u, /阅览室\.html$/u]) {
      expect(files.some((path) => wanted.test(path)), String(wanted)).toBe(true);
    }
    expect(await bench.ask('exchange.verifyPackage', { jobId: 'v', folder: bag })).toMatchObject({ valid: true, complete: true, errors: [], warnings: [] });
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'], { cwd: bag });
    execFileSync('python3', ['-c', 'import sys, xml.dom.minidom as m; d = m.parse(sys.argv[1]); assert len(d.getElementsByTagName("题名")) == 2', join(bag, 'data', 'metadata', '文书类电子文件元数据.xml')]);
  });

  it('meets its published profile', () => {
    const profile: { readonly 'Bag-Info': Record<string, { readonly required: boolean }>; readonly 'Manifests-Required': string[]; readonly 'Tag-Manifests-Required': string[]; readonly 'Accept-BagIt-Version': string[]; readonly 'Allow-Fetch.txt': boolean; readonly 'Tag-Files-Allowed': string[] } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../docs/bagit-profile.json'), 'utf8'),
    );
    const labels = new Set(readFileSync(join(bag, 'bag-info.txt'), 'utf8').split('\n').map((line) => line.split(':')[0]));
    for (const [label, { required }] of Object.entries(profile['Bag-Info'])) if (required) expect(labels, label).toContain(label);
    const top = readdirSync(bag);
    expect(top.filter((name) => name.startsWith('manifest-')).map((name) => name.slice(9, -4))).toEqual(profile['Manifests-Required']);
    expect(top.filter((name) => name.startsWith('tagmanifest-')).map((name) => name.slice(12, -4))).toEqual(profile['Tag-Manifests-Required']);
    expect(profile['Accept-BagIt-Version']).toContain(/BagIt-Version: (\S+)/u.exec(readFileSync(join(bag, 'bagit.txt'), 'utf8'))?.[1]);
    expect(top.includes('fetch.txt') && !profile['Allow-Fetch.txt']).toBe(false);
    expect(profile['Tag-Files-Allowed']).toEqual([]);
  });

  it('is the same bytes when written again, also after the archive went on', async () => {
    const third = await makePdf(join(bench.folder, '三', '后来的.pdf'), [['后来']]);
    await bench.ask('evidence.import', { jobId: 'i', paths: [third], indicator: '3', year: 2022 });
    await bench.ask('indicator.setValue', { code: '3', year: 2021, value: 92, unit: '%' });
    const again = await bench.ask('exchange.package', { jobId: 'p', out: join(bench.folder, '再'), version: 'v001' });
    expect(fingerprint(again.folder)).toEqual(fingerprint(bag));
  });

  it('is refused where it was changed, and never written over what is there', async () => {
    expect(await bench.refuse('exchange.package', { jobId: 'p', out: join(bench.folder, '包') })).toBe('folder-not-empty');
    const room = join(bag, 'data', 'objects', '阅览室.html');
    const before = readFileSync(room);
    writeFileSync(room, before.subarray(0, before.length - 1));
    const judged = await bench.ask('exchange.verifyPackage', { jobId: 'v', folder: bag });
    expect(judged.valid).toBe(false);
    expect(judged.errors.map((error) => error.path)).toContain('data/objects/阅览室.html');
    writeFileSync(room, before);
  });
});

describe('two versions', () => {
  it('are compared by figures, evidence and pages, on the page and on paper', async () => {
    await bench.ask('binding.export', { jobId: 'e', draft: true });
    const compared = await bench.ask('exchange.compare', { from: 'v001', to: 'v002' });
    expect(compared.differences).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ indicator: '3', kind: 'value', what: '2021年数值', before: '91.5%', after: '92%' }),
        expect.objectContaining({ indicator: '3', kind: 'evidence', before: '', after: expect.stringMatching(/第\d+卷/u) }),
      ]),
    );
    expect(compared.reprint.length).toBeGreaterThan(0);
    expect((await bench.ask('exchange.compare', { from: 'v002', to: 'v002' })).differences).toEqual([]);
    expect(await bench.refuse('exchange.compare', { from: 'v001', to: 'v009' })).toBe('wrong-input');
    const paper = await bench.ask('papers.make', { jobId: 'm', kind: 'version-comparison', scope: 'v001-v002', format: 'pdf', out: join(bench.folder, '对照.pdf') });
    expect(execFileSync('pdftotext', ['-layout', paper.path, '-'], { encoding: 'utf8' })).toContain('91.5%');
  });
});

describe('the reading room', () => {
  const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
  const html = renderReadingRoom({
    title: hostile, subtitle: hostile, volumes: [],
    indicators: [{ code: '1', name: hostile, group: '', target: '', verdict: '', values: '' }],
    items: [{ indicator: '1', title: hostile, documentNumber: '', issuer: '', date: '', volume: 1, pages: '1–2', file: 'a.pdf', filePage: 5, original: '' }],
  });

  it('holds what it is given as text, and lets nothing run but its own script', () => {
    expect(html.match(/<script/gu)).toHaveLength(2);
    expect(html).not.toMatch(/<img|https?:\/\/(?!www\.w3\.org)/u);
    const policy = /Content-Security-Policy" content="([^"]+)"/u.exec(html)?.[1] ?? '';
    const script = /<script>([\s\S]*?)<\/script>/u.exec(html)?.[1] ?? '';
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
  });
});
