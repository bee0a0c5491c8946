import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines, cleanText, mayEndLine, mayStartLine, splitClusters } from '../../src-main/papers/line-breaking.ts';
import { measure } from './paper-fixture.ts';

const em = (text: string): number => [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) >= 0x2000 ? 1 : 0.5), 0);

describe('breakLines', () => {
  it('takes a character down with the mark that may not begin a line', () => {
    expect(breakLines('生态文明建设。', 6, em)).toEqual(['生态文明建', '设。']);
    expect(breakLines('关于印发《方案》的通知', 5, em)).toEqual(['关于印发', '《方案》的', '通知']);
  });

  it('keeps words, figures with units, document numbers and double marks whole', () => {
    expect(breakLines('浓度降至26μg/m³以下', 6, em)).toEqual(['浓度降至', '26μg/m³以下']);
    expect(splitClusters('青南政发〔2024〕10号')).toEqual(['青', '南', '政', '发', '〔2024〕', '10号']);
    expect(splitClusters('一——是……')).toEqual(['一——', '是……']);
    expect(breakLines('优良率87.4%。', 5, em)).toEqual(['优良率', '87.4%。']);
  });

  it('breaks what is wider than a line after a dash first', () => {
    expect(breakLines('Z109-WS·2024·D30·STB-0001', 10, em)).toEqual(['Z109-WS·2024·D30·', 'STB-0001']);
    expect(breakLines('9998–10000', 3.5, em)).toEqual(['9998–', '10000']);
    expect(breakLines('aaaaaaaa', 2, em)).toEqual(['aaaa', 'aaaa']);
  });

  it('begins a line at each line end of the text and loses nothing but spaces at the breaks', { timeout: 30_000 }, () => {
    expect(breakLines('一\n\n二', 5, em)).toEqual(['一', '', '二']);
    const alphabet = fc.constantFrom(...'生态环境局《》（），。；“”—…、123 45.6%abcXY-/·〔〕'.split(''));
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 80 }).map((list) => list.join('')), fc.integer({ min: 12, max: 60 }), (text, width) => {
        const widthOf = (piece: string): number => measure(piece, 'song', 10.5);
        const lines = breakLines(text, width, widthOf);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        const clusters = splitClusters(text);
        const hasLong = clusters.some((cluster) => widthOf(cluster.trimEnd()) > width);
        for (const [index, line] of lines.entries()) {
          expect(widthOf(line)).toBeLessThanOrEqual(width + 0.01);
          if (hasLong) continue;
          if (index > 0 && line !== '') expect(mayStartLine(line.charAt(0)), `${lines.join('|')}`).toBe(true);
          if (index < lines.length - 1 && line !== '') expect(mayEndLine(line.charAt(line.length - 1)), lines.join('|')).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('cleanText', () => {
  it('folds look-alikes and drops what cannot be printed or would break XML', () => {
    expect(cleanText('⽂件\u202Eabc\u0000\uD800 \u2015x\r\ny\tz')).toBe('文件abc —x\ny z');
    expect(cleanText('𬭎')).toBe('𬭎');
  });
});
