import { halfWidth, tidyLine } from './block.ts';
import type { Question } from './draft.ts';
import { findSpan, findYears } from './plan-dates.ts';
import { firstSentence, sectionKind } from './outline.ts';
import type { Outline, OutlineNode } from './outline.ts';
import type { Catalog, Milestone } from '../../domain/catalog.ts';

export type PlanHead = Pick<Catalog, 'title' | 'region' | 'documentNumber' | 'years' | 'deadline' | 'milestones'> & { readonly questions: readonly Question[]; readonly sentences: Readonly<Record<'title' | 'region' | 'documentNumber' | 'years' | 'deadline', string>> };

const TITLE_END = /(?:方案|计划|分工|分解|责任书|任务书|要点|工作安排|工作步骤|措施|行动|办法|规划|表|清单|台账|意见|细则|任务)(?:\([^()]{2,14}\))?$/u;

const plainDigits = (text: string): string => text.replace(/[０-９]/gu, (digit) => halfWidth(digit));

/** Title, region, number, years, deadline and phases of a plan. What was not found is asked. */
export const readHead = (paragraphs: readonly string[], outline: Outline, fileName: string): PlanHead => {
  const questions: Question[] = [];
  const front = (outline.front.length > 0 ? outline.front : paragraphs).slice(0, 30);
  const title = findTitle(front) ?? fileName.replace(/\.[^.]+$/u, '');
  if (findTitle(front) === null) questions.push({ where: '标题', sentence: front[0] ?? '', asks: `没有认出方案标题，现用文件名“${title}”，请确认。` });
  const documentNumber = /[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){0,9} *[〔[【(（] *20\d{2} *[〕\]】)）] *\d{1,4} *号/u.exec(front.filter((line) => !/^根据|依据|按照/u.test(line)).map(plainDigits).join('\n'))?.[0].replace(/^.*(?:发文字号|文号|通知|意见|方案)/u, '').replace(/\s/gu, '') ?? '';
  const region = findRegion(title, paragraphs);
  if (region === '') questions.push({ where: '地区', sentence: title, asks: '没有认出是哪个地区的方案，请填写。' });
  const documentYear = Number(/20\d{2}/u.exec(documentNumber)?.[0] ?? /(20\d{2})年/u.exec(halfWidth(front.join('\n')))?.[1] ?? /(20\d{2})年/u.exec(halfWidth(paragraphs.join('\n')))?.[1] ?? 0);
  const schedule = outline.sections.filter((section) => sectionKind(section.head) === 'schedule');
  const sentences = paragraphs.flatMap((text) => text.split(/[。;\uff1b]/u));
  const years = chooseYears(schedule, sentences, documentYear, questions);
  const milestones = schedule.flatMap((section) => readPhases(section, documentYear, questions));
  const deadline = findDeadline(sentences, documentYear, milestones, questions);
  return {
    title, region, documentNumber, years: years.years, deadline: deadline.day, milestones, questions,
    sentences: { title, region: title, documentNumber, years: years.sentence, deadline: deadline.sentence },
  };
};

function findTitle(front: readonly string[]): string | null {
  const plain = front.map((line) => tidyLine(line));
  const alone = plain.findLast((line) => line.length <= 60 && TITLE_END.test(halfWidth(line)) && !/[:\uff1a•【。,\uff0c]|^关于|^附件/u.test(line));
  if (alone !== undefined) return alone.replace(/^《|》$/gu, '');
  for (const line of plain) {
    const issued = /关于(?:印发|发布|下发)[《<]?(.{4,60}?)[》>]?的通知/u.exec(line)?.[1];
    if (issued !== undefined) return issued;
  }
  return null;
}

