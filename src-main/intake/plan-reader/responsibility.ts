import { halfWidth } from './block.ts';

/** Who answers for something, as a plan's words say it. */
export interface Responsibility {
  readonly lead: readonly string[];
  readonly assist: readonly string[];
  /** Wording that roles cannot hold. */
  readonly note: string;
  /** What a person should look at, in Chinese. */
  readonly doubts: readonly string[];
}

/** What a plan says once about all its lists of units. */
export interface Legend {
  /** Of several 责任单位 the first one leads. */
  readonly firstLeads: boolean;
  /** A sign behind a name that makes it the lead (`带*的为牵头单位`); empty where the plan declares none. */
  readonly mark: string;
}

/** Roles that are named beside a text, in lines of their own: 责任单位 beside 牵头单位 helps. */
export interface Beside {
  readonly lead: boolean;
  readonly assist: boolean;
}

const ALONE: Beside = { lead: false, assist: false };

type Role = 'lead' | 'responsible' | 'assist' | 'note' | 'standard' | 'text';

const LABELS: readonly (readonly [Role, string])[] = [
  ['lead', '(?:主要)?牵头(?:责任|负责)?(?:单位|部门|领导单位)?|主责(?:单位|部门)|主办(?:单位|部门)'],
  ['assist', '(?:协办|配合|协助|协同|参与|参加|协作)(?:责任)?(?:单位|部门)?'],
  ['responsible', '(?:主要)?责任(?:单位|部门|主体)|负责(?:单位|部门)|实施(?:单位|主体)|落实(?:单位|部门)|承办(?:单位|部门)|完成单位|(?:出具)?证明(?:出具)?(?:单位|部门)|出证(?:单位|部门)'],
];
/** Labels of other things that may stand among those of units. They end a list; what they say is kept as a note, or left to the text. */
const OTHER_LABELS: readonly (readonly [Role, string])[] = [
  ['note', '(?:完成|办结|办理|整改|落实)(?:时限|时间|期限)|时限要求|时间要求|时限|(?:责任|牵头|分管|包联|包保|市级|区级|县级)领导|(?:具体)?(?:责任人|负责人)|联系(?:人|电话)'],
  ['standard', '(?:考核|评价|创建|工作|建设|达标|指标|验收|测评)?(?:标准|内容|目标|目标值|指标值)'],
  ['text', '(?:工作|考核|有关|具体|主要|创建)?(?:要求|措施)|备注'],
];
const SAYS_MORE: ReadonlySet<Role> = new Set(['standard', 'text']);
const labelWords = (list: readonly (readonly [Role, string])[]): string => list.map(([, words]) => words).join('|');
const UNIT_LABEL = `(?<label>${labelWords(LABELS)})\\s*(?:[】\\]]\\s*[:]?|[:]|(?<=^[】\\]]?[^:]{2,10})(?:[-—–]+|\\s+(?=[\\u4e00-\\u9fff]))|(?<=\\s[^\\s:]{2,10})\\s+(?=[\\u4e00-\\u9fff]))`;
const LABEL_SHAPE = new RegExp(`[【\\[]?\\s*(?:${UNIT_LABEL}|(?<other>${OTHER_LABELS.map(([role, words]) => (role === 'note' ? `(?:${words})` : `(?<![\\u4e00-\\u9fff])(?:${words})`)).join('|')})\\s*(?:[】\\]]\\s*[:]?|[:]))\\s*`, 'u');
const LABELS_SHAPE = new RegExp(LABEL_SHAPE.source, 'gu');
const roleOfLabel = (label: string): Role => [...LABELS, ...OTHER_LABELS].find(([, words]) => new RegExp(`^(?:${words})$`, 'u').test(label.trim()))?.[0] ?? 'responsible';
const writtenLabel = (found: RegExpExecArray): string => found.groups?.['label'] ?? found.groups?.['other'] ?? '';

const SUFFIX = /(?:局|委|办|部|厅|厂|署|中心|队|院|公司|处|会|组|街道|政府|镇|乡|村|单位|部门|集团|站|所|馆|社|园区|开发区|新区|管委会|工会|联|协会|办公室|大学|学校|学院|医院|银行|指挥部|专班|机构|团区委|团县委|团市委|企业|委员会|机关|事业|支行|公司\S{0,4}|系统|场|园|室|校|台|军分区|高新区|经开区)$/u;

