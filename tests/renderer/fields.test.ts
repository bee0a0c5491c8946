import { describe, expect, it } from 'vitest';
import { insertCitation, readCitations, withoutCitations } from '../../src-renderer/indicators/citations.ts';
import { emptyEntry, entryOf, readEntry } from '../../src-renderer/indicators/year-entry.ts';
import { findDraft, dropDraft, keepDraft } from '../../src-renderer/indicators/report-draft.ts';
import { checkDate, readDate } from '../../src-renderer/ui/date-text.ts';
import { countCharacters, daysBetween, formatBytes, formatFigure, formatSeconds } from '../../src-renderer/ui/words.ts';
import { shortenMiddle } from '../../src-renderer/ui/shorten-middle.ts';
import { yearForDate, yearOfItem } from '../../src-renderer/ui/year-choice.ts';

describe('dates as clerks write them', () => {
  it('reads the usual ways', () => {
    for (const text of ['2024-04-30', '2024.4.30', '2024/4/30', '2024年4月30日', '20240430', '２０２４年４月３０日']) expect(readDate(text)).toBe('2024-04-30');
    expect(readDate('2024年')).toBe('2024');
  });

  it('refuses days that do not exist and words', () => {
    expect(checkDate('2024-02-29')).toBe('');
    expect(checkDate('2023-02-29')).toBe('没有这一天');
    expect(checkDate(readDate('四月底'))).not.toBe('');
    expect(checkDate('')).toBe('');
  });

  it('counts days to a deadline, and since it', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2026-11-23', '2024-04-30')).toBe(-937);
    expect(daysBetween('2026-11-23', '')).toBeNull();
  });

  it('proposes the year of the archive in which a date lies', () => {
    expect(yearForDate('2022-03-09', [2021, 2022, 2023])).toBe(2022);
    expect(yearForDate('2020', [2021, 2022, 2023])).toBeNull();
    expect(yearForDate('', [2021])).toBeNull();
    const years = [2021, 2022, 2023];
    expect(yearOfItem({ title: '2021年污水处理率工作总结', date: '2022-01-10' }, years)).toBe(2021);
    expect(yearOfItem({ title: '关于做好2025年工作的通知', date: '2023-12-01' }, years)).toBe(2023);
    expect(yearOfItem({ title: '2021年至2023年数据汇编', date: '2024-01-10' }, years)).toBeNull();
    for (const title of ['示范区规划（2023—2030年）', '2022-2023年度汇编', '2021至2023年数据']) expect(yearOfItem({ title, date: '2023-01-10' }, years)).toBeNull();
    expect(yearOfItem({ title: '工作方案', date: '2022-05-01' }, years)).toBe(2022);
    for (const title of ['责任追究实施细则', '离任审计实施办法（试行）', '关于印发《突发环境事件应急预案》的通知', '关于批准实施《示范区规划》的批复', '损害赔偿制度实施方案']) expect(yearOfItem({ title, date: '2021-06-22' }, years), title).toBeNull();
    expect(yearOfItem({ title: '2022年考核办法', date: '2021-12-01' }, years)).toBe(2022);
  });
});

describe("a year's figures", () => {
  it('reads full-width digits, separators and a trailing per cent', () => {
    expect(readEntry({ ...emptyEntry('%'), value: '９６．３％', numerator: '1,234', denominator: '1,281' })).toEqual({ kind: 'read', value: { value: 96.3, unit: '%', numerator: 1234, denominator: 1281, sourcePage: null } });
  });

  it('says what is wrong instead of saving half', () => {
    expect(readEntry(emptyEntry('%'))).toEqual({ kind: 'empty' });
    expect(readEntry({ ...emptyEntry('%'), value: '九十' })).toMatchObject({ kind: 'wrong', fields: ['value'] });
    expect(readEntry({ ...emptyEntry('%'), value: '9', numerator: '1' })).toMatchObject({ kind: 'wrong', fields: ['denominator'] });
    expect(readEntry({ ...emptyEntry('%'), value: '9', numerator: '1', denominator: '0' })).toMatchObject({ kind: 'wrong', says: '分母不能是 0' });
    expect(readEntry({ ...emptyEntry('%'), value: '9', source: 'e1', page: '0' })).toMatchObject({ kind: 'wrong', fields: ['page'] });
    expect(readEntry({ ...emptyEntry('%'), value: '9', source: 'e1', page: '２' })).toMatchObject({ kind: 'read', value: { sourcePage: 2 } });
    expect(readEntry({ ...emptyEntry('%'), numerator: '1', denominator: '2' })).toMatchObject({ kind: 'wrong', fields: ['value'] });
  });

  it('shows what was saved without floating noise', () => {
    expect(entryOf({ year: 2023, value: 0.1 + 0.2, unit: '', numerator: null, denominator: null, sourceEvidence: null, sourcePage: null }).value).toBe('0.3');
    expect(formatFigure(100)).toBe('100');
  });
});

describe('drafts of reports', () => {
  it('are found until they are saved, for their archive and indicator only', () => {
    const kept = new Map<string, string>();
    const store = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
    keepDraft(store, '/a', '1', '新的一句');
    expect(findDraft(store, '/a', '1', '旧的')).toBe('新的一句');
    expect(findDraft(store, '/a', '1', '新的一句')).toBeNull();
    expect(findDraft(store, '/b', '1', '旧的')).toBeNull();
    dropDraft(store, '/a', '1');
    expect(findDraft(store, '/a', '1', '旧的')).toBeNull();
  });
});

describe('citations in a report', () => {
  it('are read once each, put in at the cursor, and not counted as text', () => {
    const text = insertCitation('比例为22%。', 6, '〔见 e12ab:3〕');
    expect(text).toBe('比例为22%〔见 e12ab:3〕。');
    expect(readCitations(`${text}又〔见 e12ab：3〕〔见 e9:1〕〔见 附件〕`)).toEqual([{ id: 'e12ab', page: 3 }, { id: 'e9', page: 1 }]);
    expect(withoutCitations(text)).toBe('比例为22%。');
  });
});

describe('figures for people', () => {
  it('counts characters without blanks and whole code points', () => {
    expect(countCharacters('生态 文明\n𠮷')).toBe(5);
  });

  it('writes sizes and times shortly', () => {
    expect([formatBytes(0), formatBytes(1536), formatBytes(150 * 1024 * 1024), formatSeconds(75)]).toEqual(['0 B', '1.5 KB', '150 MB', '1 分 15 秒']);
  });
});

describe('a long title', () => {
  it('loses its middle, never the tail that tells it from its neighbours', () => {
    expect(shortenMiddle('现场照片', 10)).toBe('现场照片');
    const shown = shortenMiddle('市南区2023年生态文明建设示范区创建工作现场照片（三）', 16);
    expect(shown).toMatch(/^市南区2023.*….*照片（三）$/u);
    expect([...shown].length).toBeLessThanOrEqual(19);
  });
});
