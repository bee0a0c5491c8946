import { describe, expect, it } from 'vitest';
import { findMatches } from '../../src-renderer/preview/text-search.ts';
import { splitByWords } from '../../src-renderer/search/split-by-words.ts';

describe('finding in a page', () => {
  it('finds words that the page breaks over runs and lines', () => {
    expect(findMatches(['生态文', ' ', '明建设 ', '生态 文明'], '生态文明')).toEqual([
      { from: { run: 0, offset: 0 }, to: { run: 2, offset: 1 } },
      { from: { run: 3, offset: 0 }, to: { run: 3, offset: 5 } },
    ]);
  });

  it('takes full-width and half-width, large and small letters for the same', () => {
    expect(findMatches(['ＰＭ２．５浓度'], 'pm2.5')).toEqual([{ from: { run: 0, offset: 0 }, to: { run: 0, offset: 5 } }]);
  });

  it('finds nothing for nothing, and overlapping words once', () => {
    expect(findMatches(['哈哈哈'], '  ')).toEqual([]);
    expect(findMatches(['哈哈哈'], '哈哈')).toHaveLength(1);
  });
});

describe('marking words in a hit', () => {
  it('keeps every character and takes words literally', () => {
    const parts = splitByWords('(一)污水处理率95.1%(含)', '95.1% (');
    expect(parts.map((part) => part.text).join('')).toBe('(一)污水处理率95.1%(含)');
    expect(parts.filter((part) => part.found).map((part) => part.text)).toEqual(['(', '95.1%', '(']);
    expect(splitByWords('全文', ' ')).toEqual([{ text: '全文', found: false }]);
  });
});
