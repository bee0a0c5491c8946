import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { zipSync, strToU8 } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCatalog } from '../../../src-main/domain/catalog-file.ts';
import type { Catalog } from '../../../src-main/domain/catalog.ts';
import { readPlan } from './read-plan.ts';
import type { PlanReading } from '../../../src-main/intake/plan-reader/blocks-as-plan.ts';
import { barTable, bracketPlan, clausePlan, columnPlan, inlinePlan, noPlan, partsPlan, respondPlan, roleTable, tableRows, widePlan } from './invented-plans.ts';
import { canMakePdf, docxOfLists, docxOfTable, docxOfText, pdfsOf } from './plan-files.ts';

const root = resolve(import.meta.dirname, '../../..');
const planFile = join(root, '../shared/plan/shinan-2024-work-plan.txt');
const hasPlan = existsSync(planFile);
const hasOffice = canMakePdf();
if (!hasPlan) console.warn('the plan text of 市南区 is not on this machine: the tests that read it are skipped');
if (!hasOffice) console.warn('no soffice on this machine: the tests that read PDFs made by it are skipped');

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const read = async (file: Uint8Array, name = 'plan'): Promise<PlanReading> => {
  const answer = await readPlan(file, name);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};

const refusal = async (file: Uint8Array): Promise<string> => {
  const answer = await readPlan(file, 'plan');
  if (answer.ok) throw new Error('was read');
  return answer.error.message;
};

/** An indicator in one line: code, name, target's words, leads / assists. */
const short = (catalog: Catalog): readonly string[] =>
  catalog.groups.flatMap((group) => group.indicators.map(({ code, name, target, lead, assist }) => `${code} ${name} [${target.text}] ${lead.join('+')} / ${assist.join('+')}`));

const builtIn = (): Catalog => {
  const catalog = readCatalog(JSON.parse(readFileSync(join(root, 'resources/catalogs/shinan-2024.json'), 'utf8')));
  if (!catalog.ok) throw new Error(JSON.stringify(catalog.error));
  return catalog.value;
};

/** What must be equal to the built-in catalog: all but the program's own words. */
const comparable = (catalog: Catalog): Catalog => ({
  ...catalog, id: '', version: '', groups: catalog.groups.map((group) => ({ ...group, indicators: group.indicators.map((indicator) => ({ ...indicator, explanation: '' })) })),
});

describe.skipIf(!hasPlan)('the plan of 市南区 (skipped where its text is not there)', () => {
  it('comes out of the text exactly as the built-in catalog has it', async () => {
    const { catalog } = await read(readFileSync(planFile));
    expect(comparable(catalog)).toEqual(comparable(builtIn()));
    expect(catalog.groups.flatMap((group) => group.indicators)).toHaveLength(36);
  });

  it('asks about what the plan leaves open, and about nothing else', async () => {
    const { questions, fields } = await read(readFileSync(planFile));
    expect(questions.map((question) => question.where)).toEqual(['6.1 生态质量指数(EQI) 目标', '单位', '单位', '单位组 各街道办事处', '单位组 区突发环境事件应急预案成员单位']);
    expect(questions.every((question) => question.sentence !== '' && question.asks !== '')).toBe(true);
    expect(fields.find((field) => field.field === '6.1 target')?.confidence).toBeLessThan(fields.find((field) => field.field === '11 target')?.confidence ?? 0);
  });

  it('comes out of a DOCX of it likewise', async () => {
    const { catalog } = await read(await docxOfText(readFileSync(planFile, 'utf8')));
    expect(comparable(catalog)).toEqual(comparable(builtIn()));
  });

  it.skipIf(!hasOffice)('comes out of a PDF of it likewise', { timeout: 200_000 }, async () => {
    const file = pdfsOf({ plan: await docxOfText(readFileSync(planFile, 'utf8')) }).get('plan') ?? new Uint8Array();
    const { catalog } = await read(file);
    expect(short(catalog)).toEqual(short(builtIn()));
    expect({ ...comparable(catalog), title: '', documentNumber: '', region: '' }).toEqual({ ...comparable(builtIn()), title: '', documentNumber: '', region: '' });
  });
});

