import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getPageText, getTextState, linkEvidence, listPageTexts, listUnreadObjects, putPageTexts, searchArchive, transact, trashEvidence } from '../../src-main/archive/index.ts';
import { foldText, normalizeForSearch, toBigrams, toPhraseQuery } from '../../src-main/archive/search-text.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { fileItem, makeArchive } from './archive-fixture.ts';

const read = { state: 'done', source: 'pdf', note: '' } as const;
const page1 = '青南市市南区人民政府\n关于印发创建国家生态文明建设\n示范区工作方案的通知（青南政发〔２０２４〕１０号）\n环境空气质量优良天数比例达到 96.3%，PM2.5 平均浓度为 35 μg/m³。';

describe('folding', () => {
  it.each([
    ['ＡＢＣ１２３', 'abc123'],
    ['生 态\n文　明', '生态文明'],
    ['Green  Lake 公园', 'green_lake公园'],
    ['〔2024〕10号', '202410号'],
    ['96.3%', '96.3'],
    ['共9页。3号', '共9页3号'],
    ['9。3 9. 3 .5', '93_9_3_5'],
    ['①②㎡', '12m2'],
    ['𰻝𰻝面', '𰻝𰻝面'],
    ['', ''],
    ['，。！', ''],
  ])('%j becomes %j', (original, folded) => {
    expect(normalizeForSearch(original)).toBe(folded);
  });

  it('knows where each character came from', () => {
    const { text, starts, ends } = foldText('（１０号）㎡');
    expect(text).toBe('10号m2');
    expect([starts, ends]).toEqual([[1, 2, 3, 5, 5], [2, 3, 4, 6, 6]]);
  });

  it('makes overlapping pairs and a phrase of them', () => {
    expect(toBigrams('生态文明')).toBe('生态 态文 文明 明');
    expect(toPhraseQuery('生态文')).toBe('"生态 态文"');
    expect(toPhraseQuery('生')).toBe('"生"*');
    expect(toPhraseQuery('')).toBeNull();
  });
});

