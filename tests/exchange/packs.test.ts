import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addProofMark, changeEvidence, getConflict, linkEvidence, listConflicts, listEvidence, listPacksIn, listPacksOut, listReports, listRevisions, listSignOffs, listUnitTasks, listValues, readApplication, readCatalog, removeValue, replaceEvidenceFile, setReport, setSetting, setSignOff, setUnitTask, setValue, transact, undoLast, verifyArchive, putObject } from '../../src-main/archive/index.ts';
import type { WritableArchive } from '../../src-main/archive/index.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import type { EvidenceId } from '../../src-main/domain/ids.ts';
import { decideConflict, mergePack, openPack } from '../../src-main/exchange/index.ts';
import { expectTrouble, expectValue, fileItem, makeArchive, makeFolder } from '../archive/archive-fixture.ts';
import { openAtUnit, packOf, stateOf } from './exchange-fixture.ts';

const [one, water, sea] = ['1', '5.2', 'N.1'].map(indicatorCode);
if (one === undefined || water === undefined || sea === undefined) throw new Error('codes');

const value = (code: typeof one, year: number, amount: number): Parameters<typeof setValue>[1] => ({ indicator: code, year, value: amount, unit: '%', numerator: null, denominator: null, sourceEvidence: null, sourcePage: null });

/** An office's archive with something for the unit and something that is not its. */
const makeOffice = async (): Promise<{ readonly office: WritableArchive; readonly mine: EvidenceId; readonly foreign: EvidenceId }> => {
  const office = await makeArchive();
  const { id: mine } = await fileItem(office, '大气监测年报', { issuer: '区生态环境局' });
  const { id: foreign } = await fileItem(office, '水利局的证明', { issuer: '区水利局' });
  transact(office.db, '王敏', (tx) => {
    linkEvidence(tx, { evidenceId: mine, indicator: one, year: 2021, requirement: 'data' });
    linkEvidence(tx, { evidenceId: foreign, indicator: sea, year: null, requirement: '' });
    setValue(tx, value(one, 2021, 91));
    setReport(tx, { indicator: one, text: '原来的说明', citations: [] });
    setUnitTask(tx, { unit: '区生态环境局', indicator: '', contact: '', phone: '', due: '2024-04-10', note: '' });
    setSignOff(tx, { indicator: one, unit: '区农业农村局', kind: 'declared-none', by: '赵六' });
  });
  return { office, mine, foreign };
};