/** A region at a title's beginning, `青岛市市南区` or `云川县`; what a programme is called (国家卫生城市) is none. */
const REGION = /^(?:20\d{2}年)?(?!国家|全国|创建|争创|关于|建设|城市|城区|全[市区县省]|我[市区县]|本[市区县]|各[市区县])(?<name>(?:[\u4e00-\u9fff]{2,5}?(?:省|市|州))?(?:(?!创建|国家|全国|争创|建设|深化|开展|推进|迎接|巩固|省级|市级)[\u4e00-\u9fff]){1,7}?(?:自治县|自治州|地区|新区|开发区|区|县|市|旗|州|镇|省))(?![级域市区县])/u;

function findRegion(title: string, paragraphs: readonly string[]): string {
  const short = REGION.exec(title)?.groups?.['name'] ?? '';
  const governments = paragraphs.flatMap((text) => [...text.matchAll(/(?<name>[\u4e00-\u9fff]{2,14}?(?:区|县|市|旗|州))人民政府/gu)].map((found) => (found.groups?.['name'] ?? '').replace(/^.*(?:经|由|各|和|及|请|为|报|号|日)/u, '')));
  const matching = governments.filter((name) => short !== '' && name.endsWith(short) && name.length <= short.length + 6).toSorted((a, b) => b.length - a.length)[0];
  return matching ?? (short === '' ? (governments[0] ?? '') : short);
}

function chooseYears(schedule: readonly OutlineNode[], sentences: readonly string[], documentYear: number, questions: Question[]): { readonly years: readonly number[]; readonly sentence: string } {
  const scheduled = schedule.flatMap((section) => textsOf(section)).flatMap((text) => text.split(/[。;\uff1b]/u));
  const found = findYears(scheduled) ?? findYears(sentences);
  if (found !== null) return found;
  const recent = sentences.find((sentence) => /近(?:3|三)年/u.test(sentence)) ?? '';
  if (documentYear === 0) {
    questions.push({ where: '年度', sentence: recent, asks: '方案没有写考核哪几年，也没有写明发文年份，请填写考核年度。' });
    return { years: [new Date().getUTCFullYear() - 1], sentence: recent };
  }
  const years = [documentYear - 3, documentYear - 2, documentYear - 1];
  questions.push({ where: '年度', sentence: recent, asks: `方案没有写明考核哪几年，现按发文前三年（${years.join('、')}年），请确认。` });
  return { years, sentence: recent };
}

const textsOf = (node: OutlineNode): readonly string[] => [node.head, ...node.lines, ...node.children.flatMap(textsOf)];

function readPhases(section: OutlineNode, documentYear: number, questions: Question[]): readonly Milestone[] {
  let year = documentYear;
  if (section.children.length === 0) return spokenPhases(section, documentYear, questions);
  return section.children.flatMap((phase): readonly Milestone[] => {
    const heading = /^[^。\n]*/u.exec(phase.head)?.[0] ?? phase.head;
    const span = findSpan(heading, year) ?? findSpan(phase.head, year) ?? findSpan(phase.lines[0] ?? '', year);
    const name = firstSentence(heading.replace(/[(\uff08][^()（）]*(?:\d|月|日)[^()（）]*[)\uff09]/gu, '')).replace(/^第[一二三四五六七八九十](?:阶段|步)\s*[:\uff1a,\uff0c]?\s*/u, '') || firstSentence(phase.head.replace(/[(\uff08][^()（）]*[)\uff09]/gu, ''));
    const bare = name.replace(DATE_AHEAD, '').trim();
    if (span === null) {
      questions.push({ where: `工作安排 ${name}`, sentence: heading, asks: '这一阶段的起止日期没有读到，请填写。' });
      return [];
    }
    if (span.yearAssumed && year === 0) {
      questions.push({ where: `工作安排 ${name}`, sentence: heading, asks: '这一阶段的日期没有写年份，请填写。' });
      return [];
    }
    if (span.yearAssumed) questions.push({ where: `工作安排 ${name}`, sentence: heading, asks: `日期没有写年份，现按${year}年，请确认。` });
    year = Number(span.to.slice(0, 4)) || year;
    return [{ name: headingOf(bare === '' ? name : bare), from: span.from, to: span.to }];
  });
}

