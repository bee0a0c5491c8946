import { describe, expect, it } from 'vitest';
import { findPapers, hasWords } from '../../src-renderer/search/find-commands.ts';
import { minutesLeft, paceAfter } from '../../src-renderer/ui/scan-pace.ts';
import type { ScanPace } from '../../src-renderer/ui/scan-pace.ts';

describe('the time that reading scans still needs', () => {
  it('is not told before enough was read, then follows the pace, and begins anew after a pause', () => {
    let pace: ScanPace | null = null;
    for (let read = 0; read <= 4; read += 1) pace = paceAfter(pace, read, true, read * 6000);
    expect(minutesLeft(pace, 100)).toBeNull();
    for (let read = 5; read <= 10; read += 1) pace = paceAfter(pace, read, true, read * 6000);
    expect(minutesLeft(pace, 100)).toBe(10);
    expect(minutesLeft(pace, 1)).toBe(1);
    expect(paceAfter(pace, 10, true, 99_000)).toBe(pace);
    expect(minutesLeft(paceAfter(pace, 10, false, 99_000), 100)).toBeNull();
  });
});

describe('words of the palette', () => {
  it('find a name however it is spaced and cased, each word by itself', () => {
    expect(hasWords('存为pdf', '存为 PDF…')).toBe(true);
    expect(hasWords('第2卷 目录', '卷内目录 第2卷 生态安全')).toBe(true);
    const list = { kinds: [{ kind: 'certificate', name: '不涉及证明', purpose: 'submit' as const, says: '', formats: ['pdf' as const], scopeName: '', replaceable: false, fields: [], template: null, scopes: [{ id: '8', name: '8 污水处理率', note: '', replaced: null }] }], draft: false, bound: null, stray: [] };
    expect(findPapers('污水', list, () => undefined)).toEqual([]);
    expect(findPapers('证明 污水', list, () => undefined).map(({ name }) => name)).toEqual(['打印文书：不涉及证明 8 污水处理率']);
    expect(hasWords('第2卷 封面', '卷内目录 第2卷 生态安全')).toBe(false);
  });
});
