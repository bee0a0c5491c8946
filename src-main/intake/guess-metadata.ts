import { localDay } from '../domain/local-time.ts';
import { agreeWithName } from './agree-with-name.ts';
import { plainFileName, withoutEnding } from './file-name.ts';
import { nearName } from './near-name.ts';
import type { PageText } from './worker-protocol.ts';
import { findDates } from './written-date.ts';

/** A value read from the document, never a fact until a person confirms it. */
export interface Guess {
  readonly value: string;
  /** Page from 1 and the line it was read from; page 0 is the file's name. */
  readonly where: { readonly page: number; readonly text: string };
  /** 0 to 1: how often such a reading is right, by its place and form. */
  readonly confidence: number;
}

export interface GuessedMetadata {
  /** 文号, with 〔 〕 around the year whatever brackets were printed (GB/T 9704 §7.2.5). */
  readonly documentNumber: Guess | null;
  /** 责任者. */
  readonly issuer: Guess | null;
  readonly title: Guess | null;
  /** 成文日期 `YYYY-MM-DD`, or `YYYY` where only a year is known. */
  readonly date: Guess | null;
  /** 密级: 绝密, 机密 or 秘密. */
  readonly secrecy: Guess | null;
  /** When a photo was taken, `YYYY-MM-DD HH:MM`, from the camera's own record. Where it was taken is not read: a dossier is no place for coordinates. */
  readonly photoTime: Guess | null;
  /** 时间, 地点 and 出席 of a meeting as a notice or minutes state them, in one line. */
  readonly meeting: Guess | null;
}

interface Line {
  readonly page: number;
  readonly text: string;
  /** Without any space: official letterheads are spaced out. */
  readonly tight: string;
  /** Height of its largest character, points; 0 where not known. */
  readonly size: number;
  /** Only what is written in that height: a number or a seal beside a title is no part of it. */
  readonly largest: string;
}

const unitEnd = '(?:人民政府|政府|委员会|常委会|党委|工委|区委|市委|县委|纪委|监委|办公室|办公厅|政府办|局|厅|院|部|委|处|科|站|所|中心|街道办事处|街道办|办事处|街道|居委会|村委会|公司|集团|支队|大队|总队|联合会|协会|学校|中学|小学|医院|银行|分局|领导小组|指挥部|专班)';
const unitPattern = new RegExp(`^[\\u4e00-\\u9fff（）()]{2,28}${unitEnd}$`, 'u');
const titleEnd = /(?:通知|意见|方案|报告|函|批复|决定|决议|公告|通告|通报|请示|纪要|规定|办法|细则|规划|计划|说明|证明|总结|命令|条例|制度|清单|台账|公报|承诺书|声明|公示|申请|情况|要点|预案|协议|合同|名单|汇总表|统计表|一览表|登记表|明细表|记录|汇报|材料|年鉴|方法|标准|结果|决定书|通知书|告知书|责任书|意见书|建议书|协议书|表)(?:[（(][^（）()]{1,20}[）)])?$/u;
const numberPattern = /([\u4e00-\u9fff]{1,14})[〔[(（【「<《]((?:19|20)\d{2})[〕\])）】」>》](?:第)?(\d{1,5})号/u;

/**
 * Reads 文号, 责任者, 题名, 成文日期 and 密级 where official documents carry them (GB/T 9704-2012 §7): letterhead, number line,
 * title, signature above the date. Each guess says where it was read; what has no such place is null, not a lucky find in the
 * body. `unitNames` are the units of the catalog with their aliases, `takenAt` a camera's `YYYY-MM-DD HH:MM:SS`.
 * No document was made later than `now`: a day or year after it is the end of a plan or a misread one.
 *
 * @example
 * const guess = guessMetadata(text.pages, '通知.pdf', ['区生态环境局']);
 * if (guess.documentNumber !== null) console.log(guess.documentNumber.value); // 青南政发〔2024〕10号
 */
