import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listEvidence, transact, setValue, verifyArchive } from '../../src-main/archive/index.ts';
import type { WritableArchive } from '../../src-main/archive/index.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { mergePack, openPack, openPackAsArchive, withUnpacked, writePack } from '../../src-main/exchange/index.ts';
import { expectTrouble, expectValue, fileItem, fingerprint, makeArchive, makeFolder } from '../archive/archive-fixture.ts';
import { openAtUnit, packOf, stateOf } from './exchange-fixture.ts';

/**
 * Each case is one attack or accident on the way between two offices, made with Python's zipfile, which writes whatever it is told. After
 * each the archive says what it said before, and nothing has been written outside of it.
 */
const python = (script: string, ...args: readonly string[]): void => void execFileSync('python3', ['-c', `import sys, zipfile, json, hashlib, io\n${script}`, ...args]);

/** Rewrites a pack entry by entry; `change` is Python over `name`, `body` (bytes) and `out` (the new ZipFile). */
const rewrite = (pack: string, change: string, comment = 'src.comment'): string => {
  const out = join(makeFolder(), '改.cdpack');
  python(
    `
src = zipfile.ZipFile(sys.argv[1])
out = zipfile.ZipFile(sys.argv[2], 'w')
for info in src.infolist():
    name, body = info.filename, src.read(info)
    keep = True
${change.split('\n').map((line) => `    ${line}`).join('\n')}
    if keep: out.writestr(zipfile.ZipInfo(name), body)
out.comment = ${comment}
out.close()
`,
    pack,
    out,
  );
  return out;
};

/** Makes a ZIP of the given entries: name, body, and how it is marked. */
const zipOf = (entries: string): string => {
  const out = join(makeFolder(), '恶.zip');
  python(`out = zipfile.ZipFile(sys.argv[1], 'w')\ndef add(name, body=b'x', mode=0o100644, method=zipfile.ZIP_STORED):\n    i = zipfile.ZipInfo(name); i.external_attr = mode << 16; i.compress_type = method; i.create_system = 3; out.writestr(i, body)\n${entries}\nout.close()`, out);
  return out;
};

let office: WritableArchive;
let back: string;

const expectRefused = async (path: string, code: string, detail?: RegExp): Promise<void> => {
  const before = stateOf(office);
  const trouble = expectTrouble(await mergePack(office, path, { actor: '王敏' }));
  expect(trouble).toMatchObject({ code });
  if (detail !== undefined) expect('detail' in trouble ? trouble.detail : '').toMatch(detail);
  expect(stateOf(office)).toEqual(before);
  expect((await verifyArchive(office)).problems.filter((problem) => problem.harmful)).toEqual([]);
};

