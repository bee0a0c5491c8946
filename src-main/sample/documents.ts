import type { Indicator } from '../domain/catalog.ts';
import { chineseDate, type Block } from './page-writer.ts';
import { openRandom, type Random } from './random.ts';
import { noticeDemands, nextSteps, openings, organisation, people, quality } from './texts/phrases.ts';
import type { Topic } from './topic.ts';

const fill = (sentence: string, words: Readonly<Record<string, string | number>>): string => sentence.replace(/\{(\w+)\}/gu, (_all, name: string) => String(words[name] ?? ''));
const join = (sentences: readonly string[]): string => sentences.join('');
const para = (text: string): Block => ({ block: 'para', text });
const heading = (text: string, level: 1 | 2 = 1): Block => ({ block: 'heading', text, level });

/** `2022年县城污水处理率为98.4%`: the sentence that proves the figure. Empty where the topic has none. */
export function figureSentence(indicator: Indicator, topic: Topic, at: number, year: number): string {
  const { series } = topic;
  if (series === undefined) return '';
  const parts = series.parts?.counts[at];
  const how = parts === undefined || series.parts === undefined ? '' : `，其中${series.parts.numerator}${parts[0]}${series.parts.unit}，${series.parts.denominator}${parts[1]}${series.parts.unit}`;
  return `${year}年，${indicator.name}为${series.values[at] ?? ''}${series.unit}${how}。`;
}

function detailTable(topic: Topic, year: number, random: Random): Block {
  const rows = topic.rows.map((name, at) => {
    const quarters = Array.from({ length: 4 }, () => random.whole(3, 48));
    return [String(at + 1), name, ...quarters.map(String), String(quarters.reduce((sum, each) => sum + each, 0)), random.pick(['按计划完成', '已复核', '已完成', '资料齐全'])];
  });
  return { block: 'table', caption: `${year}年${topic.subject}相关工作开展情况（项次）`, widths: [14, 38, 16, 16, 16, 16, 15, 25], header: ['序号', '工作内容', '一季度', '二季度', '三季度', '四季度', '合计', '备注'], rows };
}

export interface Writing {
  readonly indicator: Indicator;
  readonly topic: Topic;
  /** Year and its place among the catalog's years. */
  readonly year: number;
  readonly at: number;
  readonly unit: string;
  readonly date: string;
}

/** 指标数据表: the figure, what it is computed from, its course, and the work in numbers. */
export function writeDataTable({ indicator, topic, year, at, unit, date }: Writing, years: readonly number[], title: string): readonly Block[] {
  const random = openRandom(title);
  const { series } = topic;
  const parts = series?.parts;
  const counts = parts?.counts[at];
  const own = parts === undefined || counts === undefined ? [] : [[parts.numerator, `${counts[0]}`, parts.unit, topic.source], [parts.denominator, `${counts[1]}`, parts.unit, topic.source]];
  const seen = years.slice(0, at + 1);
  return [
    { block: 'title', text: title },
    para(`填报单位：${unit}    数据来源：${topic.source}`),
    para(join([figureSentence(indicator, topic, at, year), random.pick([topic.basis[0] ?? '', topic.basis[1] ?? ''])])),
    { block: 'table', caption: `${year}年${topic.subject}指标值`, widths: [52, 30, 26, 48], header: ['项目', '数值', '单位', '出处'], rows: [...own, [topic.subject, `${series?.values[at] ?? ''}`, series?.unit === '' ? '—' : (series?.unit ?? ''), '由上列数据计算并经复核']] },
    ...(series === undefined || seen.length < 2 ? [] : [{ block: 'chart', caption: `${seen[0]}—${year}年变化情况`, unit: series.unit, bars: seen.map((each, index) => ({ label: `${each}年`, value: series.values[index] ?? 0 })) } as const]),
    detailTable(topic, year, random),
    para(`说明：${join(random.draw(quality, 2))}`),
    { block: 'signature', units: [unit], date, sealed: true },
  ];
}