export function guessMetadata(pages: readonly PageText[], fileName: string, unitNames: readonly string[], takenAt = '', now = new Date()): GuessedMetadata {
  const today = localDay(now);
  const lines = readLines(pages);
  const first = lines.filter(({ page }) => page === (lines[0]?.page ?? 1));
  const number = guessNumber(first);
  const signed = findSignature(lines);
  const recognised = new Set(pages.filter((page) => page.recognised === true).map(({ page }) => page));
  const read = guessTitle(first, number?.line, fileName);
  const isRecognised = read !== null && recognised.has(read.where.page);
  const named = { fileName, name: closeUp(plainFileName(fileName)), recognised: isRecognised, endsAsTitle: (text: string) => titleEnd.test(text), isKindAlone: (text: string) => kindAlone.test(text) };
  const title = doubtRecognised(agreeWithName(read, named), recognised);
  return {
    documentNumber: number?.guess ?? guessNumberOfName(fileName),
    issuer: mendIssuer(guessIssuer({ first, above: signed?.above, numberLine: number?.line, recognised }, unitNames, title), unitNames, recognised),
    title,
    date: [signed?.guess, guessPhotoDate(takenAt), guessLooseDate(lines, fileName, today)].find((one) => one !== undefined && one !== null && one.value <= today) ?? null,
    secrecy: guessSecrecy(first),
    photoTime: takenAt === '' ? null : { value: takenAt.slice(0, 16), where: { page: 0, text: `相机记录的拍摄时间 ${takenAt}` }, confidence: 0.8 },
    meeting: guessMeeting(lines),
  };
}

/** A camera's clock may be wrong, but it is what the office goes by. */
const guessPhotoDate = (takenAt: string): Guess | null => (takenAt === '' ? null : { value: takenAt.slice(0, 10), where: { page: 0, text: `相机记录的拍摄时间 ${takenAt}` }, confidence: 0.8 });

/** What was read from a picture may hold mistaken letters: it is shown as doubtful unless something else says the same. */
const mostOfRecognised = 0.65;
const doubtRecognised = (one: Guess | null, recognised: ReadonlySet<number>): Guess | null => (one !== null && recognised.has(one.where.page) ? { ...one, confidence: Math.min(one.confidence, mostOfRecognised) } : one);

function mendIssuer(issuer: Guess | null, unitNames: readonly string[], recognised: ReadonlySet<number>): Guess | null {
  if (issuer === null || !recognised.has(issuer.where.page) || unitNames.some((name) => issuer.value.endsWith(name))) return issuer;
  return doubtRecognised({ ...issuer, value: nearName(issuer.value, unitNames) ?? issuer.value }, recognised);
}

const meetingFacts: readonly (readonly [string, RegExp])[] = [
  ['时间', /^(?:[一二三四五六七八九十][、，]|\d[.、])?(?:会议|召开|培训|活动)?时间[:：](.{4,40})$/u],
  ['地点', /^(?:[一二三四五六七八九十][、，]|\d[.、])?(?:会议|召开|培训|活动)?地点[:：](.{2,40})$/u],
  ['出席', /^(?:[一二三四五六七八九十][、，]|\d[.、])?(?:参会|出席|参加|与会|参会)(?:人员|单位|领导)?[:：](.{2,80})$/u],
];

function guessMeeting(lines: readonly Line[]): Guess | null {
  const found = meetingFacts.flatMap(([word, pattern]) => {
    for (const line of lines) {
      const match = pattern.exec(line.tight);
      if (match !== null) return [{ word, line, value: match[1] ?? '' }];
    }
    return [];
  });
  const [first] = found;
  // One such line may stand in any form; two make a meeting.
  return first === undefined || found.length < 2 ? null : guess(found.map(({ word, value }) => `${word}：${value.replace(/[。；]$/u, '')}`).join('；'), first.line, 0.8);
}

function readLines(pages: readonly PageText[]): readonly Line[] {
  const near = pages.length <= 8 ? pages : [...pages.slice(0, 6), ...pages.slice(-2)];
  return near.flatMap(({ page, text, items }) => {
    const sizes = items.map(({ str, h }) => ({ tight: str.replace(/\s/gu, ''), h }));
    return text.split('\n').slice(0, 400).flatMap((line): readonly Line[] => {
      const tight = line.replace(/\s/gu, '');
      if (tight === '') return [];
      const size = sizes.reduce((most, run) => (run.tight !== '' && run.h > most && tight.includes(run.tight) ? run.h : most), 0);
      const parts = line.trim().split(/\s+/u).filter((part) => size === 0 || sizes.some((run) => run.h >= size * 0.9 && run.tight !== '' && (part.includes(run.tight) || run.tight.includes(part))));
      return [{ page, text: line.trim().slice(0, 200), tight: tight.slice(0, 200), size, largest: closeUp(parts.join(' ')).slice(0, 200) }];
    });
  });
}

