import { describe, expect, it } from 'vitest';
import { findPersonalIds, guessMetadata, isPersonalId, normaliseText, plainFileName, type GuessedMetadata } from '../../src-main/intake/index.ts';
import { tidyLine } from '../../src-main/intake/ocr/tidy-line.ts';
import { findDates } from '../../src-main/intake/written-date.ts';

const units = ['市生态环境局市南分局', '区组织部', '青岛市市南区人民政府'];
const guessOf = (pages: readonly string[], fileName = 'x.pdf'): GuessedMetadata => guessMetadata(pages.map((text, index) => ({ page: index + 1, text, items: [] })), fileName, units);
const valuesOf = (guess: GuessedMetadata): readonly (string | undefined)[] => [guess.documentNumber?.value, guess.issuer?.value, guess.title?.value, guess.date?.value, guess.secrecy?.value];

describe('guessMetadata', () => {
  it('reads an official document with letterhead', () => {
    const guess = guessOf([
      '青 岛 市 市 南 区 人 民 政 府 文 件\n青南政发 〔2024〕 10 号\n青岛市市南区人民政府\n关于印发市南区国家生态文明建设示范区\n创建工作方案的通知\n各街道办事处，区政府各部门：\n根据青政发〔2023〕99号要求，现印发给你们。',
      '请认真组织实施。\n青岛市市南区人民政府\n2024年2月5日\n（此件公开发布）\n青岛市市南区人民政府办公室 2024年2月8日印发',
    ]);
    expect(valuesOf(guess)).toEqual(['青南政发〔2024〕10号', '青岛市市南区人民政府', '青岛市市南区人民政府关于印发市南区国家生态文明建设示范区创建工作方案的通知', '2024-02-05', undefined]);
    expect(guess.date?.where).toEqual({ page: 2, text: '2024年2月5日' });
    expect(guess.documentNumber?.confidence).toBeGreaterThan(0.9);
  });

  it.each(['〔2023〕', '[2023]', '［2023］', '（2023）', '(2023)', '【2023】', '﹝2023﹞', '「2023」'])('writes the brackets of a number as the standard does: %s', (brackets) => {
    expect(guessOf([normaliseText(`青环函${brackets}007 号\n关于数据的复函`)]).documentNumber?.value).toBe('青环函〔2023〕7号');
  });

  it('takes no number from a sentence for the document’s own', () => {
    expect(guessOf(['市南区工作总结\n根据《关于印发方案的通知》（青政发〔2023〕9号）要求，我区开展了工作。']).documentNumber).toBeNull();
  });

  it('reads a date in Chinese numerals, a signature and a secrecy class', () => {
    const guess = guessOf(['机密★1年\n市南区生态环境情况说明\n我区情况如下。\n市生态环境局市南分局（盖章）\n二〇二三年十二月三十一日']);
    expect(valuesOf(guess)).toEqual([undefined, '市生态环境局市南分局', '市南区生态环境情况说明', '2023-12-31', '机密']);
  });

  it('takes the largest writing for the title, without what stands beside it, and the unit that filled in a table', () => {
    const run = (str: string, x: number, y: number, h: number) => ({ str, x, y, w: str.length * h, h });
    const items = [run('污水处理率', 200, 700, 22), run('数据汇总', 320, 700, 22), run('编号：0012', 500, 700, 9), run('填报单位：区城市管理局', 80, 660, 12), run('数据来源：台账', 300, 660, 12), run('一、基本情况说明如下', 80, 600, 12), run('各项数据均已复核', 80, 580, 12)];
    const text = '污水处理率 数据汇总 编号：0012\n填报单位：区城市管理局 数据来源：台账\n一、基本情况说明如下\n各项数据均已复核';
    const guess = guessMetadata([{ page: 1, text, items }], 'x.pdf', units);
    expect([guess.title?.value, guess.issuer?.value]).toEqual(['污水处理率数据汇总', '区城市管理局']);
  });

  it('falls back on the file’s name and says so', () => {
    const guess = guessOf([''], '03.2022年度污水处理率统计.xlsx');
    expect(guess.title).toEqual({ value: '2022年度污水处理率统计', where: { page: 0, text: '03.2022年度污水处理率统计.xlsx' }, confidence: 0.4 });
    expect(guess.date?.value).toBe('2022');
    expect(guess.issuer).toBeNull();
  });

  it('believes the file’s name where the page gave only the end of the same title', () => {
    const run = (str: string, y: number, h: number) => ({ str, x: 100, y, w: str.length * h, h });
    const page = { page: 1, text: '市南区领导干部自然资源资产\n离任审计\n实施办法\n第一条 为了规范审计工作，制定本办法。', items: [run('市南区领导干部自然资源资产', 700, 15), run('离任审计', 670, 15), run('实施办法', 640, 22), run('第一条 为了规范审计工作，制定本办法。', 600, 14)] };
    expect(guessMetadata([page], '01 市南区领导干部自然资源资产离任审计实施办法.pdf', units).title).toEqual({ value: '市南区领导干部自然资源资产离任审计实施办法', where: { page: 0, text: '01 市南区领导干部自然资源资产离任审计实施办法.pdf' }, confidence: 0.75 });
    expect(guessMetadata([page], '扫描件0007.pdf', units).title?.value).toBe('实施办法');
  });

  it('takes no piece of a sentence or a seal for a title, however large it was read', () => {
    const run = (str: string, y: number, h: number) => ({ str, x: 100, y, w: str.length * h, h });
    const page = { page: 1, recognised: true, text: '证明\n（第3种情形）\n态环境局，\n经核对近三年记录，我区不存在该情形。\n特此证明。', items: [run('证明', 700, 15), run('（第3种情形）', 670, 14), run('态环境局，', 500, 30), run('经核对近三年记录，我区不存在该情形。', 600, 14), run('特此证明。', 560, 14)] };
    expect(guessMetadata([page], '03 关于近三年不存在第3种不得申报情形的证明.jpg', units).title?.value).toBe('关于近三年不存在第3种不得申报情形的证明');
  });

  it('keeps the name of a file that says more than the kind of document on its page', () => {
    const page = { page: 1, text: '证明\n（第1种情形）\n经核对近三年记录，我区不存在该情形。\n特此证明。', items: [] };
    expect(guessMetadata([page], '01 关于近三年不存在第1种不得申报情形的证明.pdf', units).title).toMatchObject({ value: '关于近三年不存在第1种不得申报情形的证明', where: { page: 0 }, confidence: 0.75 });
    expect(guessMetadata([page], '02 关于近三年不存在第1种不得申报情形的证明2.pdf', units).title?.value).toBe('关于近三年不存在第1种不得申报情形的证明');
    expect(guessMetadata([page], '扫描件0007.pdf', units).title?.value).toMatch(/^证明/u);
  });

  it('takes no banner and no seal that recognition read for the title of a file that is named', () => {
    const run = (str: string, y: number, h: number) => ({ str, x: 100, y, w: str.length * h, h });
    const titleOf = (large: string, fileName: string, recognised = true): string | undefined =>
      guessMetadata([{ page: 1, recognised, text: `${large}\n现将有关工作进展公开如下，\n接受社会监督。`, items: [run(large, 700, 30), run('现将有关工作进展公开如下，', 600, 14), run('接受社会监督。', 560, 14)] }], fileName, units).title?.value;
    expect(titleOf('市南区政务网(示例)', '05 青岛市市南区城市管理局公开森林覆盖率工作进展.png')).toBe('青岛市市南区城市管理局公开森林覆盖率工作进展');
    expect(titleOf('敬源和规划', '01 关于市南区不涉及“受污染耕地安全利用率”指标的证明.jpg')).toBe('关于市南区不涉及“受污染耕地安全利用率”指标的证明');
    // What reads as a title stays where the name tells nothing or speaks of the same.
    expect(titleOf('市南区生态环境保护责任清单', '扫描件0007.pdf')).toBe('市南区生态环境保护责任清单');
    expect(titleOf('市南区生态环境保护责任清单', '生态局报来的第三批材料.pdf')).toBe('市南区生态环境保护责任清单');
    expect(titleOf('市南区生态环境保护责任清单', '市南区生态环境保护责任清单最终版.pdf')).toBe('市南区生态环境保护责任清单');
    expect(titleOf('市南区政务网(示例)', '05 青岛市市南区城市管理局公开森林覆盖率工作进展.pdf', false)).toBe('市南区政务网(示例)');
  });

  it('asks a scan’s letterhead before the signature under its seal', () => {
    const issuerOf = (recognised: boolean): string | undefined =>
      guessMetadata([{ page: 1, recognised, text: '青岛市市南区人民政府文件\n青南政发〔2023〕56号\n关于批准实施规划的批复\n同意实施。\n青釜市南岛人居政府\n2023年5月9日', items: [] }], 'x.pdf', ['区委组织部']).issuer?.value;
    expect(issuerOf(true)).toBe('青岛市市南区人民政府');
    expect(issuerOf(false)).toBe('青釜市南岛人居政府');
  });

  it('takes lines of nearly one height for one title, as a scan gives them', () => {
    const run = (str: string, y: number, h: number) => ({ str, x: 100, y, w: str.length * h, h });
    const page = { page: 1, recognised: true, text: '市南区生态环境保护工作\n责任清单\n一、总则说明如下所述\n二、职责分工如下所述', items: [run('市南区生态环境保护工作', 700, 20.4), run('责任清单', 670, 22), run('一、总则说明如下所述', 600, 14), run('二、职责分工如下所述', 580, 14)] };
    expect(guessMetadata([page], 'x.pdf', units).title).toMatchObject({ value: '市南区生态环境保护工作责任清单', confidence: 0.65 });
  });

  it('mends a unit’s name that was read from a picture with a mistaken letter, and shows it as doubtful', () => {
    const issuerOf = (signature: string, recognised: boolean): GuessedMetadata['issuer'] => guessMetadata([{ page: 1, text: `情况说明\n我区情况如下。\n${signature}\n2023年5月9日`, items: [], recognised }], 'x.pdf', ['区委组织部', '区生态环境分局', '区教育局', '区体育局']).issuer;
    expect(issuerOf('中共青福市市南区委织部', true)).toMatchObject({ value: '区委组织部', confidence: 0.65, where: { text: '中共青福市市南区委织部' } });
    expect(issuerOf('青岛市市南区委组织部', true)).toMatchObject({ value: '青岛市市南区委组织部' });
    expect(issuerOf('市南区休育局', true)).toMatchObject({ value: '市南区休育局', confidence: 0.65 });
    expect(issuerOf('市南区委织部', false)).toMatchObject({ value: '市南区委织部' });
  });

  it.each([['01 实施办法.pdf', '实施办法'], ['04 2023年现场照片.jpg', '2023年现场照片'], ['12.5规划.docx', '12.5规划'], ['2023 年总结.docx', '2023 年总结'], ['3、公示.pdf', '公示'], ['IMG_0012.jpg', 'IMG_0012']])('keeps of the name %s what is a title', (name, title) => {
    expect(plainFileName(name)).toBe(title);
  });

  it('takes neither a year to come nor an end of a span of years for a date', () => {
    const dateOf = (text: string, fileName: string): string | undefined => guessMetadata([{ page: 1, text, items: [] }], fileName, units, '', new Date(2026, 10, 26)).date?.value;
    expect(dateOf('', '02 关于批准实施规划2023—2030年的批复.pdf')).toBeUndefined();
    expect(dateOf('', '规划（2023-2025）.pdf')).toBeUndefined();
    expect(dateOf('', '总结 2027.pdf')).toBeUndefined();
    expect(dateOf('', '2023年总结.pdf')).toBe('2023');
    expect(dateOf('', '规划（2021—2030年）2022年修订.pdf')).toBe('2022');
    expect(dateOf('规划有效期至2030年12月31日。', '规划.pdf')).toBeUndefined();
    expect(dateOf('关于规划的批复\n青南市人民政府\n2030年5月1日', '批复.pdf')).toBeUndefined();
    expect(dateOf('关于规划的批复\n青南市人民政府\n2026年11月26日', '批复.pdf')).toBe('2026-11-26');
  });

  it('reads the numeral 一 between figures as the dash that it was', () => {
    expect(tidyLine('规划（2023一2030年）')).toBe('规划（2023—2030年）');
    expect(tidyLine('2021年一2023年、第1一3页')).toBe('2021年—2023年、第1—3页');
    expect(tidyLine('2023年一季度、第一1号、一、2')).toBe('2023年一季度、第一1号、一、2');
  });

  it('finds dates in every spelling and refuses days that do not exist', () => {
    expect(findDates('二○二三年四月二十九日、2023 年 4 月 9 日、一九九九年元月廿三日、2023年2月30日').map(({ iso }) => iso)).toEqual(['2023-04-29', '2023-04-09', '1999-01-23']);
    expect(findDates('20230409 2023.4.9 2023-04-09 3.14', { loose: true }).map(({ iso }) => iso)).toEqual(['2023-04-09', '2023-04-09', '2023-04-09']);
  });
});

describe('normaliseText', () => {
  it('makes what a PDF says findable', () => {
    expect(normaliseText('\u2F42件２０２３年\u2EA0\u00AD生\uE000（一）')).toBe('文件2023年民生（一）');
  });
});

describe('findPersonalIds', () => {
  it('finds numbers whose check digit is right, and no others', () => {
    expect(isPersonalId('11010519491231002X')).toBe(true);
    expect(isPersonalId('110105194912310021')).toBe(false);
    expect(findPersonalIds('身份证 110105 19491231 002x，账号 123456789012345678')).toEqual([{ index: 4, length: 20 }]);
  });
});