/** A date or span of dates in a phase's words, with the mark behind it. */
const DATE_AHEAD = /(?:20\d{2}年)?\d{1,2}(?:月\d{0,2}日?)?(?:\s*[-—–至到]\s*(?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日)?)?(?:底|末)?(?:之?前|以前)?[,\uff0c]?/u;

/** `5月动员;6—8月组织实施`: phases in running text, each clause with a date one phase; asked, since nothing marks them. */
function spokenPhases(section: OutlineNode, documentYear: number, questions: Question[]): readonly Milestone[] {
  const clauses = section.lines.flatMap((line) => line.split(/[。;\uff1b]/u)).map((clause) => clause.trim());
  return clauses.flatMap((clause): readonly Milestone[] => {
    const span = findSpan(clause, documentYear);
    if (span === null || (span.yearAssumed && documentYear === 0) || span.to === '') return [];
    const name = clause.replace(DATE_AHEAD, '').replace(/^第[一二三四五六七八九十](?:阶段|步)\s*[:\uff1a,\uff0c]?\s*/u, '').trim();
    questions.push({ where: `工作安排 ${name}`, sentence: clause, asks: `这一阶段是从行文里读出来的（${span.from === '' ? '' : `${span.from} 至 `}${span.to}），请确认。` });
    return [{ name: name === '' ? clause : name.replace(/^为(?=[\u4e00-\u9fff]{2,6}(?:期|阶段))/u, '').split(/[,\uff0c]/u)[0]?.slice(0, 40) ?? clause, from: span.from, to: span.to }];
  });
}

const headingOf = (name: string): string => name.replace(/[,\uff0c、\s]+$/u, '').trim();

function findDeadline(sentences: readonly string[], documentYear: number, milestones: readonly Milestone[], questions: Question[]): { readonly day: string; readonly sentence: string } {
  const filing = /(?:档案|归档|装订|申报材料|资料|材料|佐证|台账)[^。]{0,30}(?:整理|装订|报送|上报|提交|完成|收集|汇总|报[\u4e00-\u9fff]{2,12}(?:办|局|室|组)|交)|(?:报送|上报|提交|完成|收集|整理|汇总)[^。]{0,24}(?:档案|归档|装订|材料|资料|台账)/u;
  const dated = sentences.flatMap((sentence) => {
    if (!filing.test(sentence)) return [];
    // A phase's heading dates the phase; the deadline stands in a sentence of its own, as `…日前`.
    const bare = sentence.replace(/[(\uff08][^()（）]*[-—–~\uff5e至到][^()（）]*[)\uff09]/gu, '');
    const clause = bare.split(/[,\uff0c]/u).find((part) => filing.test(part) && /\d\s*[日月]|季度|半年|年底/u.test(part)) ?? bare;
    const span = /前|底|末|截止|以前|之前/u.test(clause) ? findSpan(clause, documentYear) : null;
    return span === null || span.from !== '' ? [] : [{ day: span.to, sentence: sentence.trim(), weight: /装订|归档|档案/u.test(sentence) ? 1 : 0, assumed: span.yearAssumed }];
  });
  const best = dated.toSorted((a, b) => b.weight - a.weight)[0];
  if (best !== undefined) {
    if (best.assumed) questions.push({ where: '截止日期', sentence: best.sentence, asks: `截止日期没有写年份，现按${best.day}，请确认。` });
    return { day: documentYear === 0 && best.assumed ? '' : best.day, sentence: best.sentence };
  }
  questions.push({ where: '截止日期', sentence: milestones.map((milestone) => `${milestone.name} ${milestone.to}`).join('；'), asks: '没有读到完成归档的截止日期，请填写。' });
  return { day: '', sentence: '' };
}