/** Spaces between ideographs are layout, between Latin words they are part of the text. */
const closeUp = (text: string): string => text.replace(/(?<=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])\s+|\s+(?=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])/gu, '').trim();

const guess = (value: string, line: Line, confidence: number): Guess => ({ value, where: { page: line.page, text: line.text }, confidence });
const writeNumber = (match: RegExpExecArray): string => `${match[1] ?? ''}〔${match[2] ?? ''}〕${Number(match[3])}号`;

/** The document's own number stands in a line of its own under the letterhead; numbers within sentences belong to other documents. */
function guessNumber(first: readonly Line[]): { readonly guess: Guess; readonly line: Line } | undefined {
  for (const line of first.slice(0, 15)) {
    const match = numberPattern.exec(line.tight);
    if (match === null) continue;
    const rest = line.tight.replace(match[0], '');
    if (rest === '' || /^(?:签发人[:：]?.{0,8}|文号[:：]|发文字号[:：])$/u.test(rest)) return { guess: guess(writeNumber(match), line, 0.95), line };
    if (/^[★\d]*$/u.test(rest) || rest.length <= 4) return { guess: guess(writeNumber(match), line, 0.7), line };
  }
  return undefined;
}

function guessNumberOfName(fileName: string): Guess | null {
  const match = numberPattern.exec(fileName.replace(/\s/gu, ''));
  return match === null ? null : { value: writeNumber(match), where: { page: 0, text: fileName }, confidence: 0.5 };
}

/** 成文日期 stands alone in a line, the signing body above it; the last such line before 抄送 and 印发 counts. */
function findSignature(lines: readonly Line[]): { readonly guess: Guess; readonly above: Line | undefined } | undefined {
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index];
    if (line === undefined || /印发|抄送|打印|下载/u.test(line.tight)) continue;
    const date = findDates(line.text)[0];
    if (date === undefined) continue;
    const rest = line.tight.replace(date.text.replace(/\s/gu, ''), '').replace(/[（()）:：]|盖章|公章|日期|成文日期|填报时间/gu, '');
    if (rest === '') return { guess: guess(date.iso, line, 0.9), above: lines[index - 1]?.page === line.page ? lines[index - 1] : undefined };
    if (isUnit(rest)) return { guess: guess(date.iso, line, 0.85), above: { ...line, tight: rest } };
  }
  return undefined;
}

/** `2023—2030年`: years that a plan is for, neither of them its date. */
const yearSpan = /(?<!\d)\d{4}年?\s*(?:[-—–~～－一]+|至|到)\s*(?:\d{4}|\d{2}年)年?/gu;

function guessLooseDate(lines: readonly Line[], fileName: string, today: string): Guess | null {
  const printed = lines.find(({ tight }) => tight.includes('印发') && findDates(tight).length > 0);
  if (printed !== undefined) return guess(findDates(printed.tight)[0]?.iso ?? '', printed, 0.5);
  const named = findDates(fileName.normalize('NFKC'), { loose: true })[0];
  if (named !== undefined && named.iso <= today) return { value: named.iso, where: { page: 0, text: fileName }, confidence: 0.4 };
  const head = lines.slice(0, 12).find(({ tight }) => (findDates(tight)[0]?.iso ?? '9') <= today);
  if (head !== undefined) return guess(findDates(head.tight)[0]?.iso ?? '', head, 0.35);
  const plain = fileName.replaceAll(yearSpan, '');
  const year = /(?<!\d)(20\d{2})年/u.exec(plain) ?? /(?<!\d)(20[012]\d)(?!\d)/u.exec(plain);
  return year === null ? null : { value: year[1] ?? '', where: { page: 0, text: fileName }, confidence: 0.3 };
}