describe('plans of other places', () => {
  it('reads responsibility in brackets at a sentence’s end', async () => {
    const { catalog, questions } = await read(bytes(bracketPlan));
    expect(catalog).toMatchObject({ title: '云川县创建省级生态文明建设示范县实施方案', region: '云川县', documentNumber: '云川政办发〔2023〕18号', years: [2020, 2021, 2022], deadline: '2023-10-20' });
    expect(catalog.milestones).toEqual([{ name: '启动阶段', from: '', to: '2023-03-31' }, { name: '实施阶段', from: '2023-04-01', to: '2023-09-30' }, { name: '申报阶段', from: '2023-10-01', to: '2023-11-15' }]);
    expect(short(catalog)).toEqual([
      '1 空气质量优良天数比例 [不低于85%] 市生态环境局云川分局 / 县住房城乡建设局+县交通运输局+各镇人民政府',
      '2 地表水达到或优于Ⅲ类水质比例 [保持稳定或持续改善] 市生态环境局云川分局 / 县水利局+县农业农村局',
      '3 集中式饮用水水源地水质达标率 [达到100%] 县水利局+市生态环境局云川分局 / ',
      '4 林草覆盖率 [提高到60%以上] 县林业局 / ',
      '5 自然岸线保有率 [完成上级管控目标] 县自然资源局 / ',
    ]);
    expect(catalog.groups[0]?.indicators[2]?.note).toBe('按职责分工负责');
    expect(questions.map((question) => question.where)).toEqual(['1 空气质量优良天数比例 目标', '单位组 各镇人民政府']);
  });

  it('reads label lines, thresholds in the body, and a list of situations with its own section', async () => {
    const { catalog, questions } = await read(bytes(respondPlan));
    expect(short(catalog)).toEqual([
      '1 城区绿化覆盖率 [达到40%以上] 市园林局 / 市住建局+各区人民政府',
      '2 城区人均公园绿地面积 [不少于12平方米] 市园林局+市自然资源局 / ',
      '3 乡村绿化 [开展村庄绿化美化] 市农业农村局 / 市林业局+各县（市、区）人民政府',
      '4 森林火灾受害率 [控制在0.9‰以下] 市应急局 / ',
      '5 义务植树尽责率 [百分之九十以上] 市绿化办 / 市教育局+团市委',
      '6 有下列情形之一的不得申报 [有下列情形之一的不得申报] 市林业局 / ',
    ]);
    expect(catalog.groups.at(-1)?.indicators[0]).toMatchObject({ kind: 'declarations', declarations: ['发生重特大森林火灾的', '发生严重非法侵占林地案件的', '弄虚作假的'] });
    const asked = questions.map((question) => question.asks).join();
    for (const word of ['连续编号', '没有说明谁牵头', '没有列全', '哪几年', '截止日期']) expect(asked).toContain(word);
    expect(catalog.milestones.map((milestone) => milestone.to)).toEqual(['2024-03-31', '2024-10-31', '2024-11-30']);
  });

  it('reads who leads from the running text, and asks where nobody does', async () => {
    const { catalog, questions } = await read(bytes(inlinePlan));
    expect(short(catalog)).toEqual([
      '1 一般工业固体废物贮存处置量 [持续下降] 临江区工业和信息化局+临江区生态环境局 / ',
      '2 生活垃圾回收利用率 [≥45%] 区城市管理局 / 区商务局+区供销社',
      '3.1 医疗废物收集处置率 [达到100%] 区卫生健康局 / ',
      '3.2 社会源危险废物收集处置体系覆盖率 [≥90%] 临江区生态环境局 / ',
      '4 公众对无废城市建设的满意度 [高于90%] 区统计局 / ',
      '5 危险废物经营单位规范化管理抽查合格率 [危险废物经营单位规范化管理抽查合格率]  / ',
      '6 秸秆综合利用率 [大于等于95%] 区农业农村局 / ',
      'N.1 主要矿山绿色矿山建成率 [主要矿山绿色矿山建成率] 区自然资源局 / ',
      'N.2 畜禽粪污综合利用率 [≥80%] 区农业农村局 / ',
    ]);
    expect(questions.filter((question) => question.where.startsWith('5 ')).map((question) => question.where)).toHaveLength(2);
    expect(questions.some((question) => question.asks.includes('“区生态环境局”与“临江区生态环境局”'))).toBe(true);
  });

  it('lets the first of several 责任单位 lead where the plan says so', async () => {
    const { catalog } = await read(bytes(clausePlan));
    expect(short(catalog)).toEqual([
      '1 用水定额管理 [不低于90％] 区水务局 / 区发展和改革局+区工业和信息化局',
      '2 计划用水管理 [达到百分之百] 区水务局 / ',
      '3 再生水利用率 [大于20%] 区城市管理局 / 区水务局',
    ]);
  });

  it('reads parts for chapters, labels without colons, figures without operators, phases in running text', async () => {
    const { catalog, questions } = await read(bytes(partsPlan));
    expect(short(catalog)).toEqual([
      '1 生态保护红线面积 [不减少] 县自然资源和规划局 / 县林业局+县水利局',
      '2 受保护地占国土面积比例 [≥33%] 县林业局 / ',
      '3 城镇污水处理率 [目标值95%] 县住建局 / 各乡镇(街道)',
      '4 空气质量优良天数比率 [达到85.5%以上] 市生态环境局海棠分局 / ',
      '5 生活垃圾无害化处理率 [95%] 县城管局 / ',
      '6 主要污染物总量减排 [完成省、市下达的年度考核任务] 市生态环境局海棠分局+县发改局 / ',
    ]);
    expect(catalog).toMatchObject({ title: '海棠县2023年创建国家生态文明建设示范县任务分工', years: [2020, 2021, 2022], deadline: '2023-09-30' });
    const asked = questions.map((question) => question.asks).join();
    for (const word of ['几个数值要求', '没有写不低于还是不高于', '从行文里读出来']) expect(asked).toContain(word);
  });

  it('reads full-width numbers, 会同, units alone in brackets, circled situations', async () => {
    const { catalog, questions } = await read(bytes(widePlan));
    expect(short(catalog)).toEqual([
      '1.1 生态文明建设工作占党政实绩考核的比例 [不低于20%] 区委组织部 / 区人社局+区生态环境分局',
      '1.2 严格落实河长制 [严格落实河长制] 区水务局 / ',
      '2 改善环境质量 [不少于5个百分点] 区生态环境分局 / 区公安分局+区交通局+各街道办',
      '3 公共机构绿色建筑比例 [100%] 区机关事务局 / 区住建局',
      '4 应急预案编制率 [达100%] 区应急局+区生态环境分局 / ',
      'N.1 草原植被覆盖度 [草原植被覆盖度] 区园林局 / ',
      'N.2 海岸线保有率 [海岸线保有率] 区自然资源分局 / ',
      '5 凡近三年内有以下情形的，一律不得申报 [凡近三年内有以下情形的，一律不得申报] 区生态环境分局 / ',
    ]);
    expect(catalog.groups.at(-1)?.indicators[0]?.declarations).toEqual(['发生重大环境事件', '被中央督察通报', '数据造假']);
    expect(catalog.milestones.map(({ from, to }) => [from, to])).toEqual([['', '2025-03-15'], ['2025-03-16', '2025-08-31'], ['2025-09-01', '2025-12-31']]);
    const asked = questions.map((question) => question.asks).join();
    for (const word of ['除数值外还要求“逐年提高”', '没有写明是牵头还是配合']) expect(asked).toContain(word);
  });

  it('reads a header of two rows and groups that are rows', async () => {
    const { catalog } = await read(bytes(barTable));
    expect(short(catalog)).toEqual(['1 河长制 [全面实施] 区水务局 / 各镇', '2 林草覆盖率 [≥60%] 区林业局 / 区农业农村局+区水务局', '3 优良天数比例 [≥85%] 区生态环境分局 / ']);
    expect(catalog.groups.map((group) => group.name)).toEqual(['生态制度', '生态安全']);
  });

  it('reads roles inside the cell of the units', async () => {
    const { catalog } = await read(bytes(roleTable));
    expect(short(catalog)).toEqual(['1 污水处理率 [不低于95%] 区水务局 / 区住建局+各镇', '2 垃圾无害化处理率 [=100%] 区城管局 / 区财政局', '3 公众满意度 [≥90%] 区统计局 / ']);
  });

  const tableLines = [
    '1 生态文明建设规划 [制定实施] 县生态环境局 / 县发展改革局',
    '2 党委政府对生态文明建设重大目标任务部署情况 [有效开展] 县委办公室+县政府办公室 / 各乡镇',
    '3 环境空气质量优良天数比例 [≥90%] 县生态环境局 / 县公安局+县住建局',
    '4.1 农村饮用水卫生合格率 [=100%] 县卫生健康局 / 县水利局',
    '4.2 城镇污水处理率 [≥95%] 县住建局 / ',
    '5 单位地区生产总值用水量 [完成上级规定的目标任务；保持稳定或持续改善] 县水利局 / 县统计局',
    'N.1 海岸生态修复 [完成上级任务] 县自然资源局 / ',
  ];

  it('reads a DOCX table with cells merged downwards', async () => {
    const { catalog } = await read(await docxOfTable({ ...tableRows, merged: [0, 1] }));
    expect(short(catalog)).toEqual(tableLines);
    expect(catalog.groups.map((group) => group.name)).toEqual(['生态制度', '生态安全', '生态经济', '不涉及']);
    expect(catalog.title).toBe(tableRows.title);
  });

  it('reads a table of bars in a text', async () => {
    const rows = [tableRows.header, ...tableRows.rows].map((row) => `| ${row.join(' | ')} |`);
    const { catalog } = await read(bytes([tableRows.title, '', ...rows].join('\n')));
    expect(short(catalog)).toEqual(tableLines);
  });

  it('reads numbers that Word counts itself', async () => {
    const { catalog } = await read(await docxOfLists([{ heading: '重点任务', items: ['森林覆盖率≥60%。(区林业局牵头,区水利局配合)', '公众满意度≥85%。(区统计局负责)'] }], '竹山区创建工作方案'));
    expect(short(catalog)).toEqual(['1 森林覆盖率 [≥60%] 区林业局 / 区水利局', '2 公众满意度 [≥85%] 区统计局 / ']);
  });

  it('reads a text whose lines were broken at a fixed width', async () => {
    const wide = columnPlan.split('\n').flatMap((line) => line.match(/.{1,24}/gu) ?? ['']).join('\n');
    const { catalog } = await read(bytes(wide));
    expect(catalog.groups[0]?.indicators.map((indicator) => indicator.name)).toEqual(['森林覆盖率', '城镇生活垃圾无害化处理率', '河长制落实情况', '公众满意度']);
  });

  describe.skipIf(!hasOffice)('as PDF (skipped without soffice)', () => {
    let files: ReadonlyMap<string, Uint8Array> = new Map();
    beforeAll(async () => {
      files = pdfsOf({ table: await docxOfTable({ ...tableRows, merged: [0, 1] }), columns: await docxOfText(columnPlan, 2), long: await docxOfText(bracketPlan, 2) });
    }, 200_000);

    it('reads a table by its lines', async () => {
      const { catalog } = await read(files.get('table') ?? new Uint8Array());
      expect(short(catalog)).toEqual(tableLines);
      expect(catalog.title).toBe(tableRows.title);
    });

    it('reads two columns one after the other', async () => {
      const [fromPdf, fromText] = [await read(files.get('columns') ?? new Uint8Array()), await read(bytes(columnPlan))];
      expect(short(fromPdf.catalog)).toEqual(short(fromText.catalog));
      expect(fromPdf.catalog).toMatchObject({ title: '松溪区创建生态文明建设示范区实施方案', years: [2019, 2020, 2021], deadline: '2022-08-31' });
    });

    it('puts sentences together that a narrow column breaks', async () => {
      const [fromPdf, fromText] = [await read(files.get('long') ?? new Uint8Array()), await read(bytes(bracketPlan))];
      expect(short(fromPdf.catalog)).toEqual(short(fromText.catalog));
    });
  });
});