/** Whether a text reads like a unit's name. */
export const looksLikeUnit = (name: string): boolean => name.length >= 2 && name.length <= 30 && SUFFIX.test(halfWidth(name).replace(/\([^)]*\)$/u, ''));

/** 各街道办事处, 成员单位, 相关部门: a name that stands for several units. */
export const isGroupName = (name: string): boolean => /^各|成员单位$|^(?:有关|相关|其他|其它)|^(?:区|市|县|州)?(?:直|级)?(?:有关|相关|各)|(?:有关|相关)(?:部门|单位)$/u.test(name);

const DUTY = /(?:依据|依照|按照?|根据)(?:各自)?(?:的)?职[责能](?:分工|任务)?(?:范围)?(?:分别|共同|各自)?(?:牵头|负责|落实|配合|协助|抓好落实|做好[^、,;]*)?(?:负责|落实|配合)?(?:该项指标|相关工作)?$/u;
const CONTACT = /(?:对接|会同|商请|配合|协调)(?=[\u4e00-\u9fff]{2,}(?:局|委|办|厅|部|队|中心|部门)).*$/u;
const ETC = /等(?:相关|有关|单位|部门|相关部门|有关部门|相关单位|有关单位)?$/u;

interface Names {
  readonly names: readonly string[];
  /** Names that the list itself marks as leading: `A（牵头）`, `A*`. */
  readonly leading: readonly string[];
  /** Names that it marks as assisting: `B（协办）`. */
  readonly assisting: readonly string[];
  readonly note: string;
  readonly doubts: readonly string[];
}

/** `A、B和C` as names, without the wording that follows a list. */
export const splitUnits = (text: string): Names => {
  const notes: string[] = [];
  const doubts: string[] = [];
  const cut = (piece: string, pattern: RegExp): string => {
    const found = pattern.exec(halfWidth(piece));
    if (found === null || found.index === 0) return piece;
    notes.push(piece.slice(found.index).trim());
    return piece.slice(0, found.index);
  };
  let rest = text.replace(/[;\uff1b,\uff0c][^;\uff1b,\uff0c]*(?:为牵头(?:单位|部门)?|列首位)[^;\uff1b]*$|[,\uff0c;\uff1b]\s*下同\s*$/u, '').trim().replace(/[。.;\uff1b,\uff0c、\s]+$/u, '').replace(/^(?:由|及|和|与|以及|会同)/u, '');
  const bracketed = /[(\uff08]([^()\uff08\uff09]*职[责能][^()\uff08\uff09]*)[)\uff09]$/u.exec(rest);
  if (bracketed !== null) {
    notes.push(bracketed[1] ?? '');
    rest = rest.slice(0, bracketed.index);
  }
  rest = cut(cut(rest, DUTY), CONTACT);
  rest = cut(rest, /(?:分别|共同|联合)?(?:牵头|负责|落实|配合|协助|参与)(?:组织)?(?:实施|落实|推进|配合|负责)?$/u);
  rest = cut(rest, /(?<=[局委部办院社厅处])(?:分别|共同|联合)$/u);
  if (ETC.test(rest)) {
    doubts.push('单位名单以“等”结尾，没有列全，还有哪些单位？');
    rest = rest.replace(ETC, '');
  }
  const pieces = joinGroups(splitList(rest).map((name) => name.trim()).filter((name) => name !== ''));
  const leading = pieces.filter((piece) => MARKED.test(piece)).map(unmark);
  const assisting = pieces.filter((piece) => MARKED_ASSIST.test(piece)).map(unmark);
  const names = pieces.map(unmark);
  // `A、B（牵头）`: whether the mark is the last one's alone, the list does not say.
  if (leading.length + assisting.length === 1 && pieces.length > 1 && /[)\uff09]$/u.test(pieces.at(-1) ?? '') && unmark(pieces.at(-1) ?? '') === (leading[0] ?? assisting[0])) {
    doubts.push(`“${leading[0] ?? assisting[0] ?? ''}”后面注明${leading.length > 0 ? '牵头' : '协办'}，前面的单位没有注明；现各按所写处理，请确认。`);
  }
  for (const name of names) if (!looksLikeUnit(name) && !isGroupName(name)) doubts.push(`“${name}”是不是一个单位的名称？`);
  return { names: [...new Set(names)], leading, assisting, note: notes.join('；'), doubts };
};

