import { describe, expect, it } from 'vitest';
import { readTheSame } from '../../src-main/domain/page-sight.ts';

const sheet = (year: number, value: string): string => `${year}年县城污水处理率数据表\n填报单位：市生态环境局市南分局\n处理率为${value}%，处理量1234.5万吨，排放量1290.1万吨，数据均已复核。`;

describe('two readings of pages', () => {
  it('are of one sheet where a letter or a mark was misread', () => {
    expect(readTheSame(sheet(2023, '96.3'), sheet(2023, '96.3').replace('复核', '复该').replace('：', ':'))).toBe(true);
  });

  it('are of two sheets where a figure differs, however alike the form', () => {
    expect(readTheSame(sheet(2023, '96.3'), sheet(2023, '96.8'))).toBe(false);
    expect(readTheSame(sheet(2023, '96.3'), sheet(2022, '96.3'))).toBe(false);
  });

  it('tell nothing where there is too little to read', () => {
    expect(readTheSame('第1页', '第1页')).toBe(false);
    expect(readTheSame('', '')).toBe(false);
  });
});