describe('a task pack', () => {
  it('holds a unit’s part and nothing else, and comes back with what the unit did', async () => {
    const { office, mine, foreign } = await makeOffice();
    const pack = await packOf(office);
    const unit = await openAtUnit(pack);
    expect(readCatalog(unit.db).groups.flatMap((group) => group.indicators.map((indicator) => indicator.code))).toEqual(['1', '5.2', '23']);
    expect(listEvidence(unit.db).map((item) => item.id)).toEqual([mine]);
    expect(listSignOffs(unit.db), 'another unit’s signature is not handed out').toEqual([]);
    expect(readApplication(unit.db).archiveId).toBe(readApplication(office.db).archiveId);
    expect(readFileSync(pack).includes(Buffer.from(foreign))).toBe(false);
    expect((await verifyArchive(unit)).problems).toEqual([]);

    const { id: fresh } = await fileItem(unit, '二〇二二年监测年报', { issuer: '区生态环境局' });
    transact(unit.db, '李雷', (tx) => {
      linkEvidence(tx, { evidenceId: fresh, indicator: one, year: 2022, requirement: 'data' });
      setValue(tx, { ...value(one, 2022, 93), sourceEvidence: fresh, sourcePage: 1 });
      setReport(tx, { indicator: one, text: '单位写的说明', citations: [] });
      setSignOff(tx, { indicator: one, unit: '区生态环境局', kind: 'signed', by: '李雷' });
      setUnitTask(tx, { unit: '区生态环境局', indicator: '', contact: '李雷', phone: '0532-1', due: '2099-01-01', note: '' });
      addProofMark(tx, { evidenceId: mine, page: 1, lines: [], note: '见第三行' });
      changeEvidence(tx, mine, { documentNumber: '青环〔2021〕3号' });
    });
    const back = await packOf(unit, { kind: 'return', out: join(makeFolder(), '报送.cdpack') });
    transact(office.db, '王敏', (tx) => setValue(tx, value(water, 2023, 88)));

    const merged = expectValue(await mergePack(office, back, { actor: '王敏' }));
    expect(merged).toMatchObject({ again: false, unit: '区生态环境局', conflicts: 0, outside: 0 });
    expect(listValues(office.db).map((row) => [row.indicator, row.year, row.value])).toEqual([['1', 2021, 91], ['1', 2022, 93], ['5.2', 2023, 88]]);
    expect(listEvidence(office.db).find((item) => item.id === mine)?.documentNumber).toBe('青环〔2021〕3号');
    expect(listReports(office.db)[0]?.text).toBe('单位写的说明');
    expect(listUnitTasks(office.db)[0], 'the due date is the office’s').toMatchObject({ contact: '李雷', due: '2024-04-10' });
    expect(listEvidence(office.db, 'all', '二〇二二')).toHaveLength(1);
    expect((await verifyArchive(office)).problems).toEqual([]);
    expect(listPacksOut(office.db)).toMatchObject([{ kind: 'task', unit: '区生态环境局', due: '2024-04-10' }]);
    expect(listPacksIn(office.db)).toMatchObject([{ kind: 'return', unit: '区生态环境局' }]);

    expect(expectValue(await mergePack(office, back, { actor: '王敏' })).again, 'the same pack again does nothing').toBe(true);
    const before = stateOf(office);
    expect(undoLast(office.db, '王敏').ok).toBe(true);
    expect(listValues(office.db).map((row) => row.year)).not.toContain(2022);
    expect(expectValue(await mergePack(office, back, { actor: '王敏' })).items, 'what was taken back can be taken in again').toBeGreaterThan(0);
    expect(stateOf(office)).toEqual(before);
  });

  it('shows what both changed side by side until a person decides', async () => {
    const { office, mine } = await makeOffice();
    const unit = await openAtUnit(await packOf(office));
    transact(unit.db, '李雷', (tx) => {
      setReport(tx, { indicator: one, text: '单位的说法', citations: [] });
      setValue(tx, value(one, 2021, 92));
    });
    const replaced = join(makeFolder(), '新.txt');
    writeFileSync(replaced, '单位换的文件');
    const stored = expectValue(await putObject(unit, replaced));
    transact(unit.db, '李雷', (tx) => replaceEvidenceFile(tx, mine, { ...stored, fileName: '新.txt', fileKind: 'txt', pages: 1, reason: '换' }));
    transact(office.db, '王敏', (tx) => {
      setReport(tx, { indicator: one, text: '办公室的说法', citations: [] });
      setValue(tx, value(one, 2021, 90));
    });
    const other = join(makeFolder(), '别.txt');
    writeFileSync(other, '办公室换的文件');
    const ourFile = expectValue(await putObject(office, other));
    transact(office.db, '王敏', (tx) => replaceEvidenceFile(tx, mine, { ...ourFile, fileName: '别.txt', fileKind: 'txt', pages: 1, reason: '换' }));

    expect(expectValue(await mergePack(office, await packOf(unit, { kind: 'return' }), { actor: '王敏' })).conflicts).toBe(3);
    expect(listReports(office.db)[0]?.text, 'ours stays until someone decides').toBe('办公室的说法');
    const found = listConflicts(office.db);
    expect(found.map(({ rowKind, field }) => `${rowKind} ${field}`).sort()).toEqual(['evidence file', 'report text', 'value value']);
    const text = found.find((conflict) => conflict.rowKind === 'report');
    expect(text).toMatchObject({ base: { body: '原来的说明' }, ours: { body: '办公室的说法' }, theirs: { body: '单位的说法' } });
    expect((await verifyArchive(office)).problems, 'the file that is not decided on is no orphan').toEqual([]);

    for (const conflict of found) expect(transact(office.db, '王敏', (tx) => decideConflict(tx, conflict.id, conflict.rowKind === 'value' ? 'ours' : 'theirs'))).toBeNull();
    expect(listReports(office.db)[0]?.text).toBe('单位的说法');
    expect(listValues(office.db)[0]?.value).toBe(90);
    expect(listEvidence(office.db).find((item) => item.id === mine)?.sha256).toBe(stored.sha256);
    expect(listRevisions(office.db, mine).map((revision) => revision.sha256), 'neither file is lost').toContain(ourFile.sha256);
    expect(listConflicts(office.db)).toEqual([]);
    expect((await verifyArchive(office)).problems).toEqual([]);
    expect(undoLast(office.db, '王敏').ok, 'a decision can be taken back').toBe(true);
    expect(getConflict(office.db, found.at(-1)?.id ?? '')?.state).toBe('open');
  });

  it('comes back a second time with only what is new since', async () => {
    const { office } = await makeOffice();
    const unit = await openAtUnit(await packOf(office));
    transact(unit.db, '李雷', (tx) => setValue(tx, value(one, 2021, 92)));
    expectValue(await mergePack(office, await packOf(unit, { kind: 'return' }), { actor: '王敏' }));
    transact(office.db, '王敏', (tx) => setValue(tx, value(one, 2021, 95)));
    transact(unit.db, '李雷', (tx) => setValue(tx, value(one, 2023, 96)));
    expect(expectValue(await mergePack(office, await packOf(unit, { kind: 'return' }), { actor: '王敏' }))).toMatchObject({ values: 1, conflicts: 0 });
    expect(listValues(office.db).map((row) => row.value)).toEqual([95, 96]);
    // And the office's word goes to the unit's copy.
    expect(expectValue(await mergePack(unit, await packOf(office), { actor: '李雷' }))).toMatchObject({ conflicts: 0 });
    expect(listValues(unit.db).map((row) => row.value)).toEqual([95, 96]);
  });

  it('keeps what was removed removed, and tells it to the other side', async () => {
    const { office } = await makeOffice();
    transact(office.db, '王敏', (tx) => setValue(tx, value(one, 2022, 93)));
    const unit = await openAtUnit(await packOf(office));
    transact(office.db, '王敏', (tx) => removeValue(tx, one, 2021));
    transact(unit.db, '李雷', (tx) => removeValue(tx, one, 2022));
    expect(expectValue(await mergePack(office, await packOf(unit, { kind: 'return' }), { actor: '王敏' }))).toMatchObject({ removed: 1, values: 0, conflicts: 0 });
    expect(listValues(office.db).map((row) => row.indicator)).not.toContain(one);
    expect(expectValue(await mergePack(unit, await packOf(office), { actor: '李雷' }))).toMatchObject({ removed: 1, conflicts: 0 });
    expect(listValues(unit.db).map((row) => row.indicator)).not.toContain(one);
    expect((await verifyArchive(office)).problems).toEqual([]);
  });

  it('asks once more where the same collision was decided apart, and then no more', async () => {
    const { office } = await makeOffice();
    const unit = await openAtUnit(await packOf(office));
    transact(unit.db, '李雷', (tx) => setReport(tx, { indicator: one, text: '单位的说法', citations: [] }));
    transact(office.db, '王敏', (tx) => setReport(tx, { indicator: one, text: '办公室的说法', citations: [] }));
    const [fromUnit, fromOffice] = [await packOf(unit, { kind: 'return' }), await packOf(office)];
    expect(expectValue(await mergePack(office, fromUnit, { actor: '王敏' })).conflicts).toBe(1);
    expect(expectValue(await mergePack(unit, fromOffice, { actor: '李雷' })).conflicts).toBe(1);
    const decide = (archive: WritableArchive, choice: 'ours' | 'theirs'): void => {
      for (const { id } of listConflicts(archive.db)) expect(transact(archive.db, '王敏', (tx) => decideConflict(tx, id, choice))).toBeNull();
    };
    // Each keeps its own word.
    decide(office, 'ours');
    decide(unit, 'ours');
    expect(expectValue(await mergePack(office, await packOf(unit, { kind: 'return' }), { actor: '王敏' })).conflicts).toBe(1);
    expect(listConflicts(office.db)).toMatchObject([{ base: { body: '办公室的说法' }, ours: { body: '办公室的说法' }, theirs: { body: '单位的说法' } }]);
    decide(office, 'theirs');
    expect(expectValue(await mergePack(unit, await packOf(office), { actor: '李雷' }))).toMatchObject({ conflicts: 0, texts: 0 });
    expect(listReports(unit.db)[0]?.text).toBe(listReports(office.db)[0]?.text);
    expect(expectValue(await mergePack(office, await packOf(unit, { kind: 'return' }), { actor: '王敏' }))).toMatchObject({ conflicts: 0, texts: 0 });
  });

  it('closes a question that the other side answered', async () => {
    const { office } = await makeOffice();
    const unit = await openAtUnit(await packOf(office));
    transact(unit.db, '李雷', (tx) => setReport(tx, { indicator: one, text: '单位的说法', citations: [] }));
    transact(office.db, '王敏', (tx) => setReport(tx, { indicator: one, text: '办公室的说法', citations: [] }));
    expectValue(await mergePack(office, await packOf(unit, { kind: 'return' }), { actor: '王敏' }));
    expectValue(await mergePack(unit, await packOf(office), { actor: '李雷' }));
    for (const { id } of listConflicts(unit.db)) transact(unit.db, '李雷', (tx) => decideConflict(tx, id, 'theirs'));
    expect(listConflicts(office.db)).toHaveLength(1);
    expect(expectValue(await mergePack(office, await packOf(unit, { kind: 'return' }), { actor: '王敏' })).conflicts).toBe(0);
    expect(listConflicts(office.db)).toEqual([]);
    expect(listReports(office.db)[0]?.text).toBe('办公室的说法');
  });

  it('is taken in from a program of before, whose packs did not tell where their words come from', async () => {
    const { office } = await makeOffice();
    const former = (pack: string): string => {
      const out = join(makeFolder(), '旧.cdpack');
      execFileSync('python3', ['-c', `
import sys, zipfile, json, hashlib
src = zipfile.ZipFile(sys.argv[1])
files = {i.filename: src.read(i) for i in src.infolist() if i.filename != 'histories.ndjson'}
m = json.loads(files['manifest.json'])
m['version'] = 1; m['undecided'] = []; m['entries'] = [e for e in m['entries'] if e['path'] != 'histories.ndjson']
files['manifest.json'] = json.dumps(m).encode()
out = zipfile.ZipFile(sys.argv[2], 'w')
for n, b in files.items(): out.writestr(zipfile.ZipInfo(n), b)
out.comment = b'chuangdang-pack sha256:' + hashlib.sha256(files['manifest.json']).hexdigest().encode()
out.close()
`, pack, out]);
      return out;
    };
    const unit = await openAtUnit(former(await packOf(office)));
    transact(unit.db, '李雷', (tx) => {
      setValue(tx, value(one, 2022, 93));
      setReport(tx, { indicator: one, text: '单位的说法', citations: [] });
    });
    transact(office.db, '王敏', (tx) => setValue(tx, value(one, 2021, 90)));
    expect(expectValue(await mergePack(office, former(await packOf(unit, { kind: 'return' })), { actor: '王敏' }))).toMatchObject({ values: 1, texts: 1, conflicts: 0 });
    transact(unit.db, '李雷', (tx) => setReport(tx, { indicator: one, text: '单位又说', citations: [] }));
    expect(expectValue(await mergePack(office, former(await packOf(unit, { kind: 'return' })), { actor: '王敏' }))).toMatchObject({ values: 0, texts: 1, conflicts: 0 });
    expect(listReports(office.db)[0]?.text).toBe('单位又说');
    expect(listValues(office.db).map((row) => row.value)).toContain(90);
  });

  it('takes from a unit nothing that is not its to say', async () => {
    const { office, foreign } = await makeOffice();
    const unit = await openAtUnit(await packOf(office));
    transact(unit.db, '李雷', (tx) => {
      setValue(tx, value(sea, 2021, 1));
      setSignOff(tx, { indicator: one, unit: '区农业农村局', kind: 'signed', by: '冒名' });
      setSetting(tx, 'office', { retention: '永久' });
      tx.insert('forged', 'evidence', { ...Object.fromEntries(Object.entries(unit.db.get('SELECT * FROM evidence') ?? {}).map(([name, cell]) => [name, typeof cell === 'string' || typeof cell === 'number' ? cell : null])), id: foreign, title: '被改的题名' });
    });
    const before = stateOf(office);
    const merged = expectValue(await mergePack(office, await packOf(unit, { kind: 'return' }), { actor: '王敏' }));
    expect(merged.outside).toBe(3);
    expect(stateOf(office)).toEqual(before);
  });

  it('does nothing where it comes back unfilled, and is refused by another unit’s copy', async () => {
    const { office } = await makeOffice();
    const pack = await packOf(office);
    transact(office.db, '王敏', (tx) => setValue(tx, value(one, 2021, 99)));
    expect(expectValue(await mergePack(office, pack, { actor: '王敏' }))).toMatchObject({ again: true, conflicts: 0 });
    expect(listValues(office.db)[0]?.value).toBe(99);
    const unit = await openAtUnit(pack);
    expect(expectTrouble(await mergePack(unit, await packOf(office, { unit: '区农业农村局', out: join(makeFolder(), '别人的.cdpack') }), { actor: '李雷' }))).toMatchObject({ code: 'pack-other-archive' });
  });

  it('is the same bytes for the same archive but for its own number and time', async () => {
    const { office } = await makeOffice();
    const [first, second] = [await openPack(await packOf(office)), await openPack(await packOf(office))];
    expect(first.rowText).toBe(second.rowText);
    first.close();
    second.close();
  });
});