const MARKED = /[(\uff08](?:牵头|主责|主办)(?:单位|部门)?[)\uff09]$|[*★☆▲△●※#]$/u;
const MARKED_ASSIST = /[(\uff08](?:协办|配合|参与|协助)(?:单位|部门)?[)\uff09]$/u;
const unmark = (name: string): string => name.replace(MARKED, '').replace(MARKED_ASSIST, '').trim();

/** `各街道、镇` is one group: 镇 alone is no unit. */
function joinGroups(pieces: readonly string[]): readonly string[] {
  return pieces.reduce<readonly string[]>((joined, piece) => {
    const before = joined.at(-1);
    return before !== undefined && /^各/u.test(before) && /^(?:乡镇?|镇|街道|社区|村|部门|单位|园区)$/u.test(piece) ? [...joined.slice(0, -1), `${before}、${piece}`] : [...joined, piece];
  }, []);
}

/** Splits at enumeration marks outside brackets, and at 和/及/与 only where what stands before is a whole name. */
function splitList(text: string): readonly string[] {
  const plain = halfWidth(text);
  const pieces: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain.charAt(at);
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (depth <= 0 && /[、,;/\s]/u.test(sign)) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    }
  }
  pieces.push(text.slice(from));
  return pieces.flatMap(splitJoined);
}

function splitJoined(piece: string): readonly string[] {
  for (const found of piece.matchAll(/以及|和|及|与/gu)) {
    const [left, right] = [piece.slice(0, found.index), piece.slice(found.index + found[0].length)];
    // 区工业和信息化局 is one name: 区工业 is none. 教育局和体育局 are two; 教育和体育局 is one.
    if (looksLikeUnit(left) && left.length >= 3 && looksLikeUnit(right) && !/^(?:规划|改革|信息化|社会|计划|旅游|城乡|国土|草原|生态|技术|监察)/u.test(right)) return [left, ...splitJoined(right)];
  }
  return [piece];
}

const EMPTY: Responsibility = { lead: [], assist: [], note: '', doubts: [] };

/** Whether somebody is named at all; a note alone (`完成时限:…`) answers for nothing. */
export const namesSomebody = (responsibility: Responsibility | null): responsibility is Responsibility => responsibility !== null && responsibility.lead.length + responsibility.assist.length > 0;

