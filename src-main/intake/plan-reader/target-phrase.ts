import type { IndicatorKind } from '../../domain/catalog.ts';
import type { Comparison, StatedBound, Target, TrendDirection } from '../../domain/target.ts';
import { halfWidth } from './block.ts';

/** A target as found in a text: where its words begin and end, and what a person should look at. */
export interface FoundTarget {
  readonly target: Target;
  readonly from: number;
  readonly to: number;
  readonly doubts: readonly string[];
  /** Basis of a figure that the plan does not state; empty otherwise. */
  readonly basis: string;
}

const OPS: readonly (readonly [Comparison, string])[] = [
  ['>=', '≥|>=|不得?低于|不得?少于|不小于|大于等于|大于或等于|至少|(?:提高|提升|增加|增长|上升)(?:到|至)'],
  ['<=', '≤|<=|不得?高于|不得?超过|不大于|不多于|小于等于|小于或等于|控制在|(?:下降|降低|减少|压减|降)(?:到|至)'],
  ['>', '>|高于|大于|超过|优于'],
  ['<', '<|低于|小于|少于'],
  ['=', '='],
];
const PER = '(?:/(?:千人|万人|百人|万辆|人|户|年|月|天|日|次|平方公里|公里|km2|㎡|万元|亩|公顷|立方米))?';
const UNIT = `%|‰|个百分点|μg/m³|μg/m3|ug/m3|µg/m³|微克/立方米|mg/L|毫克/升|(?:万?吨(?:标准?煤)?|万?立方米|平方公里|平方米|㎡|m2|公顷|万?亩|公里|千米|毫米|升|千瓦时|万?人次?|亿?万?元|小时|分钟|天|批次|次|个|家|处|件|项|辆|张|座|所|户|名|篇|期|场|套|台|条|支|棵|万?株|间|级|起|例|分贝|分)${PER}`;
const NUMBER = String.raw`[-+]?\d+(?:\.\d+)?`;
/** `九成`, `七成五`, and `零` where nothing else follows. */
const SPOKEN_NUMBER = '[一二三四五六七八九]成[一二三四五六七八九半]?|零(?=$|[。；，、,;)）\\n])';
/** What a share is of, between operator and figure: `不超过树木总数量的20%`. */
const OF = '[^,，。;；、\\d]{1,14}的';
const REACH = '(?:达标|目标|指标|考核)值(?:为|是|:)?|达到|达|保持在|稳定在|维持在|实现|为';
const BOUND = new RegExp(`(?:(?:达到|保持|稳定在)?\\s*(?<op>${OPS.map(([, words]) => words).join('|')})|(?<reach>${REACH}))?\\s*(?:(?<=不得?(?:超过|高于|低于|少于)\\s*)(?<of>${OF}))?\\s*(?<number>${NUMBER}|${SPOKEN_NUMBER})\\s*(?<unit>${UNIT})?\\s*(?<after>\\(?含?\\)?(?:及|或)?以上|(?:及|或)?以下|(?:及|或)?以内|左右)?`, 'gu');
const SPOKEN = /百分之([零〇一二三四五六七八九十百]+)/gu;

/** `百分之九十五` as `95%`, padded to the same length so that positions stay. */
const spokenPercent = (text: string): string => text.replace(SPOKEN, (whole, digits: string) => `${readHundred(digits)}%`.padEnd(whole.length, ' '));

function readHundred(digits: string): number {
  if (digits === '百' || digits === '一百') return 100;
  const [tens, ones] = digits.includes('十') ? digits.split('十') : ['零', digits];
  const value = (sign: string | undefined): number => (sign === undefined || sign === '' ? 0 : Math.max(0, '零一二三四五六七八九'.indexOf(sign.replace('〇', '零'))));
  return (tens === '' ? 1 : value(tens)) * 10 + value(ones);
}

/** `九成` is 90, `七成五` 75, `八成半` 85 per cent. */
const readTenths = (words: string): number => {
  const [tens = '', ones = ''] = words.split('成');
  const digit = (sign: string): number => (sign === '半' ? 5 : Math.max(0, '零一二三四五六七八九'.indexOf(sign)));
  return digit(tens) * 10 + (ones === '' ? 0 : digit(ones));
};