describe('what cannot be read is refused with the reason', () => {
  const docx = (xml: string): Uint8Array => zipSync({ 'word/document.xml': strToU8(xml) });

  it.each([
    ['an empty file', new Uint8Array(), '空的'],
    ['a letter', bytes(noPlan), '没有找到指标'],
    ['an old Word file', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), '另存为 DOCX'],
    ['bytes', new Uint8Array([0, 1, 2, 3, 255]), '不是 DOCX'],
    ['a damaged PDF', bytes('%PDF-1.7\nnothing'), '无法解读'],
    ['a truncated DOCX', zipSync({ 'word/document.xml': strToU8('<w:document/>') }).subarray(0, 40), '不完整'],
    ['a ZIP that is no document', zipSync({ 'a.txt': strToU8('a') }), '没有正文'],
    ['entities of its own', docx('<!DOCTYPE a [<!ENTITY b "c">]><w:document>&b;</w:document>'), '实体'],
    ['broken XML', docx('<w:document><w:p'), '损坏'],
  ])('%s', async (_, file, words) => {
    expect(await refusal(file)).toContain(words);
  });

  it('more text than a plan has', async () => expect(await refusal(bytes('一、任务\n'.padEnd(500_000, '的')))).toContain('不像一份方案'));

  it.each(['(', '(a)', '甲局、', '1', '≥95%', '完成', '的应'])('but a paragraph of nothing but %s is read in time, and its rest asked about', async (text) => {
    const { catalog, questions } = await read(bytes(`一、重点任务\n1.森林覆盖率≥60%。\n牵头单位:区林业局\n2.指标${text.repeat(50_000 / text.length)}`));
    expect(short(catalog)[0]).toBe('1 森林覆盖率 [≥60%] 区林业局 / ');
    expect(questions.some((question) => question.where === '长段落')).toBe(true);
  });

  it('a table whose columns cannot be told', async () => {
    const rows = [['甲', '乙', '丙'], ['a', '县水利局', '县统计局'], ['b', '县林业局', '县财政局'], ['c', '县教育局', '县体育局']];
    const message = await refusal(await docxOfTable({ title: '分工表', header: rows[0] ?? [], rows: rows.slice(1), merged: [] }));
    expect(message).toContain('表头');
  });
});