/** Whether a line is nothing but labels and units: `牵头单位:A  配合单位:B`. */
export const isLabelLine = (line: string): boolean => {
  const found = LABEL_SHAPE.exec(halfWidth(line).trimStart().replace(/^\(/u, ''));
  return found?.index === 0 && !SAYS_MORE.has(roleOfLabel(writtenLabel(found)));
};

/** What a line says under a label of its own about what is to be reached (`考核标准:…`); null where it is no such line. */
export const readStandard = (line: string): string | null => {
  const found = LABEL_SHAPE.exec(halfWidth(line).trimStart());
  if (found?.index !== 0 || roleOfLabel(writtenLabel(found)) !== 'standard') return null;
  return line.trimStart().slice(found[0].length).trim();
};

/** Which roles the labels in some lines name. */
export const rolesNamed = (lines: readonly string[]): Beside => {
  const roles = new Set(lines.flatMap((line) => [...halfWidth(line).matchAll(LABELS_SHAPE)].map((found) => roleOfLabel(writtenLabel(found)))));
  return { lead: roles.has('lead'), assist: roles.has('assist') };
};

/** What the plan's paragraphs say once about its lists of units. */
export const readLegend = (paragraphs: readonly string[]): Legend => ({
  firstLeads: paragraphs.some((text) => /(?:列|排)(?:在|名)?(?:首位|第一位|第一|最前)(?:的|者)?(?:单位|部门)?(?:为|是)牵头|第一(?:个)?(?:责任)?单位为牵头/u.test(text)),
  mark: paragraphs.map((text) => /[“"]?([*★☆▲△●※#])[”"]?\s*(?:号|符号|标记)?(?:的|者)?(?:单位|部门)?(?:为|是|表示)(?:该项)?(?:牵头|主责)/u.exec(halfWidth(text))?.[1] ?? '').find((mark) => mark !== '') ?? '',
});

/**
 * Reads who leads and who assists from any of the ways in which plans say it: label lines, labels in brackets, `A牵头,B、C配合`,
 * `A、B按职责分工负责`, `由A负责`. Null where the words speak of nobody.
 */
export const readResponsibility = (text: string, legend: Legend, beside: Beside = ALONE): Responsibility | null => {
  const plain = halfWidth(text);
  const labels = [...plain.matchAll(LABELS_SHAPE)];
  return labels.some((label) => label.groups?.['label'] !== undefined) || (labels.length > 0 && isLabelLine(text)) ? readLabels(text, labels, legend, beside) : readClauses(text);
};

function readLabels(text: string, labels: readonly RegExpExecArray[], legend: Legend, beside: Beside): Responsibility {
  const parts = labels.map((label, at) => {
    const body = dropStrayBracket(text.slice(label.index + label[0].length, labels[at + 1]?.index ?? text.length));
    return { role: roleOfLabel(writtenLabel(label)), label: writtenLabel(label), body };
  });
  const hasLead = beside.lead || parts.some(({ role }) => role === 'lead');
  const hasAssist = beside.assist || parts.some(({ role }) => role === 'assist');
  return parts.reduce<Responsibility>((sum, { role, label, body }) => {
    const said = body.replace(/[\s;\uff1b。【[]+$/u, '');
    if (role === 'note') return add(sum, { ...EMPTY, note: said === '' ? '' : `${label}：${said}` });
    if (SAYS_MORE.has(role)) return sum;
    // 牵头单位:A牵头,B配合: the roles inside the list are nearer than its label.
    const inner = /牵头|配合|协办|协助|会同/u.test(halfWidth(body)) && role !== 'assist' ? readClauses(body) : null;
    if (inner !== null && inner.lead.length > 0 && inner.assist.length > 0) return add(sum, inner);
    const { names, leading, note, doubts } = splitUnits(said);
    const marked = names.filter((name) => leading.includes(name));
    if (role === 'responsible' && marked.length > 0) {
      const sign = /[*★☆▲△●※#]/u.exec(halfWidth(body))?.[0] ?? '';
      const unsaid = sign !== '' && sign !== legend.mark ? [`${marked.join('、')}带“${sign}”，没有说明是什么意思；现作为牵头单位，请确认。`] : [];
      return add(sum, { lead: marked, assist: names.filter((name) => !marked.includes(name)), note, doubts: [...doubts, ...unsaid] });
    }
    if (role === 'assist' || (role === 'responsible' && hasLead)) return add(sum, { lead: [], assist: names, note, doubts });
    if (role === 'responsible' && names.length > 1) {
      if (legend.firstLeads) return add(sum, { lead: names.slice(0, 1), assist: names.slice(1), note, doubts });
      const open = hasAssist || note !== '' ? [] : [`责任单位列了${names.join('、')}，没有说明谁牵头、谁配合；现都作为牵头单位，请确认。`];
      return add(sum, { lead: names, assist: [], note, doubts: [...doubts, ...open] });
    }
    return add(sum, { lead: names, assist: [], note, doubts });
  }, EMPTY);
}

/** A bracket that closes at the text's end without having been opened in it belongs to what stands around. */
function dropStrayBracket(text: string): string {
  const plain = halfWidth(text);
  const stray = [...plain].reduce((depth, sign) => depth + (/[([【]/u.test(sign) ? 1 : /[)\]】]/u.test(sign) ? -1 : 0), 0) < 0;
  return stray ? text.replace(/[)\uff09】\]]\s*[。.;\uff1b]?\s*$/u, '') : text;
}

const CLAUSE_ROLES: readonly (readonly [Role, RegExp])[] = [
  ['lead', /(?:牵头)(?:负责|落实|组织|实施|推进|抓总)*$/u],
  ['assist', /(?:配合|协办|协助|协同|参与|参加|协作)(?:实施|落实|推进|配合|做好相关工作)*$/u],
  ['responsible', /(?:依据|依照|按照?|根据)(?:各自)?职[责能](?:分工)?(?:分别|共同)?(?:牵头|负责|落实|配合|抓好落实)?(?:负责|落实)?$|(?:具体|共同|分别|组织)?(?:负责|落实)(?:实施|落实)?$|(?:负责)?(?:出具|提供|开具)(?:相关|有关|不涉及)?(?:证明|说明)(?:材料|文件)?$/u],
];

/** `A会同B负责` says that A leads and B helps. */
const JOINTLY = /^(?<lead>[^,;。会]{3,60})会同(?<assist>[^,;。]{3,80}?)(?:共同)?(?:牵头|负责|落实|组织实施)*[。;]?\s*$/u;

function readClauses(text: string): Responsibility | null {
  const joint = JOINTLY.exec(halfWidth(text))?.groups;
  if (joint?.['lead'] !== undefined && joint['assist'] !== undefined) {
    const [lead, assist] = [splitUnits(joint['lead']), splitUnits(joint['assist'])];
    if ([...lead.names, ...assist.names].every(looksLikeUnit)) return { lead: lead.names, assist: assist.names, note: '', doubts: [...lead.doubts, ...assist.doubts] };
  }
  let waiting = '';
  let found = false;
  let sum = EMPTY;
  const clauses = text.split(/(?<=[,\uff0c;\uff1b。]|(?:牵头|负责|配合|协办|参与)、)/u);
  for (const clause of clauses) {
    const bare = clause.replace(/[,\uff0c;\uff1b。、\s]+$/u, '');
    const role = CLAUSE_ROLES.find(([, words]) => words.test(halfWidth(bare)));
    waiting += clause;
    if (role === undefined) continue;
    const whole = waiting.replace(/[,\uff0c;\uff1b。、\s]+$/u, '').replace(role[1], '');
    const wording = bare.slice(bare.replace(role[1], '').length);
    waiting = '';
    const { names, note, doubts } = splitUnits(whole);
    if (names.length === 0 || !names.some(looksLikeUnit)) return null;
    found = true;
    const kept = [note, /职[责能]|分别/u.test(wording) ? wording : ''].filter((part) => part !== '').join('；');
    const assists = role[0] === 'assist' || (role[0] === 'responsible' && sum.lead.length > 0);
    sum = add(sum, { lead: assists ? [] : names, assist: assists ? names : [], note: kept, doubts });
  }
  if (!found) return null;
  const jointly = /^[\s,\uff0c;\uff1b]*会同(?<others>.+?)[。;\uff1b]?\s*$/u.exec(waiting)?.groups?.['others'];
  if (jointly !== undefined) {
    const { names, note, doubts } = splitUnits(jointly);
    if (names.some(looksLikeUnit)) return add(sum, { lead: [], assist: names, note, doubts });
  }
  return waiting.trim() === '' ? sum : add(sum, { ...EMPTY, doubts: [`“${waiting.trim()}”没有读懂，是谁的责任？`] });
}

export const add = (one: Responsibility, other: Responsibility): Responsibility => {
  const lead = [...new Set([...one.lead, ...other.lead])];
  return {
    lead,
    assist: [...new Set([...one.assist, ...other.assist])].filter((name) => !lead.includes(name)),
    note: [one.note, other.note].filter((part) => part !== '').join('；'),
    doubts: [...one.doubts, ...other.doubts],
  };
};

/**
 * Takes responsibility that stands in brackets at a sentence's end out of a paragraph, or in a last sentence `由A牵头,B配合。`.
 * Answers the paragraph without it.
 */
export const takeResponsibility = (text: string, legend: Legend, beside: Beside = ALONE): { readonly rest: string; readonly responsibility: Responsibility | null; readonly words: string } => {
  const plain = halfWidth(text);
  const first = UNIT_FIRST.exec(plain)?.groups?.['unit'];
  if (first !== undefined && looksLikeUnit(first)) {
    const { names, doubts } = splitUnits(first);
    if (names.every(looksLikeUnit)) return { rest: text.slice(first.length + 1).trim(), responsibility: { lead: names, assist: [], note: '', doubts }, words: text.slice(0, first.length + 1) };
  }
  for (const bracket of [...plain.matchAll(/[([【]([^()[\]【】]*(?:\([^()]*\)[^()[\]【】]*)*)[)\]】]/gu)].toReversed()) {
    const inner = text.slice(bracket.index + 1, bracket.index + bracket[0].length - 1);
    if (!/牵头|责任|负责|配合|协办|协助|参与|落实/u.test(inner)) continue;
    const read = readResponsibility(inner, legend, beside);
    if (read !== null && read.lead.length + read.assist.length > 0) {
      return { rest: `${text.slice(0, bracket.index)}${text.slice(bracket.index + bracket[0].length)}`.replace(/。\s*。$/u, '。'), responsibility: read, words: text.slice(bracket.index, bracket.index + bracket[0].length) };
    }
  }
  const last = /[(]([^()]+)[)]\s*[。;]?\s*$/u.exec(plain);
  if (last !== null) {
    const { names } = splitUnits(text.slice(last.index + 1, last.index + 1 + (last[1]?.length ?? 0)));
    if (names.length > 0 && names.every((name) => name.length >= 3 && looksLikeUnit(name) && !/^(?:不|含|除|如|其中|包括|指|以|按|用|即)/u.test(name))) {
      return { rest: text.slice(0, last.index), responsibility: { lead: names, assist: [], note: '', doubts: [`括号里的${names.join('、')}没有写明是牵头还是配合；现作为牵头单位，请确认。`] }, words: text.slice(last.index) };
    }
  }
  const labels = [...plain.matchAll(LABELS_SHAPE)].filter((found) => !SAYS_MORE.has(roleOfLabel(writtenLabel(found))));
  const label = labels[0];
  if (label !== undefined && labels.some((found) => found.groups?.['label'] !== undefined)) return { rest: text.slice(0, label.index), responsibility: readResponsibility(text.slice(label.index), legend, beside), words: text.slice(label.index) };
  return takeSpoken(text);
};

/** `市城管局:负责…`: who answers stands first. */
const UNIT_FIRST = /^(?<unit>(?:[省市区县州旗镇]|共青团)[^,。;:]{2,40}):(?=\S)/u;

const OPENING = /^\s*(?:此项工作|该项(?:工作|指标)|本项(?:工作|指标)|以上(?:工作|指标))?\s*由?/u;
const SPOKEN_ROLE = /(?:牵头|负责|配合|协办|协助|参与|落实|证明|说明)[^。;\uff1b,\uff0c、]{0,6}[。;\uff1b]?\s*$/u;

/** A last sentence, or the end of one after a comma, that says who does it: `…≥45%,由A牵头,B配合。` */
function takeSpoken(text: string): ReturnType<typeof takeResponsibility> {
  const starts = [0, ...[...text.matchAll(/[。;\uff1b]/gu)].map((found) => found.index + 1), ...[...text.matchAll(/[,\uff0c]\s*(?=由)/gu)].map((found) => found.index + found[0].length)].toSorted((a, b) => a - b);
  for (const from of starts) {
    const end = /[。;\uff1b]/u.exec(text.slice(from));
    const sentence = text.slice(from, end === null ? text.length : from + end.index + 1);
    if (sentence.trim().length < 4 || !SPOKEN_ROLE.test(sentence)) continue;
    const read = readClauses(sentence.replace(OPENING, ''));
    if (read === null || ![...read.lead, ...read.assist].every((name) => looksLikeUnit(name))) continue;
    return { rest: `${text.slice(0, from).replace(/[,\uff0c]\s*$/u, '。')}${text.slice(from + sentence.length)}`, responsibility: read, words: sentence.trim() };
  }
  return { rest: text, responsibility: null, words: '' };
}