const isUnit = (text: string): boolean => unitPattern.test(text) && !/关于|的$|通知|报告|方案/u.test(text);

interface IssuerPlaces {
  readonly first: readonly Line[];
  /** The line above the date. */
  readonly above: Line | undefined;
  readonly numberLine: Line | undefined;
  readonly recognised: ReadonlySet<number>;
}

function guessIssuer({ first, above, numberLine, recognised }: IssuerPlaces, unitNames: readonly string[], title: Guess | null): Guess | null {
  const known = (text: string): boolean => unitNames.some((name) => text === name || (name.length >= 4 && text.endsWith(name)));
  let signature: Guess | null = null;
  if (above !== undefined) {
    const name = above.tight.replace(/^(?:单位|填报单位|承诺单位|编制单位)[:：]/u, '').replace(/[（(](?:盖章|公章|章)[）)]|[:：]?(?:盖章|公章)$/gu, '');
    if (known(name)) return guess(name, above, 0.95);
    // A seal lies over a scan's signature and spoils its letters: the letterhead is asked first.
    if (isUnit(name)) signature = guess(name, above, 0.85);
    if (signature !== null && !recognised.has(above.page)) return signature;
  }
  const before = numberLine === undefined ? first.slice(0, 4) : first.slice(0, Math.max(1, first.indexOf(numberLine)));
  for (const line of before) {
    const name = line.tight.replace(/(?:文件|函|公告|通告|任免通知|会议纪要)$/u, '').replace(/^(?:中共)?(?=中共)/u, '');
    if (known(name)) return guess(name, line, 0.9);
    if (isUnit(name)) return guess(name, line, name === line.tight ? 0.7 : 0.85);
  }
  if (signature !== null) return signature;
  const labelled = first.map((line) => ({ line, match: /(?:填报单位|编制单位|制表单位|发布单位|单位名称|来源)\s*[:：]\s*([\u4e00-\u9fff]{3,30})/u.exec(line.text) })).find(({ match }) => match !== null);
  if (labelled !== undefined) return guess(labelled.match?.[1] ?? '', labelled.line, 0.7);
  const inTitle = title === null ? undefined : unitNames.filter((name) => name.length >= 3 && title.value.startsWith(name)).toSorted((a, b) => b.length - a.length)[0];
  return inTitle === undefined || title === null ? null : { value: inTitle, where: title.where, confidence: 0.5 };
}