interface FoundBound {
  readonly bound: StatedBound;
  readonly from: number;
  readonly to: number;
  /** Neither operator nor verb: `95%以上`. */
  readonly bare: boolean;
}

/** Every bound in a text: an operator or 达到 with a number, or a number with 以上. A bare number is none. */
export const findBounds = (text: string): readonly FoundBound[] => {
  const plain = spokenPercent(halfWidth(text));
  return [...plain.matchAll(BOUND)].flatMap((found): readonly FoundBound[] => {
    const { op, reach, of = '', number: written_ = '', unit: measure = '', after = '' } = found.groups ?? {};
    const spoken = /^[一二三四五六七八九]成/u.test(written_);
    const number = spoken ? String(readTenths(written_)) : written_ === '零' ? '0' : written_;
    const unit = spoken ? '%' : measure;
    if (RELATIVE_TO.test(of)) return [];
    const before = plain.slice(0, found.index);
    if (/[A-Za-z\d.-]$/u.test(before) && op === undefined && reach === undefined) return [];
    if (/^\s*(?:年|月|日|号|\/T)/u.test(plain.slice(found.index + found[0].length)) && unit === '') return [];
    const written = op === undefined ? undefined : OPS.find(([, words]) => new RegExp(`^(?:${words})$`, 'u').test(op))?.[0];
    const comparison = readComparison(written, reach, after, Number(number), unit);
    const isNone = Number(number) === 0 && reach !== undefined;
    if (comparison === null || (unit === '' && written === undefined && !isNone)) return [];
    const text_ = found[0].trimEnd();
    const lead = found[0].length - found[0].trimStart().length;
    return [{ bound: { op: comparison, value: Number(number), unit: unit === 'ug/m3' || unit === 'μg/m3' || unit === '微克/立方米' || unit === 'µg/m³' ? 'μg/m³' : unit }, from: found.index + lead, to: found.index + text_.length, bare: op === undefined && reach === undefined }];
  });
};

function readComparison(written: Comparison | undefined, reach: string | undefined, after: string, value: number, unit: string): Comparison | null {
  if (/以上$/u.test(after)) return '>=';
  if (/以下$|以内$/u.test(after)) return '<=';
  if (written !== undefined) return written;
  if (reach === undefined) return null;
  if ((value === 100 && unit === '%') || value === 0) return '=';
  return reach === '为' ? null : '>=';
}

const STEADY_OR_BETTER = /保持(?:基本)?稳定(?:或|并|且|、)?(?:者)?(?:有所|持续|逐步|逐年|稳步)?(?:提高|改善|提升|上升|向好|增加|增长)|稳定或(?:有所|持续)?(?:提高|改善|上升|提升)|稳中有升|稳中向好|只增不减|不(?:得)?(?:降低|下降|减少)|不降低|有所(?:提高|提升|改善)|只升不降|不(?:得)?低于(?:上一?年|往年|去年)(?:度)?(?:同期)?(?:水平)?/u;
const STEADY_OR_LOWER = /保持稳定(?:或|并)?(?:有所|持续|逐步|逐年)?(?:下降|降低|减少)|稳中有降|只减不增|只降不升|不(?:得)?(?:上升|增加|升高|反弹)|有所(?:下降|降低)|零增长|不(?:得)?(?:高于|超过)(?:上一?年|往年|去年)(?:度)?(?:同期)?(?:水平)?/u;
const BETTER = /(?:持续|逐年|逐步|稳步|不断|明显|每年)(?:提高|改善|提升|上升|向好|增加|增长|好转)|(?:同比|(?:较|比)(?:上一?年|去年|往年)度?(?:同期)?)(?:有所)?(?:提高|改善|提升|上升|增加|增长)(?!\s*\d)/u;
const LOWER = /(?:持续|逐年|逐步|稳步|不断|明显|每年)(?:下降|降低|减少)|(?:同比|(?:较|比)(?:上一?年|去年|往年)度?(?:同期)?)(?:有所)?(?:下降|降低|减少)(?!\s*\d)/u;
const STEADY = /保持(?:基本)?稳定|基本稳定/u;
const LESS_IS_BETTER = /浓度|排放|强度|能耗(?!降低)|用水量(?!下降)|消耗|填埋|死亡|违法|投诉/u;