/** 附件: what was done on which day, by whom; one to three pages. */
function ledger(topic: Topic, year: number, unit: string, random: Random): readonly Block[] {
  const count = random.whole(18, 46);
  const rows = Array.from({ length: count }, (_, at) => {
    const month = Math.min(12, Math.floor((at * 12) / count) + 1);
    const row = topic.rows[random.whole(0, topic.rows.length - 1)] ?? '';
    const work = (topic.work[random.whole(0, topic.work.length - 1)] ?? '').split(/[，。；]/u)[0] ?? '';
    return [String(at + 1), `${month}月${random.whole(1, 28)}日`, `${row}：${work}`, random.pick(people), random.pick(['已办结', '已归档', '已反馈', '已复核'])];
  });
  return [{ block: 'page-break' }, para(`附件：${year}年${topic.subject}工作台账（${unit}）`), { block: 'table', caption: `${year}年工作台账`, widths: [14, 24, 78, 20, 20], header: ['序号', '日期', '工作内容', '经办人', '结果'], rows }];
}

/** 工作开展情况: a report of three to five pages. */
export function writeYearReport({ indicator, topic, year, at, unit, date }: Writing, title: string): readonly Block[] {
  const random = openRandom(title);
  const words = { year, subject: topic.subject, unit };
  const figure = figureSentence(indicator, topic, at, year);
  return [
    { block: 'title', text: title },
    para(fill(random.pick([openings[0] ?? '', ...openings]), words)),
    heading('一、基本情况'),
    para(join([...topic.basis, figure])),
    heading('二、主要做法'),
    ...random.draw(topic.work, topic.work.length).flatMap((sentence, index): readonly Block[] => [
      heading(`（${'一二三四五六七八'.charAt(index)}）${['健全机制，压实责任', '突出重点，精准施策', '加强协作，形成合力', '严格把关，确保质量', '注重长效，巩固成果', '广泛宣传，公众参与'][(index + at) % 6] ?? ''}`, 2),
      para(join([sentence, ...random.draw(index % 2 === 0 ? organisation : quality, 1)])),
    ]),
    heading('三、取得成效'),
    para(join(topic.outcome)),
    detailTable(topic, year, random),
    heading('四、下一步打算'),
    para(join(random.draw(nextSteps, 3))),
    { block: 'signature', units: [unit], date, sealed: true },
    ...ledger(topic, year, unit, random),
  ];
}

/** 正式发文 of the lead unit: a notice that asks the others for their share. */
export function writeNotice({ topic, year, unit, date }: Writing, title: string, number: string): readonly Block[] {
  const random = openRandom(title);
  const words = { year, subject: topic.subject, unit };
  return [
    { block: 'letterhead', issuer: unit, number },
    { block: 'title', text: title },
    { block: 'para', text: '各有关单位：', flush: true },
    para(`为做好${year}年${topic.subject}工作，现将有关事项通知如下。`),
    heading('一、工作内容'),
    ...topic.work.map((sentence, index) => para(`${index + 1}. ${sentence}`)),
    heading('二、工作要求'),
    para(join(random.draw(noticeDemands, 3).map((sentence) => fill(sentence, words)))),
    heading('三、任务分工'),
    { block: 'table', caption: `${year}年${topic.subject}任务分解表`, widths: [14, 66, 46, 32], header: ['序号', '任务', '责任单位', '完成时限'], rows: topic.rows.map((row, index) => [String(index + 1), `${row}：建立台账，按季度报送进展`, unit, `${year}年${[3, 6, 9, 11][index % 4]}月底`]) },
    { block: 'signature', units: [unit], date, sealed: true },
  ];
}

