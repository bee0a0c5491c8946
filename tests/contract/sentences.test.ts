import { expect, it } from 'vitest';
import { callError, errorCodes, explainError } from '../../src-main/contract/index.ts';

/** Half-width punctuation beside a Chinese character or quotation mark. */
const halfWidth = /[\u4e00-\u9fff”“][,:;()!?]|[,:;()!?][\u4e00-\u9fff“”]/u;

it('says every trouble in full-width punctuation, whole sentences with what to do', () => {
  expect(halfWidth.test('磁盘空间不足,“某文件”没有写完')).toBe(true);
  const sentences = errorCodes.map((code) => explainError(callError(code, '某文件', '某原因')));
  expect(sentences.filter((sentence) => halfWidth.test(sentence))).toEqual([]);
  expect(sentences.filter((sentence) => !sentence.endsWith('。'))).toEqual([]);
});