interface FoundTrend {
  readonly direction: TrendDirection;
  readonly from: number;
  readonly to: number;
}

/** The first trend a text asks for. 改善 and 提高 of something of which less is better (浓度) means falling. */
export const findTrend = (text: string, name: string): FoundTrend | null => {
  const plain = halfWidth(text);
  const less = LESS_IS_BETTER.test(name);
  const shapes: readonly (readonly [RegExp, TrendDirection])[] = [
    [STEADY_OR_BETTER, less ? 'not-rising' : 'not-falling'],
    [STEADY_OR_LOWER, 'not-rising'],
    [BETTER, less ? 'falling' : 'rising'],
    [LOWER, 'falling'],
    [STEADY, less ? 'not-rising' : 'not-falling'],
  ];
  const found = shapes.flatMap(([shape, direction]) => {
    const match = shape.exec(plain);
    return match === null ? [] : [{ direction, from: match.index, to: match.index + match[0].length }];
  });
  const first = found.toSorted((a, b) => a.from - b.from || b.to - a.to)[0];
  if (first === undefined) return null;
  // 保持稳定,其他地区持续改善: some hold, others improve; holding is what is asked of all.
  const mixed = STEADY.test(plain) && (BETTER.test(plain) || LOWER.test(plain));
  return mixed ? { ...first, direction: first.direction === 'rising' ? 'not-falling' : first.direction === 'falling' ? 'not-rising' : first.direction } : first;
};

const SUPERIOR = /(?:完成(?:了)?[^。;,]{0,24}?|(?:达到|满足|落实)(?:了)?)(?:上级|省|市级|国家|生态环境部门|考核)(?:(?!标准)[^。;,]){0,18}?(?:考核任务|目标任务|任务目标|考核目标|管控目标|考核要求|目标要求|下达任务|任务|指标要求|要求|目标)/u;
const CONDITIONAL = new RegExp(`低于\\s*(${NUMBER})\\s*(%|‰)?\\s*的?[^。;]{0,8}?(持续|逐年|逐步)?(提高|改善|提升|上升|下降|降低)[^。;]*?(?:高于|达到|不低于|≥)\\s*(${NUMBER})\\s*(%|‰)?[^。;]{0,8}?的?[^。;]{0,4}?(保持稳定[^。;,]*|不降低|不下降|持续提高)`, 'u');

const NOT_A_RATIO = /满意度|下降率|降低率|增长率|提高率|下降幅度|提高幅度|增速|指数|达标天数/u;
const RATIO = /率|比例|占比|比率|比重|百分比|覆盖度/u;

const unitFor = (words: string): string => (/浓度/u.test(words) ? 'μg/m³' : RATIO.test(words) || /满意度|百分/u.test(words) ? '%' : '');
const isRatio = (name: string, words: string, unit: string): boolean => unit === '%' && !NOT_A_RATIO.test(name) && RATIO.test(words);

/** National defaults for indicators that plans name without a figure (环办生态〔2024〕4号). */
const EQI_BASIS = '方案未载明限值；按国家建设指标（环办生态〔2024〕4号）缺省为△EQI>-1，可由本单位修改';
const NOISE_BASIS = '国家建设指标（环办生态〔2024〕4号）缺省为≥85%，可由本单位修改';