describe('a pack that comes back', () => {
  const prepare = async (): Promise<void> => {
    office = await makeArchive();
    const unit = await openAtUnit(await packOf(office));
    await fileItem(unit, '单位的材料');
    transact(unit.db, '李雷', (tx) => setValue(tx, { indicator: indicatorCode('1'), year: 2022, value: 93, unit: '%', numerator: null, denominator: null, sourceEvidence: null, sourcePage: null }));
    back = await packOf(unit, { kind: 'return' });
  };

  const cases: readonly (readonly [name: string, make: (pack: string) => string, code: string, detail?: RegExp])[] = [
    ['with one byte of an object changed', (pack) => rewrite(pack, "if name.startswith('objects/'): body = body[:-1] + bytes([body[-1] ^ 1])"), 'pack-changed', /原件.*不符/u],
    ['with a figure changed in its rows', (pack) => rewrite(pack, "if name == 'rows.ndjson': body = body.replace(b'\"value\":93', b'\"value\":99')"), 'pack-changed', /登记数据与清单不符/u],
    ['with its histories changed', (pack) => rewrite(pack, "if name == 'histories.ndjson': body = body.replace(b'a', b'b')"), 'pack-changed', /登记数据与清单不符/u],
    ['with rows and manifest changed, the seal left as it was', (pack) => rewrite(pack, "if name == 'rows.ndjson': body = body.replace(b'\"value\":93', b'\"value\":99'); new = hashlib.sha256(body).hexdigest()\nif name == 'manifest.json': body = body.replace(b'\"sender\": \"', b'\"sender\": \"x')"), 'pack-changed', /封签/u],
    ['with a file too many', (pack) => rewrite(pack, "if name == 'mimetype': out.writestr('autorun.inf', b'x')"), 'pack-changed', /多出/u],
    ['with a file too few', (pack) => rewrite(pack, "if name.startswith('objects/'): keep = False"), 'pack-changed', /缺少/u],
    ['without its seal', (pack) => rewrite(pack, 'pass', "b''"), 'pack-changed', /封签/u],
    ['of a newer version', (pack) => rewrite(pack, "if name == 'manifest.json': body = body.replace(b'\"version\": 2', b'\"version\": 3')"), 'pack-newer', /格式3/u],
    ['that is an ordinary zip', () => zipOf("add('a.txt')"), 'pack-not-a-pack'],
    ['that is no zip', () => { const path = join(makeFolder(), '图.cdpack'); writeFileSync(path, 'GIF89a nothing'); return path; }, 'pack-not-a-pack'],
    ['that is empty', () => { const path = join(makeFolder(), '空.cdpack'); writeFileSync(path, ''); return path; }, 'pack-truncated'],
    ['that was cut off when the stick was pulled out', (pack) => { const path = join(makeFolder(), '断.cdpack'); writeFileSync(path, readFileSync(pack)); truncateSync(path, Math.floor(readFileSync(pack).length * 0.7)); return path; }, 'pack-truncated', /U盘/u],
    ['with a password', () => { const path = join(makeFolder(), '密.zip'); execFileSync('python3', ['-c', "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED); z.writestr('manifest.json', b'x'*50); z.close()\nb=bytearray(open(sys.argv[1],'rb').read()); i=b.find(b'PK\\x01\\x02'); b[i+8]|=1; b[6]|=1; open(sys.argv[1],'wb').write(b)", path]); return path; }, 'pack-encrypted', /密码/u],
    ['that is a link to a pack', (pack) => { const path = join(makeFolder(), '链.cdpack'); symlinkSync(pack, path); return path; }, 'pack-not-a-pack', /链接/u],
    ['with a name that leads out of the folder', () => zipOf("add('../../evil.txt')"), 'pack-unsafe', /\.\./u],
    ['with an absolute name', () => zipOf("add('/etc/evil')"), 'pack-unsafe', /绝对路径/u],
    ['with a network name', () => zipOf("add('\\\\\\\\server\\\\share\\\\evil')"), 'pack-unsafe', /网络路径/u],
    ['with a drive letter', () => zipOf("add('C:evil.txt')"), 'pack-unsafe', /盘符/u],
    ['with backslashes that lead out', () => zipOf("add('a\\\\..\\\\..\\\\evil.txt')"), 'pack-unsafe', /\.\./u],
    ['with a symbolic link', () => zipOf("add('link', b'/etc/passwd', 0o120777)"), 'pack-unsafe', /链接/u],
    ['with two names that differ in case', () => zipOf("add('A.txt'); add('a.TXT')"), 'pack-unsafe', /同一个名称/u],
    ['with two names that differ in normalisation', () => zipOf("add('caf\\u00e9.txt'); add('cafe\\u0301.txt')"), 'pack-unsafe', /同一个名称/u],
    ['with a name of a Windows device', () => zipOf("add('aux.txt')"), 'pack-unsafe', /设备名/u],
    ['with a name that turns the direction of reading', () => zipOf("add('fdp\\u202e.exe')"), 'pack-unsafe', /控制字符/u],
    ['that is a bomb', () => zipOf("add('bomb', bytes(60_000_000), method=zipfile.ZIP_DEFLATED)"), 'pack-unsafe', /压缩炸弹/u],
  ];

  it.each(cases.map(([name, make, code, detail]) => ({ name, make, code, detail })))('$name is refused', async ({ make, code, detail }) => {
    await prepare();
    await expectRefused(make(back), code, detail);
  });

  it('from another archive is refused', async () => {
    await prepare();
    const other = await makeArchive();
    expect(expectTrouble(await mergePack(other, back, { actor: '王敏' }))).toMatchObject({ code: 'pack-other-archive' });
  });

  it('with rows that this program could not read again is refused whole', async () => {
    await prepare();
    const reseal = (change: string): string => {
      const out = join(makeFolder(), '封.cdpack');
      python(
        `
src = zipfile.ZipFile(sys.argv[1])
files = {i.filename: src.read(i) for i in src.infolist()}
rows = files['rows.ndjson'].decode()
${change}
files['rows.ndjson'] = rows.encode()
m = json.loads(files['manifest.json'])
for e in m['entries']:
    if e['path'] == 'rows.ndjson': e['bytes'] = len(files['rows.ndjson']); e['sha256'] = hashlib.sha256(files['rows.ndjson']).hexdigest()
files['manifest.json'] = json.dumps(m).encode()
out = zipfile.ZipFile(sys.argv[2], 'w')
for n, b in files.items(): out.writestr(zipfile.ZipInfo(n), b)
out.comment = b'chuangdang-pack sha256:' + hashlib.sha256(files['manifest.json']).hexdigest().encode()
out.close()
`,
        back,
        out,
      );
      return out;
    };
    // The forger can seal again: what stands in the rows is judged all the same.
    await expectRefused(reseal(`rows = rows.replace('"file_kind":"txt"', '"file_kind":"exe"')`), 'pack-changed', /不认识/u);
    await expectRefused(reseal(`rows = rows.replace('"suggestions":"[]"', '"suggestions":"{"')`), 'pack-changed', /不认识/u);
    await expectRefused(reseal(`rows = rows + '["export",[1],{}]\\n'`), 'pack-changed', /unknown kind/u);
    await expectRefused(reseal(`rows = rows.replace('"value":93', '"value":[93]')`), 'pack-changed', /cells/u);
    expect(expectValue(await mergePack(office, reseal('pass'), { actor: '王敏' })).values, 'sealed again but unchanged it is taken').toBe(1);
  });

  it('goes on where it was cut off, and is merged once', async () => {
    await prepare();
    const controller = new AbortController();
    const pack = await openPack(back);
    pack.close();
    await expect(mergePack(office, back, { actor: '王敏', signal: controller.signal, onProgress: () => controller.abort(new DOMException('stop', 'AbortError')) })).rejects.toThrow();
    expect(listEvidence(office.db)).toEqual([]);
    expect(expectValue(await mergePack(office, back, { actor: '王敏' })).items).toBe(1);
    expect((await verifyArchive(office)).problems).toEqual([]);
  });

  it('makes no archive of a pack that is refused', async () => {
    await prepare();
    const folder = join(makeFolder(), '单位.cdarchive');
    expect(expectTrouble(await openPackAsArchive(rewrite(back, "if name == 'rows.ndjson': body = body + b' '"), folder, { actor: '李雷' })).code).toBe('pack-changed');
    expect(readdirSync(join(folder, '..'))).toEqual([]);
  });
});