/** The superior's task (目标任务) or the result of its assessment. */
export function writeSuperior({ topic, year, at, date }: Writing, superior: string, title: string, number: string, isResult: boolean): readonly Block[] {
  const { series } = topic;
  const value = series?.values[at] ?? 0;
  const bound = series?.unit === '%' ? `${Math.floor(value * 10 - 2) / 10}%以上` : `${value + 2}${series?.unit ?? ''}以下`;
  const random = openRandom(title);
  const places = ['市南区', '市北区', '李沧区', '崂山区', '黄岛区', '城阳区'];
  return [
    { block: 'letterhead', issuer: superior, number },
    { block: 'title', text: title },
    { block: 'para', text: isResult ? '各区人民政府：' : '市南区人民政府：', flush: true },
    para(isResult ? `根据年度目标责任考核办法，对各区${year}年${topic.subject}任务完成情况进行了考核，现将结果通报如下。` : `为落实年度目标责任，现将${year}年${topic.subject}任务下达给你区，请认真组织实施。`),
    ...(isResult
      ? [para(`经考核，市南区完成了${year}年${topic.subject}任务，考核等次为合格。${join(topic.outcome)}`), { block: 'table', caption: `${year}年考核结果`, widths: [14, 46, 48, 48], header: ['序号', '区', '任务完成', '考核等次'], rows: places.map((place, index) => [String(index + 1), place, '完成', index === 0 ? '合格' : random.pick(['合格', '良好', '优秀'])]) } as const]
      : [heading('一、目标任务'), para(`${year}年目标：${topic.subject}控制在${bound}。`), heading('二、主要措施'), ...topic.work.slice(0, 4).map((sentence, index) => para(`${index + 1}. ${sentence}`)), heading('三、考核方式'), para(`年度任务完成情况于${year}年底考核，结果以文件形式通报。考核数据以监测和统计部门核定的为准。`)]),
    para(join(random.draw(organisation, 2))),
    { block: 'signature', units: [superior], date, sealed: true },
  ];
}

/** A 制度 or 规划 of several pages, chapter by chapter. */
export function writeInstitution(topic: Topic, unit: string, title: string, number: string, date: string): readonly Block[] {
  const random = openRandom(title);
  const chapters: readonly (readonly [string, readonly string[]])[] = [
    ['第一章 总则', topic.basis],
    ['第二章 职责分工', random.draw(organisation, 3)],
    ['第三章 工作内容', topic.work],
    ['第四章 质量和档案', random.draw(quality, 3)],
    ['第五章 目标和成果', topic.outcome],
    ['第六章 附则', [`本文件由${unit}负责解释，自印发之日起施行。`]],
  ];
  let article = 0;
  return [
    { block: 'letterhead', issuer: unit, number },
    { block: 'title', text: title },
    ...chapters.flatMap(([name, sentences]): readonly Block[] => [
      heading(name),
      ...sentences.map((sentence) => {
        article += 1;
        return para(`第${article}条 ${sentence}${join(random.draw(organisation, 1))}`);
      }),
    ]),
    { block: 'table', caption: '重点任务一览', widths: [14, 56, 50, 36], header: ['序号', '任务', '牵头单位', '时序'], rows: topic.rows.map((row, index) => [String(index + 1), row, unit, index % 2 === 0 ? '长期坚持' : '年度推进']) },
    { block: 'signature', units: [unit], date, sealed: true },
  ];
}

/** 证明 with its reason, sealed by the unit unless the gap asks for none. */
export function writeCertificate(title: string, statement: string, units: readonly string[], date: string, sealed: boolean): readonly Block[] {
  return [
    { block: 'title', text: '证    明' },
    { block: 'title', text: `（${title}）` },
    para(statement),
    para(`本单位对上述内容的真实性负责。如有不实，愿意承担相应责任。本证明用于国家生态文明建设示范区申报档案，出具日期为${chineseDate(date)}。`),
    para('特此证明。'),
    { block: 'signature', units, date, sealed },
  ];
}

/** 批复 of a plan. */
export function writeApproval(planTitle: string, title: string, superior: string, number: string, date: string): readonly Block[] {
  return [
    { block: 'letterhead', issuer: superior, number },
    { block: 'title', text: title },
    { block: 'para', text: '市生态环境局市南分局：', flush: true },
    para(`你单位报来的《${planTitle}》收悉。经研究，同意该规划，请认真组织实施。规划有效期至2030年12月31日。`),
    para('要把规划确定的目标任务分解到年度计划，明确责任单位和完成时限，落实资金保障，定期评估实施情况。'),
    para('规划实施中的重大事项及时报告。未经批准，不得擅自变更规划目标和主要任务。'),
    { block: 'signature', units: [superior], date, sealed: true },
  ];
}
