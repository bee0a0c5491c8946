import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  emptyTrash, getEvidence, getPageText, linkEvidence, listBackups, listEvidence, objectPath, openArchive, putObject, putPageTexts, removeOrphans, restoreEvidence, setValue,
  transact, trashEvidence, verifyArchive,
} from '../../src-main/archive/index.ts';
import type { Archive } from '../../src-main/archive/index.ts';
import { databasePath, textDatabasePath } from '../../src-main/archive/layout.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { addVolume, expectValue, fileItem, flipBit, makeArchive, makeFolder, reopen } from './archive-fixture.ts';

const kinds = async (archive: Archive): Promise<readonly string[]> => (await verifyArchive(archive)).problems.map((problem) => problem.kind);

describe('verify', () => {
  it('finds nothing in a sound archive, counts its objects, and changes no byte', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, '一');
    await fileItem(archive, '二');
    putPageTexts(archive.db, sha256, [{ page: 1, text: '一' }], { state: 'done', source: 'txt', note: '' });
    addVolume(archive);
    let last = 0;
    expect(await verifyArchive(archive, { onProgress: (done) => (last = done) })).toEqual({ ok: true, objects: 2, problems: [] });
    expect(last).toBe(6);
  });

  it('finds a flipped bit in an object, names the item, and is content once the file came in again', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, '重要内容', { fileName: '水质年报.pdf' });
    flipBit(objectPath(archive, sha256), 3);
    const { ok, problems } = await verifyArchive(archive);
    expect([ok, problems.map((problem) => problem.kind)]).toEqual([false, ['object-changed']]);
    expect(problems[0]?.path).toBe(join('objects', sha256.slice(0, 2), sha256));
    expect(problems[0]?.message).toContain('水质年报.pdf');
    const source = join(makeFolder(), 'again.pdf');
    writeFileSync(source, '重要内容');
    expectValue(await putObject(archive, source));
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, problems: [] });
  });

  it('finds an object that is gone, cut short, a symbolic link, a folder, or under a wrong name', async () => {
    const archive = await makeArchive();
    const items = [];
    for (const word of ['甲', '乙', '丙', '丁', '戊']) items.push(await fileItem(archive, word));
    const [gone = '', short = '', linked = '', folder = '', moved = ''] = items.map((item) => objectPath(archive, item.sha256));
    rmSync(gone);
    chmodSync(short, 0o644);
    writeFileSync(short, '');
    renameSync(linked, join(archive.folder, 'elsewhere'));
    symlinkSync(join(archive.folder, 'elsewhere'), linked);
    rmSync(folder);
    mkdirSync(folder);
    renameSync(moved, join(dirname(moved), '戊.txt'));
    expect([...(await kinds(archive))].sort()).toEqual(['object-changed', 'object-misnamed', 'object-missing', 'object-missing', 'object-not-a-file', 'object-not-a-file']);
  });

  it('finds a flipped bit in the database, wherever it fell', async () => {
    const archive = await makeArchive();
    for (let no = 0; no < 20; no += 1) await fileItem(archive, `第${no}份材料，内容较长以便占满数页。`.repeat(20));
    archive.close();
    const clean = readFileSync(databasePath(archive.folder));
    const inText: number[] = [];
    for (let at = clean.indexOf('第7份材料'); at >= 0; at = clean.indexOf('第7份材料', at + 1)) inText.push(at);
    expect(inText.length).toBeGreaterThan(20);
    const pages = clean.length / 4096;
    // Everywhere an item's words stand (its row and its event: both legal to SQLite), and in the heads of inner pages.
    for (const at of [...inText, ...[2, Math.floor(pages / 2), pages - 2].map((page) => page * 4096 + 1)]) {
      const copy = Buffer.from(clean);
      copy[at] = (copy[at] ?? 0) ^ 0x10;
      writeFileSync(databasePath(archive.folder), copy);
      const opened = await openArchive(archive.folder, { readOnly: true });
      if (!opened.ok) {
        expect(opened.error.code).toBe('archive-damaged');
        continue;
      }
      const { ok } = await verifyArchive(opened.value);
      opened.value.close();
      expect(ok, `flip at ${at} of ${clean.length}`).toBe(false);
    }
  });

  it('finds an entry of the log that was rewritten, removed, or added by hand', async () => {
    const archive = await makeArchive();
    await fileItem(archive, '一');
    await fileItem(archive, '二');
    archive.close();
    for (const sql of [
      "UPDATE events SET actor = '别人' WHERE seq = 3",
      'DELETE FROM events WHERE seq = 3',
      "INSERT INTO events SELECT max(seq) + 1, change, at, actor, verb, subject_kind, subject, before, after, hash, hash FROM events",
    ]) {
      const clean = readFileSync(databasePath(archive.folder));
      const db = new Sqlite(databasePath(archive.folder));
      db.exec(sql);
      db.close();
      const opened = await reopen(archive.folder);
      expect(await kinds(opened), sql).toContain('events-broken');
      opened.close();
      writeFileSync(databasePath(archive.folder), clean);
    }
    expect(await kinds(await reopen(archive.folder))).toEqual([]);
  });

  it('finds references that lead nowhere', async () => {
    const archive = await makeArchive();
    const { id } = await fileItem(archive, '一');
    transact(archive.db, '', (tx) => linkEvidence(tx, { evidenceId: id, indicator: indicatorCode('1'), year: null, requirement: '' }));
    archive.close();
    const db = new Sqlite(databasePath(archive.folder));
    db.pragma('foreign_keys = OFF');
    db.exec('DELETE FROM evidence');
    db.close();
    expect(await kinds(await reopen(archive.folder))).toContain('reference-dangling');
  });

  it('compares exports with their manifests', async () => {
    const archive = await makeArchive();
    const place = addVolume(archive);
    mkdirSync(join(archive.folder, 'exports', 'v002'));
    expect(await kinds(archive)).toEqual(['export-unknown']);
    writeFileSync(join(place, '第1卷.pdf'), 'Volume');
    writeFileSync(join(place, 'manifest.json'), '{}');
    expect(await kinds(archive)).toEqual(['export-manifest', 'export-changed', 'export-unknown']);
    rmSync(place, { recursive: true });
    expect(await kinds(archive)).toEqual(['export-manifest', 'export-missing', 'export-unknown']);
  });

  it('names what lies about as harmless, and removes an orphan on request only', async () => {
    const archive = await makeArchive();
    const source = join(makeFolder(), 'a.txt');
    writeFileSync(source, '没有人要的');
    const { sha256 } = expectValue(await putObject(archive, source));
    writeFileSync(join(archive.folder, 'objects', 'tmp-half'), 'half');
    const report = await verifyArchive(archive);
    expect([report.ok, report.problems.map((problem) => problem.kind)]).toEqual([true, ['object-orphan', 'file-leftover']]);
    expect(existsSync(objectPath(archive, sha256))).toBe(true);
    expect(await removeOrphans(archive, report)).toBe(1);
    expect(existsSync(objectPath(archive, sha256))).toBe(false);
  });

  it('keeps an orphan that became an item after the report', async () => {
    const archive = await makeArchive();
    const source = join(makeFolder(), 'a.txt');
    writeFileSync(source, '晚到的');
    const { sha256 } = expectValue(await putObject(archive, source));
    const report = await verifyArchive(archive);
    await fileItem(archive, '晚到的');
    expect(await removeOrphans(archive, report)).toBe(0);
    expect(existsSync(objectPath(archive, sha256))).toBe(true);
  });

  it('says that the index is damaged without calling the archive so', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, '一');
    putPageTexts(archive.db, sha256, Array.from({ length: 200 }, (_, at) => ({ page: at + 1, text: `第${at}页的文字`.repeat(40) })), { state: 'done', source: 'txt', note: '' });
    archive.close();
    const file = openSync(textDatabasePath(archive.folder), 'r+');
    writeSync(file, Buffer.alloc(4096 * 4, 0x5a), 0, 4096 * 4, 4096 * 12);
    closeSync(file);
    const opened = expectValue(await openArchive(archive.folder, { readOnly: true }));
    expect(await verifyArchive(opened)).toMatchObject({ ok: true, problems: [{ kind: 'text-index-damaged', harmful: false }] });
    opened.close();
  });

  it('is not misled by what is filed while it looks', async () => {
    const archive = await makeArchive();
    for (let no = 0; no < 5; no += 1) await fileItem(archive, `第${no}份`);
    const looking = verifyArchive(archive);
    for (let no = 0; no < 30; no += 1) {
      transact(archive.db, '', (tx) => setValue(tx, { indicator: indicatorCode('1'), year: 2000 + no, value: no, unit: '', numerator: null, denominator: null, sourceEvidence: null, sourcePage: null }));
      await Promise.resolve();
    }
    expect((await looking).problems).toEqual([]);
  });

  it('stops when it is cancelled', async () => {
    const archive = await makeArchive();
    await fileItem(archive, '一');
    await expect(verifyArchive(archive, { signal: AbortSignal.abort(new Error('停')) })).rejects.toThrow('停');
  });
});