describe('search', () => {
  it('finds a passage wherever words, lines or widths divide it, and shows it in its place', async () => {
    const archive = await makeArchive();
    const { id, sha256 } = await fileItem(archive, '方案', { title: '工作方案' });
    putPageTexts(archive.db, sha256, [{ page: 1, text: '封面' }, { page: 2, text: page1 }], read);
    transact(archive.db, '', (tx) => linkEvidence(tx, { evidenceId: id, indicator: indicatorCode('5.2'), year: 2023, requirement: '' }));
    for (const words of ['生态', '态文', '建设示范区', '政发[2024]10号', '政发 2024', '96.3', 'pm2.5', 'ＰＭ２.５平均', '优良天数比例 浓度']) {
      expect(searchArchive(archive.db, words, 10).filter((hit) => hit.kind === 'page'), words).toMatchObject([{ kind: 'page', id, title: '工作方案', page: 2, indicators: ['5.2'] }]);
    }
    const [hit] = searchArchive(archive.db, '建设示范', 10);
    if (hit?.kind !== 'page') throw new Error('no page hit');
    expect(page1.slice(hit.offset, hit.offset + 2)).toBe('建设');
    expect(hit.snippet.text.slice(hit.snippet.from, hit.snippet.to)).toBe('建设示范');
    expect(hit.snippet.text).toContain('创建国家生态文明建设示范区');
    for (const words of ['963', '态生', '生态环保', '封面方案', '', '，。']) expect(searchArchive(archive.db, words, 10).filter((one) => one.kind === 'page'), words).toEqual([]);
  });

  it('takes characters typed one by one for the word that is meant', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, '方案');
    putPageTexts(archive.db, sha256, [{ page: 1, text: '环境生态' }, { page: 2, text: page1 }, { page: 3, text: '生活污水，文物' }], read);
    const pagesOf = (words: string): readonly number[] => searchArchive(archive.db, words, 10).flatMap((hit) => (hit.kind === 'page' ? [hit.page] : []));
    expect(pagesOf('生 态 文 明')).toEqual([2]);
    expect(pagesOf('生　态 文明')).toEqual([2]);
    // Two words of one character each, where nobody wrote them side by side.
    expect(pagesOf('污 物')).toEqual([3]);
  });

  it('finds titles, 文号, issuers and file names, indicators and units under any of their names', async () => {
    const archive = await makeArchive();
    const { id } = await fileItem(archive, 'x', { title: '关于公布结果的函', documentNumber: '青环函〔2023〕8号', issuer: '市审计局', fileName: '扫描件0042.pdf' });
    for (const words of ['公布结果', '青环函[2023]8号', '审计', '扫描件0042']) expect(searchArchive(archive.db, words, 9), words).toMatchObject([{ kind: 'item', id }]);
    expect(searchArchive(archive.db, '空气质量', 9)).toMatchObject([{ kind: 'indicator', code: '1', snippet: { from: 2, to: 6 } }]);
    expect(searchArchive(archive.db, '市南分局', 9)).toMatchObject([{ kind: 'unit', name: '区生态环境局' }]);
  });

  it('leaves out what lies in 回收站, and what a newer text no longer says', async () => {
    const archive = await makeArchive();
    const a = await fileItem(archive, 'a');
    const b = await fileItem(archive, 'b');
    for (const item of [a, b]) putPageTexts(archive.db, item.sha256, [{ page: 1, text: '垃圾分类' }], read);
    transact(archive.db, '', (tx) => trashEvidence(tx, a.id));
    expect(searchArchive(archive.db, '垃圾分类', 9)).toMatchObject([{ id: b.id }]);
    putPageTexts(archive.db, b.sha256, [{ page: 1, text: '污水处理' }], read);
    expect(searchArchive(archive.db, '垃圾分类', 9)).toEqual([]);
    expect(searchArchive(archive.db, '污水', 9)).toHaveLength(1);
  });

  it('takes words as words: no operator, wildcard or quote of the query reaches the index', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, 'a');
    putPageTexts(archive.db, sha256, [{ page: 1, text: '水质 NOT 达标 OR x' }], read);
    for (const words of ['水质" OR "', "'); DROP TABLE evidence; --", '水质*', 'NEAR(水质 达标)', '(水质', 'pairs:水质', '%', '^水质']) {
      expect(() => searchArchive(archive.db, words, 9), words).not.toThrow();
    }
    expect(searchArchive(archive.db, '水质 NOT', 9)).toHaveLength(1);
    expect(searchArchive(archive.db, '水质 NOT 缺', 9)).toHaveLength(0);
  });

  it('answers no more than was asked for', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, '水质一');
    await fileItem(archive, '水质二');
    putPageTexts(archive.db, sha256, Array.from({ length: 30 }, (_, at) => ({ page: at + 1, text: '水质' })), read);
    expect(searchArchive(archive.db, '水质', 5)).toHaveLength(5);
    expect(searchArchive(archive.db, '水质', 1)).toHaveLength(1);
    // Two indicators, two items, thirty pages.
    expect(searchArchive(archive.db, '水质', 100)).toHaveLength(34);
  });

  it('finds every part of two and more characters of any text', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, 'x');
    const characters = fc.constantFrom(...'生态文明建设示范区青南市的了一二𰻝𠮷aB9.3 \n，〔〕％');
    fc.assert(
      fc.property(fc.array(characters, { minLength: 2, maxLength: 40 }), fc.nat(), fc.integer({ min: 2, max: 12 }), (letters, at, length) => {
        const start = at % letters.length;
        const part = letters.slice(start, start + length);
        fc.pre(part.every((letter) => /[\p{Script=Han}]/u.test(letter)) && part.length >= 2);
        putPageTexts(archive.db, sha256, [{ page: 1, text: letters.join('') }], read);
        return searchArchive(archive.db, part.join(''), 50).some((hit) => hit.kind === 'page' && normalizeForSearch(hit.snippet.text.slice(hit.snippet.from, hit.snippet.to)) === part.join(''));
      }),
      // Repeated characters: the first place may be divided by a mark.
      { numRuns: 150, examples: [[['生', '设', '.', '设', '设'], 3, 2]] },
    );
  });
});

describe('page texts', () => {
  it('belong to the bytes, with positions where known', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileItem(archive, 'a');
    const other = await fileItem(archive, 'b');
    expect(listUnreadObjects(archive.db, 10)).toEqual([sha256, other.sha256]);
    putPageTexts(archive.db, sha256, [{ page: 1, text: '甲', positions: [{ x: 1.5, y: 2, w: 3 }] }, { page: 2, text: '' }], { state: 'done', source: 'ocr', note: 'n' });
    putPageTexts(archive.db, other.sha256, [], { state: 'failed', source: 'pdf', note: '打不开' });
    expect(listPageTexts(archive.db, sha256)).toEqual([{ page: 1, text: '甲' }, { page: 2, text: '' }]);
    expect(getPageText(archive.db, sha256, 1)).toEqual({ page: 1, text: '甲', positions: [{ x: 1.5, y: 2, w: 3 }] });
    expect(getPageText(archive.db, sha256, 3)).toBeNull();
    expect(getTextState(archive.db, sha256)).toEqual({ state: 'done', source: 'ocr', note: 'n' });
    expect(getTextState(archive.db, other.sha256)?.state).toBe('failed');
    expect(listUnreadObjects(archive.db, 10)).toEqual([]);
  });
});