const INSTITUTION = /实施|建立|健全|制定|印发|编制|开展|推进|落实|出台|制度|机制|体系|预案|规划|方案|调查|说明|文件|办法|不出现|确保|完善|执行/u;
/** Words that ask for all or for none without a figure, and names of quantities: whatever stands for their target has to be asked. */
const ABSOLUTE = /全覆盖|全面消除|全部消除|零(?:发生|死亡|容忍|事故)|(?:未|不|没有)发生|无(?:重大|较大|重特大|特大)/u;
const QUANTITY = /(?:率|比例|占比|比重|(?<!制|力|程)度|指数|数量|总量|面积|水平|浓度|人数|次数|增速|产值|人口|用水量|使用量|保有量)$/u;
/** Measured against something that is no figure of the plan: an average, another year, a standard of its own. */
const RELATIVE_TO = /平均|水平|上一?年|去年|往年|同期|标准|定额/u;
const RELATIVE = /(?:不得?低于|不得?高于|低于|高于|优于|超过|达到)[^,，。;；、\d]{0,12}?(?:平均(?:值|水平|数)?|上一?年(?:度)?(?:水平)?|同期(?:水平)?|往年(?:水平)?)(?:的?\s*\d+(?:\.\d+)?\s*%)?|达到[^,，。;；的]{0,16}?标准(?![》的(（])/u;
const RANGE = /\d+(?:\.\d+)?\s*%?\s*[-—–~～至]\s*\d+(?:\.\d+)?\s*(?:%|‰)/u;

const VERBS = /全面实施|实施|建立|健全|制定|编制|开展|推进|落实|出台|确保|完善|加强|形成/u;

/** What an indicator's words ask for. `text` is all that the plan says of it, its name first. */
export const findTarget = (kind: IndicatorKind, name: string, text: string): FoundTarget => {
  if (kind === 'declarations') return { target: { kind: 'declarations', text: name }, from: -1, to: -1, doubts: [], basis: '' };
  if (kind === 'not-applicable') return certificateTarget(name, text);
  return conditionalTarget(text) ?? superiorTarget(name, text) ?? valueTarget(name, text) ?? eqiTarget(name, text) ?? trendTarget(name, text) ?? institutionalTarget(name, text);
};

function conditionalTarget(text: string): FoundTarget | null {
  const plain = halfWidth(text);
  const found = CONDITIONAL.exec(plain);
  if (found === null) return null;
  const [, below = '', unit = '%', , how = '', above = '', , hold = ''] = found;
  const superiorTask = /上级[^。;]{0,16}任务|完成[^。;]{0,12}任务/u.test(plain);
  const target: Target = {
    kind: 'conditional', text: text.slice(found.index, found.index + found[0].length), threshold: Number(below), unit,
    below: /下降|降低/u.test(how) ? 'falling' : 'rising', otherwise: /^持续提高/u.test(hold) ? 'rising' : /下降|降低$/u.test(hold) && !/不/u.test(hold) ? 'not-rising' : 'not-falling', superiorTask,
  };
  return {
    target, from: found.index, to: found.index + found[0].length,
    doubts: below === above ? [] : [`分界值写了两个：${below}和${above}，以哪个为准？`],
    basis: /声环境/u.test(plain) ? NOISE_BASIS : '',
  };
}

function superiorTarget(name: string, text: string): FoundTarget | null {
  const plain = halfWidth(text);
  const found = SUPERIOR.exec(plain);
  if (found === null) return null;
  const trend = findTrend(plain, name);
  const nearEnd = trend !== null && /^[,、,;；]?\s*(?:并|且|或)?$/u.test(plain.slice(found.index + found[0].length, trend.from)) ? trend.to : found.index + found[0].length;
  const bound = findBounds(text)[0];
  return {
    target: { kind: 'superior-task', text: text.slice(found.index, nearEnd), alsoTrend: trend?.direction ?? null, unit: unitFor(name) },
    from: found.index, to: nearEnd,
    doubts: bound === undefined ? [] : [`既要求完成上级任务，又写了${text.slice(bound.from, bound.to)}，以哪个为准？现按完成上级任务。`],
    basis: '',
  };
}

function valueTarget(name: string, text: string): FoundTarget | null {
  const bounds = findBounds(text);
  // 不超过100的天数≥320天: what is followed by 的 only says of what.
  const own = bounds.filter(({ to, bare }) => !/^\s*的/u.test(text.slice(to)) && !(bare && /^(?![且并或和及])[\u4e00-\u9fff]/u.test(text.slice(to))));
  const first = own.find(({ bound }) => bound.unit === '%') ?? own[0] ?? bounds[0];
  if (first === undefined) return rangeTarget(name, text) ?? bareTarget(name, text);
  const { bound } = first;
  const others = own.filter((other) => other !== first && (other.bound.value !== bound.value || other.bound.op !== bound.op));
  const words = sentenceAround(text, first.from);
  const unit = bound.unit === '' && bound.value === 0 && RATIO.test(name) ? '%' : bound.unit;
  return {
    target: { kind: 'value', text: text.slice(first.from, first.to), op: bound.op, value: bound.value, unit, ratio: isRatio(name, `${name}${words}`, unit) },
    from: first.from, to: first.to,
    doubts: [
      ...(others.length === 0 ? [] : [`文中有几个数值要求：${[first, ...others].map(({ from, to }) => text.slice(from, to)).join('、')}。现取第一个，请确认。`]),
      ...demandsBeside(name, text, first),
    ],
    basis: '',
  };
}

/** What a text demands beside the figure that was taken: a trend, an average, another year. None of it is judged, so all of it is asked. */
function demandsBeside(name: string, text: string, taken: { readonly from: number; readonly to: number }): readonly string[] {
  const plain = halfWidth(text);
  const rest = plain.slice(0, taken.from) + ' '.repeat(taken.to - taken.from) + plain.slice(taken.to);
  const trend = findTrend(rest, name);
  const relative = RELATIVE.exec(rest);
  const bounds = findBounds(text);
  const figures = [...rest.matchAll(/\d+(?:\.\d+)?\s*[%‰]/gu)].filter(({ index, 0: { length } }) => !bounds.some(({ from, to }) => from < index + length && index < to) && !/(?:含|由|从|原)\s*$/u.test(rest.slice(0, index)) && !/^\s*的/u.test(rest.slice(index + length))).map(({ 0: figure }) => figure);
  const change = /(?:同比|(?:较|比)[^,，。;；]{0,8}?|年均)(?:下降|减少|降低|削减|压减|上升|提高|增长|增加)\s*$/u.exec(plain.slice(0, taken.from));
  return [
    ...(trend === null || change !== null ? [] : [`除数值外还要求“${text.slice(trend.from, trend.to)}”；现只按数值判定，请确认是否另设一项。`]),
    ...(relative === null || (trend !== null && relative.index < trend.to && trend.from < relative.index + relative[0].length) ? [] : [`除数值外还要求“${text.slice(relative.index, relative.index + relative[0].length)}”，其标准不在方案里；现只按数值判定，请确认。`]),
    ...(figures.length === 0 ? [] : [`文中还写了${figures.join('、')}，现只按“${text.slice(taken.from, taken.to)}”判定，请确认是否另设一项。`]),
    ...(change === null ? [] : [`“${text.slice(change.index, taken.to)}”说的是变化幅度：填报时请填变化的百分数，并确认与哪一年比较。`]),
  ];
}

/** `30%~40%`: its lower end is taken, and asked; a target has one bound. */
function rangeTarget(name: string, text: string): FoundTarget | null {
  const plain = halfWidth(text);
  const found = RANGE.exec(plain);
  if (found === null) return null;
  const value = Number.parseFloat(found[0]);
  const words = text.slice(found.index, found.index + found[0].length);
  return {
    target: { kind: 'value', text: words, op: '>=', value, unit: found[0].endsWith('‰') ? '‰' : '%', ratio: isRatio(name, name, '%') }, from: found.index, to: found.index + found[0].length,
    doubts: [`目标是一个区间（${words}）；现只按不低于${value}判定，上限请确认是否另设一项。`], basis: '',
  };
}

/** `生活垃圾无害化处理率:95%` names a figure and no operator: all of it where it is 100, at least so much otherwise, and asked. */
function bareTarget(name: string, text: string): FoundTarget | null {
  const found = /(?:率|比例|占比|比重|度|比率|覆盖|减少|下降|降低|增长|增加|提高|上升)\s*[:,]?\s*(?<figure>(?<number>\d+(?:\.\d+)?)\s*%)\s*(?=[。;,)]|$)/u.exec(halfWidth(text));
  const [figure, number] = [found?.groups?.['figure'], Number(found?.groups?.['number'])];
  if (found === null || figure === undefined) return null;
  const from = found.index + found[0].indexOf(figure);
  return {
    target: { kind: 'value', text: figure, op: number === 100 ? '=' : '>=', value: number, unit: '%', ratio: isRatio(name, name, '%') }, from, to: from + figure.length,
    doubts: [...(number === 100 ? [] : [`只写了${figure}，没有写不低于还是不高于；现按不低于，请确认。`]), ...demandsBeside(name, text, { from, to: from + figure.length })], basis: '',
  };
}

