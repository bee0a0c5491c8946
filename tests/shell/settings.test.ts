import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeJsonFile } from '../../src-main/shell/json-file.ts';
import { archiveName, placeArchive } from '../../src-main/shell/archive-place.ts';
import { LastFolders } from '../../src-main/shell/last-folders.ts';
import { findArchiveArgument, readOpenedArchive } from '../../src-main/shell/opened-archive.ts';
import { RecentArchives } from '../../src-main/shell/recent.ts';
import { readWindowState } from '../../src-main/shell/window-state.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chuangdang-settings-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the folder of a dialog', () => {
  it('is the one used last for taking or putting, over restarts, unless it is gone', async () => {
    const file = join(folder, 'folders.json');
    expect(await new LastFolders(file).of('take', [join(folder, 'gone'), folder])).toBe(folder);
    const [taken, put] = ['taken', 'put'].map((name) => join(folder, name));
    mkdirSync(taken ?? '');
    mkdirSync(put ?? '');
    new LastFolders(file).remember('take', taken ?? '');
    new LastFolders(file).remember('put', put ?? '');
    expect(await new LastFolders(file).of('take', [folder])).toBe(taken);
    rmSync(taken ?? '', { recursive: true });
    expect(await new LastFolders(file).of('take', [folder])).toBe(folder);
    expect(await new LastFolders(file).of('put', [folder])).toBe(put);
    writeFileSync(file, '{"take": 3}');
    expect(await new LastFolders(file).of('put', [folder])).toBe(folder);
  });
});

describe('the place of a new archive', () => {
  it('is beside the plan, under a name that is free there', async () => {
    const wish = { name: '市南区档案', parent: null, beside: join(folder, '方案.docx') };
    expect(await placeArchive(wish, [tmpdir()])).toEqual({ parent: folder, name: '市南区档案', path: join(folder, '市南区档案.cdarchive'), trouble: '' });
    mkdirSync(join(folder, '市南区档案.cdarchive', 'objects'), { recursive: true });
    expect((await placeArchive(wish, [tmpdir()])).name).toBe('市南区档案2');
    expect((await placeArchive({ ...wish, beside: join(folder, 'gone', 'plan.txt') }, [join(folder, 'nowhere'), folder])).parent).toBe(folder);
  });

  it('says what is wrong with a name or a folder that was chosen', async () => {
    mkdirSync(join(folder, '甲.cdarchive', 'objects'), { recursive: true });
    const troubleOf = async (name: string, parent: string): Promise<string> => (await placeArchive({ name, parent, beside: null }, [])).trouble;
    expect(await troubleOf('甲', folder)).toContain('同名');
    expect(await troubleOf('甲.cdarchive', folder)).toContain('同名');
    expect(await troubleOf(' . ', folder)).toContain('名称');
    expect(await troubleOf('乙', join(folder, 'gone'))).toContain('不存在');
    expect(await troubleOf('乙', join(folder, '甲.cdarchive', 'objects'))).toContain('另一个档案库');
    expect(await troubleOf('乙', folder)).toBe('');
  });

  it.each([['a/b\\c:d*e?"<>|', 'a_b_c_d_e_____'], ['con', '_con'], ['..', ''], ['市南区.', '市南区'], ['甲'.repeat(200), '甲'.repeat(66)]])('makes a file name of %j', (given, name) => {
    expect(archiveName(given)).toBe(name);
  });
});

describe('recent archives', () => {
  it('keeps the newest first, each once, twelve at most, over restarts', () => {
    const file = join(folder, 'deep', 'recent.json');
    const recent = new RecentArchives(file);
    for (let number = 0; number < 14; number += 1) recent.remember({ folder: join(folder, `${number}.cdarchive`), title: `第${number}个` }, new Date(number));
    recent.remember({ folder: join(folder, '5.cdarchive'), title: '改名' }, new Date(100));
    const list = new RecentArchives(file).list();
    expect(list).toHaveLength(12);
    expect(list[0]).toEqual({ folder: join(folder, '5.cdarchive'), title: '改名', openedAt: new Date(100).toISOString() });
    expect(new Set(list.map((archive) => archive.folder)).size).toBe(12);
    recent.forget(join(folder, '5.cdarchive'));
    expect(recent.list()[0]?.title).toBe('第13个');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['recent.json']);
  });

  it.each(['', '{', '[{"folder": 3}]', '"text"'])('starts anew from a file that holds %j', (text) => {
    writeFileSync(join(folder, 'recent.json'), text);
    expect(new RecentArchives(join(folder, 'recent.json')).list()).toEqual([]);
  });

  it('does not fail where nothing can be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(writeJsonFile(join(folder, 'file', 'recent.json'), {})).toBe(false);
  });
});

describe('window place', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const read = (state: object) => {
    writeJsonFile(join(folder, 'window.json'), state);
    return readWindowState(join(folder, 'window.json'), screens);
  };
  const place = { x: 100, y: 80, width: 1200, height: 800, maximized: false };

  it('returns to where the window was', () => expect(read(place)).toEqual(place));
  it('forgets a place on a screen that is gone', () => expect(read({ ...place, x: 3000 })).toBeNull());
  it('forgets a place whose title bar is out of reach', () => expect(read({ ...place, y: -400 })).toBeNull());
  it('forgets impossible sizes', () => expect(read({ ...place, width: 3 })).toBeNull());
});

describe('the open archive', () => {
  const archive = { folder: '/a.cdarchive', title: '市南区', region: '市南区', readOnly: false, heldBy: '' };
  it('is read from answers that open or close one', () => {
    expect(readOpenedArchive('archive.open', { ok: true, value: archive })).toEqual(archive);
    expect(readOpenedArchive('archive.create', { ok: true, value: { archive, indicators: 36, questions: [] } })).toEqual(archive);
    expect(readOpenedArchive('exchange.open', { ok: true, value: archive })).toEqual(archive);
    expect(readOpenedArchive('archive.close', { ok: true, value: {} })).toBeNull();
    expect(readOpenedArchive('archive.open', { ok: false, error: { code: 'archive-locked', about: '', detail: '' } })).toBeUndefined();
    expect(readOpenedArchive('archive.open', { ok: true, value: { folder: 3 } })).toBeUndefined();
    expect(readOpenedArchive('catalog.read', { ok: true, value: archive })).toBeUndefined();
  });

  it('can be named on the command line, relative to where the person stands', () => {
    expect(findArchiveArgument(['-r', 'loader.js', '--inspect=0', '.', '创建.cdarchive'], folder)).toBe(join(folder, '创建.cdarchive'));
    expect(findArchiveArgument(['.', '--flag.cdarchive'], folder)).toBeNull();
  });
});