describe('a zip of a filled folder', () => {
  it.each([
    ['..', "add('../evil.txt')"],
    ['a link', "add('x', b'/etc/passwd', 0o120777)"],
    ['two names that are one on Windows', "add('填报/a.txt'); add('填报/A.txt')"],
  ])('with %s writes nothing anywhere', async (_name, entries) => {
    const within = makeFolder();
    await expect(withUnpacked(zipOf(entries), within, () => Promise.resolve('used'))).rejects.toMatchObject({ trouble: { code: 'pack-unsafe' } });
    expect(readdirSync(within)).toEqual([]);
    expect(readdirSync(join(within, '..'))).not.toContain('evil.txt');
  });

  it('is unpacked beneath a folder of its own, which goes again', async () => {
    const within = makeFolder();
    const seen = await withUnpacked(zipOf("add('填报/一.txt', '内容'.encode())"), within, (folder) => Promise.resolve(Object.keys(fingerprint(folder))));
    expect(seen).toEqual(['/填报', '/填报/一.txt']);
    expect(readdirSync(within)).toEqual([]);
  });
});

describe('a stick that is full', () => {
  it('takes no pack, keeps no part of one, and nothing is noted as handed out', async () => {
    office = await makeArchive();
    const stick = join(makeFolder(), 'stick');
    mkdirSync(stick);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', stick], { stdio: 'ignore' });
    } catch {
      process.stderr.write('no drive could be mounted here: a full stick was not tried\n');
      return;
    }
    try {
      await fileItem(office, 'x'.repeat(600_000), { issuer: '区生态环境局' });
      const trouble = expectTrouble(await writePack(office, { kind: 'whole', unit: '', out: join(stick, '包.cdpack'), actor: '王敏', sender: '', due: '', papers: [] }));
      expect(trouble.code).toBe('disk-full');
      expect(readdirSync(stick)).toEqual([]);
      expect(office.db.all('SELECT * FROM packs_out')).toEqual([]);
    } finally {
      execFileSync('umount', [stick]);
    }
  });
});
