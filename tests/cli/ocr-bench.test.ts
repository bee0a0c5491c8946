import { expect, it } from 'vitest';
import { countErrors } from '../../src-main/cli/bench/ocr-pages.ts';

it('counts each wrong, missing and added character once, and no white space', () => {
  expect(countErrors('处理率 96.3%\n已复核', '处理率96.3%已复核')).toEqual({ characters: 11, errors: 0 });
  expect(countErrors('处理率96.3%', '处理率98.3%')).toEqual({ characters: 8, errors: 1 });
  expect(countErrors('处理率', '处率了')).toEqual({ characters: 3, errors: 2 });
  expect(countErrors('甲乙', '')).toEqual({ characters: 2, errors: 2 });
});