function eqiTarget(name: string, text: string): FoundTarget | null {
  if (!/EQI|生态质量指数/u.test(halfWidth(name + text))) return null;
  const trend = findTrend(text, name);
  if (trend !== null) return null;
  return { target: { kind: 'value', text: '△EQI>-1', op: '>', value: -1, unit: '', ratio: false }, from: -1, to: -1, doubts: ['方案没有写△EQI的限值，已按国家建设指标缺省为大于-1，请确认。'], basis: EQI_BASIS };
}

function trendTarget(name: string, text: string): FoundTarget | null {
  const trend = findTrend(text, name);
  if (trend === null) return null;
  const words = `${name}${sentenceAround(text, trend.from)}`;
  const unit = unitFor(words);
  if (unit === '' && !/量|度|数|指数|面积|含量|水平/u.test(name)) return null;
  return { target: { kind: 'trend', text: text.slice(trend.from, trend.to), direction: trend.direction, unit, ratio: isRatio(name, words, unit) }, from: trend.from, to: trend.to, doubts: [], basis: '' };
}

function institutionalTarget(name: string, text: string): FoundTarget {
  const clause = text
    .split(/[。;\uff1b,\uff0c\n]/u)
    .flatMap((part) => {
      const verb = VERBS.exec(part);
      const words = verb === null ? '' : part.slice(verb.index).trim();
      return part.trim() === name || words === '' ? [] : [words.length < 6 ? part.trim() : words];
    })[0] ?? (text.startsWith(name) ? name : (text.split(/[。;\uff1b\n]/u)[0]?.trim() ?? name));
  const unsaid = !INSTITUTION.test(text) || QUANTITY.test(name) || ABSOLUTE.test(text);
  return {
    target: { kind: 'institutional', text: clause, document: documentFor(name), inForce: /有效期/u.test(text) },
    from: -1, to: -1,
    doubts: !unsaid ? [] : [`没有读到“${name}”的目标值，现作为制度类（提交材料）指标，请确认或填写目标。`],
    basis: '',
  };
}

