import { describe, expect, it } from 'vitest';
import { evidenceId } from '../../src-main/domain/ids.ts';
import type { BoundVolumeFacts } from '../../src-main/domain/snapshot.ts';
import { mergeStated, nothingStated, readStatedVolume, withStated } from '../../src-main/domain/stated-volume.ts';

const HEAD = '顺序号\t文号\t责任者\t题 名\t日期\t页号\t备注';
const index = (...rows: readonly string[]): string => ['卷内目录', '案卷题名：第2卷 甲    档号：Z109-WS·2024-Y-STB-0002', HEAD, ...rows].join('\n');

const bound: BoundVolumeFacts = {
  no: 2, archivalCode: 'Z109-WS·2024-Y-STB-0002', closing: { items: 3, pages: 6 },
  items: [['a', 1, 2], ['b', 3, 3], ['c', 4, 6]].map(([id, first, last], at) => ({ evidenceId: evidenceId(String(id)), order: at + 1, indexed: [Number(first), Number(last)], stamped: [Number(first), Number(last)], archivalCode: '' })),
};
const titles: Readonly<Record<string, string>> = { a: '关于甲的通知', b: '[乙的照片]', c: '丙报告' };
const after = (text: string): BoundVolumeFacts => withStated(bound, readStatedVolume(text), (id) => titles[id] ?? '');
const pagesOf = ({ items }: BoundVolumeFacts): readonly unknown[] => items.map(({ order, indexed }) => [order, ...indexed]);

describe('what a volume’s own papers state', () => {
  it('is the same where an index says the same, its titles broken and its signs full-width', () => {
    expect(after(index('１\t甲〔2021〕1号\t局\t关于甲的 通知\t20210101\t１\t', '2\t\t\t乙的照片\t\t3\t', '3\t\t局\t丙报告\t20230101\t4—6\t'))).toEqual(bound);
  });

  it('is read by the number of pages where the column counts them', () => {
    const text = index('1\t\t\t关于甲的通知\t\t2\t', '2\t\t\t乙的照片\t\t1\t', '3\t\t\t丙报告\t\t2\t').replace('页号', '页数');
    expect(pagesOf(after(text))).toEqual([[1, 1, 2], [2, 3, 3], [3, 4, 5]]);
  });

  it('follows the title where rows changed places, and the place where a title was rewritten', () => {
    expect(pagesOf(after(index('1\t\t\t乙的照片\t\t3\t', '2\t\t\t关于甲的通知\t\t1\t', '3\t\t\t丙报告（修订）\t\t5-6\t')))).toEqual([[2, 1, 2], [1, 3, 3], [3, 5, 6]]);
  });

  it('reads the numbers of a late insert, alone and as a range', () => {
    const facts = { ...bound, items: bound.items.map((item, at) => (at === 1 ? { ...item, order: 1, orderAfter: 1, indexed: [1, 3] as const, indexedAfter: 2, stamped: [1, 3] as const, stampedAfter: 2 } : item)) };
    const read = (...cells: readonly [order: string, page: string]): unknown =>
      withStated(facts, readStatedVolume(index(`1\t\t\t关于甲的通知\t\t1\t`, `${cells[0]}\t\t\t乙的照片\t\t${cells[1]}\t`, '2\t\t\t丙报告\t\t4-6\t')), (id) => titles[id] ?? '').items[1];
    expect(read('1-1', '2-1')).toEqual(facts.items[1]);
    expect(read('1-1', '2-1–2-3')).toEqual(facts.items[1]);
    expect(read('1-2', '2-2')).toMatchObject({ order: 2, orderAfter: 1, indexed: [2, 2], indexedAfter: 2 });
    expect(read('2', '3')).toMatchObject({ order: 2, indexed: [3, 3] });
  });

  it('has no pages for an item that no row names, and tells rows that name none', () => {
    const facts = after(index('1\t\t\t关于甲的通知\t\t1\t', '2\t\t\t丙报告\t\t4-6\t', '3\t\t\t丁\t\t7\t', '4\t\t\t戊\t\t8\t'));
    expect(pagesOf(facts)).toEqual([[1, 1, 2], [2, 0, 0], [2, 4, 6]]);
    expect(facts.strays).toEqual([{ order: 3, title: '丁', page: 7 }, { order: 4, title: '戊', page: 8 }]);
  });

  it('takes counts from a closing note, in its table or its sentence, and a code from any paper', () => {
    expect(readStatedVolume('卷内备考表\n文件件数\t3 件\t文件页数\t7 页')).toMatchObject({ items: 3, pages: 7, rows: null });
    expect(readStatedVolume('本卷共有文件材料 12 件、40 页，无照片。')).toMatchObject({ items: 12, pages: 40 });
    expect(after('全宗号\t案卷号\t档号\nZ109\t2\tZ109-WS·2024·D30·STB-0009')).toMatchObject({ archivalCode: 'Z109-WS·2024·D30·STB-0009', closing: { items: 3, pages: 6 } });
  });

  it('states nothing where nothing is understood, and believes each paper in what it is for', () => {
    expect(readStatedVolume('第1页\t共3页\n1\t甲\t3')).toEqual(nothingStated);
    expect(withStated(bound, nothingStated, () => '')).toEqual(bound);
    const counts = (items: number | null): typeof nothingStated => ({ ...nothingStated, items, pages: items });
    const coded = (archivalCode: string): typeof nothingStated => ({ ...nothingStated, archivalCode });
    expect(mergeStated({ cover: counts(2), index: counts(7), closing: counts(4) })).toEqual(counts(4));
    expect(mergeStated({ cover: counts(2), index: coded('a'), closing: coded('b') })).toEqual({ ...counts(2), archivalCode: 'a' });
    expect(mergeStated({ cover: coded('c'), index: coded('a'), closing: counts(null) })).toEqual(coded('c'));
  });
});
