import { describe, expect, it } from 'vitest';
import { asksForCitation, nameCitation, replaceCitationWord, showCitations, storeCitations, withoutCitations } from '../../src-renderer/indicators/citations.ts';

const ask = (text: string): boolean => asksForCitation(text, text.length);

describe('typing 见', () => {
  it('asks for a page after a mark, a bracket, a figure or at the beginning, and never within a word', () => {
    expect(['见', '达标。见', '98.4%见', '〔见', '（见'].map(ask)).toEqual([true, true, true, true, true]);
    expect(['详见', '（参见', '，见'].map(ask)).toEqual([true, true, true]);
    expect(['意见', '常见', '见证', '达标'].map(ask)).toEqual([false, false, false, false]);
  });

  it('becomes the citation, with the bracket that was typed before it', () => {
    expect(replaceCitationWord('达标。见后文', 4, '〔见 e1:3〕')).toBe('达标。〔见 e1:3〕后文');
    expect(replaceCitationWord('达标〔见', 4, '〔见 e1:3〕')).toBe('达标〔见 e1:3〕');
    expect(replaceCitationWord('达标（详见', 5, '〔见 e1:3〕')).toBe('达标〔见 e1:3〕');
    expect(replaceCitationWord('达标（92%）见', 8, '〔见 e1:3〕')).toBe('达标（92%）〔见 e1:3〕');
  });
});

describe('citations as they are read in the editor', () => {
  const evidence = [
    { id: 'e1a', title: '污水处理率数据表' },
    { id: 'e2b', title: '污水处理率数据表' },
    { id: 'e3c', title: '关于批准实施《市南区国家生态文明建设示范区规划（2023—2030年）》的批复〔2023〕96号.$&' },
  ];
  const stored = '处理率达到98%〔见 e1a:3〕，逐年提高〔见 e2b:1〕，规划已批准〔见 e3c:2〕；另见〔见 e9f:1〕。';

  it('name the document and the page, each in a way of its own, and come back to what is stored', () => {
    const shown = showCitations(stored, evidence);
    expect(shown).toContain('〔见《污水处理率数据表》第3页〕');
    expect(shown).toContain('〔见《污水处理率数据表·2》第1页〕');
    expect(shown).not.toMatch(/e1a|e2b|e3c/u);
    expect(storeCitations(shown, evidence)).toBe(stored);
    expect(storeCitations(stored, evidence)).toBe(stored);
    expect(withoutCitations(stored)).toBe('处理率达到98%，逐年提高，规划已批准；另见。');
  });

  it('are put in as they are read', () => {
    const shown = replaceCitationWord('达标。见', 4, nameCitation({ id: 'e2b', page: 7 }, evidence));
    expect(shown).toBe('达标。〔见《污水处理率数据表·2》第7页〕');
    expect(storeCitations(shown, evidence)).toBe('达标。〔见 e2b:7〕');
  });
});