function guessTitle(first: readonly Line[], numberLine: Line | undefined, fileName: string): Guess | null {
  const from = numberLine === undefined ? 0 : first.indexOf(numberLine) + 1;
  const head = first.slice(from, from + 14);
  const about = head.findIndex(({ tight }) => /^(?:.{0,30})关于/u.test(tight) && !/[。：:]$/u.test(tight));
  if (about !== -1) {
    // The bodies that write may stand in lines of their own above 关于.
    let start = about;
    if (head[about]?.tight.startsWith('关于') === true && numberLine !== undefined) while (start > 0 && isUnit(head[start - 1]?.tight ?? '')) start -= 1;
    const joined = joinTitle(head, start);
    if (joined !== undefined) return guess(joined, head[about] ?? first[0] ?? emptyLine, 0.92);
  }
  const largest = head.reduce((most, { size }) => Math.max(most, size), 0);
  const sizes = first.map(({ size }) => size).filter((size) => size > 0).toSorted((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  if (largest > usual * 1.15) {
    const start = head.findIndex(({ size }) => size >= largest * SAME_SIZE);
    let value = '';
    for (let index = start; index >= 0 && index < head.length && (head[index]?.size ?? 0) >= largest * SAME_SIZE && value.length < 120; index += 1) value = closeUp(`${value} ${head[index]?.largest ?? ''}`);
    const line = head[start];
    if (line !== undefined && value.length >= 4 && value.length <= 120 && !isUnit(value) && !/[，,、；;：:。]$/u.test(value)) return guess(value, line, titleEnd.test(value) ? 0.85 : 0.6);
  }
  const beforeNumber = numberLine === undefined ? undefined : first[first.indexOf(numberLine) - 1];
  if (beforeNumber !== undefined && titleEnd.test(beforeNumber.tight) && !isUnit(beforeNumber.tight)) return guess(beforeNumber.tight, beforeNumber, 0.7);
  const cover = numberLine === undefined ? joinCover(first) : undefined;
  if (cover !== undefined) return cover;
  const plain = head.slice(0, 6).findIndex(({ tight }) => tight.length >= 5 && tight.length <= 60 && titleEnd.test(tight) && /[\u4e00-\u9fff]{4}/u.test(tight) && !/[。;；,，:：]/u.test(tight));
  const line = head[plain];
  if (line !== undefined) return guess(line.tight, line, 0.7);
  const name = withoutEnding(fileName).replace(/^(?:附件)?[\d一二三四五六七八九十]{1,3}[.、．_\-\s]+/u, '').trim();
  return /[\u4e00-\u9fff]{2}/u.test(name) ? { value: name, where: { page: 0, text: fileName }, confidence: 0.4 } : null;
}

/** Kinds of document whose whole title is the kind. */
const kindAlone = /^(?:证明|通知|公示|公告|函|会议通知|会议纪要|情况说明|工作总结|(?:监测|检测|检验|评估|审计|验收)报告|承诺书|委托书|授权书|签到表)$/u;
/** 某区人民政府会议纪要 over the minutes is a letterhead. */
const minutesHead = /(?:政府|委员会|办公室|局|厅|委|办)(?:专题|常务)?会议纪要$/u;
/** What stands at the head of a page beside its title: copy number, secrecy, urgency, issue, annex. */
const marginMark = /^(?:\d{1,6}|(?:绝密|机密|秘密).{0,8}|特急|加急|平急|急件|第\d+期|附件\d{0,2}|[—-]\d+[—-])$/u;
const mostCoverLines = 10;
const mostTitleLines = 4;

/** Title of a page with few lines, set in as many as the designer liked, a span of years in brackets after it. */
function joinCover(first: readonly Line[]): Guess | undefined {
  const alone = first.slice(0, 3).find(({ tight }) => kindAlone.test(tight));
  if (alone !== undefined) return guess(alone.tight, alone, 0.65);
  const lines = first.length > 0 && minutesHead.test(first[0]?.tight ?? '') ? first.slice(1) : first;
  if (lines === first && first.length > mostCoverLines) return undefined;
  for (let start = 0; start < Math.min(lines.length, 4); start += 1) {
    let value = '';
    for (const [index, line] of lines.slice(start, start + mostTitleLines).entries()) {
      if (/[。；，：;,:]/u.test(line.tight) || marginMark.test(line.tight) || isUnit(line.tight) || findDates(line.text).length > 0 || line.tight.length > 40) break;
      value += line.tight;
      if (value.length < 5 || !titleEnd.test(value)) continue;
      const next = lines[start + index + 1]?.tight ?? '';
      return guess(/^[（(][^（）()]{1,20}[）)]$/u.test(next) ? value + next : value, lines[start] ?? line, 0.7);
    }
  }
  return undefined;
}

/** Lines of one title measured on a scan differ by some hundredths in height. */
const SAME_SIZE = 0.9;

const emptyLine: Line = { page: 1, text: '', tight: '', size: 0, largest: '' };

/** Lines of a title up to the one that ends it; undefined where it runs into the body or the addressee. */
function joinTitle(lines: readonly Line[], start: number): string | undefined {
  let value = '';
  for (const line of lines.slice(start, start + 6)) {
    if (/[。：:]$/u.test(line.tight)) break;
    value += line.tight;
    if (value.length > 150) return undefined;
    if (titleEnd.test(value) && value.includes('关于')) return value;
  }
  return titleEnd.test(value) ? value : undefined;
}

function guessSecrecy(first: readonly Line[]): Guess | null {
  for (const line of first.slice(0, 8)) {
    const match = /^(?:\d{1,6})?(?:密级[:：])?(绝密|机密|秘密)(?:★.{0,8}|[一二三四五六七八九十\d]+年|长期)?$/u.exec(line.tight);
    if (match !== null) return guess(match[1] ?? '', line, 0.9);
  }
  return null;
}