describe('回收站', () => {
  it('keeps an item with its links until it is emptied', async () => {
    const archive = await makeArchive();
    const { id, sha256 } = await fileItem(archive, '一');
    const link = { evidenceId: id, indicator: indicatorCode('1'), year: 2023, requirement: '' };
    transact(archive.db, '', (tx) => linkEvidence(tx, link));
    expect(transact(archive.db, '', (tx) => [trashEvidence(tx, id), trashEvidence(tx, id)])).toEqual([true, false]);
    expect(listEvidence(archive.db)).toEqual([]);
    expect(existsSync(objectPath(archive, sha256))).toBe(true);
    expect(transact(archive.db, '', (tx) => [restoreEvidence(tx, id), restoreEvidence(tx, id)])).toEqual([true, false]);
    expect(listEvidence(archive.db).map((item) => item.id)).toEqual([id]);
  });

  it('gives up bytes, text and references when emptied, but no bytes another item has', async () => {
    const archive = await makeArchive();
    const gone = await fileItem(archive, '一');
    const twin = await fileItem(archive, '二');
    const kept = await fileItem(archive, '二');
    for (const item of [gone, twin]) putPageTexts(archive.db, item.sha256, [{ page: 1, text: '字' }], { state: 'done', source: 'txt', note: '' });
    transact(archive.db, '', (tx) => {
      linkEvidence(tx, { evidenceId: gone.id, indicator: indicatorCode('1'), year: 2023, requirement: '' });
      setValue(tx, { indicator: indicatorCode('1'), year: 2023, value: 1, unit: '', numerator: null, denominator: null, sourceEvidence: gone.id, sourcePage: 1 });
      for (const item of [gone, twin]) trashEvidence(tx, item.id);
    });
    expect(await emptyTrash(archive, '王敏')).toEqual({ items: 2, objects: 1 });
    expect(existsSync(objectPath(archive, gone.sha256))).toBe(false);
    expect(existsSync(objectPath(archive, kept.sha256))).toBe(true);
    expect(getEvidence(archive.db, gone.id)).toBeNull();
    expect([getPageText(archive.db, gone.sha256, 1), getPageText(archive.db, kept.sha256, 1)?.text]).toEqual([null, '字']);
    expect(archive.db.all('SELECT source_evidence FROM indicator_values')).toEqual([{ source_evidence: null }]);
    expect((await verifyArchive(archive)).problems).toEqual([]);
    expect(readdirSync(join(archive.folder, 'backups')).length + (await listBackups(archive)).length).toBe(0);
  });
});
