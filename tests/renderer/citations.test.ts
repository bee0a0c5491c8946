import { describe, expect, it } from 'vitest';
import { asksForCitation, replaceCitationWord } from '../../src-renderer/indicators/citations.ts';

const ask = (text: string): boolean => asksForCitation(text, text.length);

describe('typing 见', () => {
  it('asks for a page after a mark, a bracket, a figure or at the beginning, and never within a word', () => {
    expect(['见', '达标。见', '98.4%见', '〔见', '（见'].map(ask)).toEqual([true, true, true, true, true]);
    expect(['意见', '常见', '见证', '达标'].map(ask)).toEqual([false, false, false, false]);
  });

  it('becomes the citation, with the bracket that was typed before it', () => {
    expect(replaceCitationWord('达标。见后文', 4, { id: 'e1', page: 3 })).toBe('达标。〔见 e1:3〕后文');
    expect(replaceCitationWord('达标〔见', 4, { id: 'e1', page: 3 })).toBe('达标〔见 e1:3〕');
  });
});