function documentFor(name: string): string {
  if (/说明|文件|方案|规划|预案|报告|办法$/u.test(name)) return name;
  return /制度|机制$/u.test(name) ? `${name}文件` : /调查$/u.test(name) ? `${name}成果` : `${name}材料`;
}

function certificateTarget(name: string, text: string): FoundTarget {
  const bound = findBounds(text)[0];
  const superior = SUPERIOR.exec(halfWidth(text));
  if (superior !== null) return certificate(text, superior.index, superior.index + superior[0].length);
  if (bound !== undefined) return { ...certificate(text, bound.from, bound.to), target: { kind: 'certificate', text: text.slice(bound.from, bound.to), stated: bound.bound } };
  const goal = /完成[^。;,]{0,12}(?:目标|任务)/u.exec(halfWidth(text));
  if (goal !== null) return certificate(text, goal.index, goal.index + goal[0].length);
  const trend = findTrend(text, name);
  return trend === null ? { target: { kind: 'certificate', text: name }, from: -1, to: -1, doubts: [], basis: '' } : certificate(text, trend.from, trend.to);
}

const certificate = (text: string, from: number, to: number): FoundTarget => ({ target: { kind: 'certificate', text: text.slice(from, to) }, from, to, doubts: [], basis: '' });

/** The sentence that a position lies in. */
export const sentenceAround = (text: string, at: number): string => {
  const from = Math.max(text.lastIndexOf('。', at - 1), text.lastIndexOf('\n', at - 1)) + 1;
  const ends = ['。', '\n'].map((end) => text.indexOf(end, at)).filter((end) => end >= 0);
  return text.slice(from, ends.length === 0 ? text.length : Math.min(...ends)).trim();
};
